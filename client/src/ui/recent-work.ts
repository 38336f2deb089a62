// What was done of late and what goes on: in the status bar while there is something to see, and in a list with all that
// the notifications offered.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { createHistory, type History, type Recent } from '../operations/history.ts';
import { hasFailed, type Operation, wasCancelled } from '../operations/operation.ts';
import { type Action, actionsOfFailure } from '../runtime/failures.ts';
import { wordsOf } from './jobs.ts';
import { kindIcons } from './kind-icons.ts';
import { openLogTerminal } from './log-terminal.ts';
import { ask, type Choice } from './pickers.ts';
import { plain } from './plain-text.ts';
import { createStatusItem, type StatusItem, tell } from './say.ts';
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
    vscode.commands.registerCommand('wheelhouse.work.lastBuildLog', () => {
      const last = history.lastBuild();
      if (last) showLog(last);
      else void tell('info', l10n.t('Nothing was built in this window yet.'));
    }),
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
  const answers = await ask(
    title,
    [
      () => ({
        key: 'which',
        kind: 'pick',
        title: all.length ? l10n.t('What was done') : l10n.t('Nothing was done in this window yet'),
        choices: all.map((recent, at) => ({
          label: recent.operation.title,
          ...looksOf(recent.operation),
          detail: detailOf(recent.operation),
          buttons: waysOf(recent),
          value: String(at),
        })),
      }),
      ({ which }) => {
        const chosen = typeof which === 'string' ? all[Number(which)] : undefined;
        return (
          chosen && {
            key: 'what',
            kind: 'pick',
            title: chosen.operation.title,
            choices: waysOf(chosen).map(({ icon, label, value }) => ({ icon: [icon], label, value })),
          }
        );
      },
    ],
    true,
  );
  if (!answers) return;
  const [which, what = answers.what] = [answers.which].flat();
  const chosen = all[Number(which)];
  if (!chosen) return;
  if (what === 'cancel') return chosen.operation.cancel();
  if (what === 'again') return chosen.again?.();
  if (what === 'log') return showLog(chosen);
  const action = actionsOf(chosen)[Number(what)];
  if (action) await vscode.commands.executeCommand(action.command, ...(action.arguments ?? []).map(vouch));
}

/** Told apart by words, by shape and by colour. */
function looksOf(operation: Operation): Pick<Choice, 'description' | 'icon'> {
  const [words, ...icon] = stateOf(operation);
  return { description: `${words} · ${formatAge(operation.started)}`, icon };
}

function stateOf(operation: Operation): readonly [words: string, icon: string, color?: string] {
  if (!operation.outcome()) return [l10n.t('running'), 'sync~spin'];
  if (wasCancelled(operation)) return [l10n.t('cancelled'), 'circle-slash'];
  if (hasFailed(operation)) return [l10n.t('failed'), 'error', 'list.errorForeground'];
  return [l10n.t('done'), 'pass', 'testing.iconPassed'];
}

function detailOf(operation: Operation): string {
  const outcome = operation.outcome();
  return outcome ? wordsOf(outcome) : (operation.step() ?? '');
}

/** What can be done with it: as buttons in its row, and as a list for who has a keyboard alone. */
function waysOf(recent: Recent): NonNullable<Choice['buttons']> {
  const ways = actionsOf(recent).map(({ label, command }, at) => ({
    icon: kindIcons[command.replace('wheelhouse.', '')] ?? 'lightbulb',
    label,
    value: String(at),
  }));
  const log = { icon: 'output', label: l10n.t('Show Log'), value: 'log' };
  if (!recent.operation.outcome())
    return [log, { icon: 'debug-stop', label: l10n.t('Cancel'), value: 'cancel' }];
  const again = { icon: 'debug-rerun', label: l10n.t('Run Again'), value: 'again' };
  // Build Again is the same.
  const isOffered = actionsOf(recent).some(
    ({ command }) => command === `wheelhouse.${recent.operation.kind}`,
  );
  return [...ways, log, ...(recent.again && !isOffered ? [again] : [])];
}

function actionsOf({ operation }: Recent): readonly Action[] {
  const outcome = operation.outcome();
  if (!outcome) return [];
  if ('made' in outcome) return outcome.made.next ?? [];
  return actionsOfFailure(outcome.failure);
}

/** As far as it has come; one that goes on is shown as it goes on. */
function showLog({ operation, log }: Recent): void {
  const terminal = openLogTerminal(operation, kindIcons[operation.kind]);
  const outcome = operation.outcome();
  terminal.print(outcome ? `${log()}\n${wordsOf(outcome)}\n` : log());
  if (!outcome) operation.attach({ print: terminal.print });
  terminal.show();
}
