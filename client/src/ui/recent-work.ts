// What was done of late and what goes on: in the status bar while there is something to see, and in a list with all that
// the notifications offered.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { createHistory, type History, type Recent } from '../operations/history.ts';
import { hasFailed, type Operation } from '../operations/operation.ts';
import { type Action, actionsOfFailure } from '../runtime/failures.ts';
import { wordsOf } from './jobs.ts';
import { openLogTerminal } from './log-terminal.ts';
import { ask, type Choice } from './pickers.ts';
import { plain } from './plain-text.ts';
import { createStatusItem, type StatusItem } from './say.ts';
import { vouch } from './vouched.ts';
import { formatAge } from './words.ts';

const command = 'wheelhouse.work.recent';
/** What is over sooner is no news. */
const shortMs = 1_000;

export function createRecentWork(own: (...things: vscode.Disposable[]) => void): Pick<History, 'add'> {
  const item = createStatusItem('wheelhouse.work', l10n.t('Work of Wheelhouse'), command);
  let later: NodeJS.Timeout | undefined;
  const show = () => {
    clearTimeout(later);
    const { said, in: wait } = statusOf(history);
    item.show(said);
    if (wait) later = setTimeout(show, wait);
  };
  const history = createHistory(show);
  own(
    { dispose: () => clearTimeout(later) },
    item,
    vscode.commands.registerCommand(command, () => choose(history)),
  );
  return history;
}

type Status = {
  readonly said?: Parameters<StatusItem['show']>[0];
  /** When to look again, in milliseconds. */
  readonly in?: number;
};

function statusOf(history: History): Status {
  const running = history.all().filter(({ operation }) => !operation.outcome());
  const age = ({ operation }: Recent) => Date.now() - operation.started.getTime();
  const [first, ...others] = running.filter((recent) => age(recent) >= shortMs);
  if (first) {
    const { title } = first.operation;
    const text = others.length ? l10n.t('{0} and {1} more', title, others.length) : title;
    return { said: { icon: 'sync~spin', text, tooltip: plain(first.operation.step() ?? title) } };
  }
  const wait = running.length ? shortMs - Math.max(...running.map(age)) : undefined;
  const failed = history.news();
  if (!failed) return { in: wait };
  return {
    said: {
      icon: 'error',
      text: l10n.t('{0} failed', failed.title),
      tooltip: plain(l10n.t('Select to read why, and to see its log.')),
    },
    in: wait,
  };
}

async function choose(history: History): Promise<void> {
  const all = history.all();
  history.looked();
  const title = l10n.t('Recent Work');
  const answers = await ask(title, [
    () => ({
      key: 'which',
      kind: 'pick',
      title: all.length ? l10n.t('What was done') : l10n.t('Nothing was done in this window yet'),
      choices: all.map(({ operation }, at) => ({
        label: operation.title,
        description: stateOf(operation),
        detail: detailOf(operation),
        value: String(at),
      })),
    }),
    ({ which }) => {
      const chosen = all[Number(which)];
      return chosen && { key: 'what', kind: 'pick', title: chosen.operation.title, choices: waysOf(chosen) };
    },
  ]);
  const chosen = answers && all[Number(answers.which)];
  if (!chosen) return;
  const { operation } = chosen;
  if (answers.what === 'cancel') return operation.cancel();
  if (answers.what === 'log') return showLog(chosen);
  const action = actionsOf(chosen)[Number(answers.what)];
  if (action) await vscode.commands.executeCommand(action.command, ...(action.arguments ?? []).map(vouch));
}

function stateOf(operation: Operation): string {
  const ended = hasFailed(operation) ? l10n.t('failed') : l10n.t('done');
  return [operation.outcome() ? ended : l10n.t('running'), formatAge(operation.started)].join(' · ');
}

function detailOf(operation: Operation): string {
  const outcome = operation.outcome();
  return outcome ? wordsOf(outcome) : (operation.step() ?? '');
}

function waysOf(recent: Recent): readonly Choice[] {
  const ways = actionsOf(recent).map(({ label }, at) => ({ label, value: String(at) }));
  return [
    ...ways,
    { label: l10n.t('Show Log'), value: 'log' },
    ...(recent.operation.outcome() ? [] : [{ label: l10n.t('Cancel'), value: 'cancel' }]),
  ];
}

function actionsOf({ operation }: Recent): readonly Action[] {
  const outcome = operation.outcome();
  if (!outcome) return [];
  if ('made' in outcome) return outcome.made.next ?? [];
  return actionsOfFailure(outcome.failure);
}

/** As far as it has come; one that goes on is shown as it goes on. */
function showLog({ operation, log }: Recent): void {
  const terminal = openLogTerminal(operation.title);
  const outcome = operation.outcome();
  terminal.print(outcome ? `${log()}\n${wordsOf(outcome)}\n` : log());
  if (!outcome) operation.attach({ print: terminal.print });
  terminal.show();
}
