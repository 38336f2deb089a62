// Commands of uv, as values.
import { stripVTControlCharacters } from 'node:util';
import * as z from 'zod';
import type { ScaffoldInstall } from '../../../server/src/protocol/requests.ts';
import type { Command } from './exec.ts';
import { programReader } from './program-reader.ts';

/** Makes `uv.lock` fit `pyproject.toml`; packages that are locked and still fit keep their versions. */
export function updateLock(uv: string): Command<void> {
  return { file: uv, args: ['lock'], parse: () => undefined };
}

/**
 * Whether what is asked for can be had together on Linux, by the index that uv knows. No package's own code runs for it, so
 * what comes as a source distribution alone cannot be told.
 * @param leftOut a file of packages that are taken for had, with all that they need
 */
export function resolveInstall(
  uv: string,
  { python, flags, files }: Pick<ScaffoldInstall, 'python' | 'flags' | 'files'>,
  leftOut?: string,
): Command<void> {
  const others = leftOut === undefined ? [] : ['--excludes', leftOut];
  // uv takes a minor release for its first one, and images have its last.
  const platform = ['--python-version', `${python}.99`, '--python-platform', 'x86_64-manylinux_2_36'];
  const quiet = ['--quiet', '--no-header', '--no-annotate', '--no-build', '--output-file', nowhere];
  return {
    file: uv,
    args: ['pip', 'compile', ...quiet, ...platform, ...others, ...flags, ...files, '-'],
    parse: () => undefined,
  };
}

/**
 * Which of some files a Python would end at before or as soon as they run, whose paths come as JSON by its input; nothing of them runs.
 * It is one that uv has or may fetch, apart from any project and deaf to the variables and the folder around it (`-I`).
 */
export function readPrograms(uv: string, python: string): Command<readonly UnreadFile[]> {
  const apart = ['--quiet', '--isolated', '--no-project', '--python', python];
  return {
    file: uv,
    args: ['run', ...apart, 'python', '-I', '-W', 'ignore', '-c', programReader],
    parse: (stdout) => unread.parse(JSON.parse(stdout)),
  };
}

const unread = z.array(z.object({ path: z.string(), line: z.number().nullable(), reason: z.string() }));

/** The line is counted from 1. */
export type UnreadFile = z.infer<typeof unread>[number];

const nowhere = process.platform === 'win32' ? 'NUL' : '/dev/null';

export type ProjectKind = 'package' | 'application';

/**
 * Makes a project in the folder that it runs in, and refuses where there is one. What an application is differs from one
 * release to the next, so both are said; a project of a folder above stays as it is.
 */
export function initProject(uv: string, name: string, kind: ProjectKind): Command<void> {
  const kinds = { package: ['--package'], application: ['--app', '--no-package'] };
  return {
    file: uv,
    args: ['init', ...kinds[kind], '--no-workspace', `--name=${name}`],
    parse: () => undefined,
  };
}

/** Answers with the wheel's path as uv prints it, relative to the folder it ran in. uv reports on stderr. */
export function buildWheel(uv: string): Command<string | undefined> {
  return {
    file: uv,
    args: ['build', '--wheel'],
    parse: (stdout, stderr) =>
      /^Successfully built (.+\.whl)[ \t\r]*$/m.exec(stripVTControlCharacters(`${stderr}\n${stdout}`))?.[1],
  };
}
