// Follows what the running containers take while somebody looks at their view.
import { type EngineUser, overHttp } from '../engine/connection.ts';
import type { EngineHttp } from '../engine/http.ts';
import { followUsage, readUsageOf, type Usage } from '../engine/stats.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { usageWords } from './figures.ts';

/** A row changes no more often than one can read it. */
const drawMs = 2_000;
/** Five minutes. */
const kept = 150;

export type LiveFigures = {
  /** These are the containers now: the first of those that run are followed. */
  follow(containers: readonly ContainerDetails[]): void;
  latest(id: string): Usage | undefined;
  /** Of the last minutes; of a running container that is not followed, asked for now. */
  history(container: ContainerDetails): Promise<readonly Usage[]>;
  /** Follows from now on, until what it returns is called. */
  begin(): () => void;
};

type Followed = { readonly end: AbortController; latest?: Usage; drawn: string; history: readonly Usage[] };

/** `draw` gets the containers whose figures are others than those drawn before. */
export function createLiveFigures(
  user: EngineUser,
  isOn: () => boolean,
  draw: (changed: readonly ContainerDetails[]) => void,
): LiveFigures {
  const followed = new Map<string, Followed>();
  let running: readonly ContainerDetails[] = [];
  let clock: NodeJS.Timeout | undefined;

  const begin = (http: EngineHttp, id: string) => {
    const mine: Followed = { end: new AbortController(), drawn: '', history: [] };
    followed.set(id, mine);
    const done = () => followed.get(id) === mine && followed.delete(id);
    followUsage(http, id, mine.end.signal, (usage) => {
      mine.latest = usage;
    }).then(done, done);
  };
  const keep = (ids: ReadonlySet<string>) => {
    for (const [id, { end }] of followed) {
      if (ids.has(id)) continue;
      followed.delete(id);
      end.abort();
    }
  };
  const adjust = () => {
    if (!clock || !isOn() || !running.length) return keep(new Set());
    void overHttp(user, async (http) => {
      // Looked up again, as the view may have been hidden meanwhile.
      const wanted = clock && isOn() ? running.slice(0, http.streams).map(({ id }) => id) : [];
      keep(new Set(wanted));
      for (const id of wanted) if (!followed.has(id)) begin(http, id);
    });
  };
  const tick = () => {
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
  return {
    follow(containers) {
      running = containers.filter((container) => container.running);
      adjust();
    },
    latest: (id) => followed.get(id)?.latest,
    async history({ id, running }) {
      const mine = followed.get(id);
      if (mine?.latest) return mine.history.length ? mine.history : [mine.latest];
      if (!running || !isOn()) return [];
      const usage = await overHttp(user, (http) => readUsageOf(http, id));
      return usage ? [usage] : [];
    },
    begin() {
      clock ??= setInterval(tick, drawMs);
      return () => {
        clearInterval(clock);
        clock = undefined;
        adjust();
      };
    },
  };
}
