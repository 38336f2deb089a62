// What runs in a container and what it takes, in a page that goes on while somebody looks at it.
import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Usage } from '../engine/stats.ts';
import { topProcesses } from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { failureOf } from '../runtime/failures.ts';
import { restorePages } from '../ui/kept-pages.ts';
import { openPage } from '../ui/page.ts';
import { asText } from '../ui/plain-text.ts';
import type { Workbench } from '../ui/workbench.ts';
import { containerPatterns, processesNotKept } from './failures.ts';
import { curvesOf } from './figures.ts';
import { keptProcesses } from './kept.ts';
import type { LiveFigures } from './live.ts';
import { processTable, shownProcesses } from './model-inside.ts';
import type { ToProcesses } from './process-messages.ts';

const pageName = 'processes';
const lookMs = 3_000;
/** Of the last five minutes. */
const kept = 100;

type Live = Pick<LiveFigures, 'history'>;
type Container = Pick<ContainerDetails, 'id' | 'name'>;
type Shown = ReturnType<typeof shownProcesses>;

const open = new Map<string, ReturnType<typeof openPage>>();

export const processPages = { dispose: () => [...open.values()].forEach((page) => void page.dispose()) };

export async function showProcesses(
  workbench: Workbench,
  container: ContainerDetails | undefined,
  live: Live,
) {
  if (!container) return undefined;
  // What is wrong with it is told before there is a page.
  const { length: processes } = (await processesOf(workbench, container)()).rows;
  openProcesses(workbench, container, live);
  return { processes };
}

export function restoreProcesses(workbench: Workbench, live: Live): vscode.Disposable {
  return restorePages(workbench, pageName, keptProcesses, processesNotKept, (kept, panel) =>
    openProcesses(workbench, kept, live, panel),
  );
}

/** @param panel the tab that it had before the window was reloaded */
function openProcesses(
  workbench: Workbench,
  { id, name }: Container,
  live: Live,
  panel?: vscode.WebviewPanel,
): void {
  const known = open.get(id);
  if (known) {
    panel?.dispose();
    known.reveal();
    return;
  }
  const title = asText(t('Processes of {0}', name), 100);
  const look = processesOf(workbench, { id, name });
  let usages: readonly Usage[] = [];
  let timer: NodeJS.Timeout | undefined;
  let turn = 0;
  const stop = () => {
    turn++;
    clearTimeout(timer);
  };
  const show = async (mine: number) => {
    let wrong = '';
    const shown = await look().catch((error) => {
      const failure = failureOf(error);
      // The engine knows it by the id that it is asked for.
      wrong = (failure ? `${failure.message} ${failure.remedy}` : String(error))
        .replaceAll(id, name)
        .replaceAll(id.slice(0, 12), name);
      return { heads: [], numbers: [], rows: [] } satisfies Shown;
    });
    usages = added(usages, wrong ? [] : await live.history({ id, running: true }).catch(() => []));
    if (mine !== turn) return;
    const [at, count] = [new Date().toLocaleTimeString(), shown.rows.length];
    const caption = count === 1 ? t('1 process at {0}', at) : t('{0} processes at {1}', count, at);
    page.post({
      type: 'processes',
      title,
      caption,
      wrong,
      curves: curvesOf(usages),
      ...shown,
    } satisfies ToProcesses);
    timer = setTimeout(() => void show(mine), lookMs);
  };
  const options = {
    name: pageName,
    title,
    // Its script has begun, also when it was hidden before.
    received(message: unknown) {
      if ((message as { type?: unknown } | undefined)?.type !== 'ready') return;
      stop();
      void show(turn);
    },
    seen(visible: boolean) {
      if (!visible) stop();
    },
    closed() {
      open.delete(id);
      stop();
    },
  };
  const page = openPage(workbench.home, options, panel);
  open.set(id, page);
  void keptProcesses.keep(workbench.memory, { title, id, name });
}

/** What is followed elsewhere is a whole history; of another container it is what it takes now. */
function added(before: readonly Usage[], now: readonly Usage[]): readonly Usage[] {
  const last = before.at(-1)?.at ?? 0;
  const all = now.length > before.length ? now : [...before, ...now.filter(({ at }) => at > last)];
  return all.slice(-kept);
}

/** Asks for the memory of each process, as long as the `ps` of the engine's machine can tell it. */
function processesOf(workbench: Workbench, { id, name }: Container): () => Promise<Shown> {
  const step = t('Listing the processes of {0}', name);
  const facts = { step, tool: 'engine', patterns: containerPatterns } as const;
  const ask = async (isWide: boolean) =>
    processTable(await workbench.run(topProcesses(await workbench.engine.get(), id, isWide), facts));
  let isWide = true;
  return async () => {
    if (isWide) {
      try {
        return shownProcesses(await ask(true));
      } catch {
        const plain = shownProcesses(await ask(false));
        isWide = false;
        return plain;
      }
    }
    return shownProcesses(await ask(false));
  };
}
