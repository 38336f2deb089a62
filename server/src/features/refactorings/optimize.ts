import type { BuildContext } from '../../facts/build-context.ts';
import { parseIgnoreFile } from '../../syntax/ignore-file.ts';
import { appendLines, applyEdits } from '../../text/edit.ts';
import { refactorings } from './all.ts';
import { proposeFor } from './classic-builds.ts';
import type { Proposal, Refactoring, Subject } from './refactoring.ts';

/** What some refactorings make of a Dockerfile and of the ignore file beside it. */
export interface Optimized {
  readonly text: string;
  /** Lines for the end of the ignore file, which is made where there is none. */
  readonly ignoreLines: readonly string[];
  /** Those that found something to do, in the order in which they were applied. */
  readonly applied: readonly Applied[];
}

/** A refactoring that found something to do, and what it takes for granted in this file. */
export type Applied = Pick<Refactoring, 'id' | 'title' | 'gain' | 'cost'> & Pick<Proposal, 'assumes'>;

/**
 * Applies refactorings one after the other, each to what the ones before it made.
 * @param ids those that are wanted; all where left out
 * @param look judges a text
 */
export function optimize(
  text: string,
  context: BuildContext | undefined,
  look: (text: string, context: BuildContext | undefined) => Subject,
  ids: readonly string[] = refactorings.map(({ id }) => id),
): Optimized {
  const applied: Applied[] = [];
  let current = text;
  let around = context;
  const ignoreLines: string[] = [];
  for (const refactoring of refactorings) {
    if (!ids.includes(refactoring.id)) continue;
    const proposal = proposeFor(refactoring, look(current, around));
    if (!proposal) continue;
    const { id, title } = refactoring;
    const gain = proposal.gain ?? refactoring.gain;
    const cost = proposal.cost ?? refactoring.cost;
    applied.push({ id, title, gain, cost, assumes: proposal.assumes });
    current = applyEdits(current, proposal.edits);
    if (!around || !proposal.ignoreLines?.length) continue;
    ignoreLines.push(...proposal.ignoreLines);
    const ignored = appendLines(around.ignoreFile?.text ?? '', proposal.ignoreLines);
    around = { ...around, ignoreFile: parseIgnoreFile(ignored) };
  }
  return { text: current, ignoreLines, applied };
}
