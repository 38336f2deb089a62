// Follows what happens in the engine while somebody looks: one `events` process for all views.
import { type Engine, type EngineAccess, plain } from './engine.ts';
import type { Command, Exec } from './exec.ts';

const settleMs = 400;
const retryMs = 5_000;
const dockerActions =
  'create start die destroy pause unpause rename oom tag untag delete pull load import'.split(' ');

export type Subject = 'image' | 'container';

export async function engineEvents(engine: Engine): Promise<Command> {
  const { file, args } = plain(
    await engine.client.getEventStream({
      types: ['image', 'container'],
      // Health checks come as exec events, several a minute; Podman refuses action names it does not know.
      events: engine.kind === 'docker' ? dockerActions : undefined,
    }),
  );
  return { file, args };
}

/** Returns `retain`: events are followed from the first retain to the last release. */
export function createWatch(
  exec: Exec,
  access: EngineAccess,
  changed: (subjects: readonly Subject[]) => void,
) {
  let watchers = 0;
  let stop: AbortController | undefined;
  const pending = new Set<Subject>();
  let timer: NodeJS.Timeout | undefined;

  const note = (text: string) => {
    if (/"Type":\s*"image"/i.test(text)) pending.add('image');
    if (/"Type":\s*"container"/i.test(text)) pending.add('container');
    if (timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      const subjects = [...pending];
      pending.clear();
      if (subjects.length) changed(subjects);
    }, settleMs);
  };
  const follow = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      try {
        await exec(await engineEvents(await access.get()), { signal, onOutput: note });
        if (!signal.aborted) access.forget();
      } catch {
        // No engine answers; the views say so. Look again later.
      }
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, retryMs).unref());
    }
  };
  return function retain(): () => void {
    if (watchers++ === 0) {
      stop = new AbortController();
      void follow(stop.signal);
    }
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      if (--watchers === 0) stop?.abort();
    };
  };
}
