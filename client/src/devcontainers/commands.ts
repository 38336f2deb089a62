import path from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import * as z from 'zod';
import { images } from '../engine/images.ts';
import { type Action, failed } from '../runtime/failures.ts';
import { inspectImages } from '../runtime/image-commands.ts';
import { dockerfileLimit } from '../runtime/text-file.ts';
import { offer } from '../ui/jobs.ts';
import { ask } from '../ui/pickers.ts';
import { isNode } from '../ui/tree.ts';
import type { Workbench } from '../ui/workbench.ts';
import { dockerfilePattern, isThere, listFolder, nearestProject, readText } from '../ui/workspace.ts';
import { imageGone, nothingToStartFrom, notWritten } from './failures.ts';
import { type Base, renderDevContainer, traitsOfDockerfile, traitsOfImage } from './model.ts';

export type AddDevContainerRequest = {
  /** The name of an image. */
  readonly image?: string;
  /** Absolute path of a Dockerfile. */
  readonly dockerfile?: string;
};
export type AddedDevContainer = { readonly file: string; readonly written: boolean };

const skipped = '{**/.venv/**,**/node_modules/**,**/site-packages/**,**/.git/**,**/.devcontainer/**}';
const ofDevContainers = 'ms-vscode-remote.remote-containers';

export function registerDevContainers(workbench: Workbench): void {
  workbench.command('wheelhouse.devcontainers.add', (argument) => add(workbench, argument), { folder: true });
}

async function add(workbench: Workbench, argument: unknown): Promise<AddedDevContainer | undefined> {
  const given = argument instanceof vscode.Uri ? { dockerfile: argument.fsPath } : requestOf(argument);
  const chosen = given.image || given.dockerfile ? given : await choose(workbench);
  if (!chosen) return undefined;
  const { image, dockerfile } = chosen;
  const folder = await folderFor(dockerfile);
  if (!folder) return undefined;
  const there = await existing(folder);
  if (there) {
    await vscode.window.showTextDocument(there);
    tellNext(t('{0} is there already, and stays as it is.', vscode.workspace.asRelativePath(there)));
    return { file: there.fsPath, written: false };
  }
  const base = dockerfile
    ? await baseOfDockerfile(dockerfile, folder)
    : await baseOfImage(workbench, image ?? '');
  const text = renderDevContainer(path.basename(folder.fsPath), base, await lockedAt(folder, dockerfile));
  const file = vscode.Uri.joinPath(folder, '.devcontainer', 'devcontainer.json');
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(file, { contents: new TextEncoder().encode(text) });
  if (!(await vscode.workspace.applyEdit(edit)) || (await readText(file)) === undefined)
    throw failed(notWritten());
  await vscode.window.showTextDocument(file);
  tellNext(t('{0} was written.', vscode.workspace.asRelativePath(file)));
  return { file: file.fsPath, written: true };
}

function requestOf(argument: unknown): AddDevContainerRequest {
  const value = (isNode(argument) ? argument.value : argument) as
    | Readonly<Record<string, unknown>>
    | undefined;
  const text = (key: string) => (typeof value?.[key] === 'string' ? value[key] : undefined);
  return { image: text('image') ?? text('ref'), dockerfile: text('dockerfile') };
}

/** Not to be waited for: the message may stay as long as it likes. */
function tellNext(message: string): void {
  const isInside = vscode.env.remoteName === 'dev-container';
  const next: Action = vscode.extensions.getExtension(ofDevContainers)
    ? { label: t('Reopen in Container'), command: 'remote-containers.reopenInContainer' }
    : {
        label: t('Find Dev Containers'),
        command: 'workbench.extensions.search',
        arguments: [ofDevContainers],
      };
  void offer('info', message, isInside ? [] : [next]);
}

async function choose(workbench: Workbench): Promise<AddDevContainerRequest | undefined> {
  const found = await vscode.workspace.findFiles(dockerfilePattern, skipped, 100);
  const dockerfiles = found
    .filter((file) => !file.path.endsWith('.dockerignore'))
    .toSorted((a, b) => a.path.length - b.path.length || a.path.localeCompare(b.path));
  // Without an engine there are the Dockerfiles.
  const known = await workbench.resources.all(images).catch(() => []);
  const choices = [
    ...dockerfiles.map((file) => ({
      label: vscode.workspace.asRelativePath(file),
      value: file.fsPath,
    })),
    ...known.flatMap(({ tags }) =>
      tags.map((tag) => ({ label: tag, value: `image ${tag}`, description: t('image') })),
    ),
  ];
  if (!choices.length) throw failed(nothingToStartFrom());
  const answers =
    choices.length === 1
      ? { from: choices[0]?.value }
      : await ask(t('Add Dev Container'), [() => ({ key: 'from', kind: 'pick', title: t('From'), choices })]);
  const from = answers?.from;
  if (typeof from !== 'string') return undefined;
  return from.startsWith('image ') ? { image: from.slice('image '.length) } : { dockerfile: from };
}

