import { contextSources, filesOf } from '../../facts/context-sources.ts';
import { namedWheels, newestSource } from '../../facts/wheels.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  version:
    'The wheel holds version {wheel} and pyproject.toml says {project}. Build it again, with `uv build --wheel --clear`.',
  older: '`{source}` was changed after the wheel was built. Build it again, with `uv build --wheel --clear`.',
} as const;

export default defineRule({
  code: 'wheel-stale',
  name: 'wheel-stale',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  ofTheMoment: true,
  family: 'project',
  summary: 'A wheel that is copied is older than the project',
  why: 'The image then runs the code of the last build, which looks as if a change had no effect. The wheel is compared with the version in `pyproject.toml` and with the times of `pyproject.toml` and the files below `src`.',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.13-slim\nCOPY dist/*.whl ./',
        context: {
          'pyproject.toml': '[project]\nname = "bikes"\nversion = "4.1.0"\n',
          'src/bikes/__init__.py': '',
          'dist/bikes-4.1.0-py3-none-any.whl': '',
          'README.md': '',
        },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY dist/*.whl ./',
        context: {
          'pyproject.toml': '[project]\nname = "bikes"\ndynamic = ["version"]\n',
          'dist/bikes-4.1.0-py3-none-any.whl': '',
        },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY wheels/*.whl ./',
        context: {
          'wheels/torch-2.9.0-py3-none-any.whl': '',
          'pyproject.toml': '[project]\nname = "bikes"\n',
        },
        note: 'a wheel of another project',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.13-slim\nCOPY ⟦dist/*.whl⟧ ./',
        context: {
          'pyproject.toml': '[project]\nname = "bikes"\nversion = "4.2.0"\n',
          'dist/bikes-4.1.0-py3-none-any.whl': '',
        },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY ⟦dist/*.whl⟧ ./',
        context: {
          'pyproject.toml': '[project]\nname = "bikes"\nversion = "4.1.0"\n',
          'dist/bikes-4.1.0-py3-none-any.whl': '',
          'src/bikes/models.py': '',
        },
      },
    ],
  },
  create: () => ({ COPY: check, ADD: check }),
});

const buildWheel = (): Fix => ({
  title: 'Build the wheel again',
  safety: 'unsafe',
  edits: [],
  task: 'buildWheel',
});

function check(copy: Instruction, { facts, report }: RuleContext<typeof messages>): void {
  const { context } = facts;
  const { name, version } = context?.project ?? {};
  if (!context?.files || name === undefined) return;
  for (const { word, path } of contextSources(facts, copy)) {
    if (!path.endsWith('.whl')) continue;
    const wheel = namedWheels(filesOf(context, path)).find((one) => one.name === name);
    if (!wheel) continue;
    const newest = newestSource(context);
    // A version such as `1.0.0-rc1` is written another way in the wheel's name.
    if (version !== undefined && /^\d+(?:\.\d+)+$/.test(version) && wheel.version !== version) {
      report(copy.at(word), 'version', { wheel: wheel.version, project: version }, buildWheel);
    } else if (newest && newest.changed > wheel.changed) {
      report(copy.at(word), 'older', { source: newest.path }, buildWheel);
    }
  }
}
