// What a log says of a command: its line, when it ran, how it ended and what it said.
import * as l10n from '@vscode/l10n';
import { commandLine } from './command-line.ts';
import type { Command, Exit } from './exec.ts';
import { redact } from './redact.ts';

const keptLetters = 20_000;

export const lineOf = (command: Command<unknown>, secrets: readonly string[]) =>
  `\x1b[1m> ${redact(commandLine(command), secrets)}\x1b[0m\n`;

/** With the date, as a log is read later; of the clock on the wall, and the same in every language. */
function clock(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

export function endOf(exit: Exit, started: Date, now = new Date()): string {
  const seconds = ((now.getTime() - started.getTime()) / 1000).toFixed(1);
  const how =
    exit.kind === 'exited'
      ? l10n.t('exit code {0}', exit.code)
      : exit.kind === 'not-found'
        ? l10n.t('no such program')
        : exit.kind === 'timed-out'
          ? l10n.t('no answer in time')
          : exit.kind === 'too-large'
            ? l10n.t('too long an answer')
            : l10n.t('cancelled');
  return l10n.t('Began at {0}, ended after {1} s: {2}', clock(started), seconds, how);
}

export function ran(
  command: Command<unknown>,
  exit: Exit,
  started: Date,
  secrets: readonly string[],
): string {
  const said = [exit.stdout, exit.stderr].map((text) => text.slice(-keptLetters).trimEnd());
  const lines = [...said, endOf(exit, started)].filter(Boolean).join('\n');
  return lineOf(command, secrets) + redact(lines, secrets);
}
