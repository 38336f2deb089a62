// Volumes hold what nothing can bring back: what is asked before they go.
import { t } from '@vscode/l10n';
import { ask } from '../ui/pickers.ts';
import { confirm } from '../ui/say.ts';
import { formatBytes, listNames } from '../ui/words.ts';
import { isAnonymous, sizeOf, type Volume } from './model.ts';

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

/** Which of the unused ones shall go: those with a name may be kept for a container to come. */
export async function askWhichUnused(unused: readonly Volume[]): Promise<readonly Volume[] | undefined> {
  const anonymous = unused.filter(isAnonymous);
  if (!anonymous.length || anonymous.length === unused.length) return unused;
  const choice = (label: string, volumes: readonly Volume[], value: string) => ({
    label,
    description: [t('{0} volumes', volumes.length), sizeWords(volumes)].join(' · '),
    value,
  });
  const choices = [
    choice(t('Anonymous Ones'), anonymous, 'anonymous'),
    choice(t('All Unused'), unused, 'all'),
  ];
  const answers = await ask(t('Remove Unused Volumes'), [
    () => ({ key: 'which', kind: 'pick', title: t('Which'), choices }),
  ]);
  return answers && (answers.which === 'all' ? unused : anonymous);
}

function sizeWords(volumes: readonly Volume[]): string {
  const known = volumes.filter(({ bytes }) => bytes !== undefined);
  const bytes = formatBytes(sizeOf(known) ?? 0);
  if (!known.length) return t('How much is in them is not known.');
  return known.length === volumes.length ? t('They hold {0}.', bytes) : t('They hold {0} or more.', bytes);
}
