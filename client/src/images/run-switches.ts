// Rows of the form of a run that are on or off: each shows both, as a row that switches by itself is easily switched unseen.
import * as l10n from '@vscode/l10n';
import type { RunOptions } from '../runtime/container-commands.ts';
import { ask, type Choice } from '../ui/pickers.ts';
import { ownValue, withOwn } from './run-rows.ts';

type Plan = Pick<RunOptions, 'options' | 'gpu' | 'remove'>;

export async function changeGpu<P extends Plan>(title: string, plan: P): Promise<P | undefined> {
  const off = { label: l10n.t('None') };
  const on = { label: l10n.t('All'), description: l10n.t('each that the engine has') };
  const gpu = await choose(title, l10n.t('GPU'), { off, on }, plan.gpu);
  return gpu === undefined ? undefined : { ...plan, gpu };
}

export async function changeEnd<P extends Plan>(title: string, plan: P): Promise<P | undefined> {
  const off = {
    label: l10n.t('Keep It'),
    description: l10n.t('with its logs and files, until somebody removes it'),
  };
  const restarts = ownValue('restart', plan.options) !== '';
  const on = {
    label: l10n.t('Remove It'),
    description: restarts ? l10n.t('and start it no more: Restart is never then') : '--rm',
  };
  const remove = await choose(title, l10n.t('When It Ends'), { off, on }, plan.remove);
  if (remove === undefined) return undefined;
  // Engines take one of the two alone.
  return {
    ...plan,
    remove,
    ...(plan.options && remove && { options: withOwn('restart', '', plan.options) }),
  };
}

async function choose(
  title: string,
  what: string,
  { off, on }: Readonly<Record<'off' | 'on', Omit<Choice, 'value'>>>,
  isOn = false,
): Promise<boolean | undefined> {
  const choices = [
    { ...off, value: 'off' },
    { ...on, value: 'on' },
  ];
  const answers = await ask(title, [
    () => ({ key: 'value', kind: 'pick', title: what, choices, value: isOn ? 'on' : 'off' }),
  ]);
  return answers && answers.value === 'on';
}
