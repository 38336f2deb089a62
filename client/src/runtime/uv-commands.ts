// Commands of uv, as values.
import { stripVTControlCharacters } from 'node:util';
import type { Command } from './exec.ts';

/** Makes `uv.lock` fit `pyproject.toml`; packages that are locked and still fit keep their versions. */
export function updateLock(uv: string): Command<void> {
  return { file: uv, args: ['lock'], parse: () => undefined };
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
