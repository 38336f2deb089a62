import * as l10n from '@vscode/l10n';
import type { FoundResult } from '../../../server/src/protocol/requests.ts';

/** So many of those that are left are named; the status bar has one line. */
const fewLeft = 5;

/** @param left in the order of the file, with lines from 0 on */
export function fixedWords(fixed: number, left: FoundResult): string {
  const all = fixed + left.length;
  if (all === 0) return l10n.t('There are no problems in this file.');
  if (left.length === 0)
    return all === 1 ? l10n.t('Fixed the only problem.') : l10n.t('Fixed all {0} problems.', all);
  const named = left.slice(0, fewLeft).map(({ code, line }) => l10n.t('{0} (line {1})', code, line + 1));
  const more = left.length > fewLeft ? [l10n.t('{0} more', left.length - fewLeft)] : [];
  const names = [...named, ...more].join(', ');
  if (fixed > 0) return l10n.t('Fixed {0} of {1} problems. Left: {2}.', fixed, all, names);
  return all === 1
    ? l10n.t('Nothing was fixed, as the only problem has no safe fix. Left: {0}.', names)
    : l10n.t('Nothing was fixed, as none of the {0} problems has a safe fix. Left: {1}.', all, names);
}
