// Asks the person's own uv whether what an image would install can be had, before its files are written.
import { stripVTControlCharacters } from 'node:util';
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { ScaffoldInstall } from '../../../server/src/protocol/requests.ts';
import type { Exit } from '../runtime/exec.ts';
import { failureOf } from '../runtime/failures.ts';
import { resolveInstall } from '../runtime/uv-commands.ts';
import { withNotification } from '../ui/say.ts';
import type { Workbench } from '../ui/workbench.ts';

const patienceMs = 45_000;
const longestReason = 1_500;

/** Why it cannot be had, in uv's words; undefined where it can, or where that could not be told. */
export async function whyUnresolved(
  workbench: Pick<Workbench, 'run' | 'uv'>,
  folder: vscode.Uri,
  install: ScaffoldInstall,
): Promise<string | undefined> {
  let ended: Exit | undefined;
  const step = l10n.t('Asking uv whether the packages of the image can be had');
  await withNotification(step, (_report, token) => {
    const cancelled = new Promise<void>((resolve) => token.onCancellationRequested(() => resolve()));
    const asked = workbench.run(resolveInstall(workbench.uv(), install), {
      step,
      tool: 'uv',
      cwd: folder.fsPath,
      stdin: `${install.requirements.join('\n')}\n`,
      timeoutMs: patienceMs,
      failedWith: (exit) => {
        ended = exit;
      },
    });
    // Without uv, without a network or after a cancel the files are written as before.
    const told = asked.catch((error: unknown) => {
      if (!failureOf(error)) throw error;
    });
    return Promise.race([told, cancelled]);
  });
  return ended && reasonOf(ended);
}

/** Only what is certain. */
export function reasonOf(exit: Exit): string | undefined {
  if (exit.kind !== 'exited') return undefined;
  const said = stripVTControlCharacters(exit.stderr);
  const isCertain = /No solution found|Couldn't parse requirement|Failed to parse/.test(said);
  // What has to be built could be had all the same, and what was not asked for, too.
  if (!isCertain || /building from source is disabled|network was disabled/.test(said)) return undefined;
  const [, because = said] = /^ *cause: ([\s\S]*)$/m.exec(said) ?? [];
  return because.replace(/\s+/g, ' ').trim().slice(0, longestReason);
}
