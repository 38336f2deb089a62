// What could not be loaded stands as a row in its place: what is wrong, what to do, and the way to try again.
import { t } from '@vscode/l10n';
import { failureOf } from '../runtime/failures.ts';
import { unexpected } from './jobs.ts';
import { joined, plain } from './plain-text.ts';

export const retryCommand = 'wheelhouse.views.retry';

/** In which view, and below which node where it is not the whole of it. */
export type FailedPlace = { readonly view: string; readonly below?: string };

export function failedNode(view: string, error: unknown, below?: string) {
  const { message, remedy } = failureOf(error) ?? unexpected(error);
  const value: FailedPlace = { view, below };
  return {
    id: `failed:${below ?? ''}`,
    label: message,
    description: remedy,
    tooltip: joined([plain(message), plain(remedy), plain(t('Enter tries again.'))], '\n\n'),
    icon: 'error',
    color: 'errorForeground',
    context: ';failed;',
    value,
    // Enter means a row's first action, and here there is but one.
    keys: { logs: retryCommand, inspect: retryCommand },
    open: { command: retryCommand, title: t('Retry'), arguments: [value] },
  };
}
