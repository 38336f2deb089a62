import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  type Scaffold,
  type ScaffoldKind,
  type ScaffoldKindsParams,
  type ScaffoldOffer,
  type ScaffoldParams,
  scaffoldKindsRequest,
  scaffoldRequest,
} from '../../../server/src/protocol/requests.ts';
import { failed } from '../runtime/failures.ts';
import type { AskServer } from '../ui/ask-server.ts';
import { type Answers, ask, type Step } from '../ui/pickers.ts';
import { showDifference } from '../ui/preview.ts';
import type { Workbench } from '../ui/workbench.ts';
import { isThere, listFolder, readText } from '../ui/workspace.ts';
import { noProject, notWritten, refused, stays, unanswered, unreadableTasks } from './failures.ts';
import { findFolders, followDockerfiles, givenFolder, tasksFolder } from './locate.ts';
import { kindChoices, mergeTasks, nameBeside } from './model.ts';
import { offerTry } from './offer-try.ts';
import {
  leave,
  otherAnswer,
  otherQuestion,
  questionIds,
  questionOf,
  readable,
  resolved,
  toldOf,
  unreadableQuestion,
  unresolvedQuestion,
} from './questions.ts';
import { unreadFiles } from './read-programs.ts';
import { whyUnresolved } from './resolve.ts';

export type AddContainerFilesOptions = {
  /** The folder of the project. */
  readonly folder?: string;
  /** With it nothing is asked. */
  readonly kind?: ScaffoldKind;
  /** Name of the Dockerfile. */
  readonly dockerfile?: string;
  /** What happens to files that are there: they are kept, where this is left out. */
  readonly existing?: 'keep' | 'replace';
  /** What the project does not tell, by the ids of the questions: `python`, `start`, `dependencies`, `cuda`. */
  readonly answers?: Readonly<Record<string, string>>;
  /** Whether tasks are added; they are, where this is left out. */
  readonly tasks?: boolean;
};
/** Paths below the folder of the workspace. */
export type AddedFiles = { readonly written: readonly string[]; readonly kept: readonly string[] };

type Decision = 'keep' | 'replace' | 'difference' | 'beside';
type Plan = {
  readonly folder: vscode.Uri;
  readonly kind: ScaffoldKind;
  readonly dockerfile?: string;
  readonly answers: Readonly<Record<string, string>>;
  /** Of a file that is there. */
  readonly decide: (path: string) => Decision;
  readonly isWanted: (path: string) => boolean;
};
type Change = { readonly uri: vscode.Uri; readonly path: string; readonly text: string };

const dockerfileName = 'Dockerfile';
const tasksPath = '.vscode/tasks.json';

export function registerProject(workbench: Workbench, askServer: AskServer): void {
  workbench.own(...followDockerfiles(workbench.onDidLoad));
  workbench.command(
    'wheelhouse.project.addContainerFiles',
    async (argument) => {
      const plan = await planFiles(workbench, askServer, argument);
      const added = plan && (await addFiles(askServer, plan));
      if (added?.dockerfile) void offerTry(workbench, added.dockerfile);
      return added && { written: added.written, kept: added.kept };
    },
    // Files are written; uv is asked in trusted folders alone.
    { untrusted: true },
  );
}

async function planFiles(
  workbench: Workbench,
  askServer: AskServer,
  argument: unknown,
): Promise<Plan | undefined> {
  const given = await givenFolder(argument);
  const options = (argument ?? {}) as AddContainerFilesOptions;
  const { kind, existing, tasks, dockerfile } = options;
  const folders = given ? [given] : await findFolders();
  const [first] = folders;
  if (!first) throw failed(noProject());
  if (typeof kind === 'string') {
    return {
      folder: first,
      kind,
      dockerfile,
      // What happens to a Dockerfile that is there is said already.
      answers: { present: 'new', ...options.answers },
      decide: () => existing ?? 'keep',
      isWanted: (path) => path !== tasksPath || tasks !== false,
    };
  }
  const answers = await ask(l10n.t('Add Container Files'), questions(workbench, askServer, folders));
  if (!answers || hasLeft(answers)) return undefined;
  const wanted = answers.files ?? [];
  return {
    folder: folderOf(answers, folders),
    kind: answers.kind as ScaffoldKind,
    answers: toldOf(answers),
    decide: (path) => (answers[path] as Decision | undefined) ?? 'keep',
    isWanted: (path) => wanted.includes(path),
  };
}

