import type { InstructionNode } from '../syntax/tree.ts';
import type { LocalSpan } from '../text/span.ts';
import { trimEnd } from '../text/trim.ts';

/** A `RUN --mount=…` with its options by name; the type defaults to `bind`. */
export interface Mount extends LocalSpan {
  readonly type: string;
  readonly target: string | undefined;
  readonly options: ReadonlyMap<string, string>;
}

/** The mounts of a RUN (Dockerfile reference, "RUN --mount"). */
export function readMounts(node: InstructionNode): Mount[] {
  return node.flags.flatMap((flag) => {
    if (flag.name !== 'mount' || !flag.value) return [];
    const options = new Map<string, string>();
    for (const part of flag.value.value.split(',')) {
      const equals = part.indexOf('=');
      options.set(equals < 0 ? part : part.slice(0, equals), equals < 0 ? 'true' : part.slice(equals + 1));
    }
    const target = options.get('target') ?? options.get('dst') ?? options.get('destination');
    return [{ from: flag.from, to: flag.to, type: options.get('type') ?? 'bind', target, options }];
  });
}

/**
 * Whether files below a path stay out of the layer because a cache or tmpfs is mounted there.
 * @param homes whether `~` counts for a home folder: BuildKit mounts at a folder of this name in the working directory, and
 * hadolint asks for the end of the path alone
 */
export function isMountedAway(node: InstructionNode, path: string, homes = true): boolean {
  return readMounts(node).some(
    ({ type, target }) =>
      (type === 'cache' || type === 'tmpfs') && target?.includes(path) && (homes || !target.startsWith('~')),
  );
}

/** Whether one of these folders is a cache or tmpfs mount or in one, so that its files stay out of the layer. */
export function isInMount(node: InstructionNode, folders: readonly string[]): boolean {
  return readMounts(node).some(({ type, target }) => {
    if ((type !== 'cache' && type !== 'tmpfs') || !target) return false;
    const root = trimEnd(target, /\//);
    return folders.some((folder) => `${folder}/`.startsWith(`${root}/`));
  });
}
