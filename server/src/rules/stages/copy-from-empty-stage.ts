import { usedStage } from '../../facts/stage-graph.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

/** What puts files into a stage; what an ONBUILD brings is not looked into. */
const bringsFiles = new Set(['ADD', 'COPY', 'RUN', 'WORKDIR', 'ONBUILD', 'UNKNOWN']);

export default defineRule({
  code: 'copy-from-empty-scratch-stage',
  name: 'copy-from-empty-stage',
  aliases: ['tally/copy-from-empty-scratch-stage'],
  since: '0.2.0',
  severity: 'error',
  family: 'stages',
  summary: 'COPY --from names a stage that holds no file',
  why: 'A stage on `scratch` holds what its own ADD, COPY and RUN bring, and this one has none of them above the next FROM: the build ends with `not found`.',
  messages: {
    empty:
      'The stage `{name}` starts from scratch and nothing is put into it. Write COPY or ADD in that stage, or name another one.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM scratch AS data\nCOPY model /model\nFROM debian:12\nCOPY --from=data /model /model' },
      { code: 'FROM scratch AS base\nADD rootfs.tar /\nFROM base AS b\nFROM debian:12\nCOPY --from=b /a /a' },
      { code: 'FROM debian:12 AS a\nFROM debian:12\nCOPY --from=a /a /a' },
      { code: 'FROM scratch AS a\nWORKDIR /empty\nFROM debian:12\nCOPY --from=a /empty /empty' },
    ],
    bad: [
      { code: 'FROM scratch AS data\nENV A=b\nFROM debian:12\nCOPY --from=⟦data⟧ /model /model' },
      {
        code: 'FROM scratch AS a\nFROM a AS b\nFROM debian:12\nCOPY --from=⟦b⟧ /x /x\nCOPY --from=⟦0⟧ /y /y',
      },
    ],
  },
  create: () => ({
    COPY(copy, { facts, report }) {
      const word = copy.node.flags.find(({ name }) => name === 'from')?.value;
      const own = facts.stageOf(copy);
      const source = word && usedStage(facts, word.value, true);
      if (!word || !own || !source || source.index >= own.index || !isEmpty(source)) return;
      report(copy.at(word), 'empty', { name: word.value });
    },
  }),
});

function isEmpty(stage: Stage): boolean {
  const chain = lineage(stage);
  return (
    chain.at(-1)?.base.text === 'scratch' &&
    chain.every(({ instructions }) => instructions.every(({ node }) => !bringsFiles.has(node.keyword)))
  );
}
