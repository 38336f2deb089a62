// Volumes hold what nothing can bring back: what is asked before they go.
import { t } from '@vscode/l10n';
import { confirm } from '../ui/say.ts';
import { formatBytes } from '../ui/words.ts';
import { sizeOf, type Volume } from './model.ts';

/** So that a question stays one that is read. */
const most = 20;

/** Whether to go on. Those that are used stay, and are named with who uses them. */
export function confirmRemoval(volumes: readonly Volume[], used: readonly Volume[]): Promise<boolean> {
  const [only] = volumes;
  const isOne = volumes.length === 1 && !used.length;
  const question = isOne
    ? t('Remove the volume {0}?', only?.name ?? '')
    : t('Remove {0} volumes?', volumes.length);
  const detail = [
    isOne ? '' : listed(volumes.map(({ name }) => name)),
    `${sizeWords(volumes)} ${t('No container uses them. What is in them is lost.')}`,
    used.length
      ? t(
          'These stay, as containers use them: {0}',
          listed(used.map(({ name, users }) => `${name} (${users.map((user) => user.name).join(', ')})`)),
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

function listed(names: readonly string[]): string {
  const more = names.length - most;
  return [...names.slice(0, most), ...(more > 0 ? [t('and {0} more', more)] : [])].join(', ');
}
