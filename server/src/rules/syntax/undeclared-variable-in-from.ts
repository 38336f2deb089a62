import { declareArg, readBuildArgs } from '../../facts/build-args.ts';
import { renameReference } from '../../facts/references.ts';
import { ownArgs, undeclaredUses } from '../../facts/undeclared-in-from.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Edit } from '../../text/edit.ts';
import { mostSuggestions, nearest } from '../../text/nearest.ts';

export default defineRule({
  code: 'undeclared-variable-in-from',
  name: 'undeclared-variable-in-from',
  aliases: ['buildkit/UndefinedArgInFrom', 'dockerfile-utils/BASE_NAME_EMPTY'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'FROM rests on a variable that nothing declares, and so on no image',
  why: 'FROM sees the ARGs above the first FROM and the platform arguments of BuildKit, nothing else: an ARG inside a stage or an ENV has no effect on it, and `--build-arg` cannot set it either. `python:$TAG` is then `python:`, and the build ends with `invalid reference format`, whatever it is given. Often it is a typo, such as `BUILDPLATFROM`.',
  messages: {
    undeclared:
      '`{name}` is not declared before the first FROM, so it is empty and the build ends here. Write `ARG {name}=…` above that FROM.',
    typo: '`{name}` is not declared before the first FROM, so it is empty and the build ends here. Did you mean `{other}`?',
  },
  options: {},
  examples: {
    good: [
      { code: 'ARG VERSION=3.12\nFROM python:${VERSION}' },
      { code: 'FROM --platform=$BUILDPLATFORM python:3.12\nFROM base-${TARGETARCH}' },
      { code: 'FROM python:3.12$SUFFIX\nFROM python:${TAG:-3.12}', note: 'left to UndefinedArgInFrom' },
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
        code: '# the base\nFROM ⟦$BASE⟧',
        fixed: 'ARG BASE\n# the base\nFROM $BASE',
      },
    ],
  },
  create: () => {
    let suggestions = 0;
    return {
      FROM(from, { facts, report }) {
        for (const use of undeclaredUses(facts, from)) {
          if (!use.endsBuild) continue;
          const { name } = use;
          const isAsked = suggestions++ < mostSuggestions;
          const declared = isAsked ? [...readBuildArgs(facts).declared.keys(), ...ownArgs] : [];
          const other = nearest(name, declared);
          const fix = (): Fix[] => [
            ...(other ? [write(`Write ${other}`, renameReference(from, use, other))] : []),
            write(`Declare ${name}`, declareArg(facts.file, name)),
          ];
          if (other) report(from.at(use), 'typo', { name, other }, fix);
          else report(from.at(use), 'undeclared', { name }, fix);
        }
      },
    };
  },
});

const write = (title: string, edit: Edit): Fix => ({ title, safety: 'unsafe', edits: [edit] });
