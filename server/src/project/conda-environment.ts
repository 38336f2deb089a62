import type { Environment } from '../facts/build-context.ts';
import { readRequirement } from '../facts/requirements.ts';
import type { FileProblem } from '../ports/ports.ts';
import { readYaml } from '../syntax/yaml.ts';
import { stringOf, tableOf } from './toml-values.ts';

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
  // Aliases may give the very same list to thousands of entries.
  const pip = [...new Set(root.dependencies.map((entry) => tableOf(entry).pip))].flatMap(
    (list) => list ?? [],
  );
  const requirements = pip.map((entry) => readRequirement(stringOf(entry) ?? ''));
  return {
    path,
    channels: Array.isArray(root.channels) ? root.channels.filter((name) => typeof name === 'string') : [],
    packages: root.dependencies.filter((entry) => typeof entry === 'string'),
    requirements: requirements.flatMap((one) => one ?? []),
    isPlain: requirements.every((one) => one !== undefined) && !/\bfile:|@[ \t]*[./]/.test(text),
  };
}