const hasLeft = (answers: Answers) => answers[resolved] === leave || answers[readable] === leave;

const folderOf = (answers: Answers, folders: readonly vscode.Uri[]) =>
  folders.find((folder) => folder.toString() === answers.folder) ?? (folders[0] as vscode.Uri);

function questions(
  workbench: Workbench,
  askServer: AskServer,
  folders: readonly vscode.Uri[],
): readonly Step[] {
  const planned = (answers: Answers) => ({
    folder: folderOf(answers, folders),
    kind: answers.kind as ScaffoldKind,
    answers: toldOf(answers),
  });
  const proposal = (answers: Answers) => propose(askServer, planned(answers));
  const existing =
    (path: string): Step =>
    async (answers) => {
      if (!answers.files?.includes(path)) return undefined;
      const change = (await proposal(answers)).changes.find((one) => one.path === path);
      if (!change || !(await isThere(change.uri))) return undefined;
      return {
        key: path,
        kind: 'pick',
        title: l10n.t('{0} is there already', path),
        choices: [
          { label: l10n.t('Keep It'), value: 'keep' },
          { label: l10n.t('Show Difference'), value: 'difference' },
          { label: l10n.t('Replace It'), value: 'replace' },
          ...(path === dockerfileName ? [{ label: l10n.t('Write Another Beside It'), value: 'beside' }] : []),
        ],
      };
    };
  return [
    () =>
      folders.length === 1
        ? undefined
        : {
            key: 'folder',
            kind: 'pick',
            title: l10n.t('Project'),
            choices: folders.map((folder) => ({
              label: vscode.workspace.asRelativePath(folder),
              value: folder.toString(),
            })),
          },
    async (answers) => {
      const offers = await offersOf(askServer, folderOf(answers, folders));
      if (offers.length === 0) throw failed(noProject());
      return { key: 'kind', kind: 'pick', title: l10n.t('Image'), choices: kindChoices(offers) };
    },
    ...questionIds.flatMap((id): Step[] => [
      async (answers) => questionOf(await scaffoldOf(askServer, planned(answers)), id),
      (answers) => (answers[id] === otherAnswer ? otherQuestion(id) : undefined),
    ]),
    async (answers) => {
      const { program } = await scaffoldOf(askServer, planned(answers));
      if (!program || !vscode.workspace.isTrusted) return undefined;
      const faults = await unreadFiles(workbench, folderOf(answers, folders), program);
      return faults.length === 0 ? undefined : unreadableQuestion(program.python, faults);
    },
    async (answers) => {
      if (hasLeft(answers)) return undefined;
      const { install } = await scaffoldOf(askServer, planned(answers));
      if (!install || !vscode.workspace.isTrusted) return undefined;
      const why = await whyUnresolved(workbench, folderOf(answers, folders), install);
      return why === undefined ? undefined : unresolvedQuestion(why);
    },
    async (answers) => {
      if (hasLeft(answers)) return undefined;
      const { changes, assumes } = await proposal(answers);
      const choices = await Promise.all(
        changes.map(async ({ uri, path }) => ({
          label: path,
          detail: path === dockerfileName ? assumes.join(' ') : undefined,
          description: !(await isThere(uri))
            ? undefined
            : path === tasksPath
              ? l10n.t('tasks are added')
              : l10n.t('is there already'),
          value: path,
        })),
      );
      const values = choices.map(({ value }) => value);
      return { key: 'files', kind: 'pick-many', title: l10n.t('Files to Write'), choices, values };
    },
    existing(dockerfileName),
    existing('.dockerignore'),
  ];
}

function offersOf(askServer: AskServer, folder: vscode.Uri): Promise<readonly ScaffoldOffer[]> {
  const params: ScaffoldKindsParams = { folder: folder.toString() };
  return askServer(scaffoldKindsRequest, params);
}

type Wanted = Pick<Plan, 'folder' | 'kind' | 'dockerfile' | 'answers'>;

async function scaffoldOf(
  askServer: AskServer,
  { folder, kind, dockerfile, answers }: Wanted,
): Promise<Scaffold> {
  const { below } = tasksFolder(folder);
  const params: ScaffoldParams = { folder: folder.toString(), kind, dockerfile, below, answers };
  const scaffold = await askServer<Scaffold | null>(scaffoldRequest, params);
  if (!scaffold) throw failed(noProject());
  if (scaffold.refused !== null)
    throw failed(answers.present === 'keep' ? stays(scaffold.refused) : refused(scaffold.refused));
  return scaffold;
}

