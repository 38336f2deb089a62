// Projects whose Compose files are in the workspace and of which the engine has nothing yet: rows of the view of containers.
// Compose itself reads the files, once when the view is first seen, and again after one of them was changed.
import path from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { readConfig, type Service } from '../runtime/compose-commands.ts';
import { type Failure, failureOf } from '../runtime/failures.ts';
import { redact } from '../runtime/redact.ts';
import { code, facts, joined, plain } from '../ui/plain-text.ts';
import type { Node, Tree } from '../ui/tree.ts';
import { listNames } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { findCompose } from './find.ts';
import { type ComposeFileValue, composeFilePattern, findComposeFiles } from './locate.ts';
import { usualNames } from './model.ts';
import { reading } from './plans.ts';

type Project = {
  readonly file: vscode.Uri;
  readonly folder: string;
  readonly name: string;
  /** What is wrong with its files in place of the services that they have. */
  readonly services: readonly Service[] | Failure;
};

/** What the engine has of a project. */
export type Taken = { readonly name: string; readonly folder?: string };

/** Each is a process. */
const mostProjects = 20;
/** More of them are closed, as they would fill the view. */
const mostOpen = 3;
const toggle = 'list.toggleExpand';
/** Every profile: docs.docker.com/compose/how-tos/profiles. */
const all = ['*'];

export function createWaiting(workbench: Workbench) {
  /** By the folder. */
  const read = new Map<string, Project>();
  let known: readonly Project[] = [];
  let isOld = true;
  let isLooking = false;
  let tree: Tree | undefined;
  let isFollowed = false;

  const projectOf = async (file: vscode.Uri): Promise<Project> => {
    const folder = path.dirname(file.fsPath);
    const before = read.get(folder);
    if (before?.file.fsPath === file.fsPath) return before;
    const common = { file, folder, name: path.basename(folder) };
    const compose = await findCompose(workbench);
    const project = await reading(workbench, { folder })(
      readConfig(compose, { folder }, compose.full ? all : []),
    ).then(
      ({ name = common.name, services }): Project => ({ ...common, name, services }),
      (error): Project => {
        const failure = failureOf(error);
        if (!failure) throw error;
        return { ...common, services: failure };
      },
    );
    read.set(folder, project);
    return project;
  };
  const look = async () => {
    isLooking = true;
    try {
      while (isOld) {
        isOld = false;
        const found: Project[] = [];
        for (const file of usualFiles(await findComposeFiles())) found.push(await projectOf(file));
        known = found;
      }
    } catch (error) {
      // Without Compose there is nothing that could be brought up.
      known = [];
      workbench.log.debug(redact(String(error)));
    } finally {
      isLooking = false;
      tree?.refresh([]);
    }
  };
  const changed = (uri?: vscode.Uri) => {
    if (uri && !read.delete(path.dirname(uri.fsPath)) && path.basename(uri.fsPath) === '.env') return;
    if (!uri) read.clear();
    isOld = true;
    tree?.refresh([]);
  };
  const follow = () => {
    if (isFollowed) return;
    isFollowed = true;
    // The variables beside a file may name the project.
    for (const pattern of [composeFilePattern, '**/.env']) {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const { onDidCreate, onDidChange, onDidDelete } = watcher;
      workbench.own(watcher, onDidCreate(changed), onDidChange(changed), onDidDelete(changed));
    }
    workbench.own(vscode.workspace.onDidChangeWorkspaceFolders(() => changed()));
    // Another engine may come with another Compose, or with none.
    workbench.engine.onDidMove(() => changed());
  };

  return {
    shownIn(shown: Tree) {
      tree = shown;
    },
    /** What is known now; what is learnt later is drawn when it is. */
    rows(taken: readonly Taken[]): readonly Node[] {
      follow();
      if (isOld && !isLooking) void look();
      const isTaken = ({ name, folder }: Project) =>
        taken.some((one) => one.name === name || one.folder === folder);
      const waiting = known.filter((project) => !isTaken(project));
      const first = (name: string) => waiting.find((project) => project.name === name);
      return waiting.map((project) =>
        nodeOf(project, first(project.name) === project, waiting.length > mostOpen),
      );
    },
  };
}

/** Of each folder the file that Compose takes there by itself. */
function usualFiles(files: readonly vscode.Uri[]): readonly vscode.Uri[] {
  const rank = ({ path: file }: vscode.Uri) => usualNames.indexOf(path.posix.basename(file));
  const first = new Map<string, vscode.Uri>();
  for (const file of files) {
    const folder = path.posix.dirname(file.path);
    const other = first.get(folder);
    if (rank(file) >= 0 && (!other || rank(file) < rank(other))) first.set(folder, file);
  }
  return [...first.values()].slice(0, mostProjects);
}

/** @param isFirst of its name: folders that are called alike make projects that are, and Compose knows one of them at a time */
function nodeOf({ file, name, services }: Project, isFirst: boolean, collapsed: boolean): Node {
  const place = vscode.workspace.asRelativePath(file);
  const common = {
    context: ';composefile;',
    keys: { logs: toggle, inspect: toggle },
    value: { composeFile: file.fsPath } satisfies ComposeFileValue,
    collapsed,
  };
  if ('remedy' in services)
    return {
      ...common,
      id: `composefile:${file.path}`,
      label: place,
      description: t('cannot be read'),
      tooltip: joined([code(place), plain(`${services.message} ${services.remedy}`)], '\n\n'),
      icon: 'warning',
    };
  const always = services.filter(({ profiles }) => !profiles.length);
  const counted = always.length === 1 ? t('1 service') : t('{0} services', always.length);
  const more = services.length - always.length;
  // The same row once the project is up.
  const id = isFirst ? `group:compose:${name}` : `composefile:${file.path}`;
  return {
    ...common,
    id,
    label: name,
    longest: 26,
    description: [t('not running'), counted, more ? t('{0} by profile', more) : '', isFirst ? '' : place]
      .filter(Boolean)
      .join(' · '),
    tooltip: joined(
      [
        code(name),
        facts([
          [t('File'), code(place)],
          [t('Services'), plain(listNames(services.map((service) => service.name)))],
        ]),
      ],
      '\n\n',
    ),
    icon: 'server-environment',
    color: 'disabledForeground',
    children: services.map((service) => serviceNode(service, id, file)),
  };
}

function serviceNode({ name, image, built, profiles }: Service, above: string, file: vscode.Uri): Node {
  return {
    id: `${above}:service:${name}`,
    label: name,
    longest: 26,
    description: [
      built ? t('built here') : image,
      profiles.length ? t('by profile {0}', profiles.join(', ')) : '',
    ]
      .filter(Boolean)
      .join(' · '),
    icon: 'server-process',
    color: 'disabledForeground',
    context: ';composeservice;',
    keys: {},
    value: {
      composeFile: file.fsPath,
      services: [name],
      profiles: profiles.slice(0, 1),
    } satisfies ComposeFileValue,
  };
}
