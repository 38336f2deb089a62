// A container that ended as soon as it ran, in words: its code with what that means, and what it said at last.
import { t } from '@vscode/l10n';
import type { ContainerDetails } from '../runtime/container-details.ts';
import type { Action, Failure } from '../runtime/failures.ts';
import { redact } from '../runtime/redact.ts';
import { exitReason } from '../ui/words.ts';
import { readEnd, wordsOf } from './try-end.ts';

export type Ended = Pick<ContainerDetails, 'exitCode' | 'outOfMemory'>;

/** A reason stands near the end. */
export const linesOfEnd = 200;

/**
 * @param said the last lines of its log, where that can be read
 * @param secrets values that are shown nowhere
 */
export function runEnded(
  name: string,
  ended: Ended,
  said: string | undefined,
  secrets: readonly string[],
  logs: Action,
): Failure {
  const reason = exitReason(ended);
  const code = reason ? t('{0}, {1}', ended.exitCode, reason) : String(ended.exitCode);
  const words = redact(wordsOf(readEnd(said ?? '', ended.exitCode)), secrets);
  return {
    id: 'container-exited',
    message: words
      ? t('{0} started and ended with exit code {1}: {2}', name, code, words)
      : t('{0} started and ended with exit code {1}.', name, code),
    remedy:
      said === undefined
        ? t('Its logs say why.')
        : words
          ? t('Its logs have all that it said.')
          : t('It said nothing; see what it was started with.'),
    action: logs,
  };
}
