// Volumes hold what nothing can bring back: what is asked before they go.
import { t } from '@vscode/l10n';
import { confirm } from '../ui/say.ts';
import { formatBytes, listNames } from '../ui/words.ts';
import { sizeOf, type Volume } from './model.ts';

/** Whether to go on. Those that are used stay, and are named with who uses them. */
export function confirmRemoval(volumes: readonly Volume[], used: readonly Volume[]): Promise<boolean> {
  const [only, ...others] = volumes;
  const question = others.length
    ? t('Remove {0} volumes?', volumes.length)
    : t('Remove the volume {0}?', only?.name ?? '');
  const detail = [
    others.length ? listNames(volumes.map(({ name }) => name)) : '',
    `${sizeWords(volumes)} ${t('No container uses them. What is in them is lost.')}`,
    used.length
      ? t(
          'These stay, as containers use them: {0}',
          listNames(used.map(({ name, users }) => `${name} (${users.map((user) => user.name).join(', ')})`)),
        )
      : '',
  ];
  return confirm(question, detail.filter(Boolean).join('\n\n'), t('Remove'));
}

function sizeWords(volumes: readonly Volume[]): string {
  const bytes = sizeOf(volumes);
  return bytes === undefined
    ? t('How much is in them is not known.')
    : t('They hold {0}.', formatBytes(bytes));
}
