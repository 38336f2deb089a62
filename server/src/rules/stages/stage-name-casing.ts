import { renameStage } from '../../facts/stage-names.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

export default defineRule({
  code: 'StageNameCasing',
  name: 'stage-name-casing',
  aliases: ['buildkit/StageNameCasing'],
  since: '0.2.0',
  severity: 'style',
  family: 'stages',
  summary: 'The name of a stage has capital letters',
  why: 'BuildKit keeps the name in lower case. `COPY --from=Build` still finds it, but `FROM Build` does not: it is looked up as written, and the build ends with `repository name must be lowercase`.',
  messages: {
    casing:
      'Docker stores the name of the stage `{name}` as `{lower}`, so a `FROM {name}` would not find it. Write `{lower}` here and wherever it is used.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12 AS build\nFROM build' },
      { code: 'FROM debian:12\nRUN true' },
      { code: 'FROM debian:12 AS build-1.2_x\nRUN true' },
    ],
    bad: [
      {
        code: 'FROM debian:12 AS ⟦Builder⟧\nFROM Builder AS test\nFROM debian:12\nCOPY --from=Builder /a /a\nRUN --mount=target=/b,from=BUILDER true',
        fixed:
          'FROM debian:12 AS builder\nFROM builder AS test\nFROM debian:12\nCOPY --from=builder /a /a\nRUN --mount=target=/b,from=builder true',
      },
      {
        code: 'FROM --platform=$BUILDPLATFORM golang:1.25 AS ⟦BUILD⟧\nRUN true',
        fixed: 'FROM --platform=$BUILDPLATFORM golang:1.25 AS build\nRUN true',
      },
    ],
  },
  create: () => ({
    FROM(from, { facts, report }) {
      const { alias, args } = from.node;
      const stage = facts.stageOf(from);
      const lower = alias?.value.toLowerCase();
      if (!alias || !stage || lower === undefined || alias.value === lower || args.length !== 3) return;
      report(from.at(alias), 'casing', { name: alias.value, lower }, (): Fix | undefined => {
        const edits = renameStage(facts, stage, lower);
        return edits && { title: `Write ${lower}`, safety: 'safe', edits };
      });
    },
  }),
});
