import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'missing-from',
  name: 'missing-from',
  aliases: ['dockerfile-utils/NO_SOURCE_IMAGE', 'tally/require-stages'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'The file has no FROM, and nothing but ARGs',
  why: 'FROM names the image to build on, and without one there is nothing to build: Docker ends with `file with no instructions` or `dockerfile contains no stages to build`. Where other instructions stand without a FROM, DL3061 says so.',
  messages: {
    empty: 'The file has no FROM, so there is nothing to build. Write one, such as `FROM python:3.12-slim`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'ARG VERSION=12\nFROM debian:${VERSION}' },
      { code: 'RUN true', note: 'the matter of DL3061' },
      { code: '# syntax=devthefuture/dockerfile-x\n\nARG A=b\nINCLUDE ./base' },
    ],
    bad: [
      { code: '# a comment\n⟦ARG⟧ VERSION=12' },
      { code: '\n⟦ARG⟧ A\n# the end' },
      { code: '⟦# syntax=docker/dockerfile:1⟧' },
    ],
  },
  create: () => ({
    end({ facts: { file }, report }) {
      const [first] = file.instructions;
      if (file.instructions.some(({ node }) => node.keyword !== 'ARG')) return;
      const place = file.directives[0] ?? file.comments[0];
      // A file without a word has its beginning alone.
      report(first ? first.at(first.node.keywordWord) : (place?.span ?? { start: 0, end: 0 }), 'empty');
    },
  }),
});
