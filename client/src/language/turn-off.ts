// Turns a rule off for more than a file, where its quick fix says: in the project's `.hadolint.yaml`, or in the settings.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import * as z from 'zod';
import { turnOffRequest } from '../../../server/src/protocol/requests.ts';
import { failed } from '../runtime/failures.ts';
import type { AskServer } from '../ui/ask-server.ts';
import { tellQuietly } from '../ui/say.ts';
import type { Workbench } from '../ui/workbench.ts';
import { isThere } from '../ui/workspace.ts';

export const turnOffCommand = 'wheelhouse.language.turnOff';

const toldMs = 5_000;

/** A link may give it as well. */
const given = z.object({
  code: z.string().regex(/^[\w-]{1,100}$/),
  uri: z.string(),
  where: z.enum(['file', 'settings']),
  file: z
    .string()
    .regex(/\/\.hadolint\.ya?ml$/)
    .nullable(),
});

export function registerTurnOff(workbench: Workbench, askServer: AskServer): void {
  workbench.command(
    turnOffCommand,
    async (argument) => {
      const { code, uri, where, file } = given.parse(argument);
      const dockerfile = vscode.Uri.parse(uri, true);
      const said = await (where === 'settings'
        ? inSettings(code, dockerfile)
        : inFile(askServer, code, fileFor(dockerfile, file)));
      tellQuietly(l10n.t('{0} is off in {1}.', code, said), toldMs);
    },
    // It starts nothing, and what it writes counts for linting alone.
    { untrusted: true },
  );
}

/** The one that is in use, else a new one for the whole project. */
function fileFor(dockerfile: vscode.Uri, used: string | null): vscode.Uri {
  const folder = vscode.workspace.getWorkspaceFolder(dockerfile)?.uri;
  if (used === null)
    return vscode.Uri.joinPath(folder ?? vscode.Uri.joinPath(dockerfile, '..'), '.hadolint.yaml');
  const uri = vscode.Uri.parse(used, true);
  if (vscode.workspace.getWorkspaceFolder(uri)) return uri;
  const name = uri.fsPath;
  throw failed({
    id: 'configuration-elsewhere',
    message: l10n.t(
      '{0} lies outside of this workspace, where other projects are judged by it as well.',
      name,
    ),
    remedy: l10n.t('Turn the rule off in the settings, or change that file yourself.'),
  });
}

async function inFile(askServer: AskServer, code: string, uri: vscode.Uri): Promise<string> {
  const name = vscode.workspace.asRelativePath(uri);
  const document = (await isThere(uri)) ? await vscode.workspace.openTextDocument(uri) : undefined;
  const text = document?.getText() ?? '';
  const made = await askServer<string | null>(turnOffRequest, { text, code });
  if (made === null)
    throw failed({
      id: 'configuration-unreadable',
      message: l10n.t('{0} has no list under "ignored" that {1} could be added to.', name, code),
      remedy: l10n.t('Correct the file, or add the rule there yourself.'),
    });
  // What somebody has typed there is theirs to save.
  const isTyped = document?.isDirty ?? false;
  const edit = new vscode.WorkspaceEdit();
  if (!document) edit.createFile(uri, { ignoreIfExists: true });
  const end = document?.positionAt(text.length) ?? new vscode.Position(0, 0);
  edit.replace(uri, new vscode.Range(new vscode.Position(0, 0), end), made);
  await vscode.workspace.applyEdit(edit);
  const changed = await vscode.workspace.openTextDocument(uri);
  if (isTyped) await vscode.window.showTextDocument(changed);
  else await changed.save();
  return name;
}

async function inSettings(code: string, dockerfile: vscode.Uri): Promise<string> {
  const settings = vscode.workspace.getConfiguration('wheelhouse', dockerfile);
  const known = settings.inspect<Readonly<Record<string, unknown>>>('rules');
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const [target, own, name] = vscode.workspace.getWorkspaceFolder(dockerfile)
    ? [WorkspaceFolder, known?.workspaceFolderValue, l10n.t('the settings of this folder')]
    : vscode.workspace.workspaceFolders?.length
      ? [Workspace, known?.workspaceValue, l10n.t('the settings of this workspace')]
      : [Global, known?.globalValue, l10n.t('the settings')];
  const before = own?.[code];
  const off = typeof before === 'object' ? { ...before, severity: 'off' } : 'off';
  await settings.update('rules', { ...own, [code]: off }, target);
  return name;
}
