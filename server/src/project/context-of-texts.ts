import type { BuildContext } from '../facts/build-context.ts';
import { parseIgnoreFile } from '../syntax/ignore-file.ts';
import { composeNames, readCompose } from './compose.ts';
import { readPyproject } from './pyproject.ts';
import {
  environmentNames,
  isRequirementFile,
  readEnvironment,
  readPythonVersion,
  readRequirementFile,
} from './requirement-files.ts';
import { readUvLock } from './uv-lock.ts';

/**
 * The build context of an example of a rule.
 * @param files text or size by path; each was changed a minute after the one before
 */
export async function contextOfTexts(
  files: Readonly<Record<string, string | { readonly megabytes: number }>>,
): Promise<BuildContext> {
  const textOf = (path: string) => (typeof files[path] === 'string' ? files[path] : undefined);
  const [ignored, pyproject, lock, pin] = [
    '.dockerignore',
    'pyproject.toml',
    'uv.lock',
    '.python-version',
  ].map(textOf);
  const compose = composeNames.find((name) => textOf(name) !== undefined);
  const environment = environmentNames.find((name) => textOf(name) !== undefined);
  const entries = Object.entries(files).map(([path, content], at) => ({
    path,
    size: typeof content === 'string' ? content.length : content.megabytes * 1e6,
    changed: at * 60_000,
  }));
  return {
    ignoreFile: ignored === undefined ? undefined : parseIgnoreFile(ignored),
    ignoreFileUri: 'file:///project/.dockerignore',
    isLive: true,
    files: { files: entries, isComplete: true },
    project: pyproject === undefined ? undefined : readPyproject(pyproject).project,
    manifest:
      pyproject === undefined ? undefined : { uri: 'file:///project/pyproject.toml', text: pyproject },
    lock: lock === undefined ? undefined : await readUvLock(lock),
    requirementFiles: Object.keys(files)
      .filter(isRequirementFile)
      .map((path) => readRequirementFile(path, textOf(path) ?? '')),
    environment:
      environment === undefined ? undefined : readEnvironment(environment, textOf(environment) ?? ''),
    services:
      compose === undefined
        ? undefined
        : readCompose(`file:///project/${compose}`, textOf(compose) ?? '', 'Dockerfile'),
    pinnedPython: pin === undefined ? undefined : readPythonVersion(pin),
  };
}
