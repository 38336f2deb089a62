import { targetWords } from '../../data/target-stages.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { reachableFrom, stageUses } from '../../facts/stage-graph.ts';
import type { Stage } from '../../facts/stages.ts';
import { isTemplate } from '../../facts/templates.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { removeLines } from '../../text/edit.ts';
import { remember } from '../../text/remember.ts';

/** A FROM with a variable may mean each stage above; so many guesses are made. */
const mostGuesses = 1_000_000;

export default defineRule({
  code: 'no-unreachable-stages',
  name: 'unreachable-stage',
  aliases: ['tally/no-unreachable-stages'],
  since: '0.2.0',
  severity: 'info',
  recommended: { level: 'hint', because: 'Another build may name the stage by `--target`.' },
  family: 'stages',
  summary: 'A stage from which the image takes nothing',
  why: 'BuildKit skips a stage that the last one does not need, so what it installs or tests never happens; the legacy builder runs it in vain. It is left over, or the place that should name it names an image instead. A stage that is built by itself with `--target` is fine: those whose name says so (`test`, `dev`, `cpu` …), that a comment names behind `--target`, or that say what they start or which port they open are left alone, and others can be listed in `targets`. So is a file from which another program makes the Dockerfile, as m4 and Jinja do.',
  messages: {
    unused:
      'No later stage uses `{name}`, so the image gets nothing from it. Delete it, or, where it is built with `--target {name}`, name it in the option `targets` of this rule.',
    unnamed:
      'No later stage uses this one of `{name}`, so the image gets nothing from it. Delete it, or give it a name by AS where something is to be copied from it.',
  },
  options: {
    targets: {
      default: [],
      description: 'Further names of stages that are built with --target.',
    },
  },
  examples: {
    good: [
      { code: 'FROM debian:12 AS build\nFROM debian:12\nCOPY --from=build /a /a' },
      {
        code: 'FROM debian:12 AS base\nFROM base AS build\nFROM debian:12\nRUN --mount=from=build,target=/b true',
      },
      { code: 'FROM debian:12 AS base\nFROM base AS unit-tests\nFROM base', note: 'built with --target' },
      {
        code: 'ARG FLAVOUR=small\nFROM debian:12 AS base-small\nFROM debian:12 AS base-large\nFROM base-${FLAVOUR}',
        note: 'chosen by an argument',
      },
      { code: 'FROM debian:12 AS weights\nFROM debian:12', options: { targets: ['weights'] } },
      {
        code: 'FROM debian:12 AS single\nENTRYPOINT ["/serve"]\nFROM scratch AS wheels\nCOPY a.whl /',
        note: 'an image of its own, as it says what it starts',
      },
      { code: 'FROM debian:12 AS ec2\nRUN make\nFROM debian:12' },
      {
        code: 'FROM debian:12 AS base\nFROM base AS gate\nFROM base AS trainer\nFROM base AS ingestion',
        note: 'several images on one stage',
      },
      {
        code: '# docker build --target wheels .\nFROM debian:12 AS wheels\nRUN make\nFROM debian:12',
      },
      {
        code: 'include(begin.m4)\nFROM debian:12 AS build\nBUILD_ALL()dnl\nFROM debian:12\nINSTALL_ALL(devel,build)dnl',
        note: 'm4 writes what uses it',
      },
      {
        code: 'FROM debian:12 AS build\nRUN make\nFROM debian:12\n{% for lib in libs %}\nCOPY --from={{ lib.stage }} /a /a\n{% endfor %}',
      },
    ],
    bad: [
      {
        code: 'FROM golang:1.25 AS ⟦tools⟧\nRUN go install x\n\nFROM debian:12\nRUN true',
        fixed: 'FROM debian:12\nRUN true',
      },
      {
        code: 'FROM ⟦debian:12⟧\nRUN true\nFROM debian:12\nRUN true',
        fixed: 'FROM debian:12\nRUN true',
      },
      {
        code: 'FROM debian:12 AS ⟦a⟧\nFROM debian:12 AS ⟦b⟧\nCOPY --from=a /x /x\nFROM debian:12',
        note: 'used only by a stage that is not used',
      },
    ],
  },
  create: () => ({
    end({ facts, options, report }) {
      const { stages, finalStage } = facts;
      if (!finalStage || stages.length < 2 || isTemplate(facts.file)) return;
      const named = targetsInComments(facts);
      const isRoot = ({ name, isFinal, byKeyword }: Stage) =>
        isFinal ||
        (name !== undefined &&
          (options.targets.some((target) => target.toLowerCase() === name.toLowerCase()) ||
            named.has(name.toLowerCase()) ||
            startKeywords.some((keyword) => byKeyword.has(keyword)) ||
            [...name.split(/[-_.]+/), ...name.split(/[-_.\d]+/)].some((word) =>
              targetWords.includes(word.toLowerCase()),
            )));
      const guessed = stages.filter(({ from }) => from.node.imageWord?.value.includes('$'));
      if (guessed.length * stages.length > mostGuesses) return;
      const neighbours = remember((stage: Stage) => neededBy(facts, stage));
      const from = (roots: readonly Stage[]) =>
        reachableFrom([finalStage], (stage) =>
          stage === finalStage ? [...roots, ...neighbours(stage)] : neighbours(stage),
        );
      const roots = stages.filter(isRoot);
      const first = from(roots);
      // Several on the stage that the last one rests on, too, are images beside it, each built with --target.
      const beside = stages.filter(
        (stage) => !first.has(stage) && stage.name && stage.parent && stage.parent === finalStage.parent,
      );
      const used = beside.length > 1 ? from([...roots, ...beside]) : first;
      const canGo = deletable(facts, used, neighbours);
      for (const stage of stages) {
        const { imageWord, alias } = stage.from.node;
        const word = alias ?? imageWord;
        if (used.has(stage) || !word) continue;
        const extras = { tag: 'unnecessary' } as const;
        report(
          stage.from.at(word),
          alias ? 'unused' : 'unnamed',
          { name: word.value },
          () => (canGo(stage) ? deleteStage(facts, stage) : undefined),
          extras,
        );
      }
    },
  }),
});

