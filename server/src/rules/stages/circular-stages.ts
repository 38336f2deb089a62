import { circlesOf, type StageUse, stageUses } from '../../facts/stage-graph.ts';
import type { Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'circular-stage-deps',
  name: 'circular-stages',
  aliases: ['tally/circular-stage-deps'],
  since: '0.2.0',
  severity: 'error',
  family: 'stages',
  summary: 'Stages need each other',
  why: 'Docker builds the stages from the top, and each one when all that it copies from is done. Where two wait for each other neither is, and the build ends with `circular dependency detected`. What both need belongs in a third stage above. A COPY from its own stage is the matter of DL3023.',
  messages: {
    cycle:
      '`{user}` needs `{used}`, which itself needs `{user}`. Move what both need into a stage above them.',
    own: 'The stage `{used}` mounts itself, and the build stops. Name another stage.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12 AS a\nFROM debian:12 AS b\nCOPY --from=a /x /x\nFROM a\nCOPY --from=b /y /y' },
      { code: 'FROM debian:12 AS a\nCOPY --from=b /x /x\nFROM debian:12 AS b', note: 'left to DL3022' },
      { code: 'FROM debian:12 AS a\nCOPY --from=a /x /x', note: 'left to DL3023' },
    ],
    bad: [
      {
        code: 'FROM debian:12 AS a\nCOPY --from=b /x /x\nFROM debian:12 AS b\nCOPY --from=⟦a⟧ /y /y\nFROM b',
      },
      {
        code: 'FROM debian:12 AS a\nRUN --mount=from=c,target=/x true\nFROM ⟦a⟧ AS b\nFROM ⟦b⟧ AS c',
        note: 'over several stages',
      },
      { code: 'FROM debian:12 AS a\nRUN --mount=from=⟦a⟧,target=/x true' },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const uses = new Map(
        facts.stages.map((stage): [Stage, StageUse[]] => {
          const { from, parent } = stage;
          const base = from.node.imageWord;
          const own = parent && base ? [{ instruction: from, span: from.at(base), stage: parent }] : [];
          return [stage, [...own, ...stageUses(facts, stage)]];
        }),
      );
      // A cycle has a use of a later stage, or of the own one.
      const isBack = ([stage, list]: [Stage, StageUse[]]) =>
        list.some((use) => use.stage.index >= stage.index);
      if (![...uses].some(isBack)) return;
      const used = new Map([...uses].map(([stage, list]) => [stage, list.map((use) => use.stage)]));
      const circles = circlesOf(facts.stages, (stage) => used.get(stage) ?? []);
      const nameOf = ({ from, index }: Stage) => from.node.alias?.value ?? String(index);
      for (const [stage, list] of uses) {
        for (const use of list) {
          const names = { user: nameOf(stage), used: nameOf(use.stage) };
          if (use.stage === stage) {
            if (use.instruction.node.keyword !== 'COPY') report(use.span, 'own', names);
          } else if (use.stage.index < stage.index && circles.get(use.stage) === circles.get(stage)) {
            report(use.span, 'cycle', names);
          }
        }
      }
    },
  }),
});
