// The words of the page of logs.
import { t } from '@vscode/l10n';
import type { ContainerDetails } from '../../runtime/container-details.ts';
import { composeProject } from '../model.ts';
import { TooSlow } from './filter.ts';
import type { Choice, PageTexts } from './messages.ts';

export const pageTexts = (): PageTexts => ({
  log: t('Log'),
  filter: t('Filter'),
  filterHint: t('Filter by a regular expression'),
  matchCase: t('Match Case'),
  level: t('Level'),
  since: t('Since'),
  tail: t('Lines'),
  times: t('Times'),
  wrap: t('Wrap'),
  speak: t('Read Aloud'),
  find: t('Find'),
  clear: t('Clear'),
  copy: t('Copy All'),
  save: t('Save…'),
  more: t('More'),
  toEnd: t('Go On at the End'),
  left: t('{0} lines came faster than they can be drawn; a filter finds them, and Save has them.'),
  isError: t('written to stderr'),
  debug: t('DEBUG'),
  info: t('INFO'),
  warning: t('WARNING'),
  error: t('ERROR'),
});

const mostNames = 3;

/** Of many containers of one Compose project its name. */
export function pageTitle(containers: readonly ContainerDetails[]): string {
  const names = containers.map(({ name }) => name);
  if (names.length <= mostNames) return t('Logs of {0}', names.join(', '));
  const [project, ...others] = new Set(containers.map((one) => composeProject(one)?.name));
  if (project && !others.length) return t('Logs of {0} ({1} containers)', project, names.length);
  return t(
    'Logs of {0} and {1} more',
    names.slice(0, mostNames - 1).join(', '),
    names.length - mostNames + 1,
  );
}

export const levelChoices = (): readonly Choice[] => [
  { value: '', label: t('All levels') },
  { value: 'info', label: t('Info and above') },
  { value: 'warning', label: t('Warnings, errors, stderr') },
  { value: 'error', label: t('Errors') },
];

/** By minutes. */
export const sinceChoices = (): readonly Choice[] => [
  { value: '', label: t('Since the beginning') },
  { value: '5', label: t('Since 5 minutes ago') },
  { value: '60', label: t('Since 1 hour ago') },
  { value: '1440', label: t('Since 1 day ago') },
];

export const tailChoices = (): readonly Choice[] =>
  [100, 1_000, 10_000, 100_000].map((lines) => ({
    value: String(lines),
    label: t('Last {0} lines', lines.toLocaleString()),
  }));

/** V8 says the whole expression before its reason. */
export function complaintOf(error: unknown): string {
  if (error instanceof TooSlow)
    return t('This expression takes too long for these lines; all of them are shown.');
  const said = error instanceof Error ? error.message : String(error);
  return t(
    'This is no regular expression: {0}. Put a backslash before a sign that stands for itself.',
    said.slice(said.lastIndexOf(': ') + 1).trim(),
  );
}

/** @param found those that pass the filter, where there is one */
export function countWords(all: number, found?: number): string {
  const lines = all === 1 ? t('1 line') : t('{0} lines', all.toLocaleString());
  return found === undefined ? lines : t('{0} of {1}', found.toLocaleString(), lines);
}
