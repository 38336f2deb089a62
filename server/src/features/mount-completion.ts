import { boundFiles, type CacheMount, cacheMounts } from '../data/cache-mounts.ts';
import { osFamily } from '../facts/base-images.ts';
import { sentFilesOf } from '../facts/context-sources.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import { type Runner, runnerAt } from '../facts/home-folders.ts';
import { readMounts } from '../facts/mounts.ts';
import { variablesAt } from '../facts/scope.ts';
import type { Stage } from '../facts/stages.ts';
import { placeInside } from '../syntax/parse.ts';
import type { Instruction, Run } from '../syntax/tree.ts';
import { codeSpan } from '../text/code-span.ts';
import { runAt } from './at-place.ts';
import type { Completion, Offer } from './completion.ts';

/** The number that the first user of most images has. */
const usualUid = '1000';

/**
 * The mounts that can be put behind `RUN --mount=`: caches of what the RUN runs first, then files of the build context, then
 * other caches. Behind `target=` of a mount that has other options, their folders.
 */
export function completeMount(facts: FileFacts, offset: number): Completion | undefined {
  const { text } = facts.file;
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  if (!line.split(/\s/).at(-1)?.includes('--mount=') || /^\s*#/.test(line)) return undefined;
  const run = runAt(facts, offset);
  const stage = run && facts.stageOf(run);
  if (!run || !stage) return undefined;
  const head = run.node.plain.slice(0, placeInside(run, offset));
  const typed = /^\S+(?:\s+--\S+)*\s+--mount=(\S*)$/.exec(head)?.[1];
  if (typed === undefined) return undefined;
  const rest = /^[^\s]*/.exec(text.slice(offset, offset + 500))?.[0] ?? '';
  const done = typed.split(',');
  const last = done.pop() ?? '';
  if (done.every((part) => part.startsWith('type=')) && !rest.includes(',')) {
    const begin = done.length > 0 ? `${done.join(',')},` : '';
    const offers = mountsFor(facts, stage, run, offset).filter(({ label }) => label.startsWith(begin));
    return { typed: { start: offset - typed.length, end: offset + rest.length }, offers };
  }
  const target = /^(?:target|dst|destination)=(.*)$/.exec(last)?.[1];
  const isCache = [...done, ...rest.split(',').slice(1)].includes('type=cache');
  if (target === undefined || !isCache) return undefined;
  const end = offset + (/^[^,]*/.exec(rest)?.[0].length ?? 0);
  return { typed: { start: offset - target.length, end }, offers: foldersFor(facts, stage, run) };
}

/** A cache with its folders as they are for a RUN. */
interface Placed extends CacheMount {
  readonly isFilled: boolean;
}

function cachesFor(facts: FileFacts, stage: Stage, run: Instruction<Run>, { home }: Runner): Placed[] {
  const system = osFamily(stage);
  const variables = variablesAt(facts.file, stage, run);
  const commands = run.node.text.replace(/--mount=\S*/g, '');
  const placed = cacheMounts.flatMap((cache) => {
    const { os, movedBy, filledBy } = cache;
    if (os && system && system !== os) return [];
    const moved = movedBy === undefined ? undefined : variables.get(movedBy);
    const isMoved = moved?.startsWith('/') && !moved.includes('$');
    const folders = isMoved ? [moved as string] : cache.folders;
    if (home === undefined && folders.some((folder) => folder.startsWith('~'))) return [];
    const own = folders.map((folder) => folder.replace(/^~/, home === '/' ? '' : (home ?? '')));
    return [{ ...cache, folders: own, isFilled: filledBy.test(commands) }];
  });
  return [...placed.filter(({ isFilled }) => isFilled), ...placed.filter(({ isFilled }) => !isFilled)];
}

function mountsFor(facts: FileFacts, stage: Stage, run: Instruction<Run>, offset: number): Offer[] {
  const runner = runnerAt(facts, stage, run);
  const place = placeInside(run, offset);
  const others = readMounts(run.node).filter(({ from, to }) => place < from || to < place);
  const mounted = new Set(others.map(({ target }) => target));
  const offers = cachesFor(facts, stage, run, runner)
    .filter(({ folders }) => !folders.every((folder) => mounted.has(folder)))
    .map((cache) => ({ isFilled: cache.isFilled, offer: offerOf(cache, runner) }));
  const firstOther = offers.findIndex(({ isFilled }) => !isFilled);
  const all = offers.map(({ offer }) => offer);
  const files = boundOffers(facts, (name) => mounted.has(name));
  const before = firstOther < 0 ? all.length : firstOther;
  return [...all.slice(0, before), ...files, ...all.slice(before)];
}

function offerOf({ of, folders, isLocked, about }: CacheMount, { user, uid }: Runner): Offer {
  const options = `${isLocked ? ',sharing=locked' : ''}${user === undefined ? '' : `,uid=${uid ?? usualUid}`}`;
  const label = folders.map((folder) => `type=cache,target=${folder}${options}`).join(' --mount=');
  const owner =
    user === undefined
      ? ''
      : `\n\nA cache belongs to root unless \`uid\` names its owner${uid === undefined ? `, here the user ${codeSpan(user || 'in force')}, whose number may be another than ${usualUid}` : ''}.`;
  return { label, detail: `cache of ${of}`, documentation: `${about}${owner}` };
}

function foldersFor(facts: FileFacts, stage: Stage, run: Instruction<Run>): Offer[] {
  return cachesFor(facts, stage, run, runnerAt(facts, stage, run)).flatMap(({ of, folders, about }) =>
    folders.map((folder) => ({ label: folder, detail: `cache of ${of}`, documentation: about })),
  );
}

/** Files of the build context that an install reads: all of them together, then each. */
function boundOffers({ context }: FileFacts, isMounted: (name: string) => boolean): Offer[] {
  if (!context?.files) return [];
  const names = boundFiles.filter(
    (name) => !isMounted(name) && sentFilesOf(context, name).some(({ path }) => path === name),
  );
  const sets = names.length > 1 ? [names, ...names.map((name) => [name])] : names.map((name) => [name]);
  return sets.map((files) => ({
    label: files.map((name) => `type=bind,source=${name},target=${name}`).join(' --mount='),
    detail: `${files.join(' and ')} of the build context`,
    documentation:
      'There while this RUN runs, below the working directory, and in no layer. The RUN runs again where the file changes.',
  }));
}
