// Which project a command is for: that of a node, of a file, of options; else the one that is picked.
import path from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { composeMembers, type Member } from '../engine/compose-members.ts';
import type { ComposeProject } from '../runtime/compose-commands.ts';
import { failed } from '../runtime/failures.ts';
import { ask } from '../ui/pickers.ts';
import { isNode } from '../ui/tree.ts';
import type { Workbench } from '../ui/workbench.ts';
import { isThere, listFolder } from '../ui/workspace.ts';
import { noComposeFile, noProject, notOfCompose, notUp } from './failures.ts';
import { filesFor, filesOfLabel, inOrderOfFiles, isComposeFile, projectWords, usualNames } from './model.ts';

/** What every command of Compose takes instead of a node. */
export type ComposeRequest = {
  /** Its name, where it is up. */
  readonly project?: string;
  /** Absolute paths of Compose files, the later ones over the earlier ones. */
  readonly files?: string | readonly string[];
  /** None for all. */
  readonly services?: readonly string[];
  readonly profiles?: readonly string[];
  /** With them `down` removes what is in the volumes. */
  readonly volumes?: boolean;
};

export type Target = ComposeProject & {
  /** The files as labels name them, whether or not they are here. */
  readonly told?: readonly string[];
  readonly isHere: boolean;
  /** What the engine has of it, where that was asked already. */
  readonly members?: readonly Member[];
};

/** What the node of a project in the view of containers holds. */
export type ComposeValue = {
  readonly composeProject: string;
  readonly files?: string;
  readonly folder?: string;
};

/** What the node of a project that is not up holds, and that of one of its services. */
export type ComposeFileValue = {
  readonly composeFile: string;
  readonly services?: readonly string[];
  /** With which they are there. */
  readonly profiles?: readonly string[];
};

const skipped = '{**/.venv/**,**/node_modules/**,**/site-packages/**,**/.git/**}';
export const composeFilePattern = '**/{compose,docker-compose,compose.*,docker-compose.*}.{yaml,yml}';

export async function findComposeFiles(): Promise<readonly vscode.Uri[]> {
  const files = await vscode.workspace.findFiles(composeFilePattern, skipped, 100);
  return files.toSorted((a, b) => a.path.length - b.path.length || a.path.localeCompare(b.path));
}

/** Several where several nodes are selected; nothing where the person leaves. */
export async function chooseTargets(
  workbench: Workbench,
  title: string,
  needs: 'files' | 'containers',
  argument: unknown,
  selection: unknown,
): Promise<readonly Target[] | undefined> {
  const given = Array.isArray(selection) && selection.includes(argument) ? selection : [argument];
  const uris = given.filter((each) => each instanceof vscode.Uri);
  if (uris.length) return one(await targetOfFiles(title, uris));
  if (isNode(argument))
    return targetsOfNodes(
      workbench,
      title,
      given.filter(isNode).map(({ value, label }) => ({ value, label })),
    );
  const { project, files } = (argument ?? {}) as ComposeRequest;
  if (typeof project === 'string') return one(await targetOfName(workbench, project));
  const paths = [files ?? []].flat().filter((file) => typeof file === 'string');
  if (paths.length)
    return one(
      await targetOfFiles(
        title,
        paths.map((file) => vscode.Uri.file(file)),
        false,
      ),
    );
  const editor = vscode.window.activeTextEditor?.document.uri;
  if (editor?.scheme === 'file' && isComposeFile(path.basename(editor.fsPath)))
    return one(await targetOfFiles(title, [editor]));
  return one(await pick(workbench, title, needs));
}

const one = (target: Target | undefined) => target && [target];

type Given = { readonly value: unknown; readonly label: string };

async function targetsOfNodes(
  workbench: Workbench,
  title: string,
  nodes: readonly Given[],
): Promise<readonly Target[]> {
  const all = await composeMembers(workbench);
  const targets = nodes.map(async ({ value, label }) => {
    const { composeFile, composeProject, files, folder, container } = (value ?? {}) as Partial<
      ComposeValue & ComposeFileValue & { container: string }
    >;
    if (composeFile !== undefined) return targetOfFiles(title, [vscode.Uri.file(composeFile)], false);
    const project = composeProject ?? all.find(({ id }) => id === container)?.compose.project;
    if (project === undefined) throw failed(notOfCompose(label));
    return targetOfLabels(project, membersOf(all, project), { files, folder });
  });
  const found = (await Promise.all(targets)).filter((target) => target !== undefined);
  const key = ({ name, folder }: Target) => name ?? folder;
  return found.filter((target, at) => found.findIndex((other) => key(other) === key(target)) === at);
}

