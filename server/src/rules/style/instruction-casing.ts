import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'ConsistentInstructionCasing',
  name: 'instruction-casing',
  aliases: ['buildkit/ConsistentInstructionCasing', 'dockerfile-utils/CASING_INSTRUCTION'],
  since: '0.2.0',
  severity: 'style',
  family: 'style',
  summary: 'A keyword in another case than most of the file',
  why: 'Docker reads keywords in any case, and whoever reads the file finds them by their case. Most files write them in capitals, as the Dockerfile reference advises; a file in lower case throughout is as good. Where both are as frequent, capitals win (BuildKit’s check ConsistentInstructionCasing).',
  messages: {
    casing: '`{keyword}` is written unlike most keywords of this file. Write `{wanted}`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN make\nONBUILD RUN make' },
      { code: 'from debian:12\nrun make\ncmd ["make"]', note: 'lower case throughout' },
    ],
    bad: [
      { code: 'FROM debian:12\n⟦run⟧ make\nCMD ["make"]', fixed: 'FROM debian:12\nRUN make\nCMD ["make"]' },
      { code: 'from debian:12\nrun make\n⟦CMD⟧ ["make"]', fixed: 'from debian:12\nrun make\ncmd ["make"]' },
      { code: '⟦from⟧ debian:12\nRUN make', fixed: 'FROM debian:12\nRUN make', note: 'capitals win a tie' },
      { code: 'FROM debian:12\n⟦Run⟧ make', fixed: 'FROM debian:12\nRUN make' },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const known = facts.file.instructions.filter(({ node }) => node.keyword !== 'UNKNOWN');
      const isLower = (word: string) => word === word.toLowerCase();
      const isUpper = (word: string) => word === word.toUpperCase();
      const written = known.map(({ node }) => node.keywordWord.raw);
      const lower = written.filter(isLower).length > written.filter(isUpper).length;
      for (const { node, at } of known) {
        const keyword = node.keywordWord.raw;
        const wanted = lower ? keyword.toLowerCase() : keyword.toUpperCase();
        if (keyword === wanted) continue;
        const span = at(node.keywordWord);
        report(span, 'casing', { keyword, wanted }, () => ({
          title: `Write ${wanted}`,
          safety: 'safe',
          edits: [{ span, text: wanted }],
        }));
      }
    },
  }),
});
