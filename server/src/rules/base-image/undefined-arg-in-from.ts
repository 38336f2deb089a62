import { declareArg, readBuildArgs } from '../../facts/build-args.ts';
import { references, renameReference } from '../../facts/references.ts';
import { ownArgs, undeclaredUses } from '../../facts/undeclared-in-from.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Edit } from '../../text/edit.ts';
import { mostSuggestions, nearest } from '../../text/nearest.ts';

export default defineRule({
  code: 'UndefinedArgInFrom',
  name: 'undefined-arg-in-from',
  aliases: ['buildkit/UndefinedArgInFrom', 'dockerfile-utils/BASE_NAME_EMPTY'],
  since: '0.2.0',
  severity: 'warning',
  family: 'base-image',
  summary: 'FROM uses a variable that no ARG above the first FROM declares',
  why: 'FROM sees the ARGs above the first FROM and the platform arguments of BuildKit, nothing else: an ARG inside a stage or an ENV has no effect on it. Anything else is empty, and `--build-arg` cannot set it either. Where nothing is left of the image or the platform then, undeclared-variable-in-from says so.',
  messages: {
    undeclared:
      '`{name}` is not declared before the first FROM, so it is always empty here. Write `ARG {name}=…` above that FROM, or delete it here.',
    typo: '`{name}` is not declared before the first FROM, so it is always empty here. Did you mean `{other}`?',
  },
  options: {},
  examples: {
    good: [
      { code: 'ARG VERSION=3.12\nFROM python:${VERSION}' },
      { code: 'FROM --platform=$BUILDPLATFORM python:3.12\nFROM base-${TARGETARCH}' },
      { code: 'ARG TAG\nFROM python:${TAG:-3.12}' },
      { code: 'FROM python:$TAG', note: 'left to undeclared-variable-in-from' },
    ],
    bad: [
      {
        code: 'ARG PYTHON_SUFFIX=.12-slim\nFROM python:3⟦${PYTHON_SUFIX}⟧',
        fixed: 'ARG PYTHON_SUFFIX=.12-slim\nFROM python:3${PYTHON_SUFFIX}',
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
        const { imageWord } = from.node;
        const beside = new Set(imageWord && references(imageWord, facts.file.escape).map(({ name }) => name));
        for (const use of undeclaredUses(facts, from)) {
          if (use.endsBuild) continue;
          const { name } = use;
          const isAsked = suggestions++ < mostSuggestions;
          const declared = isAsked ? [...readBuildArgs(facts).declared.keys(), ...ownArgs] : [];
          // What stands beside it is hardly meant twice.
          const other = nearest(
            name,
            declared.filter((one) => !beside.has(one)),
          );
          const fix = (): Fix[] => [
            ...(other ? [write(`Write ${other}`, renameReference(from, use, other))] : []),
            write(`Declare ${name}`, declareArg(facts.file, name)),
          ];
          const repair = { name: `ARG ${name}`, in: 'file' as const };
          if (other) report(from.at(use), 'typo', { name, other }, fix, { repair });
          else report(from.at(use), 'undeclared', { name }, fix, { repair });
        }
      },
    };
  },
});

const write = (title: string, edit: Edit): Fix => ({ title, safety: 'unsafe', edits: [edit] });
