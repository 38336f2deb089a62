import { describingComments } from '../../facts/describing-comments.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { Instruction, Word } from '../../syntax/tree.ts';
import { lineEnding } from '../../text/edit.ts';

const messages = {
  differs:
    'Docker takes the comment above for the description of `{name}`, also across a blank line, but it does not begin with that name. Write `# {name} …`, or put a line with `#` alone below the comment.',
} as const;

export default defineRule({
  code: 'InvalidDefinitionDescription',
  name: 'definition-description',
  aliases: ['buildkit/InvalidDefinitionDescription'],
  since: '0.2.0',
  severity: 'style',
  offByDefault: true,
  family: 'stages',
  summary: 'The comment above an ARG or a stage does not begin with its name',
  why: '`docker build --call=outline` and `--call=targets` list arguments and stages with a description: the comment above them, where it begins with the name. BuildKit keeps this check experimental, so it is off here too. A blank line below a comment does not part it from the instruction, a line with `#` alone does.',
  messages,
  options: {},
  examples: {
    good: [
      { code: '# build compiles the wheel\nFROM debian:12 AS build\n# JOBS compilers at once\nARG JOBS=4' },
      { code: '# a word on the whole\n#\nFROM debian:12 AS build' },
      { code: '# a stage without a name\nFROM debian:12\n# about the step\nRUN true\nARG A' },
      { code: '# B the second\nARG A=1 B=2\nFROM debian:12' },
    ],
    bad: [
      {
        code: '# base\n# compiles the wheel\nFROM debian:12 AS ⟦build⟧',
        fixed: '# base\n# build compiles the wheel\nFROM debian:12 AS build',
      },
      {
        code: 'FROM debian:12\n# how many at once\n\nARG ⟦JOBS⟧=4',
        fixed: 'FROM debian:12\n# JOBS how many at once\n\nARG JOBS=4',
      },
      {
        code: '# Build compiles\nFROM debian:12 AS ⟦Build⟧',
        fixed: '# build Build compiles\nFROM debian:12 AS Build',
        note: 'Docker knows the stage in lower case',
      },
    ],
  },
  create() {
    const check = (
      instruction: Instruction,
      words: readonly (Word & { readonly name: string })[],
      { facts, report }: RuleContext<typeof messages>,
    ) => {
      const comment = describingComments(facts.file, instruction).at(-1);
      const [first] = words;
      const begin = comment?.text.split(' ')[0];
      if (!comment || !first || words.some(({ name }) => name === begin)) return;
      const { start, end } = comment.span;
      const { text } = facts.file;
      const lineStart = text.lastIndexOf('\n', start - 1) + 1;
      const fix = (): Fix[] => [
        {
          title: `Begin the comment with ${first.name}`,
          safety: 'unsafe',
          edits: [{ span: { start: lineStart, end: start + 1 }, text: `# ${first.name}` }],
        },
        {
          title: 'Part the comment from the instruction',
          safety: 'unsafe',
          edits: [{ span: { start: end, end }, text: `${lineEnding(text)}#` }],
        },
      ];
      const related = [{ span: comment.span, message: 'This comment.' }];
      report(instruction.at(first), 'differs', { name: first.name }, fix, { related });
    };
    return {
      FROM(from, ctx) {
        const { alias } = from.node;
        if (alias) check(from, [{ ...alias, name: alias.value.toLowerCase() }], ctx);
      },
      ARG(arg, ctx) {
        const keys = arg.node.pairs.map(({ key }) => ({ ...key, name: key.value }));
        check(arg, keys, ctx);
      },
    };
  },
});