async function targetOfName(workbench: Workbench, project: string): Promise<Target> {
  const members = await composeMembers(workbench, project);
  if (!members.length) throw failed(notUp(project));
  return targetOfLabels(project, members);
}

const membersOf = (all: readonly Member[], project: string) =>
  all.filter(({ compose }) => compose.project === project);

/** Labels of the newest container count: files may have been given otherwise before. */
async function targetOfLabels(
  name: string,
  members: readonly Member[],
  known: Omit<ComposeValue, 'composeProject'> = {},
): Promise<Target> {
  const time = ({ created }: Member) => created?.getTime() ?? 0;
  const newest = members.toSorted((a, b) => time(b) - time(a)).find(({ compose }) => compose.files)?.compose;
  const { files: label = '', folder = '', envFiles } = newest ?? { ...known, envFiles: undefined };
  const absolute = (file: string) => path.resolve(folder || '/', file);
  const there = (file: string) => isThere(vscode.Uri.file(file));
  const { files, isHere } = label ? await filesOfLabel(label, absolute, there) : { files: [], isHere: false };
  const envs = envFiles ? await filesOfLabel(envFiles, absolute, there) : undefined;
  return {
    name,
    files: isHere ? files : undefined,
    folder: isHere ? folder || path.dirname(files[0] ?? '') : undefined,
    envFiles: isHere && envs?.isHere ? envs.files : undefined,
    told: files,
    isHere,
    members,
  };
}

/** Asks whether one that goes over the usual file is meant with it. */
async function targetOfFiles(
  title: string,
  uris: readonly vscode.Uri[],
  asks = true,
): Promise<Target | undefined> {
  const folder = path.dirname(uris[0]?.fsPath ?? '');
  const inFolder = (names: readonly string[]) => names.map((name) => path.join(folder, name));
  const [only, ...others] = uris;
  if (!only || others.length) {
    const files = inOrderOfFiles(uris.map(({ fsPath }) => path.relative(folder, fsPath)));
    const paths = asks ? inFolder(files) : uris.map(({ fsPath }) => fsPath);
    return { files: paths, told: paths, folder, isHere: true };
  }
  const name = path.basename(only.fsPath);
  const there = (await listFolder(vscode.Uri.file(folder))).map(([each]) => each);
  if (!there.includes(name)) throw failed(noComposeFile());
  const { alone, together } = filesFor(name, there);
  const answers =
    together && asks
      ? await ask(title, [
          () => ({
            key: 'files',
            kind: 'pick',
            title: t('Files'),
            choices: [
              { label: t('{0} over {1}', together[1] ?? '', together[0] ?? ''), value: 'together' },
              { label: t('{0} alone', name), value: 'alone' },
            ],
          }),
        ])
      : {};
  if (!answers) return undefined;
  const names = together && answers.files === 'together' ? together : alone;
  return {
    files: inFolder(names),
    told: names.length ? inFolder(names) : [only.fsPath],
    folder,
    isHere: true,
  };
}

async function pick(
  workbench: Workbench,
  title: string,
  needs: 'files' | 'containers',
): Promise<Target | undefined> {
  const members = await composeMembers(workbench);
  const names = [...new Set(members.map(({ compose }) => compose.project))].toSorted();
  const files = needs === 'files' ? await findComposeFiles() : [];
  // Overrides are meant with the file that they go over.
  const own = files.filter(({ path: file }) => usualNames.includes(path.posix.basename(file)));
  const offered = own.length ? own : files;
  if (!names.length && !offered.length) throw failed(needs === 'files' ? noComposeFile() : noProject());
  const choices = [
    ...offered.map((file) => ({ label: vscode.workspace.asRelativePath(file), value: file.toString() })),
    ...names.map((name) => ({
      label: name,
      description: projectWords(membersOf(members, name)),
      detail: membersOf(members, name)[0]?.compose.folder,
      value: `project ${name}`,
    })),
  ];
  const answers =
    choices.length === 1
      ? { one: choices[0]?.value }
      : await ask(title, [() => ({ key: 'one', kind: 'pick', title: t('Project'), choices })]);
  const file = files.find((each) => each.toString() === answers?.one);
  if (file) return targetOfFiles(title, [file]);
  const name = names.find((each) => `project ${each}` === answers?.one);
  return name === undefined ? undefined : targetOfLabels(name, membersOf(members, name));
}
