// Commands on containers that stand in for a volume or an image: made to reach its files, and removed afterwards.
import { hostname } from 'node:os';
import * as z from 'zod';
import type { Engine } from './engine.ts';
import type { Command } from './exec.ts';
import { isAlive } from './is-alive.ts';

/** By it they are kept out of the views, and found where one was left behind. */
export const standInLabel = 'wheelhouse.stand-in-of';

const labelled = z.object({
  Config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
});

/** Whether it is one, by what `inspect` says of it. */
export const isStandIn = (raw: unknown) =>
  labelled.safeParse(raw).data?.Config?.Labels?.[standInLabel] !== undefined;

/** Whose it is: a process of this machine, so that what a window left behind is told from what another one needs. */
const mine = () => `${hostname()}/${process.pid}`;

/** Marks a container as one. */
export const standInFlags = () => ['--label', `${standInLabel}=${mine()}`];

export type StandIn = {
  /** Its id, so that nothing is pulled for it. */
  readonly image: string;
  readonly mounts: readonly { readonly volume: string; readonly at: string; readonly readOnly?: boolean }[];
  /** Of one that is to be started. */
  readonly argv?: readonly [string, ...string[]];
};

export function createStandIn(
  { file, kind, nerdctl }: Engine,
  { image, mounts, argv }: StandIn,
): Command<string> {
  const [program, ...args] = argv ?? ['true'];
  const mount = ({ volume, at, readOnly }: StandIn['mounts'][number]) => [
    '--mount',
    [
      'type=volume',
      `source=${volume}`,
      `target=${at}`,
      // Else Docker fills an empty volume with what the image has there; nerdctl knows no such word.
      ...(kind === 'docker' && !nerdctl ? ['volume-nocopy'] : []),
      ...(readOnly ? ['ro'] : []),
    ].join(','),
  ];
  return {
    file,
    args: [
      ...['container', 'create', ...standInFlags(), '--network=none', '--user=0'],
      ...(argv ? ['--interactive'] : []),
      // Volumes that the image asks for; Docker has no word for it and removes them with the container.
      ...(kind === 'podman' ? ['--image-volume=ignore'] : []),
      ...mounts.flatMap(mount),
      ...[`--entrypoint=${program}`, image, ...args],
    ],
    parse: (stdout) => /^[0-9a-f]{12,64}$/m.exec(stdout)?.[0] ?? '',
  };
}

/** Passes on what goes in and comes out. */
export function startStandIn({ file }: Engine, id: string): Command {
  return { file, args: ['container', 'start', '--attach', '--interactive', id] };
}

/** The same in one that runs: to what nerdctl starts, it never says that its input has ended. */
export function runInStandIn({ file }: Engine, id: string, argv: readonly string[]): Command {
  return { file, args: ['exec', '--interactive', '--user', '0', id, ...argv] };
}

/**
 * With the volumes that were made with it and have no name. Podman would also remove one that it only uses, where that has
 * none, so there none are made.
 */
export function removeStandIns({ file, kind }: Engine, ids: readonly string[]): Command {
  return { file, args: ['container', 'rm', '--force', ...(kind === 'docker' ? ['--volumes'] : []), ...ids] };
}

export function listStandIns({ file }: Engine): Command<readonly string[]> {
  return {
    file,
    args: ['container', 'ls', '--all', '--filter', `label=${standInLabel}`, '--format', '{{.ID}}'],
    parse: (stdout) => stdout.split(/\s+/).filter(Boolean),
  };
}

/** Of these, those whose process is one of this machine that has ended. */
export function leftStandIns({ file }: Engine, ids: readonly string[]): Command<readonly string[]> {
  const format = `{{.Id}} {{index .Config.Labels "${standInLabel}"}}`;
  return {
    file,
    args: ['container', 'inspect', '--format', format, ...ids],
    parse: (stdout) =>
      stdout.split('\n').flatMap((line) => {
        const [id, host, pid] = /^(\S+) (\S*)\/(\d+)$/.exec(line)?.slice(1) ?? [];
        return id && host === hostname() && !isAlive(Number(pid)) ? [id] : [];
      }),
  };
}
