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
import { failed, untrusted } from '../runtime/failures.ts';
import type { AskServer } from '../ui/ask-server.ts';
import { type Answers, ask, type Step } from '../ui/pickers.ts';
import type { TryFiles } from '../ui/try-files.ts';
import { isAgreed } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { isThere, listFolder } from '../ui/workspace.ts';
import {
  type AddedFiles,
  type Agreed,
  type Change,
  changeOfTasks,
  currentText,
  type Decision,
  decideMeanwhile,
  existingQuestion,
  isReplaced,
  writeAgreed,
} from './changes.ts';
import { noProject, refused, stays, unanswered, unreadableTasks } from './failures.ts';
import { findFolders, followDockerfiles, givenFolder, tasksFolder } from './locate.ts';
import { kindChoices, nameBeside } from './model.ts';
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
import { type Trial, tryAgainId, tryAnswers, trySteps, tryThenWrite, writeAnywayId } from './try-first.ts';

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
  /** Writes them only once an engine has built them and started the program. */
  readonly try?: boolean;
  /** A file of variables for that, such as `.env`. */
  readonly envFile?: string;
};

type Plan = {
  readonly folder: vscode.Uri;
  readonly kind: ScaffoldKind;
  readonly dockerfile?: string;
  readonly answers: Readonly<Record<string, string>>;
  /** Of a file that is there. */
  readonly decide: (path: string) => Decision;
  readonly isWanted: (path: string) => boolean;
  /** Of a file that came to be there after all was agreed on. */
  readonly decideMeanwhile: Agreed['decide'];
  readonly trial?: Pick<Trial, 'envFile' | 'variables' | 'isAgreed'>;
  /** It was offered to try them first. */
  readonly isDeclined?: boolean;
};

const dockerfileName = 'Dockerfile';
const tasksPath = '.vscode/tasks.json';

export function registerProject(workbench: Workbench, askServer: AskServer, tryFiles: TryFiles): void {
  workbench.own(...followDockerfiles(workbench.onDidLoad));
  workbench.command(
    'wheelhouse.project.addContainerFiles',
    async (argument) => {
      const plan = await planFiles(workbench, askServer, argument);
      if (!plan) return undefined;
      const { agreed, dockerfile } = await agreeOn(askServer, plan);
      const isWritten = agreed.changes.some(({ path }) => path === dockerfile);
      if (plan.trial && !vscode.workspace.isTrusted) throw failed(untrusted());
      if (plan.trial && isWritten)
        return tryThenWrite(tryFiles, {
          ...plan.trial,
          agreed,
          folder: plan.folder,
          dockerfile,
          withMissing: (names) => withMissing(askServer, { ...plan, dockerfile }, names),
        });
      const added = await writeAgreed(agreed);
      if (added.written.includes(dockerfile) && !plan.isDeclined) void offerTry(workbench, agreed.dockerfile);
      return added;
    },
    // Files are written; uv is asked and programs are started in trusted folders alone.
    { untrusted: true },
  );
  // Buttons of a message of ours; nothing else can say what was agreed on.
  const ofButton = (id: string, act: (trial: Trial) => Promise<AddedFiles | undefined>) =>
    workbench.command(id, (trial) => (isAgreed(trial) ? act(trial as Trial) : undefined));
  ofButton(writeAnywayId, ({ agreed }) => writeAgreed(agreed));
  ofButton(tryAgainId, (trial) => tryThenWrite(tryFiles, { ...trial, isAgreed: true }));
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
      decideMeanwhile: () => existing ?? 'keep',
      trial: options.try ? { envFile: options.envFile, isAgreed: isAgreed(argument) } : undefined,
    };
  }
  const answers = await ask(l10n.t('Add Container Files'), questions(workbench, askServer, folders), true);
  if (!answers || hasLeft(answers)) return undefined;
  const wanted = answers.files ?? [];
  const planned = plannedBy(answers, folders);
  const { isTried, isDeclined, ...variables } = tryAnswers(
    answers,
    (await scaffoldOf(askServer, planned)).settings,
  );
  return {
    ...planned,
    decide: (path) => (answers[path] as Decision | undefined) ?? 'keep',
    isWanted: (path) => wanted.includes(path),
    decideMeanwhile,
    trial: isTried ? { ...variables, isAgreed: true } : undefined,
    isDeclined,
  };
}

