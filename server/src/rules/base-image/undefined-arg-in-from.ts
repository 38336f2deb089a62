import { automaticArgs, declareArg, readBuildArgs } from '../../facts/build-args.ts';
import { type Reference, references } from '../../facts/references.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { From, Instruction } from '../../syntax/tree.ts';
import { mostSuggestions, nearest } from '../../text/nearest.ts';

export default defineRule({
  code: 'UndefinedArgInFrom',
  name: 'undefined-arg-in-from',
  aliases: ['buildkit/UndefinedArgInFrom', 'dockerfile-utils/BASE_NAME_EMPTY'],
  since: '0.2.0',
  severity: 'warning',
  family: 'base-image',
  summary: 'FROM uses a variable that no ARG above the first FROM declares',
  why: 'FROM sees the ARGs above the first FROM and the platform arguments of BuildKit, nothing else: an ARG inside a stage or an ENV has no effect on it. Anything else is empty, and `--build-arg` cannot set it either. Often it is a typo, such as `BUILDPLATFROM`.',
  messages: {
    undeclared:
      '`{name}` is not declared before the first FROM, so it is always empty here. Write `ARG {name}=…` above that FROM.',
    typo: '`{name}` is not declared before the first FROM, so it is always empty here. Did you mean `{other}`?',
  },
  options: {},
  examples: {
    good: [
      { code: 'ARG VERSION=3.12\nFROM python:${VERSION}' },
      { code: 'FROM --platform=$BUILDPLATFORM python:3.12\nFROM base-${TARGETARCH}' },
      { code: 'ARG TAG\nFROM python:${TAG:-3.12}' },
    ],
    bad: [
      {
        code: 'ARG PYTHON_VERSION=3.12\nFROM python:⟦${PYTHON_VERSON}⟧',
        fixed: 'ARG PYTHON_VERSION=3.12\nFROM python:${PYTHON_VERSION}',
      },
      {
        code: 'FROM --platform=⟦$BUILDPLATFROM⟧ python:3.12',
        fixed: 'FROM --platform=$BUILDPLATFORM python:3.12',
      },
      {
        code: '# the base\nFROM python:3.12⟦$SUFFIX⟧',
        fixed: 'ARG SUFFIX\n# the base\nFROM python:3.12$SUFFIX',
      },
      {
        code: 'ARG A=1\nFROM debian:12\nARG TAG=3.12\nFROM python:⟦${TAG:-3.11}⟧',
        fixed: 'ARG A=1\nARG TAG\nFROM debian:12\nARG TAG=3.12\nFROM python:${TAG:-3.11}',
        note: 'an ARG in a stage belongs to that stage',
      },
    ],
  },
  create: () => {
    let suggestions = 0;
    return {
      FROM(from, { facts, report }) {
        const { file } = facts;
        if (!from.node.text.includes('$')) return;
        const { declared } = readBuildArgs(facts);
        const others = [...automaticArgs.keys(), 'TARGETSTAGE'];
        const seen = new Set<string>();
        for (const use of usesIn(from, file.escape)) {
          const { name } = use;
          if (declared.has(name) || others.includes(name) || seen.has(name)) continue;
          seen.add(name);
          const isAsked = suggestions++ < mostSuggestions;
          const other = isAsked ? nearest(name, [...declared.keys(), ...others]) : undefined;
          const fix = () => [
            ...(other ? [rename(from, use, other)] : []),
            { title: `Declare ${name}`, safety: 'unsafe' as const, edits: [declareArg(file, name)] },
          ];
          const repair = { name: `ARG ${name}`, in: 'file' as const };
          if (other) report(from.at(use), 'typo', { name, other }, fix, { repair });
          else report(from.at(use), 'undeclared', { name }, fix, { repair });
        }
      },
    };
  },
});

/** The variables in the image and in the platform; quotes around the latter are gone before Docker looks for them. */
function usesIn(from: Instruction<From>, escape: string): Reference[] {
  const { imageWord, flags } = from.node;
  const platform = flags.find(({ name }) => name === 'platform')?.value;
  return [
    ...(platform ? references(platform, escape, false) : []),
    ...(imageWord ? references(imageWord, escape) : []),
  ];
}

function rename(instruction: Instruction, { from, name }: Reference, other: string): Fix {
  const start = from + (instruction.node.text[from + 1] === '{' ? 2 : 1);
  const span = instruction.at({ from: start, to: start + name.length });
  return { title: `Write ${other}`, safety: 'unsafe', edits: [{ span, text: other }] };
}
