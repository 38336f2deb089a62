// What was written is offered to be tried, as nothing else tells as well whether it works.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { offer } from '../ui/jobs.ts';
import { buildImageOf } from '../ui/try-files.ts';
import type { Workbench } from '../ui/workbench.ts';

/** Where an engine answers. It starts the program of the project, which the message says as nothing asks afterwards. */
export async function offerTry({ engine }: Pick<Workbench, 'engine'>, dockerfile: vscode.Uri): Promise<void> {
  if (!vscode.workspace.isTrusted || dockerfile.scheme !== 'file') return;
  const isThere = await engine.get().then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  const message = l10n.t(
    '{0} was written. "Try It" builds its image and starts the program of the project in a container, for 20 seconds at most; nothing of that stays.',
    vscode.workspace.asRelativePath(dockerfile),
  );
  const tryIt = {
    label: l10n.t('Try It'),
    command: 'wheelhouse.images.try',
    arguments: [{ dockerfile: dockerfile.fsPath }],
  };
  await offer('info', message, [tryIt, buildImageOf(dockerfile)]);
}
