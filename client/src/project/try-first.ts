// Whether the files are tried before they are written, with which variables, and what is done then.
import { parseEnv } from 'node:util';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Action } from '../runtime/failures.ts';
import { takesIgnoreFile } from '../runtime/image-commands.ts';
import type { Answers, Question, Step } from '../ui/pickers.ts';
import { buildImageOf, type TryFiles } from '../ui/try-files.ts';
import type { Workbench } from '../ui/workbench.ts';
import { listFolder, readText } from '../ui/workspace.ts';
import { type AddedFiles, type Agreed, writeAgreed } from './changes.ts';

/** What is agreed on, and how it is tried. */
export type Trial = {
  readonly agreed: Agreed;
  readonly folder: vscode.Uri;
  /** Name of the Dockerfile. */
  readonly dockerfile: string;
  /** A file of variables in the folder, and variables that were typed. */
  readonly envFile?: string | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** The person knows that the program is started. */
  readonly isAgreed: boolean;
  /** The text of the Dockerfile with what containers did not find, by name; nothing where it is not known what brings it. */
  readonly withMissing: (names: readonly string[]) => Promise<string | undefined>;
  /** What was added so, one after the other. */
  readonly missing?: readonly string[];
};

export const tryAgainId = 'wheelhouse.project.tryAgain';
export const writeAnywayId = 'wheelhouse.project.writeAnyway';

/** Where an engine answers that builds from files which are not in the project. */
export async function canTry({ engine }: Pick<Workbench, 'engine'>, folder: vscode.Uri): Promise<boolean> {
  if (!vscode.workspace.isTrusted || folder.scheme !== 'file') return false;
  return engine.get().then(takesIgnoreFile, () => false);
}

/** Answers with what was written; undefined where nothing was. */
export async function tryThenWrite(tryFiles: TryFiles, trial: Trial): Promise<AddedFiles | undefined> {
  const { agreed, folder, dockerfile, isAgreed } = trial;
  let added: AddedFiles | undefined;
  const action = (label: string, command: string, of = trial): Action => ({
    label,
    command,
    arguments: [of],
  });
  await tryFiles({
    what: vscode.workspace.asRelativePath(agreed.dockerfile),
    context: folder.fsPath,
    dockerfile: textOf(agreed, dockerfile) ?? '',
    ignoreFile: await ignoreFileOf(trial),
    variables: { ...(await variablesIn(trial)), ...trial.variables },
    isAgreed,
    async write() {
      added = await writeAgreed(agreed);
      return l10n.t('Written: {0}.', added.written.join(', '));
    },
    next: [buildImageOf(agreed.dockerfile)],
    writeAnyway: action(l10n.t('Write Anyway'), writeAnywayId),
    again: action(l10n.t('Try Again'), tryAgainId),
    async mend(name) {
      const mended = await mendedBy(name, trial);
      return mended && action(l10n.t('Add {0} and Try Again', name), tryAgainId, mended);
    },
  });
  return added;
}

/** The same with what was not found, where that changes the Dockerfile and nothing else. */
async function mendedBy(name: string, trial: Trial): Promise<Trial | undefined> {
  const { agreed, dockerfile } = trial;
  const before = trial.missing ?? [];
  // A project that has become another gets no files that nobody looked at.
  if ((await trial.withMissing(before)) !== textOf(agreed, dockerfile)) return undefined;
  const missing = [...before, name];
  const text = await trial.withMissing(missing);
  if (text === undefined || text === textOf(agreed, dockerfile)) return undefined;
  const changes = agreed.changes.map((one) => (one.path === dockerfile ? { ...one, text } : one));
  return { ...trial, missing, agreed: { ...agreed, changes } };
}

const textOf = ({ changes }: Agreed, path: string) => changes.find((one) => one.path === path)?.text;

/** The text of the one that counts once all is written; that of the context is found by the builder itself. */
async function ignoreFileOf({ agreed, folder, dockerfile }: Trial): Promise<string | undefined> {
  const own = await readText(vscode.Uri.joinPath(folder, `${dockerfile}.dockerignore`));
  return own ?? textOf(agreed, '.dockerignore');
}

