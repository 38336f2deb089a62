import type { Environment, RequirementFile } from '../facts/build-context.ts';
import { readRequirement } from '../facts/requirements.ts';
import type { FileProblem } from '../ports/ports.ts';
import { readYaml } from '../syntax/yaml.ts';
import { stringOf, tableOf } from './pyproject.ts';

/** Which files at the top of a context, or in its folder `requirements`, pip is given. */
export const isRequirementFile = (path: string) =>
  /^(?:requirements\/)?[\w.-]+\.txt$/.test(path) && path.includes('requirements');

/** Names of conda's environment files, the usual one first. */
export const environmentNames = ['environment.yml', 'environment.yaml', 'conda.yml', 'conda.yaml'];

/** Reads what pip is given with `-r`; lines that are no requirements and no options known here count as not written. */
export function readRequirementFile(path: string, text: string): RequirementFile {
  const lines = text
    .replace(/^\ufeff/, '')
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*/s, '').trim());
  const valuesOf = (pattern: RegExp) => lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
  return {
    path,
    // Options of one requirement, such as `--hash`, stand behind it.
    requirements: lines.flatMap((line) =>
      line === '' || line.startsWith('-') ? [] : (readRequirement(line.replace(/\s--?\w.*/s, '')) ?? []),
    ),
    indexes: valuesOf(/^(?:-i|--index-url|--extra-index-url)(?:\s+|=)(\S+)/),
    includes: valuesOf(/^(?:-r|--requirement)(?:\s+|=)?(\S+)/),
  };
}

/**
 * Reads a conda environment file; undefined where it is no such file.
 * @param say told what is wrong in the file
 */
export function readEnvironment(
  path: string,
  text: string,
  say?: (problem: FileProblem) => void,
): Environment | undefined {
  const { value, fault } = readYaml(text, true);
  if (fault) say?.(fault);
  const root = tableOf(value);
  if (!Array.isArray(root.dependencies)) return undefined;
  const pip = root.dependencies.flatMap((entry) => tableOf(entry).pip ?? []);
  return {
    path,
    channels: Array.isArray(root.channels) ? root.channels.filter((name) => typeof name === 'string') : [],
    packages: root.dependencies.filter((entry) => typeof entry === 'string'),
    requirements: pip.flatMap((entry) => readRequirement(stringOf(entry) ?? '') ?? []),
  };
}

/** The minor release that a `.python-version` names in its first line, as pyenv and uv write it: `3.12`, `cpython-3.12.4`. */
export function readPythonVersion(text: string): string | undefined {
  return /^(?:cpython-|cpython@|python)?(3\.\d+)(?=$|\.|[-+])/.exec(firstLine(text))?.[1];
}

const firstLine = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('#')) ?? '';
