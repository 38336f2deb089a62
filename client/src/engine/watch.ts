// Follows what happens in the engine while somebody looks: one `events` process for all views.
import type { EventType } from '@microsoft/vscode-container-client';
import { type Engine, type EngineAccess, plain } from '../runtime/engine.ts';
import type { Command, Exec, OutputStream } from '../runtime/exec.ts';
import { createEventReader, type EngineEvent, type EventKind } from './events.ts';

/** A thing is seen at once, and a stream of things not more often than one can follow. */
const firstMs = 50;
const betweenMs = 400;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
const dockerActions =
  'create start die destroy pause unpause rename oom health_status tag untag delete pull load import connect disconnect remove'.split(
    ' ',
  );

export type EngineWatch = {
  /** Follows events of these kinds until what it returns is called. */
  retain(kinds: readonly EventKind[]): () => void;
  /** Follows another engine from now on. */
  restart(): void;
};

/** The command that tells of these kinds, from `since` on. */
export async function engineEvents(
  engine: Engine,
  kinds: readonly EventKind[],
  since?: Date,
): Promise<Command> {
  // Without filters, and from now on alone.
  if (engine.nerdctl) return { file: engine.file, args: ['events', '--format', '{{json .}}'] };
  const { file, args } = plain(
    await engine.client.getEventStream({
      types: [...kinds] as EventType[],
      // Each health check is an exec event, several a minute, and what changes by one is told as health_status. Podman refuses
      // action names it does not know.
      events: engine.kind === 'docker' ? dockerActions : undefined,
      // What happened in that second before it is told twice, which does no harm.
      since: since && Math.floor(since.getTime() / 1000),
    }),
  );
  return { file, args };
}

/** `changed` is told what happened soon, then at most once in 400 ms; what comes between is told together. */
export function createWatch(
  exec: Exec,
  access: EngineAccess,
  changed: (events: readonly EngineEvent[]) => void,
): EngineWatch {
  const held = new Set<readonly EventKind[]>();
  let followed: readonly EventKind[] = [];
  let stop: AbortController | undefined;
  /** When the last was heard of, or was begun to listen, so that nothing is missed between two processes. */
  let heard: Date | undefined;
  let wake = () => {};
  access.onDidChange((state) => state === 'ready' && wake());

  const tell = collect(changed);
  const follow = async (kinds: readonly EventKind[], signal: AbortSignal) => {
    let pause = firstPauseMs;
    while (!signal.aborted) {
      const read = createEventReader(kinds);
      const onOutput = (text: string, stream: OutputStream) => {
        if (stream === 'stderr' || signal.aborted) return;
        pause = firstPauseMs;
        const events = read(text);
        heard = events.findLast(({ at }) => at)?.at ?? heard;
        tell(events);
      };
      try {
        await exec(await engineEvents(await access.get(), kinds, heard), { signal, onOutput });
        if (!signal.aborted) access.forget();
      } catch {
        // No engine answers; the views say so. Look again later.
      }
      if (signal.aborted) return;
      // Somebody who refreshed a view and found the engine need not wait.
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, pause).unref();
      });
      pause = Math.min(2 * pause, longestPauseMs);
      await woken;
    }
  };
  const adjust = (anew = false) => {
    const kinds = [...new Set([...held].flat())].sort();
    if (!anew && kinds.join() === followed.join()) return;
    followed = kinds;
    stop?.abort();
    wake();
    if (!kinds.length) {
      // Views look for themselves when they are shown again.
      heard = undefined;
      return;
    }
    // What happens before the process listens is told as well.
    heard ??= new Date();
    stop = new AbortController();
    void follow(kinds, stop.signal);
  };
  return {
    retain(kinds) {
      const mine = [...kinds];
      held.add(mine);
      adjust();
      return () => {
        if (held.delete(mine)) adjust();
      };
    },
    restart() {
      heard = undefined;
      adjust(true);
    },
  };
}

/** Gathers what comes within a moment, so that a burst is two changes at most. */
function collect(changed: (events: readonly EngineEvent[]) => void) {
  let pending: EngineEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  let told = Number.NEGATIVE_INFINITY;
  return (events: readonly EngineEvent[]) => {
    pending.push(...events);
    if (timer || !pending.length) return;
    timer = setTimeout(
      () => {
        const gathered = pending;
        pending = [];
        timer = undefined;
        told = Date.now();
        changed(gathered);
      },
      Math.max(firstMs, told + betweenMs - Date.now()),
    );
  };
}
