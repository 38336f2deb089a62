import type { Instruction, Word } from '../syntax/tree.ts';
import { isBareBase } from './bare-bases.ts';
import type { FileFacts } from './file-facts.ts';
import { csvFields } from './mount-faults.ts';
import { joinPath, workdirAt } from './paths.ts';
import { setsNothing, textInPlainBuild } from './plain-build.ts';

/**
 * Whether a mount that is right otherwise lies over the root of the image, which BuildKit refuses (`dispatchRunMounts`,
 * 0.34.2): one without a target lies where the RUN starts. `missing` where it has none.
 */
export function rootMount(facts: FileFacts, run: Instruction, mount: Word): 'root' | 'missing' | undefined {
  const stage = facts.stageOf(run);
  const fields = csvFields(mount) ?? [];
  const get = (keys: readonly string[]) => {
    const last = fields.findLast(({ text }) => keys.includes(/^[^=]*/.exec(text)?.[0].toLowerCase() ?? ''));
    return textInPlainBuild(facts, run, last?.text.slice(last.text.indexOf('=') + 1) ?? '');
  };
  const type = get(['type'])?.toLowerCase();
  if (!stage || type === undefined || type === 'secret' || type === 'ssh') return undefined;
  const target = get(['target', 'dst', 'destination']);
  if (target === undefined || target.includes('..')) return undefined;
  // `//` is not the same to BuildKit.
  if (target.startsWith('/')) return target === '/' ? 'root' : undefined;
  if (joinPath('/', target) !== '/') return undefined;
  // What ONBUILD wraps runs where the whole stage ends.
  const until = run.onbuild ? (stage.instructions.at(-1) ?? run) : run;
  const folder = workdirAt(facts.file, stage, until);
  const isRoot = folder === '/' || (folder === '.' && (setsNothing(stage) || isBareBase(stage)));
  if (!isRoot) return undefined;
  return target === '' ? 'missing' : 'root';
}
