import { defineRule, type Rule } from '../../server/src/lint/rule.ts';
import type { Instruction } from '../../server/src/syntax/tree.ts';
import type { Edit } from '../../server/src/text/edit.ts';

const common = {
  aliases: [],
  since: '0.1.0',
  severity: 'warning',
  family: 'toys',
  summary: 'a rule of the tests',
  why: 'To test the runner.',
  options: {},
  examples: { good: [], bad: [] },
} as const;

/** Marks a word in every RUN; with `to`, a safe fix replaces it. */
export function wordRule(code: string, word: string, to?: string, parts: Partial<Rule> = {}): Rule {
  return defineRule({
    ...common,
    code,
    name: `${code.toLowerCase()}-name`,
    messages: { found: 'Found `{word}`.' },
    create: () => ({
      RUN(run, ctx) {
        for (const at of run.node.args) {
          if (at.value !== word) continue;
          const span = run.at(at);
          const fix = () => ({
            title: `Write ${to}`,
            safety: 'safe' as const,
            edits: to === undefined ? [] : [{ span, text: to }],
          });
          ctx.report(span, 'found', { word }, to === undefined ? undefined : fix);
        }
      },
    }),
    ...parts,
  });
}

/** Marks the keyword of every RUN, with a fix of the given edits. */
export function editRule(code: string, editsOf: (run: Instruction) => readonly Edit[]): Rule {
  return defineRule({
    ...common,
    code,
    name: `${code.toLowerCase()}-name`,
    messages: { found: 'Found.' },
    create: () => ({
      RUN(run, ctx) {
        ctx.report(run.at(run.node.keywordWord), 'found', undefined, () => ({
          title: 'Edit',
          safety: 'safe',
          edits: editsOf(run),
        }));
      },
    }),
  });
}

export function brokenRule(code: string, where: 'create' | 'RUN' | 'end' | 'fix'): Rule {
  const fail = () => {
    throw new Error(`${code} is broken in ${where}`);
  };
  return defineRule({
    ...common,
    code,
    name: `${code.toLowerCase()}-name`,
    messages: { found: 'Found.' },
    create: () => {
      if (where === 'create') fail();
      return {
        RUN(run, ctx) {
          ctx.report(run.at(run.node.keywordWord), 'found', undefined, where === 'fix' ? fail : undefined);
          if (where === 'RUN') fail();
        },
        end: () => {
          if (where === 'end') fail();
        },
      };
    },
  });
}

/** Finds every RUN, and hangs, works for some milliseconds or wants all memory where that is what it is told to run. */
export const stuckRule = wordRule('STUCK', '', undefined, {
  create: () => ({
    RUN(run, ctx) {
      const [word, amount] = run.node.args.map(({ value }) => value);
      const end = performance.now() + (word === 'HANG' ? Number.POSITIVE_INFINITY : Number(amount));
      while ((word === 'HANG' || word === 'WORK') && performance.now() < end);
      const kept: number[][] = [];
      while (word === 'EAT') kept.push(Array.from({ length: 1e6 }, Math.random));
      ctx.report(run.at(run.node.keywordWord), 'found', { word: String(word) });
    },
  }),
});