/** The one that opens in the container: of the Dockerfile, of the file in the editor, or the first. */
async function folderFor(dockerfile: string | undefined): Promise<vscode.Uri | undefined> {
  const place = dockerfile ? vscode.Uri.file(dockerfile) : vscode.window.activeTextEditor?.document.uri;
  const own = place && vscode.workspace.getWorkspaceFolder(place);
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (own ?? folders.length < 2) return (own ?? folders[0])?.uri;
  const choices = folders.map(({ name, uri }) => ({ label: name, value: uri.toString() }));
  const answers = await ask(t('Add Dev Container'), [
    () => ({ key: 'folder', kind: 'pick', title: t('Folder'), choices }),
  ]);
  return folders.find(({ uri }) => uri.toString() === answers?.folder)?.uri;
}

/** Where the Dev Containers extension looks: see https://containers.dev/implementors/spec/#devcontainerjson. */
async function existing(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  const inside = vscode.Uri.joinPath(folder, '.devcontainer');
  const named = (await listFolder(inside)).map(([name]) =>
    vscode.Uri.joinPath(inside, name, 'devcontainer.json'),
  );
  const places = [
    vscode.Uri.joinPath(inside, 'devcontainer.json'),
    vscode.Uri.joinPath(folder, '.devcontainer.json'),
    ...named,
  ];
  for (const place of places) if (await isThere(place)) return place;
  return undefined;
}

async function baseOfDockerfile(dockerfile: string, folder: vscode.Uri): Promise<Base> {
  const file = vscode.Uri.file(dockerfile);
  const text = (await readText(file, dockerfileLimit)) ?? '';
  const from = vscode.Uri.joinPath(folder, '.devcontainer').path;
  const context = await contextOf(file);
  return {
    from: {
      dockerfile: path.posix.relative(from, file.path),
      context: path.posix.relative(from, context.path),
    },
    ...traitsOfDockerfile(text),
  };
}

/** The Dockerfile's folder, but for one that only keeps Dockerfiles: then the project around it. */
async function contextOf(dockerfile: vscode.Uri): Promise<vscode.Uri> {
  const folder = vscode.Uri.joinPath(dockerfile, '..');
  if (!/^\.?(?:docker|dockerfiles|containers?|build|deploy)$/i.test(path.posix.basename(folder.path)))
    return folder;
  return (
    (await nearestProject(folder))?.folder ?? vscode.workspace.getWorkspaceFolder(dockerfile)?.uri ?? folder
  );
}

const configured = z.object({
  Config: z
    .object({
      User: z.string().nullish(),
      ExposedPorts: z.record(z.string(), z.unknown()).nullish(),
      Env: z.array(z.string()).nullish(),
    })
    .nullish(),
});

async function baseOfImage(workbench: Workbench, image: string): Promise<Base> {
  const engine = await workbench.engine.get();
  const facts = { step: t('Looking at {0}', image), tool: 'engine' } as const;
  const [found] = await workbench.run(await inspectImages(engine, [image]), facts).catch(() => []);
  if (!found) throw failed(imageGone(image));
  const config = configured.safeParse(found.raw).data?.Config ?? {};
  // It runs nothing else, and reaches nothing.
  const args = ['run', '--rm', '--pull=never', '--network=none', '--entrypoint=uv', image, '--version'];
  const hasUv = await workbench.run({ file: engine.file, args }, facts).then(
    () => true,
    () => false,
  );
  return { from: { image }, hasUv, ...traitsOfImage(config) };
}

/** The way to the uv.lock of the Dockerfile's project, or of the folder. */
async function lockedAt(folder: vscode.Uri, dockerfile: string | undefined): Promise<string | undefined> {
  const project = dockerfile && (await nearestProject(vscode.Uri.file(path.dirname(dockerfile))));
  for (const place of [...(project ? [project.folder] : []), folder])
    if (await isThere(vscode.Uri.joinPath(place, 'uv.lock')))
      return path.posix.relative(folder.path, place.path);
  return undefined;
}
