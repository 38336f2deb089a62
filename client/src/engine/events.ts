// What happens in the engine, read off the lines of its `events` command.
import * as z from 'zod';
import { standInLabel } from '../runtime/stand-in-commands.ts';
import { containerdEvent } from './containerd-events.ts';

/** What an event is about, in the engine's word: container, image, volume, network, … */
export type EventKind = string;

export type EngineEvent = {
  readonly kind: EventKind;
  /** The engine's word: create, die, untag, … */
  readonly action: string;
  /**
   * Of a container its id; of an image its id, or the name that it lost or got; of a volume its name; of a network its
   * id, or that of the container that came or went.
   */
  readonly id: string;
  readonly name?: string;
  /** Of a network: who came or went. */
  readonly container?: string;
  readonly at?: Date;
  /** What a container ended with. */
  readonly exitCode?: number;
};

/** Docker 17 to 29 and Podman 3 to 5, which spell the same things differently. */
const line = z.object({
  Type: z.string(),
  Action: z.string().nullish(),
  Status: z.string().nullish(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  /** Podman's. */
  Attributes: z.record(z.string(), z.unknown()).nullish(),
  ID: z.string().nullish(),
  Name: z.string().nullish(),
  Time: z.string().nullish(),
  ContainerExitCode: z.number().nullish().catch(undefined),
  time: z.number().nullish(),
  timeNano: z.number().nullish(),
});

/** Labels come with each event, and a label may be as long as its author likes. */
const longestLine = 1_000_000;

/** Takes output in whatever portions it comes and gives an event of these kinds for each whole line that tells of one. */
export function createEventReader(kinds: readonly EventKind[]): (text: string) => readonly EngineEvent[] {
  let rest = '';
  let skipping = false;
  return (text) => {
    const lines = text.split('\n');
    const events: EngineEvent[] = [];
    for (const [index, part] of lines.entries()) {
      if (!skipping) rest += part;
      if (rest.length > longestLine) {
        skipping = true;
        rest = '';
      }
      if (index === lines.length - 1) break;
      const event = skipping ? undefined : readEvent(rest, kinds);
      if (event) events.push(event);
      rest = '';
      skipping = false;
    }
    return events;
  };
}

function readEvent(text: string, kinds: readonly EventKind[]): EngineEvent | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
    const told = containerdEvent(json);
    if (told) return kinds.includes(told.kind) ? told : undefined;
  } catch {
    return undefined;
  }
  const { data } = line.safeParse(json);
  const kind = kinds.find((known) => known === data?.Type);
  const id = data?.Actor?.ID ?? data?.ID ?? data?.Name;
  if (!data || !kind || !id) return undefined;
  const action = data.Action ?? data.Status ?? '';
  // Podman tells of them unasked, of each health check as well; they change nothing that is shown.
  if (/^exec(?:$|_)/.test(action)) return undefined;
  // Each view that they reach files for would draw itself anew, and reach for them again.
  if ({ ...data.Attributes, ...data.Actor?.Attributes }[standInLabel] !== undefined) return undefined;
  const name = data.Actor?.Attributes?.name ?? data.Name;
  const container = data.Actor?.Attributes?.container;
  return {
    kind,
    action,
    id,
    name: typeof name === 'string' ? name : undefined,
    ...(kind === 'network' && typeof container === 'string' ? { container } : {}),
    at: timeOf(data),
    ...exitCodeOf(data),
  };
}

/** Podman writes that of an event of another kind as well, as 0. */
function exitCodeOf({ Action, Status, Actor, ContainerExitCode }: z.infer<typeof line>) {
  if (!/^died?$/.test(Action ?? Status ?? '')) return {};
  const exitCode = Number(Actor?.Attributes?.exitCode ?? ContainerExitCode ?? Number.NaN);
  return Number.isInteger(exitCode) ? { exitCode } : {};
}

function timeOf({ timeNano, time, Time }: z.infer<typeof line>): Date | undefined {
  const at = new Date(timeNano ? Math.round(timeNano / 1e6) : time ? time * 1000 : (Time ?? ''));
  return Number.isNaN(at.getTime()) ? undefined : at;
}
