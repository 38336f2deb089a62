// Why containers failed, for their rows: their logs are read one after the other while somebody looks, each once for an end.
import type { ContainerDetails } from '../runtime/container-details.ts';
import { type LogReader, lastWords } from './last-words.ts';
import { hasFailed, tellsMore } from './model.ts';

/** Who has so many that failed looks at the first of them. */
const most = 20;

type Known = { readonly end: string; readonly exitCode: number; readonly reason?: string };

/** `draw` gets a container of which more is known now. */
export function createReasons(user: LogReader, draw: (container: ContainerDetails) => void) {
  let known = new Map<string, Known>();
  let wanted: readonly ContainerDetails[] = [];
  let isSeen = false;
  let isBusy = false;
  /** Of one that is started again and again the last reason stands until the next one is read. */
  const mark = (container: ContainerDetails): ContainerDetails => {
    const { reason, exitCode } = known.get(container.id) ?? {};
    return reason && exitCode === container.exitCode ? { ...container, said: reason } : container;
  };
  const read = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      for (;;) {
        const next = isSeen && wanted.find((one) => known.get(one.id)?.end !== endOf(one));
        if (!next) return;
        const { reason } = await lastWords(user, next);
        known.set(next.id, { end: endOf(next), exitCode: next.exitCode, reason });
        if (reason) draw(mark(next));
      }
    } finally {
      isBusy = false;
    }
  };
  return {
    mark,
    /** These are the containers now. */
    follow(containers: readonly ContainerDetails[]) {
      // The list does not tell when one ended.
      if (containers.some(({ isListed }) => isListed)) return;
      wanted = containers.filter((one) => hasFailed(one) && !one.error && tellsMore(one)).slice(0, most);
      known = new Map(wanted.flatMap(({ id }) => (known.has(id) ? [[id, known.get(id) as Known]] : [])));
      void read();
    },
    /** Reads from now on, until what it returns is called. */
    begin() {
      isSeen = true;
      void read();
      return () => {
        isSeen = false;
      };
    },
  };
}

const endOf = ({ finished }: ContainerDetails) => `${finished?.getTime()}`;