const plannedBy = (answers: Answers, folders: readonly vscode.Uri[]) => ({
  folder: folderOf(answers, folders),
  kind: answers.kind as ScaffoldKind,
  answers: toldOf(answers),
});

const hasLeft = (answers: Answers) => answers[resolved] === leave || answers[readable] === leave;

const folderOf = (answers: Answers, folders: readonly vscode.Uri[]) =>
  folders.find((folder) => folder.toString() === answers.folder) ?? (folders[0] as vscode.Uri);

function questions(
  workbench: Workbench,
  askServer: AskServer,
  folders: readonly vscode.Uri[],
): readonly Step[] {
  const planned = (answers: Answers) => plannedBy(answers, folders);
  const proposal = (answers: Answers) => propose(askServer, planned(answers));
  const existing =
    (path: string): Step =>
    async (answers) => {
      if (!answers.files?.includes(path)) return undefined;
      const change = (await proposal(answers)).changes.find((one) => one.path === path);
      if (!change || !(await isThere(change.uri))) return undefined;
      return existingQuestion(path, path === dockerfileName);
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
    ...trySteps(
      workbench,
      (answers) => folderOf(answers, folders),
      async (answers) =>
        !hasLeft(answers) && answers.files?.includes(dockerfileName) && answers[dockerfileName] !== 'keep'
          ? (await scaffoldOf(askServer, planned(answers))).settings
          : undefined,
    ),
  ];
}

function offersOf(askServer: AskServer, folder: vscode.Uri): Promise<readonly ScaffoldOffer[]> {
  const params: ScaffoldKindsParams = { folder: folder.toString() };
  return askServer(scaffoldKindsRequest, params);
}

/** The Dockerfile of what the project is now. */
async function withMissing(
  askServer: AskServer,
  wanted: Wanted,
  names: readonly string[],
): Promise<string | undefined> {
  const textOf = ({ files }: Scaffold) => files.find(({ path }) => path === wanted.dockerfile)?.text;
  const answers = { ...wanted.answers, missing: names.join(' ') };
  // What cannot be made any more is no other try.
  return scaffoldOf(askServer, { ...wanted, answers }).then(textOf, () => undefined);
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
  const merged = await changeOfTasks(tasks, tasksPath, scaffold.tasks);
  const all: Change[] = [];
  for (const { path, text } of scaffold.files) {
    const uri = vscode.Uri.joinPath(folder, path);
    all.push({ path, text, uri, before: await currentText(uri) });
  }
  if (merged) all.push(merged);
  const changes = all.filter(({ text, before }) => text !== before);
  return {
    changes: merged ? changes : [...changes, { path: tasksPath, text: '', uri: tasks, before: undefined }],
    same: all.filter((one) => !changes.includes(one)).map(({ path }) => path),
    assumes: scaffold.assumes,
  };
}

/** What is to be written, after a look at the differences that the person wanted to see. */
async function agreeOn(
  askServer: AskServer,
  plan: Plan,
): Promise<{ readonly agreed: Agreed; readonly dockerfile: string }> {
  const { folder, kind, answers } = plan;
  const taken = (await listFolder(folder)).map(([name]) => name);
  const isBeside = plan.isWanted(dockerfileName) && plan.decide(dockerfileName) === 'beside';
  const dockerfile = plan.dockerfile ?? (isBeside ? nameBeside(kind, taken) : dockerfileName);
  const { changes, same } = await propose(askServer, { folder, kind, dockerfile, answers });
  const wanted = changes.filter(({ path }) =>
    plan.isWanted(path === dockerfile && !plan.dockerfile ? dockerfileName : path),
  );
  const chosen: Change[] = [];
  for (const change of wanted) {
    if (change.path === tasksPath && change.text === '') throw failed(unreadableTasks());
    const isNew = change.before === undefined;
    if (isNew || change.path === tasksPath || (await isReplaced(change, plan.decide(change.path))))
      chosen.push(change);
  }
  const kept = [
    ...wanted.filter((change) => !chosen.includes(change)).map(({ path }) => path),
    ...same.filter(plan.isWanted),
  ];
  const target = vscode.Uri.joinPath(folder, dockerfile);
  return { agreed: { changes: chosen, kept, dockerfile: target, decide: plan.decideMeanwhile }, dockerfile };
}
