// Which Dockerfile, which context, which names: derived from the argument, the editor and the project.
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  type CopiedFilesParams,
  type CopiedFilesResult,
  copiedFilesRequest,
} from '../../../server/src/protocol/requests.ts';
import { failed } from '../runtime/failures.ts';
import type { AskServer } from '../ui/ask-server.ts';
import { ask } from '../ui/pickers.ts';
import { isNode } from '../ui/tree.ts';
import { dockerfilePattern, listFolder, nearestProject, readText, upward } from '../ui/workspace.ts';
import { noDockerfile } from './failures.ts';
import { imageName, imageTag } from './model.ts';
import type { BuildContext } from './preflight.ts';

const isDockerfile = (name: string) =>
  /^(?:Dockerfile|Containerfile)(?:\..+)?$|\.(?:dockerfile|containerfile)$/i.test(name);
const skipped = '{**/.venv/**,**/node_modules/**,**/site-packages/**,**/.git/**}';

export async function findDockerfiles(): Promise<readonly vscode.Uri[]> {
  const files = await vscode.workspace.findFiles(dockerfilePattern, skipped, 100);
  // `Dockerfile.dockerignore` is the ignore file of one Dockerfile.
  return files
    .filter((file) => !file.path.endsWith('.dockerignore'))
    .sort((a, b) => a.path.length - b.path.length || a.path.localeCompare(b.path));
}

/** The one given, the one in the editor, the nearest upward, the only one, or the one chosen. */
export async function chooseDockerfile(
  argument: unknown,
  title = l10n.t('Build Image'),
): Promise<vscode.Uri | undefined> {
  const given = argument instanceof vscode.Uri ? argument : isNode(argument) ? argument.uri : undefined;
  const editor = vscode.window.activeTextEditor?.document.uri;
  for (const place of [given, given ? undefined : editor]) {
    if (!place || !vscode.workspace.getWorkspaceFolder(place)) continue;
    if (isDockerfile(path.posix.basename(place.path))) return place;
    const nearest = await nearestDockerfile(place);
    if (nearest) return nearest;
  }
  const files = await findDockerfiles();
  if (files.length <= 1) {
    if (files[0]) return files[0];
    throw failed(noDockerfile());
  }
  const choices = files.map((file) => ({
    label: vscode.workspace.asRelativePath(file),
    value: file.toString(),
  }));
  const answers = await ask(title, [
    () => ({ key: 'file', kind: 'pick', title: l10n.t('Dockerfile'), choices }),
  ]);
  return files.find((file) => file.toString() === answers?.file);
}

async function nearestDockerfile(place: vscode.Uri): Promise<vscode.Uri | undefined> {
  for (const folder of upward(place)) {
    const names = (await listFolder(folder)).map(([name]) => name).filter(isDockerfile);
    const name =
      names.find((name) => /^(?:Dockerfile|Containerfile)$/.test(name)) ??
      (names.length === 1 ? names[0] : undefined);
    if (name) return vscode.Uri.joinPath(folder, name);
  }
  return undefined;
}

/** The Dockerfile's folder, but for one that only keeps Dockerfiles: then the project around it. */
export async function contextOf(dockerfile: vscode.Uri): Promise<vscode.Uri> {
  const folder = vscode.Uri.joinPath(dockerfile, '..');
  if (!/^\.?(?:docker|dockerfiles|containers?|build|deploy)$/i.test(path.posix.basename(folder.path)))
    return folder;
  const project = await nearestProject(folder);
  return project?.folder ?? vscode.workspace.getWorkspaceFolder(dockerfile)?.uri ?? folder;
}

/** One Dockerfile of several must not take the name of what another one makes. */
export async function defaultTag(context: vscode.Uri, dockerfile: vscode.Uri): Promise<string> {
  const found = await nearestProject(context);
  const own = found?.project.name ?? path.basename(context.fsPath);
  const beside = await listFolder(vscode.Uri.joinPath(dockerfile, '..'));
  const isOne = beside.filter(([name]) => isDockerfile(name) && !name.endsWith('.dockerignore')).length < 2;
  const purpose = isOne ? '' : purposeOf(path.posix.basename(dockerfile.path));
  const name = imageName([own, purpose].filter(Boolean).join('-'));
  return `${name}:${imageTag(found?.project.version)}`;
}

/** `Dockerfile.train` and `train.dockerfile` are for training. */
export function purposeOf(name: string): string {
  return name.replace(/^(?:Dockerfile|Containerfile)\.?|\.(?:dockerfile|containerfile)$/gi, '');
}

/** The context as the check of its wheels reads it. BuildKit prefers `<Dockerfile>.dockerignore`. */
export async function readContext(
  context: vscode.Uri,
  dockerfile: vscode.Uri,
  askServer: AskServer,
): Promise<BuildContext> {
  const candidates = [
    dockerfile.with({ path: `${dockerfile.path}.dockerignore` }),
    vscode.Uri.joinPath(context, '.dockerignore'),
  ];
  let ignoreFile: { readonly path: string; readonly text: string } | undefined;
  for (const uri of candidates) {
    const text = await readText(uri);
    if (text !== undefined) ignoreFile ??= { path: uri.fsPath, text };
  }
  return {
    folder: context.fsPath,
    ignoreFile: ignoreFile?.path,
    list: async (folder) => (await listFolder(vscode.Uri.joinPath(context, folder))).map(([name]) => name),
    copied: (source, files) =>
      askServer<CopiedFilesResult>(copiedFilesRequest, {
        source,
        files,
        ignoreFile: ignoreFile?.text ?? null,
      } satisfies CopiedFilesParams).catch(() => undefined),
  };
}
