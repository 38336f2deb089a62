import { foldName } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3023',
  name: 'copy-from-own-stage',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'stages',
  summary: 'COPY --from names the stage that it stands in',
  why: 'A stage cannot wait for itself: BuildKit ends the build with `circular dependency detected`. Most often the name or the number of another stage was meant; within one stage, `RUN cp` copies.',
  messages: {
    own: '`{name}` is the stage that this COPY belongs to, and the build ends here. Name another stage, or copy with `RUN cp`.',
  },
  options: {
    numbers: {
      default: true,
      description: 'Also report the number of the own stage.',
      hadolint: {
        value: false,
        reason:
          '`COPY --from=0` in the first stage ends the build as its name would; hadolint compares names only.',
        example: 'FROM debian:12\nCOPY --from=0 /a /b\n',
      },
    },
  },
  examples: {
    good: [
      { code: 'FROM debian:12 AS a\nFROM debian:12 AS b\nCOPY --from=a /x /y\nCOPY --from=0 /x /y' },
      { code: 'FROM debian:12 AS python\nCOPY --from=python:3.12 /x /y', note: 'an image, as it has a tag' },
      { code: 'FROM debian:12 AS a\nONBUILD COPY --from=a /x /y', note: 'for images built on this one' },
    ],
    bad: [
      { code: 'FROM debian:12 AS build\nRUN make\nCOPY --from=⟦build⟧ /a /b' },
      { code: 'FROM debian:12 AS Build\nCOPY --link --from=⟦build⟧ /a /b' },
      { code: 'FROM debian:12 AS a\nFROM debian:12\nCOPY --from=⟦1⟧ /a /b' },
    ],
  },
  create: () => ({
    COPY(copy, { facts, options, report }) {
      const word = copy.node.flags.find(({ name }) => name === 'from')?.value;
      const stage = facts.stageOf(copy);
      if (!word || !stage) return;
      const byName = foldName(word.value, facts.options) === stage.name;
      const byNumber = /^\d+$/.test(word.value) && Number(word.value) === stage.index;
      if (byName || (byNumber && options.numbers)) report(copy.at(word), 'own', { name: word.value });
    },
  }),
});
