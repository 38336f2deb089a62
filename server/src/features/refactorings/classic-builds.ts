import { type ClassicBuilder, classicBuilders } from '../../data/classic-builders.ts';
import { readMounts } from '../../facts/mounts.ts';
import type { SourceTexts } from '../../project/source-texts.ts';
import type { Proposal, Refactoring, Subject } from './refactoring.ts';

/**
 * What a refactoring proposes, but for mounts where something builds that knows none; where that may be so, a person is
 * told.
 */
export function proposeFor(refactoring: Refactoring, subject: Subject): Proposal | undefined {
  const proposal = refactoring.propose(subject);
  if (!proposal?.edits.some(({ text }) => text.includes('--mount=')) || hasMounts(subject)) return proposal;
  const builders = classicBuildersOf(subject);
  if (builders.some(({ isCertain }) => isCertain)) return undefined;
  const [one] = builders;
  if (!one) return proposal;
  const granted = one.host
    ? `nobody builds it on ${one.host}, which ${one.path} names and which takes no mounts but for caches with the id of its service`
    : `what ${one.path} builds with has BuildKit`;
  return { ...proposal, assumes: proposal.assumes ? `${proposal.assumes}, and ${granted}` : granted };
}

const hasMounts = ({ facts }: Subject) =>
  facts.stages
    .flatMap(({ byKeyword }) => byKeyword.get('RUN') ?? [])
    .some((run) => readMounts(run.node).length > 0);

/** The files by which something builds without BuildKit. */
function classicBuildersOf({ facts, around }: Subject): {
  path: string;
  isCertain: boolean;
  host: ClassicBuilder['host'];
}[] {
  const texts: SourceTexts = around ?? new Map();
  const paths = new Set([...(facts.context?.files?.files ?? []).map(({ path }) => path), ...texts.keys()]);
  return [...paths].flatMap((path) => {
    const text = texts.get(path);
    const name = path.replace(/^(?:\.\.\/)+/, '');
    const lines = text === undefined ? [] : linesOf(text);
    return classicBuilders
      .filter((one) => one.path.test(name) && (!one.says || lines.some((line) => saysSo(one, line))))
      .filter(
        ({ along, unless }) => text === undefined || (along?.test(text) !== false && !unless?.test(text)),
      )
      .map(({ isUncertain, host }) => ({ path, isCertain: !isUncertain, host }));
  });
}

const saysSo = ({ says, beside, without, isShown }: ClassicBuilder, line: string): boolean =>
  says?.test(line) === true &&
  beside?.test(line) !== false &&
  !without?.test(line) &&
  (!isShown ||
    says.test(/^[ \t]{0,40}(?:[$>%][ \t])?(?:cd [\w./-]{1,80} && )?([a-z]+ .{0,60})/.exec(line)?.[1] ?? ''));

/** The lines of a text, those of a command in one. */
const linesOf = (text: string) => text.replace(/\\\r?\n/g, ' ').split('\n');
