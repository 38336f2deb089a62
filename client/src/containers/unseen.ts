// Containers that failed while nobody looked at their view.
import { t } from '@vscode/l10n';
import type { EngineEvent } from '../engine/events.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import type { Tree } from '../ui/tree.ts';
import { hasFailed, lastingWords } from './model.ts';

/** Also what a container ends with that is stopped or killed, which is no failure when a person did it. */
const notTelling = [0, 130, 137, 143];

export function createUnseen(tree: () => Pick<Tree, 'flag'>) {
  let before: ReadonlySet<string> | undefined;
  const endOf = ({ id, finished }: ContainerDetails) => `${id} ${finished?.getTime()}`;
  return {
    /** What the view is to show now: those that had not failed when it was loaded before. */
    loaded(containers: readonly ContainerDetails[]) {
      // The list tells of an end in words, by which it is not known again.
      if (containers.some(({ isListed }) => isListed)) return;
      const failed = containers.filter(hasFailed);
      for (const one of before ? failed : [])
        if (!before?.has(endOf(one))) tree().flag(one.id, t('{0}: {1}', one.name, lastingWords(one)));
      before = new Set(failed.map(endOf));
    },
    /** Known without asking, as another view follows the engine. */
    heard(events: readonly EngineEvent[]) {
      for (const { kind, action, id, name, exitCode } of events) {
        if (kind !== 'container') continue;
        const shown = name ?? id.slice(0, 12);
        if (action === 'oom') tree().flag(id, t('{0}: out of memory', shown));
        else if (exitCode !== undefined && !notTelling.includes(exitCode))
          tree().flag(id, t('{0}: exited {1}', shown, exitCode));
      }
    },
  };
}
