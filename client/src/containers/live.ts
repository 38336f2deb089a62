// Follows what the running containers take while somebody looks at their view.
import { t } from '@vscode/l10n';
import { overHttp } from '../engine/connection.ts';
import type { EngineHttp } from '../engine/http.ts';
import { createPrintedStatsReader, printedStats } from '../engine/printed-stats.ts';
import { followUsage, measuresEach, readUsageOf, type Usage } from '../engine/stats.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import type { Workbench } from '../ui/workbench.ts';
import { usageWords } from './figures.ts';
import { createGpuFigures } from './gpu.ts';

/** A row changes no more often than one can read it. */
const drawMs = 2_000;
/** Five minutes. */
const kept = 150;
/** By one process of the command line. */
const mostByCommandLine = 20;

export type LiveFigures = {
  /** These are the containers now: the first of those that run are followed. */
  follow(containers: readonly ContainerDetails[]): void;
  latest(id: string): Usage | undefined;
  /** Of the last minutes; of a running container that is not followed, asked for now. */
  history(container: Pick<ContainerDetails, 'id' | 'running'>): Promise<readonly Usage[]>;
  /** Follows from now on, until what it returns is called. */
  begin(): () => void;
};

type Followed = { end(): void; latest?: Usage; drawn: string; history: readonly Usage[] };

/** `draw` gets the containers whose figures are others than those drawn before. */
export function createLiveFigures(
  user: Pick<Workbench, 'engine' | 'run' | 'stream'>,
  isOn: () => boolean,
  draw: (changed: readonly ContainerDetails[]) => void,
): LiveFigures {
  const followed = new Map<string, Followed>();
  const gpu = createGpuFigures(user);
  let running: readonly ContainerDetails[] = [];
  let clock: NodeJS.Timeout | undefined;

  const begin = (id: string, end: () => void) => {
    const mine: Followed = { end, drawn: '', history: followed.get(id)?.history ?? [] };
    followed.set(id, mine);
    return mine;
  };
  const overStreams = (http: EngineHttp, ids: readonly string[]) => {
    for (const id of ids.filter((id) => !followed.has(id))) {
      const ending = new AbortController();
      const mine = begin(id, () => ending.abort());
      const done = () => followed.get(id) === mine && followed.delete(id);
      followUsage(http, id, ending.signal, (usage) => {
        mine.latest = { ...usage, gpuMemory: gpu.latest(id) };
      }).then(done, done);
    }
  };
  /** One process for all: where one more is wanted, it is begun anew. */
  const byCommandLine = async () => {
    const engine = await user.engine.get();
    const ids = wanted(mostByCommandLine);
    keep(ids);
    if ((engine.kind !== 'podman' && !engine.nerdctl) || ids.every((id) => followed.has(id))) return;
    const ending = new AbortController();
    for (const mine of followed.values()) mine.end();
    const all = new Map(ids.map((id) => [id, begin(id, () => ending.abort())]));
    const read = createPrintedStatsReader();
    const facts = { step: t('Measuring the containers'), tool: 'engine' } as const;
    const told = user.stream(
      { file: engine.file, args: printedStats(engine, ids) },
      facts,
      ending.signal,
      (text, stream) => {
        for (const usage of stream === 'stdout' ? read(text) : []) {
          const id = ids.find((id) => id.startsWith(usage.id));
          const mine = id === undefined ? undefined : all.get(id);
          if (mine && id !== undefined) mine.latest = { ...usage, gpuMemory: gpu.latest(id) };
        }
      },
    );
    await told.finally(() => {
      for (const [id, mine] of all) if (followed.get(id) === mine) followed.delete(id);
    });
  };
  const keep = (ids: readonly string[]) => {
    for (const [id, mine] of followed) {
      if (ids.includes(id)) continue;
      followed.delete(id);
      mine.end();
    }
  };
  const wanted = (most: number) => (clock && isOn() ? running.slice(0, most).map(({ id }) => id) : []);
  const adjust = async () => {
    if (!wanted(1).length) return keep([]);
    // Looked up again, as the view may have been hidden meanwhile.
    const isServed = await overHttp(user, async (http) => {
      if (!(await measuresEach(http))) return true;
      keep(wanted(http.streams));
      overStreams(http, wanted(http.streams));
      return true;
    });
    if (isServed) return;
    await byCommandLine();
  };
  const tick = () => {
    gpu.look(running.filter(({ id }) => followed.has(id)));
    const changed = running.filter(({ id }) => {
      const mine = followed.get(id);
      if (!mine?.latest) return false;
      if (mine.latest !== mine.history.at(-1)) mine.history = [...mine.history, mine.latest].slice(-kept);
      const words = usageWords(mine.latest).join();
      if (words === mine.drawn) return false;
      mine.drawn = words;
      return true;
    });
    if (changed.length) draw(changed);
  };
  // The views say what is wrong with the engine.
  const adjusted = () => void adjust().catch(() => keep([]));
  return {
    follow(containers) {
      running = containers.filter((container) => container.running);
      adjusted();
    },
    latest: (id) => followed.get(id)?.latest,
    async history({ id, running }) {
      const mine = followed.get(id);
      if (mine?.latest) return mine.history.length ? mine.history : [mine.latest];
      if (!running || !isOn()) return [];
      const usage = await overHttp(user, async (http) =>
        (await measuresEach(http)) ? readUsageOf(http, id) : undefined,
      );
      return usage ? [usage] : [];
    },
    begin() {
      clock ??= setInterval(tick, drawMs);
      return () => {
        clearInterval(clock);
        clock = undefined;
        adjusted();
      };
    },
  };
}
