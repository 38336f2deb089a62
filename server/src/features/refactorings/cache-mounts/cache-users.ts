import type { FileFacts } from '../../../facts/file-facts.ts';
import { readMounts } from '../../../facts/mounts.ts';
import { pathAt } from '../../../facts/paths.ts';
import { resolveWord } from '../../../facts/scope.ts';
import type { Copy, Instruction } from '../../../syntax/tree.ts';
import { remember } from '../../../text/remember.ts';
import { trimEnd } from '../../../text/trim.ts';

const known = remember((_facts: FileFacts) => new Map<string, boolean>());

/** Whether some instruction needs a cache in the image. Many installs of a file have one folder. */
export function isCacheUsed(facts: FileFacts, folder: string): boolean {
  const answers = known(facts);
  const isUsed = answers.get(folder) ?? facts.file.instructions.some((it) => usesCache(facts, it, folder));
  answers.set(folder, isUsed);
  return isUsed;
}

/**
 * Whether an instruction needs a cache in the image: it copies it from a stage, brings files into it, declares it a volume,
 * or mounts it. A cache mount hides what lies there, and leaves nothing behind.
 */
function usesCache(facts: FileFacts, it: Instruction, folder: string): boolean {
  const { node } = it;
  const caches = folder.replace(/(\/\.cache)\/.*/, '$1');
  const isIn = (path: string | undefined) => {
    const plain = trimEnd(path ?? '', /\//);
    return plain === caches || `${plain}/`.startsWith(`${folder}/`);
  };
  if (node.keyword === 'VOLUME') return (node.json ?? node.args).some(({ value }) => isIn(value));
  if (node.keyword === 'RUN')
    return readMounts(node).some(
      ({ type, options }) => type === 'bind' && isIn(options.get('source') ?? options.get('src')),
    );
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return false;
  const { sources, destination } = node as Copy;
  const stage = facts.stageOf(it);
  const isFrom = node.flags.some(({ name }) => name === 'from');
  if (isFrom && sources.some(({ value }) => isIn(value.startsWith('/') ? value : `/${value}`))) return true;
  return destination !== undefined && stage !== undefined && isIn(pathAt(facts.file, stage, it, destination));
}

/** Whether a RUN mounts something above, at or below a folder, or where the file does not tell. */
export function isMountedOver(facts: FileFacts, run: Instruction, folder: string): boolean {
  const stage = facts.stageOf(run);
  return readMounts(run.node).some(({ target = '' }) => {
    const at = stage && resolveWord(facts.file, stage, run, { value: target });
    if (at === undefined) return true;
    const path = `${trimEnd(at, /\//)}/`;
    return at.startsWith('/') && (`${folder}/`.startsWith(path) || path.startsWith(`${folder}/`));
  });
}
