import type { Dockerfile, Instruction } from '../syntax/tree.ts';
import { resolveWord } from './scope.ts';
import { effective, type Stage } from './stages.ts';

/**
 * The folder that an instruction works in: an absolute path, `.` for the unknown one that the base image left, or
 * undefined where the WORKDIR in force holds an unknown variable or counts from another.
 */
export function workdirAt(file: Dockerfile, stage: Stage, until: Instruction): string | undefined {
  const workdir = effective(stage, 'WORKDIR', until);
  const word = workdir?.node.args[0];
  if (!workdir || !word) return '.';
  const path = resolveWord(file, stage, until, word);
  return path?.startsWith('/') ? joinPath('/', path) : undefined;
}

/** Where a path of an instruction lies; undefined where a variable, a pattern or an unknown folder decides over it. */
export function pathAt(
  file: Dockerfile,
  stage: Stage,
  at: Instruction,
  { value }: { readonly value: string },
): string | undefined {
  const path = /[*?[{~`]/.test(value.replaceAll('${', ''))
    ? undefined
    : resolveWord(file, stage, at, { value });
  const folder = path?.startsWith('/') ? '/' : workdirAt(file, stage, at);
  return path !== undefined && folder !== undefined ? joinPath(folder, path) : undefined;
}

/** Joins two paths of an image and drops `.` and doubled slashes; `..` stays. */
export function joinPath(folder: string, path: string): string {
  const whole = path.startsWith('/') ? path : `${folder}/${path}`;
  const parts = whole.split('/').filter((part) => part !== '' && part !== '.');
  return (whole.startsWith('/') ? '/' : './') + parts.join('/');
}

/** What is left of a path below a folder, both made by `joinPath`; undefined where it is not below. */
export function pathBelow(folder: string, path: string): string | undefined {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return path.startsWith(prefix) && path.length > prefix.length ? path.slice(prefix.length) : undefined;
}
