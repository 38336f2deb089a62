// Removing many things by name, and knowing afterwards which of them are left.
import { t } from '@vscode/l10n';
import { failed, failureOf } from '../runtime/failures.ts';

/** As many names as a command line of Windows takes, where each has 250 letters. */
const atOnce = 100;

/**
 * Removes all that can be. What was gone already is no failure; where the engine shows that some are left, the first
 * reason is thrown, with how many are gone.
 */
export async function removeEach(
  refs: readonly string[],
  remove: (some: readonly string[]) => Promise<unknown>,
  left: () => Promise<readonly string[]>,
): Promise<void> {
  let reason: unknown;
  for (let from = 0; from < refs.length; from += atOnce) {
    try {
      await remove(refs.slice(from, from + atOnce));
    } catch (error) {
      reason ??= error;
    }
  }
  const all = new Set(await left());
  const kept = refs.filter((ref) => all.has(ref)).length;
  if (!kept) return;
  const failure = failureOf(reason) ?? {
    id: 'not-removed',
    message: t('The engine reported that it removed them, and still has them.'),
    remedy: t('Refresh the view in a moment.'),
  };
  if (reason && !failureOf(reason)) throw reason;
  if (refs.length === 1) throw failed(failure);
  const counted = t('{0} of {1} were removed.', refs.length - kept, refs.length);
  throw failed({ ...failure, message: `${counted} ${failure.message}` });
}
