// What else `run` takes, as on its command line.
import * as l10n from '@vscode/l10n';
import type { RunOptions } from '../runtime/container-commands.ts';
import { ask } from '../ui/pickers.ts';
import { grouped, splitWords } from './run-options.ts';
import { otherOptions, withOthers } from './run-rows.ts';

export async function changeOptions<P extends Pick<RunOptions, 'options'>>(
  title: string,
  plan: P,
): Promise<P | undefined> {
  const known = otherOptions(plan.options);
  const all = known.map((_, index) => String(index));
  const choices = known.map((words, index) => ({ label: words.join(' '), value: String(index) }));
  const answers = await ask(title, [
    () =>
      choices.length
        ? { key: 'kept', kind: 'pick-many', title: l10n.t('Options to Keep'), choices, values: all }
        : undefined,
    () => ({
      key: 'more',
      kind: 'input',
      title: l10n.t('More Options'),
      prompt: l10n.t('As on the command line, such as --user 1000 --network lan; empty for none'),
      check: (text) =>
        text.trim() && !text.trim().startsWith('-')
          ? l10n.t('Options begin with a dash.')
          : grouped(splitWords(text)).some(([option = '']) => /^(?:-e|--env(?:=|$))/.test(option))
            ? l10n.t('Variables belong under Environment, which keeps their values out of the command line.')
            : undefined,
    }),
  ]);
  if (!answers) return undefined;
  const kept = known.filter((_, index) => answers.kept?.includes(String(index)));
  return {
    ...plan,
    options: withOthers(plan.options, [...kept.flat(), ...splitWords(String(answers.more))]),
  };
}
