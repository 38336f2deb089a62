import { frontendOf } from '../../facts/frontend.ts';
import { isTemplate, ofTemplate } from '../../facts/templates.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { instructionKeywords } from '../../syntax/parse-instruction.ts';
import { likeKeyword } from '../../text/edit.ts';
import { nearest } from '../../text/nearest.ts';

export default defineRule({
  code: 'unknown-instruction',
  name: 'unknown-instruction',
  aliases: [
    'DL1000',
    'dockerfile-utils/UNKNOWN_INSTRUCTION',
    'tally/unknown-instruction',
    'tally/invalid-onbuild-trigger',
  ],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'A line begins with a word that is no instruction',
  why: 'Docker reads the whole file before it does anything, so one misspelled word stops the build at once. A frequent cause is a line above that should go on: a command of a RUN without the backslash at its end. Silent where `# syntax=` names a frontend other than Docker’s, as that one may know more instructions.',
  messages: {
    unknown:
      '`{word}` is no Dockerfile instruction. If it belongs to the line above, end that line with a {escape}; else correct or delete it.',
    empty:
      'The {escape} that ends the file joins nothing to it, and Docker reads an empty instruction. Delete it.',
    blank: 'A blank is missing after {keyword}. Write `{written}`.',
    template: ofTemplate,
    typo: '`{word}` is no Dockerfile instruction. Did you mean {keyword}?',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nrun true\nOnbuild Run true' },
      { code: '# syntax=devthefuture/dockerfile-x\nFROM debian:12\nINCLUDE ./common.dockerfile' },
    ],
    bad: [
      { code: 'FROM debian:12\n⟦RUNN⟧ true', fixed: 'FROM debian:12\nRUN true' },
      { code: 'from debian:12\n⟦copi⟧ . /app', fixed: 'from debian:12\ncopy . /app' },
      {
        code: 'FROM debian:12\nRUN apt-get update &&\n    ⟦apt-get⟧ install -y curl',
        note: 'the line above should end with a backslash',
      },
      {
        code: 'FROM debian:12\n⟦ENTRYPOINT["/server"]⟧',
        fixed: 'FROM debian:12\nENTRYPOINT ["/server"]',
        note: 'a blank is missing',
      },
      { code: '⟦include(base.m4)⟧\nFROM debian:12', note: 'of a template' },
      { code: 'FROM debian:12\nONBUILD ⟦ENVV⟧ A=b', fixed: 'FROM debian:12\nONBUILD ENV A=b' },
    ],
  },
  create: () => ({
    UNKNOWN(instruction, { facts, report }) {
      const { keywordWord } = instruction.node;
      const word = keywordWord.raw;
      if (!frontendOf(facts.file).isDocker) return;
      const span = instruction.at(keywordWord);
      const escape = facts.file.escape === '`' ? 'backtick' : 'backslash';
      if (word === '') return report(span, 'empty', { escape });
      const meant = nearest(word, instructionKeywords);
      const [, begin = '', rest = ''] = /^([A-Za-z]+)(["'[$/.].*)/s.exec(word) ?? [];
      if (instructionKeywords.has(begin.toUpperCase())) {
        const written = `${begin} ${rest}`;
        const fix = (): Fix => ({
          title: `Write ${written}`,
          safety: 'unsafe',
          edits: [{ span, text: written }],
        });
        return report(span, 'blank', { keyword: begin, written }, fix);
      }
      if (meant === undefined && isTemplate(facts.file)) return report(span, 'template', { word });
      if (meant === undefined) return report(span, 'unknown', { word, escape });
      const keyword = likeKeyword(meant, word);
      report(span, 'typo', { word, keyword }, (): Fix => {
        return { title: `Write ${keyword}`, safety: 'unsafe', edits: [{ span, text: keyword }] };
      });
    },
  }),
});
