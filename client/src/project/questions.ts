// What the files of a project do not tell, as questions: with what was found as choices, and room for another answer.
import * as l10n from '@vscode/l10n';
import type { Scaffold, ScaffoldQuestion } from '../../../server/src/protocol/requests.ts';
import type { Answers, Question } from '../ui/pickers.ts';

type Id = ScaffoldQuestion['id'];

/** In the order in which the server asks: one may depend on those before it. */
export const questionIds: readonly Id[] = ['present', 'dependencies', 'releases', 'python', 'cuda', 'start'];
/** Stands for an answer that is typed. */
export const otherAnswer = '';
const typed = (id: Id) => `other ${id}`;

/** The question with an id, where the server asks it now. */
export function questionOf({ question }: Scaffold, id: Id): Question | undefined {
  if (question?.id !== id) return undefined;
  const titles: Readonly<Record<Id, string>> = {
    present: l10n.t('The Project Has a Dockerfile'),
    dependencies: l10n.t('What the Image Installs'),
    releases: l10n.t('Releases of the Packages in the Image'),
    python: l10n.t('Python of the Image'),
    cuda: l10n.t('CUDA of the Image'),
    start: l10n.t('What the Image Starts'),
  };
  if (question.choices.length === 0) return { ...asTyped(id), key: id, title: titles[id] };
  const found = question.choices.map(({ value, because }) => ({
    label: labelOf(id, value),
    description: because === null ? undefined : l10n.t('found: {0}', because),
    detail: id === 'present' ? meaning(value) : id === 'start' ? warning(value) : undefined,
    value,
  }));
  const other = { label: l10n.t('Another Command…'), value: otherAnswer };
  return { key: id, kind: 'pick', title: titles[id], choices: id === 'start' ? [...found, other] : found };
}

/** Asks for an answer that is typed. */
export function otherQuestion(id: Id): Question {
  return { ...asTyped(id), key: typed(id), title: l10n.t('Another Command') };
}

const asTyped = (_: Id) => ({
  kind: 'input' as const,
  prompt: l10n.t('A command line that runs in the folder of the project'),
  placeholder: 'python -m my_package',
  check: (text: string) => (text.trim() === '' ? l10n.t('Write a command.') : undefined),
});

function labelOf(id: Id, value: string): string {
  if (id === 'present') return value === 'keep' ? l10n.t('Keep It') : l10n.t('Write New Files');
  if (id !== 'releases') return value;
  return value === 'newest' ? l10n.t('The newest of today') : l10n.t('Those of {0}', value);
}

const warning = (command: string) =>
  /^flask --app\b/.test(command)
    ? l10n.t('The development server of Flask, which is not made for many users: add gunicorn for those.')
    : undefined;

const meaning = (choice: string) =>
  choice === 'keep'
    ? l10n.t('Nothing is written; "Optimize Dockerfile…" improves the one that is there.')
    : l10n.t('They take over what is understood of it, and tell what they do without.');

export const resolved = 'resolved';
export const readable = 'readable';
export const leave = 'leave';

/** What cannot be had would fail while the image is built: to be mended first, as a rule. */
export function unresolvedQuestion(why: string): Question {
  return {
    key: resolved,
    kind: 'pick',
    title: l10n.t('uv Finds No Releases That Fit'),
    choices: [
      { label: l10n.t('Leave It, and Mend What the Project Asks For'), detail: why, value: leave },
      { label: l10n.t('Write the Files All the Same'), detail: l10n.t('their build will fail'), value: 'on' },
    ],
  };
}

/** A program that Python cannot read, or that uses a name which nobody gave a value, ends as soon as it begins. */
export function unreadableQuestion(python: string, faults: readonly Fault[]): Question {
  const [{ path, line, reason } = { path: '', line: null, reason: '' }] = faults;
  const place = line === null ? path : l10n.t('{0}, line {1}', path, line);
  const first = l10n.t('{0}: {1}', place, reason);
  return {
    key: readable,
    kind: 'pick',
    title: l10n.t('The Program Ends at Once with Python {0}', python),
    choices: [
      {
        label: l10n.t('Leave It, and Mend the File'),
        detail: faults.length > 1 ? l10n.t('{0}, and {1} more files', first, faults.length - 1) : first,
        value: leave,
      },
      {
        label: l10n.t('Write the Files All the Same'),
        detail: l10n.t('their program will end at once'),
        value: 'on',
      },
    ],
  };
}

/** A file below the folder of the project, and why Python ends there. */
export type Fault = { readonly path: string; readonly line: number | null; readonly reason: string };

/** What was answered, by the ids of the questions. */
export function toldOf(answers: Answers): Readonly<Record<string, string>> {
  return Object.fromEntries(
    questionIds.flatMap((id) => {
      const answer = answers[id] === otherAnswer ? answers[typed(id)] : answers[id];
      return typeof answer === 'string' ? [[id, answer]] : [];
    }),
  );
}
