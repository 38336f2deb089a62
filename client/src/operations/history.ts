// What was done of late and what goes on, with its output: what a notification said can be read after it has gone.
import { collectTail } from '../runtime/collected.ts';
import { hasFailed, type Operation } from './operation.ts';

export type Recent = { readonly operation: Operation; log(): string };

export type History = {
  add(operation: Operation): void;
  /** The last begun first. */
  all(): readonly Recent[];
  /** Whether one has failed since somebody looked. */
  hasNews(): boolean;
  looked(): void;
};

const kept = 20;
const keptLetters = 200_000;

/** @param changed is called when one begins, comes to another step or ends */
export function createHistory(changed: () => void): History {
  let recent: readonly Recent[] = [];
  let failed = false;
  return {
    add(operation) {
      const log = collectTail(keptLetters);
      recent = [{ operation, log: log.text }, ...recent].filter(
        // One that goes on can be stopped from here alone once its notification was closed.
        ({ operation }, at) => at < kept || !operation.outcome(),
      );
      operation.attach({
        print: log.add,
        step: changed,
        end() {
          failed ||= hasFailed(operation);
          changed();
        },
      });
      changed();
    },
    all: () => recent,
    hasNews: () => failed,
    looked() {
      failed = false;
      changed();
    },
  };
}
