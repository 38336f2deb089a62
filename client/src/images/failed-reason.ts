// Why a step of a build failed: the last line of its output that tells, in BuildKit's plain progress and in that of builders before it.
import * as l10n from '@vscode/l10n';
import type { Pattern } from '../runtime/failures.ts';
import { tellsWhy } from '../runtime/telling-line.ts';

/** `#7 0.512 ` before what a step writes, and `0.512 ` where BuildKit repeats the end of it. */
const clock = /^(?:#\d{1,5} )?\d{1,6}\.\d{1,4} /;
const longest = 200;
/** A reason stands near the end. */
const looked = 400;

export function failedReason(output: string): string | undefined {
  const lines = output.split('\n').slice(-looked);
  const timed = lines.filter((line) => clock.test(line));
  const said = (timed.length ? timed : lines).map((line) => line.replace(clock, '').trim().slice(0, 1_000));
  const reason = said.findLast(tellsWhy);
  return reason && (reason.length > longest ? `${reason.slice(0, longest)}…` : reason);
}

export const stepFailed: Pattern = {
  id: 'step-failed',
  when: [
    /process "(?:\/bin\/sh -c )?([\s\S]{1,200}?)" did not complete successfully: exit code: (\d+)/i,
    /executor failed running \[(?:\/bin\/sh -c )?([^\]]{1,200})\]: exit code: (\d+)/i,
    /The command '(?:\/bin\/sh -c )?([\s\S]{1,200}?)' returned a non-zero code: (\d+)/i,
  ],
  say(match) {
    const [, command = '', code = ''] = match;
    const reason = failedReason(match.input ?? '');
    if (reason)
      return {
        message: l10n.t('A step of the Dockerfile ended with exit code {0}: {1}', code, reason),
        remedy: l10n.t('Correct what it runs, then build again.'),
      };
    return {
      message: l10n.t('A step of the Dockerfile ended with exit code {1}: {0}', command, code),
      remedy: l10n.t('The lines above its end in the log say why.'),
    };
  },
};
