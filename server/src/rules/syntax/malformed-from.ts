import { isMalformedFrom, meantFrom } from '../../facts/malformed-from.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { insertLineAbove, likeKeyword } from '../../text/edit.ts';

export default defineRule({
  code: 'malformed-from',
  name: 'malformed-from',
  aliases: ['DL1000', 'dockerfile-utils/ARGUMENT_REQUIRES_ONE_OR_THREE', 'dockerfile-utils/INVALID_AS'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  dependsOn: 'instruction',
  summary: 'FROM is neither `FROM image` nor `FROM image AS name`',
  why: 'Docker counts the words of a FROM: one is the image, three are the image, AS and the name of the stage, and with any other number the build ends. A frequent cause is a comment behind the image, as `#` begins one only at the beginning of a line.',
  messages: {
    meant:
      'This is no FROM that Docker reads: an image stands alone, or with AS and a name. Write `FROM {meant}`.',
    number:
      'This is no FROM that Docker reads: an image stands alone, or with AS and a name. Delete the other words.',
    nameless: 'The name of the stage is missing after AS. Write it, or delete AS.',
    comment:
      'A comment does not end a FROM, so its words are read as arguments. Move the comment to a line above.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12' },
      { code: 'from --platform=linux/amd64 debian:12 as build' },
      { code: '# the base\nFROM debian:12 AS build' },
    ],
    bad: [
      { code: 'FROM debian:12 ⟦IS build⟧', fixed: 'FROM debian:12 AS build' },
      { code: 'FROM debian:12 ⟦build⟧', fixed: 'FROM debian:12 AS build' },
      { code: 'FROM Apache ⟦3.4.1⟧', fixed: 'FROM apache:3.4.1', note: 'a blank for the colon' },
      { code: 'FROM debian ⟦12 build⟧', fixed: 'FROM debian:12 AS build' },
      {
        code: 'FROM --platform=linux/amd64 python ⟦: 3.12 AS app⟧',
        fixed: 'FROM --platform=linux/amd64 python:3.12 AS app',
      },
      { code: 'FROM debian:12 ⟦# the base⟧\nRUN true', fixed: '# the base\nFROM debian:12\nRUN true' },
      { code: 'FROM debian:12 ⟦AS my build⟧' },
      { code: 'FROM debian:12 ⟦AS⟧' },
    ],
  },
  create: () => ({
    FROM(from, { facts, report }) {
      const { args, body, text, keywordWord } = from.node;
      const [imageWord, second] = args;
      if (!imageWord || !second || !isMalformedFrom(from.node)) return;
      const rest = from.at({ from: second.from, to: body.to });
      const comment = args.find(({ raw }) => raw.startsWith('#'));
      if (comment) {
        const span = from.at({ from: comment.from, to: body.to });
        report(span, 'comment', undefined, (): Fix | undefined => {
          const before = args[args.indexOf(comment) - 1];
          const words = text.slice(comment.from, body.to);
          if (!before || words.includes('\n')) return undefined;
          return {
            title: 'Put the comment above',
            safety: 'unsafe',
            edits: [
              insertLineAbove(facts.file.text, from.span.start, words),
              { span: from.at({ from: before.to, to: body.to }), text: '' },
            ],
          };
        });
        return;
      }
      const meant = meantFrom(from.node, likeKeyword('AS', keywordWord.raw));
      if (meant !== undefined) {
        const span = from.at({ from: imageWord.from, to: body.to });
        report(rest, 'meant', { meant }, (): Fix => {
          return { title: `Write ${meant}`, safety: 'unsafe', edits: [{ span, text: meant }] };
        });
      } else report(rest, /^as$/i.test(args.at(-1)?.raw ?? '') ? 'nameless' : 'number');
    },
  }),
});
