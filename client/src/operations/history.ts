// What was done of late and what goes on, with its output: what a notification said can be read after it has gone.
import { collectTail } from '../runtime/collected.ts';
import { hasFailed, type Operation } from './operation.ts';

export type Recent = {
  readonly operation: Operation;
  log(): string;
  /** Does the same once more, where that needs no question. */
  readonly again?: () => void;
};

export type History = {
  /** @param isLook it only reads what a view shows, which is no news once it went well */
  add(operation: Operation, again?: () => void, isLook?: boolean): void;
  /** The last begun first. */
  all(): readonly Recent[];
  /** The last build that was begun, of an image or of a wheel. */
  lastBuild(): Recent | undefined;
  /** The last that failed since somebody looked, if no other of its kind went well afterwards. */
  news(): Operation | undefined;
  looked(): void;
};

const kept = 20;
const keptLetters = 200_000;

const isBuild = ({ operation }: Recent) => operation.kind.endsWith('.build');

/** @param changed is called when one begins, comes to another step or ends */
export function createHistory(changed: () => void): History {
  let recent: readonly Recent[] = [];
  let failures: readonly Operation[] = [];
  return {
    add(operation, again, isLook = false) {
      const before = failures;
      const log = collectTail(keptLetters);
      recent = [{ operation, log: log.text, again }, ...recent].filter(
        // One that goes on can be stopped from here alone once its notification was closed.
        (one, at, all) => at < kept || !one.operation.outcome() || one === all.find(isBuild),
      );
      operation.attach({
        print: log.add,
        step: changed,
        end(outcome) {
          if (isLook && 'made' in outcome) recent = recent.filter((one) => one.operation !== operation);
          if (hasFailed(operation)) failures = [operation, ...failures].slice(0, kept);
          // What went on beside the one that failed says nothing of it.
          if ('made' in outcome)
            failures = failures.filter((one) => one.kind !== operation.kind || !before.includes(one));
          changed();
        },
      });
      changed();
    },
    all: () => recent,
    lastBuild: () => recent.find(isBuild),
    news: () => failures[0],
    looked() {
      failures = [];
      changed();
    },
  };
}
