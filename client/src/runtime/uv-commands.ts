// Commands of uv, as values.
import { stripVTControlCharacters } from 'node:util';
import type { ScaffoldInstall } from '../../../server/src/protocol/requests.ts';
import type { Command } from './exec.ts';

/** Makes `uv.lock` fit `pyproject.toml`; packages that are locked and still fit keep their versions. */
export function updateLock(uv: string): Command<void> {
  return { file: uv, args: ['lock'], parse: () => undefined };
}

/**
 * Whether what is asked for can be had together on Linux, by the index that uv knows. No package's own code runs for it, so
 * what comes as a source distribution alone cannot be told.
 */
export function resolveInstall(
  uv: string,
  { python, flags, files }: Pick<ScaffoldInstall, 'python' | 'flags' | 'files'>,
): Command<void> {
  const platform = ['--python-version', python, '--python-platform', 'x86_64-manylinux_2_36'];
  const quiet = ['--quiet', '--no-header', '--no-annotate', '--no-build', '--output-file', nowhere];
  return {
    file: uv,
    args: ['pip', 'compile', ...quiet, ...platform, ...flags, ...files, '-'],
    parse: () => undefined,
  };
}

const nowhere = process.platform === 'win32' ? 'NUL' : '/dev/null';

/** Answers with the wheel's path as uv prints it, relative to the folder it ran in. uv reports on stderr. */
export function buildWheel(uv: string): Command<string | undefined> {
  return {
    file: uv,
    args: ['build', '--wheel'],
    parse: (stdout, stderr) =>
      /^Successfully built (.+\.whl)[ \t\r]*$/m.exec(stripVTControlCharacters(`${stderr}\n${stdout}`))?.[1],
  };
}
