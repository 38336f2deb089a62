// What runs in a container and what it takes, in a page that goes on while somebody looks at it.
import { t } from '@vscode/l10n';
import type { Usage } from '../engine/stats.ts';
import { topProcesses } from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { failureOf } from '../runtime/failures.ts';
import { redact } from '../runtime/redact.ts';
import { openPage } from '../ui/page.ts';
import { formatMemory } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { containerPatterns } from './failures.ts';
import { curvesOf } from './figures.ts';
import type { LiveFigures } from './live.ts';
import { processTable } from './model-inside.ts';
import type { ToProcesses } from './process-messages.ts';

const lookMs = 3_000;
/** Of the last five minutes. */
const kept = 100;

type Shown = Pick<ToProcesses, 'heads' | 'numbers' | 'rows'>;

const open = new Map<string, ReturnType<typeof openPage>>();

export const processPages = { dispose: () => [...open.values()].forEach((page) => void page.dispose()) };

export async function showProcesses(
  workbench: Workbench,
  container: ContainerDetails | undefined,
  live: Pick<LiveFigures, 'history'>,
) {
  if (!container) return undefined;
  const { id, name } = container;
  const look = processesOf(workbench, container);
  const { length: processes } = (await look()).rows;
  const known = open.get(id);
  if (known) {
    known.reveal();
    return { processes };
  }
  const title = t('Processes of {0}', name);
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
      wrong = failureOf(error)?.message ?? String(error);
      return { heads: [], numbers: [], rows: [] } satisfies Shown;
    });
    usages = added(usages, wrong ? [] : await live.history(container).catch(() => []));
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
  const page = openPage(workbench.home, {
    name: 'processes',
    title,
    // Its script has begun, also when it was hidden before.
    received(message) {
      if ((message as { type?: unknown } | undefined)?.type !== 'ready') return;
      stop();
      void show(turn);
    },
    seen(visible) {
      if (!visible) stop();
    },
    closed() {
      open.delete(id);
      stop();
    },
  });
  open.set(id, page);
  return { processes };
}

/** What is followed elsewhere is a whole history; of another container it is what it takes now. */
function added(before: readonly Usage[], now: readonly Usage[]): readonly Usage[] {
  const last = before.at(-1)?.at ?? 0;
  const all = now.length > before.length ? now : [...before, ...now.filter(({ at }) => at > last)];
  return all.slice(-kept);
}

/** Asks for the memory of each process, as long as the `ps` of the engine's machine can tell it. */
function processesOf(workbench: Workbench, { id, name }: ContainerDetails): () => Promise<Shown> {
  const step = t('Listing the processes of {0}', name);
  const facts = { step, tool: 'engine', patterns: containerPatterns } as const;
  const ask = async (isWide: boolean) =>
    processTable(await workbench.run(topProcesses(await workbench.engine.get(), id, isWide), facts));
  let isWide = true;
  return async () => {
    if (isWide) {
      try {
        return byMemory(await ask(true));
      } catch {
        const plain = byMemory(await ask(false));
        isWide = false;
        return plain;
      }
    }
    return byMemory(await ask(false));
  };
}

function byMemory({ titles, rows }: ReturnType<typeof processTable>): Shown {
  const at = titles.indexOf('RSS');
  const sizeOf = (row: readonly string[]) => Number(row[at]);
  // In KiB, as ps and Podman tell it.
  const words = (text: string, index: number) =>
    index === at && /^\d+$/.test(text) ? formatMemory(Number(text) * 1024) : redact(text);
  const heads = titles.map((title, index) => (index === at ? t('Memory') : title));
  const sorted = at < 0 ? rows : rows.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  return { heads, numbers: at < 0 ? [] : [at], rows: sorted.map((row) => row.map(words)) };
}