/** What would be written: files that differ from those that are there, and the tasks. */
async function propose(
  askServer: AskServer,
  wanted: Wanted,
): Promise<{ changes: readonly Change[]; same: readonly string[]; assumes: readonly string[] }> {
  const { folder } = wanted;
  const { root } = tasksFolder(folder);
  const scaffold = await scaffoldOf(askServer, wanted);
  if (scaffold.question) throw failed(unanswered(scaffold.question));
  const tasks = vscode.Uri.joinPath(root, tasksPath);
  const merged = mergeTasks(await currentText(tasks), scaffold.tasks);
  const all = [
    ...scaffold.files.map(({ path, text }) => ({ path, text, uri: vscode.Uri.joinPath(folder, path) })),
    ...(merged === undefined ? [] : [{ path: tasksPath, text: merged, uri: tasks }]),
  ];
  const changes: Change[] = [];
  for (const one of all) if ((await currentText(one.uri)) !== one.text) changes.push(one);
  return {
    changes: merged === undefined ? [...changes, { path: tasksPath, text: '', uri: tasks }] : changes,
    same: all.filter((one) => !changes.includes(one)).map(({ path }) => path),
    assumes: scaffold.assumes,
  };
}

/** As it stands in an editor that has changed it, and on disk otherwise. */
async function currentText(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return open?.isDirty ? open.getText() : readText(uri);
}

/** With the Dockerfile, where it was written. */
async function addFiles(
  askServer: AskServer,
  plan: Plan,
): Promise<AddedFiles & { readonly dockerfile?: vscode.Uri }> {
  const { folder, kind, answers } = plan;
  const taken = (await listFolder(folder)).map(([name]) => name);
  const isBeside = plan.isWanted(dockerfileName) && plan.decide(dockerfileName) === 'beside';
  const dockerfile = plan.dockerfile ?? (isBeside ? nameBeside(kind, taken) : dockerfileName);
  const { changes, same } = await propose(askServer, { folder, kind, dockerfile, answers });
  const wanted = changes.filter(({ path }) =>
    plan.isWanted(path === dockerfile && !plan.dockerfile ? dockerfileName : path),
  );
  const written: Change[] = [];
  for (const change of wanted) {
    if (change.path === tasksPath && change.text === '') throw failed(unreadableTasks());
    const isNew = (await currentText(change.uri)) === undefined;
    if (isNew || change.path === tasksPath || (await isReplaced(change, plan.decide(change.path))))
      written.push(change);
  }
  if (written.length > 0) await write(written);
  const target = vscode.Uri.joinPath(folder, dockerfile);
  if ((await currentText(target)) !== undefined) await vscode.window.showTextDocument(target);
  const kept = [
    ...wanted.filter((change) => !written.includes(change)).map(({ path }) => path),
    ...same.filter(plan.isWanted),
  ];
  const isWritten = written.some(({ path }) => path === dockerfile);
  return {
    written: written.map(({ path }) => path),
    kept,
    dockerfile: isWritten ? target : undefined,
  };
}

async function isReplaced({ uri, path, text }: Change, decision: Decision): Promise<boolean> {
  if (decision !== 'difference') return decision === 'replace';
  const answer = await showDifference(uri, text, {
    title: l10n.t('{0}: as it is ↔ as it would be', path),
    question: l10n.t('Replace {0} with the text on the right?', path),
    accept: l10n.t('Replace'),
  });
  return answer === 'accept';
}

/** One edit, so that one Undo takes it all back. */
async function write(changes: readonly Change[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const changed: vscode.TextDocument[] = [];
  for (const { uri, text } of changes) {
    if ((await currentText(uri)) === undefined) {
      edit.createFile(uri, { contents: new TextEncoder().encode(text) });
      continue;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const end = document.positionAt(document.getText().length);
    edit.replace(uri, new vscode.Range(new vscode.Position(0, 0), end), text);
    changed.push(document);
  }
  if (!(await vscode.workspace.applyEdit(edit))) throw failed(notWritten());
  for (const document of changed) if (!(await document.save())) throw failed(notWritten());
}