/** Those of a file of the project. It need not be written as engines read it, and a value of several lines fits into none of theirs. */
async function variablesIn({ folder, envFile }: Trial): Promise<Readonly<Record<string, string>>> {
  if (envFile === undefined || !isEnvFile(envFile)) return {};
  const text = (await readText(vscode.Uri.joinPath(folder, envFile))) ?? '';
  const fit = Object.entries(parseEnv(text)).filter(
    (pair): pair is [string, string] => /^[A-Za-z_]\w*$/.test(pair[0]) && !/[\r\n]/.test(pair[1] ?? '\n'),
  );
  return Object.fromEntries(fit);
}

const how = 'how';
const given = 'given';
const typed = 'typed';
/** So many variables are asked for, one after the other. */
const mostTyped = 8;
const keyOf = (at: number) => `variable ${at}`;

/** What the person has answered to the steps of `trySteps`. */
export function tryAnswers(answers: Answers, settings: readonly string[]) {
  const envFile = answers[given];
  const pairs = settings.slice(0, mostTyped).flatMap((name, at) => {
    const value = answers[keyOf(at)];
    return typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
  });
  return {
    isTried: answers[how] === 'try',
    /** They were offered, and the person wanted to write at once. */
    isDeclined: answers[how] === 'write',
    envFile: typeof envFile === 'string' && isEnvFile(envFile) ? envFile : undefined,
    variables: Object.fromEntries(pairs),
  };
}

/** @param settingsOf the variables that have no default, where there is something to try */
export function trySteps(
  workbench: Pick<Workbench, 'engine'>,
  folderOf: (answers: Answers) => vscode.Uri,
  settingsOf: (answers: Answers) => Promise<readonly string[] | undefined>,
): readonly Step[] {
  return [
    async (answers) => {
      if ((await settingsOf(answers)) === undefined) return undefined;
      return (await canTry(workbench, folderOf(answers))) ? howQuestion() : undefined;
    },
    async (answers) => {
      if (answers[how] !== 'try') return undefined;
      const settings = (await settingsOf(answers)) ?? [];
      return settings.length > 0 ? givenQuestion(settings, await envFilesOf(folderOf(answers))) : undefined;
    },
    ...Array.from(
      { length: mostTyped },
      (_, at): Step =>
        async (answers) => {
          if (answers[given] !== typed) return undefined;
          const name = (await settingsOf(answers))?.[at];
          return name === undefined ? undefined : typedQuestion(name, at);
        },
    ),
  ];
}

function howQuestion(): Question {
  return {
    key: how,
    kind: 'pick',
    title: l10n.t('Write Them'),
    choices: [
      {
        label: l10n.t('Try It First'),
        detail: l10n.t(
          'Builds the image and starts the program in a container, for 20 seconds at most; nothing of that stays. The files are written if they work.',
        ),
        value: 'try',
      },
      { label: l10n.t('Write'), detail: l10n.t('Nothing is started.'), value: 'write' },
    ],
  };
}

function givenQuestion(settings: readonly string[], files: readonly string[]): Question {
  return {
    key: given,
    kind: 'pick',
    title: l10n.t('Variables of the Program'),
    choices: [
      ...files.map((file) => ({
        label: l10n.t('Those of {0}', file),
        detail: l10n.t('For this try alone: they come into no image and no file that is written.'),
        value: file,
      })),
      { label: l10n.t('Type Them…'), detail: settings.join(', '), value: typed },
      {
        label: l10n.t('None'),
        detail: l10n.t('A program that ends for want of one is no fault of the files.'),
        value: '',
      },
    ],
  };
}

function typedQuestion(name: string, at: number): Question {
  return {
    key: keyOf(at),
    kind: 'input',
    title: name,
    prompt: l10n.t(
      'Value of {0} for this try; empty to leave it out. It comes into no file that stays.',
      name,
    ),
    hidden: true,
  };
}

/** Not the examples, which hold no values. */
const isEnvFile = (name: string) =>
  /^(?:\.env(?:\.\w[\w.-]*)?|[\w-]+\.env)$/.test(name) &&
  !/example|sample|template|dist\b|default/i.test(name);

async function envFilesOf(folder: vscode.Uri): Promise<readonly string[]> {
  const names = (await listFolder(folder)).map(([name]) => name);
  return names.filter(isEnvFile).sort();
}
