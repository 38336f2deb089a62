import { type ContextRecord, listConnections, listContexts } from '../runtime/context-commands.ts';
import type { EngineKind } from '../runtime/engine.ts';
import { failureOf } from '../runtime/failures.ts';
import { locate } from '../runtime/locate.ts';
import { socketPlaces } from '../runtime/sockets.ts';
import { engineChoice } from '../settings/settings.ts';
import type { LoadNodes } from '../ui/tree.ts';
import type { Workbench } from '../ui/workbench.ts';
import { listingContexts } from './failures.ts';
import {
  type Context,
  contextFlags,
  contextsOf,
  contextWords,
  describeContext,
  whereWords,
} from './model.ts';

/** What commands on contexts work with. */
export type ContextValue = { readonly name: string };

/** Two kinds may use the same name. */
export const refOf = ({ place, label }: Pick<Context, 'place' | 'label'>): string => `${place.kind} ${label}`;

export function programOf(kind: EngineKind): string {
  const { dockerPath, podmanPath } = engineChoice();
  return locate(kind, kind === 'docker' ? dockerPath : podmanPath);
}

export async function loadContexts(workbench: Workbench): Promise<readonly Context[]> {
  const { engine: setting } = engineChoice();
  const chosen = workbench.place();
  const wants = (kind: EngineKind) => setting === 'auto' || setting === kind || chosen?.kind === kind;
  const none = async (): Promise<readonly ContextRecord[] | undefined> => undefined;
  const [engine, docker, podman] = await Promise.all([
    workbench.engine.get().catch(() => undefined),
    wants('docker')
      ? unlessMissing(workbench.run(listContexts(programOf('docker')), listingContexts()))
      : none(),
    wants('podman')
      ? unlessMissing(workbench.run(listConnections(programOf('podman')), listingContexts()))
      : none(),
  ]);
  const kind = engine?.nerdctl
    ? undefined
    : (engine?.kind ?? (setting === 'podman' || !docker ? 'podman' : 'docker'));
  const sockets = socketPlaces().filter((place) => (place.kind === 'docker' ? docker : podman));
  return contextsOf(
    { docker: docker ?? [], podman, sockets },
    { chosen, found: engine?.place, kind },
    process.env,
  );
}

async function unlessMissing<T>(records: Promise<T>): Promise<T | undefined> {
  try {
    return await records;
  } catch (error) {
    if (failureOf(error)?.id === 'engine-absent') return undefined;
    throw error;
  }
}

export function contextNodes(workbench: Workbench): LoadNodes<ContextValue> {
  return async () =>
    (await loadContexts(workbench)).map((context) => ({
      id: `context:${refOf(context)}`,
      label: context.label,
      description: contextWords(context),
      tooltip: describeContext(context),
      icon: context.error ? 'warning' : context.inUse ? 'pass-filled' : iconOf(context),
      color: context.inUse ? 'charts.green' : undefined,
      context: contextFlags(context),
      value: { name: refOf(context) },
    }));
}

function iconOf({ address, isKept }: Context): string {
  if (!isKept) return 'plug';
  return address.startsWith('unix:') || address.startsWith('npipe:') ? 'vm' : 'remote';
}

export const choiceOf = (context: Context) => ({
  label: context.label,
  description: contextWords(context),
  detail: context.description || undefined,
});

export const reachWords = (context: Context) => `${context.label} (${whereWords(context)})`;
