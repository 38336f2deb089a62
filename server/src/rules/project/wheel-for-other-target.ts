import { basePython, type PythonVersion } from '../../facts/base-python.ts';
import { contextSources, sentFilesOf } from '../../facts/context-sources.ts';
import { fitsLinux, fitsPython, readWheelName } from '../../facts/wheels.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  platform:
    '`{file}` was built for another system than Linux. Build it in a Linux container, or as a wheel of pure Python.',
  python:
    '`{file}` does not go with the Python {python} of the base image. Build it with that Python, or change the base image.',
} as const;

export default defineRule({
  code: 'wheel-for-other-target',
  name: 'wheel-for-other-target',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  ofTheMoment: true,
  family: 'project',
  summary: 'A wheel that is copied cannot be installed in the image',
  why: 'The end of a wheel’s name says for which Python and system it was built (packaging.python.org, "Platform compatibility tags"). One that was built on a Mac or for another Python is refused when the image is built, by pip with "is not a supported wheel on this platform".',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.13-slim\nCOPY dist/*.whl ./',
        context: {
          'dist/bikes-1.0-py3-none-any.whl': '',
          'dist/fast-1.0-cp312-abi3-manylinux_2_28_x86_64.whl': '',
        },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY dist/*.whl ./',
        context: {
          'dist/a-1.0-cp312-cp312-linux_x86_64.whl': '',
          'dist/a-1.0-cp313-cp313-linux_x86_64.whl': '',
        },
        note: 'one of them fits',
      },
      {
        code: 'FROM debian:12\nCOPY dist/*.whl ./',
        context: { 'dist/a-1.0-cp312-cp312-linux_x86_64.whl': '' },
      },
    ],
    bad: [
      {
        code: 'FROM python:3.13-slim\nCOPY ⟦dist/*.whl⟧ ./',
        context: { 'dist/fast-1.0-cp313-cp313-macosx_14_0_arm64.whl': '' },
      },
      {
        code: 'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nCOPY ⟦dist/*.whl⟧ ./',
        context: { 'dist/fast-1.0-cp312-cp312-linux_x86_64.whl': '' },
      },
    ],
  },
  create: () => ({ COPY: check, ADD: check }),
});

function check(copy: Instruction, { facts, report }: RuleContext<typeof messages>): void {
  const { context } = facts;
  const stage = facts.stageOf(copy);
  if (!context?.files || !stage) return;
  for (const { word, path } of contextSources(facts, copy)) {
    if (!path.endsWith('.whl')) continue;
    const problems = sentFilesOf(context, path).map((file) => judge(file.path, basePython(stage)));
    const [first] = problems;
    // Several wheels are there for several targets.
    if (first && problems.every((problem) => problem !== undefined))
      report(copy.at(word), first.id, first.data);
  }
}

function judge(file: string, python: PythonVersion | undefined) {
  const wheel = readWheelName(file);
  if (!wheel) return undefined;
  const said = python ? `${python.major}.${python.minor}` : '';
  if (!fitsLinux(wheel)) return { id: 'platform', data: { file, python: said } } as const;
  return !python || fitsPython(wheel, python)
    ? undefined
    : ({ id: 'python', data: { file, python: said } } as const);
}
