// Asks the Python that an image would have, by the person's own uv, whether it can read the program; nothing of it runs.
import { homedir } from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { ScaffoldProgram } from '../../../server/src/protocol/requests.ts';
import { failureOf } from '../runtime/failures.ts';
import { readPrograms, type UnreadFile } from '../runtime/uv-commands.ts';
import { withNotification } from '../ui/say.ts';
import type { Workbench } from '../ui/workbench.ts';
import type { Fault } from './questions.ts';

/** A Python may have to be fetched first, some 30 MB. */
const patienceMs = 60_000;

/** What it cannot read; nothing where that could not be told. */
export async function unreadFiles(
  workbench: Pick<Workbench, 'run' | 'uv'>,
  folder: vscode.Uri,
  { python, files }: ScaffoldProgram,
): Promise<readonly Fault[]> {
  if (folder.scheme !== 'file') return [];
  const step = l10n.t('Asking Python {0} whether it can read the program', python);
  const paths = files.map((file) => path.join(folder.fsPath, file));
  return withNotification(step, (_report, token) => {
    const cancelled = new Promise<readonly Fault[]>((resolve) =>
      token.onCancellationRequested(() => resolve([])),
    );
    const asked = workbench
      .run(readPrograms(workbench.uv(), python), {
        step,
        tool: 'uv',
        // The person's settings of uv count, such as whether it may fetch a Python, and none of the project's.
        cwd: homedir(),
        stdin: JSON.stringify(paths),
        timeoutMs: patienceMs,
      })
      .then((found) => found.map((one) => faultOf(folder, one)))
      // Without uv, without this Python or after a cancel the files are written as before.
      .catch((error: unknown): readonly Fault[] => {
        if (!failureOf(error)) throw error;
        return [];
      });
    return Promise.race([asked, cancelled]);
  });
}

const faultOf = (folder: vscode.Uri, { path: file, line, reason }: UnreadFile): Fault => ({
  path: path.relative(folder.fsPath, file).replaceAll('\\', '/'),
  line,
  reason,
});