/** What an image says of how it is run: nobody writes that into a stage from which files are only taken. */
const startKeywords = ['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'EXPOSE'] as const;

/** The stages that comments name behind `--target`. */
function targetsInComments({ file }: FileFacts): ReadonlySet<string> {
  return new Set(
    file.comments.flatMap(({ span }) =>
      [...file.text.slice(span.start, span.end).matchAll(/--target[ =]([\w.-]+)/g)].map(([, name = '']) =>
        name.toLowerCase(),
      ),
    ),
  );
}

/** The stages that one needs; where a FROM holds a variable, all above whose name it may give. */
function neededBy(facts: FileFacts, stage: Stage): Stage[] {
  const needed = stageUses(facts, stage).map((use) => use.stage);
  if (stage.parent) needed.push(stage.parent);
  const written = stage.from.node.imageWord?.value ?? '';
  if (!written.includes('$')) return needed;
  const parts = written.toLowerCase().split(/\$\{[^}]*\}?|\$\w+/);
  const above = facts.stages.slice(0, stage.index);
  return [...needed, ...above.filter(({ name }) => name !== undefined && fits(name.toLowerCase(), parts))];
}

/** Whether a name can come from these parts with anything between them. */
function fits(name: string, parts: readonly string[]): boolean {
  let at = 0;
  return parts.every((part, i) => {
    const isLast = i === parts.length - 1;
    const found = isLast ? name.length - part.length : i === 0 ? 0 : name.indexOf(part, at);
    if (found < at || !name.startsWith(part, found)) return false;
    at = found + part.length;
    return true;
  });
}

/** Tells which stages can be deleted: none where a number counts them, and none that another one that goes uses. */
function deletable(
  { file, stages }: FileFacts,
  used: ReadonlySet<Stage>,
  neighbours: (stage: Stage) => readonly Stage[],
): (stage: Stage) => boolean {
  let needed: Set<Stage> | undefined;
  const look = (): Set<Stage> => {
    const isCounted = file.instructions.some(({ node }) =>
      node.flags.some(({ name, value }) => name === 'from' && /^\d+$/.test(value?.value ?? '')),
    );
    if (isCounted) return new Set(stages);
    return new Set(
      stages.flatMap((other) =>
        used.has(other) ? [] : neighbours(other).filter((stage) => stage !== other),
      ),
    );
  };
  return (stage) => {
    needed ??= look();
    return !needed.has(stage);
  };
}

function deleteStage(facts: FileFacts, stage: Stage): Fix {
  const last = stage.instructions.at(-1) ?? stage.from;
  const lines = removeLines(facts.file.text, { start: stage.from.span.start, end: last.span.end });
  const blank = /^(?:[ \t]*\r?\n)*/.exec(facts.file.text.slice(lines.span.end))?.[0].length ?? 0;
  const span = { start: lines.span.start, end: lines.span.end + blank };
  return { title: 'Delete the stage', safety: 'unsafe', edits: [{ span, text: '' }] };
}
