// Containers that stand in for volumes and images, one for each, kept as long as somebody looks at its files.
import type { EngineUser } from '../engine/connection.ts';
import type { FileTree } from '../engine/file-tree.ts';
import type { Made } from '../engine/stand-in.ts';
import { failureOf } from '../runtime/failures.ts';
import { containerFiles } from './container.ts';

/** Folders are opened one after the other. */
const idleMs = 15_000;

type One = { readonly made: Promise<Made>; users: number; timer?: NodeJS.Timeout };

/** The files of one of them, by the container that stands in for it. */
export type Held = {
  within<T>(work: (tree: FileTree) => Promise<T>): Promise<T>;
  readonly read: FileTree['read'];
};

export function createHeld(user: EngineUser, make: (key: string) => Promise<Made>) {
  const held = new Map<string, One>();
  const drop = async (key: string) => {
    const one = held.get(key);
    held.delete(key);
    clearTimeout(one?.timer);
    await (await one?.made.catch(() => undefined))?.remove().catch(() => {});
  };
  const hold = (key: string): One => {
    const one = held.get(key) ?? { made: make(key), users: 0 };
    held.set(key, one);
    clearTimeout(one.timer);
    one.users++;
    one.made.catch(() => held.get(key) === one && held.delete(key));
    return one;
  };
  const letGo = (key: string, one: One) => {
    if (--one.users > 0 || held.get(key) !== one) return;
    one.timer = setTimeout(() => void drop(key), idleMs);
    one.timer.unref();
  };
  const within = async <T>(key: string, work: (tree: FileTree) => Promise<T>, again = true): Promise<T> => {
    const one = hold(key);
    try {
      return await work(containerFiles(user, (await one.made).id));
    } catch (error) {
      if (!again || failureOf(error)?.id !== 'container-gone') throw error;
      // Somebody removed it, as all that do not run are removed.
      held.delete(key);
      return await within(key, work, false);
    } finally {
      letGo(key, one);
    }
  };
  return {
    of: (key: string): Held => ({
      within: (work) => within(key, work),
      async *read(path, signal) {
        const one = hold(key);
        try {
          yield* containerFiles(user, (await one.made).id).read(path, signal);
        } finally {
          letGo(key, one);
        }
      },
    }),
    /** Removes what was made for one of them, or for all. */
    async release(key?: string): Promise<void> {
      await Promise.all((key === undefined ? [...held.keys()] : [key]).map(drop));
    },
  };
}
