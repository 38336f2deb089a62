// What happens in containerd, as nerdctl prints it: by topics of its own, and nothing of volumes and networks, which are no
// things of containerd (containerd, docs/events.md).
import * as z from 'zod';
import { standInLabel } from '../runtime/stand-in-commands.ts';

const line = z.object({ Topic: z.string(), Timestamp: z.string(), Event: z.string() });
const payload = z.object({
  id: z.string().nullish(),
  container_id: z.string().nullish(),
  name: z.string().nullish(),
  exit_status: z.number().nullish(),
  labels: z.record(z.string(), z.unknown()).nullish(),
});

/** In the words of Docker. A container is updated when it is renamed, among others. */
const actions: Readonly<Record<string, readonly [kind: 'container' | 'image', action: string]>> = {
  '/containers/create': ['container', 'create'],
  '/containers/update': ['container', 'update'],
  '/containers/delete': ['container', 'destroy'],
  '/tasks/start': ['container', 'start'],
  '/tasks/exit': ['container', 'die'],
  '/tasks/delete': ['container', 'stop'],
  '/tasks/oom': ['container', 'oom'],
  '/tasks/paused': ['container', 'pause'],
  '/tasks/resumed': ['container', 'unpause'],
  '/images/create': ['image', 'tag'],
  '/images/update': ['image', 'tag'],
  '/images/delete': ['image', 'untag'],
};

/** Nothing of what is no event, or none that a view follows. */
export function containerdEvent(json: unknown) {
  const { data } = line.safeParse(json);
  const [kind, action] = actions[data?.Topic ?? ''] ?? [];
  if (!data || !kind || !action) return undefined;
  const told = payload.parse(JSON.parse(data.Event));
  const id = told.container_id ?? told.id ?? told.name;
  // Of a program that was run in it: the id of that is told as well.
  const isOther = told.container_id && told.id && told.id !== told.container_id;
  if (!id || isOther || told.labels?.[standInLabel] !== undefined) return undefined;
  const at = new Date(data.Timestamp);
  return {
    kind,
    action,
    id,
    at: Number.isNaN(at.getTime()) ? undefined : at,
    ...(action === 'die' ? { exitCode: told.exit_status ?? 0 } : {}),
  };
}
