import { defineRule, type Fix } from '../../lint/rule.ts';
import { insertLineAbove, likeKeyword } from '../../text/edit.ts';

export default defineRule({
  code: 'malformed-from',
  name: 'malformed-from',
  aliases: ['DL1000', 'dockerfile-utils/ARGUMENT_REQUIRES_ONE_OR_THREE', 'dockerfile-utils/INVALID_AS'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'FROM is neither `FROM image` nor `FROM image AS name`',
  why: 'Docker counts the words of a FROM: one is the image, three are the image, AS and the name of the stage, and with any other number the build ends. A frequent cause is a comment behind the image, as `#` begins one only at the beginning of a line.',
  messages: {
    as: '`{word}` stands where AS should. Write `FROM {image} AS {name}`.',
    number:
      'FROM takes an image, or an image, AS and a name, and this is {count} words. Write `FROM {image} AS …`, or the image alone.',
    comment:
      'A comment does not end a FROM, so its words are read as arguments. Put it on a line of its own.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12' },
      { code: 'from --platform=linux/amd64 debian:12 as build' },
      { code: '# the base\nFROM debian:12 AS build' },
    ],
    bad: [
      { code: 'FROM debian:12 ⟦IS⟧ build', fixed: 'FROM debian:12 AS build' },
      { code: 'FROM debian:12 ⟦build⟧', fixed: 'FROM debian:12 AS build' },
      { code: 'FROM debian:12 ⟦# the base⟧\nRUN true', fixed: '# the base\nFROM debian:12\nRUN true' },
      { code: 'FROM debian:12 ⟦AS my build⟧' },
      { code: 'FROM debian:12 ⟦AS⟧' },
    ],
  },
  create: () => ({
    FROM(from, { facts, report }) {
      const { args, body, text, keywordWord } = from.node;
      const [imageWord, second, third] = args;
      if (!imageWord || !second || (args.length === 3 && /^as$/i.test(second.raw))) return;
      const rest = { from: second.from, to: body.to };
      const as = likeKeyword('AS', keywordWord.raw);
      const image = imageWord.raw;
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
      } else if (args.length === 3 && third) {
        report(from.at(second), 'as', { word: second.raw, image, name: third.raw }, (): Fix => {
          return { title: `Write ${as}`, safety: 'unsafe', edits: [{ span: from.at(second), text: as }] };
        });
      } else {
        report(from.at(rest), 'number', { count: args.length, image }, (): Fix | undefined => {
          const at = from.at(second).start;
          if (args.length !== 2 || /^as$/i.test(second.raw)) return undefined;
          return {
            title: `Name the stage ${second.raw}`,
            safety: 'unsafe',
            edits: [{ span: { start: at, end: at }, text: `${as} ` }],
          };
        });
      }
    },
  }),
});
