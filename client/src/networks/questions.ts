// What is asked before a network goes, or a running container loses one.
import { t } from '@vscode/l10n';
import { confirm } from '../ui/say.ts';
import { listNames } from '../ui/words.ts';
import type { Member, Network } from './model.ts';

/** Whether to go on. Those that are used or the engine's own stay, and are named. */
export function confirmRemoval(networks: readonly Network[], kept: readonly Network[]): Promise<boolean> {
  const [only, ...others] = networks;
  const question = others.length
    ? t('Remove {0} networks?', networks.length)
    : t('Remove the network {0}?', only?.name ?? '');
  const detail = [
    others.length ? listNames(networks.map(({ name }) => name)) : '',
    others.length ? t('No container uses them.') : t('No container uses it.'),
    kept.length ? t('These stay: {0}', listNames(kept.map(whyKept))) : '',
  ];
  return confirm(question, detail.filter(Boolean).join('\n\n'), t('Remove'));
}

function whyKept({ name, builtIn, users }: Network): string {
  return `${name} (${builtIn ? t('built-in') : users.map((user) => user.name).join(', ')})`;
}

/** Of a container that is stopped nothing is lost. */
export async function confirmDisconnect(members: readonly Member[]): Promise<boolean> {
  const running = members.filter(({ use }) => use.active);
  const [first, ...others] = running;
  if (!first) return true;
  const { use, network } = first;
  const question = others.length
    ? t('Disconnect {0} running containers?', running.length)
    : t('{0} is running. Disconnect it from {1}?', use.name, network.name);
  const names = running.map((member) => `${member.use.name} (${member.network.name})`);
  const fate = t('What it has open over this network ends, and its published ports may, too.');
  return confirm(question, others.length ? `${listNames(names)}\n\n${fate}` : fate, t('Disconnect'));
}
