import { type Configuration, defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { BuildContext } from '../../server/src/facts/build-context.ts';
import { spansOf } from '../../server/src/lint/finding.ts';
import { createService } from '../../server/src/service.ts';
import { parseIgnoreFile } from '../../server/src/syntax/ignore-file.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';
import { createLineIndex } from '../../server/src/text/line-index.ts';
import type { CorpusFile } from '../corpus/files.ts';
import { loadTestShellParser } from '../server/linter.ts';
import type { Answer } from './buildkit.ts';
import { type BuildkitDifference, buildkitDifferences } from './buildkit-differences.ts';
import { type Agreement, compare } from './parity.ts';

/** What we find in a text in BuildKit's terms: `line check`, the line being that of the instruction. */
export type OurChecks = (
  text: string,
  configuration?: Configuration,
  context?: Readonly<Record<string, string>>,
) => ReadonlySet<string>;

export interface BuildkitParity {
  /** Files that BuildKit checks to the end. */
  readonly checked: number;
  /** Files that it refuses at a FROM; compared are the checks that come before that. */
  readonly early: number;
  /** Files that it refuses as a whole, by the reason. */
  readonly refused: ReadonlyMap<string, readonly string[]>;
  /** By check, as we judge by default. */
  readonly checks: ReadonlyMap<string, Agreement>;
  /** By check, with the differences turned back that can be. */
  readonly equal: ReadonlyMap<string, Agreement>;
  /** Disagreements of the default by the entry of `buildkitDifferences` that explains them. */
  readonly explained: ReadonlyMap<string, number>;
  readonly unexplained: readonly string[];
}

const prefix = 'buildkit/';

export async function createOurChecks(): Promise<OurChecks> {
  const log = (_level: string, message: string) => console.error(message);
  const service = createService({
    ports: { readFile: async () => undefined, log },
    parseShell: await loadTestShellParser(),
  });
  return (text, configuration = defaultConfiguration, context) => {
    const lineOf = instructionLines(text);
    const position = createLineIndex(text);
    const found = service
      .lint(text, configuration, context && ignoring(context['.dockerignore']))
      .flatMap((finding) =>
        finding.aliases
          .filter((alias) => alias.startsWith(prefix))
          .flatMap((alias) =>
            spansOf(finding).map(
              ({ start }) => `${lineOf(position.position(start).line + 1)} ${alias.slice(prefix.length)}`,
            ),
          ),
      );
    return new Set(found);
  };
}

/** BuildKit's findings in the same terms. */
export function theirChecks(text: string, { warnings }: Answer): ReadonlySet<string> {
  const lineOf = instructionLines(text);
  return new Set(warnings.map(({ line, check }) => `${lineOf(line)} ${check}`));
}

/** The line at which the instruction of a line begins, both from 1. */
function instructionLines(text: string): (line: number) => number {
  const { position } = createLineIndex(text);
  const starts = parseDockerfile(text).instructions.map(({ span }) => position(span.start).line + 1);
  return (line) => starts.findLast((start) => start <= line) ?? line;
}

/** What BuildKit looks at before it looks at the images. */
const early = new Set([
  'ConsistentInstructionCasing',
  'DuplicateStageName',
  'FromAsCasing',
  'InvalidDefaultArgInFrom',
  'InvalidDefinitionDescription',
  'MaintainerDeprecated',
  'NoEmptyContinuation',
  'ReservedStageName',
  'StageNameCasing',
]);
const refusals: readonly [pattern: RegExp, reason: string][] = [
  [/failed to resolve source metadata/, 'it asks a registry'],
  [
    /parse error|unterminated heredoc|no instructions|must have|while looking for/,
    'it cannot parse the file',
  ],
];

/** How far a file was checked: to the end, up to the images, or not at all, for which the reason is given. */
function reach({ error }: Answer): 'all' | 'early' | { readonly refused: string } {
  // `error=true` in the file makes an error of what was found.
  if (error === undefined || error.startsWith('lint violation found')) return 'all';
  if (/^base name \(|^failed to parse stage name /.test(error)) return 'early';
  return { refused: refusals.find(([pattern]) => pattern.test(error))?.[1] ?? error };
}

/** Compares our findings of BuildKit's checks with what it said of the same files. */
export function measureBuildkit(
  files: readonly CorpusFile[],
  answers: ReadonlyMap<string, Answer>,
  ours: OurChecks,
): BuildkitParity {
  const refused = new Map<string, string[]>();
  const checks = new Map<string, Agreement>();
  const equal = new Map<string, Agreement>();
  const explained = new Map(buildkitDifferences.map(({ id }) => [id, 0]));
  const unexplained: string[] = [];
  const counts = { all: 0, early: 0 };
  for (const { name, text } of files) {
    const answer = answers.get(name);
    if (!answer) throw new Error(`BuildKit was not asked about ${name}.`);
    const reached = reach(answer);
    if (typeof reached === 'object') {
      refused.set(reached.refused, [...(refused.get(reached.refused) ?? []), name]);
      continue;
    }
    counts[reached]++;
    const seen = (found: ReadonlySet<string>) =>
      reached === 'all' ? found : new Set([...found].filter((entry) => early.has(checkOf(entry))));
    const theirs = seen(theirChecks(text, answer));
    const explain = createExplainer(text, ours);
    for (const finding of compare(name, theirs, seen(ours(text)), checks)) {
      const entry = explain(finding);
      if (entry) explained.set(entry.id, (explained.get(entry.id) ?? 0) + 1);
      else unexplained.push(`${name}:${finding}`);
    }
    for (const finding of compare(name, theirs, seen(onEqualTerms(text, ours)), equal)) {
      const reporter = theirs.has(finding) ? 'theirs' : 'ours';
      if (!explain(finding)?.concerns && !concerning(text, finding, reporter))
        unexplained.push(`on equal terms, ${name}:${finding}`);
    }
  }
  return { checked: counts.all, early: counts.early, refused, checks, equal, explained, unexplained };
}

const checkOf = (finding: string) => finding.slice(finding.indexOf(' ') + 1);

/** What we find when some differences are turned back. */
function without(text: string, some: readonly BuildkitDifference[], ours: OurChecks): ReadonlySet<string> {
  const options = new Map(some.flatMap((entry) => [...(entry.options ?? [])]));
  return ours(
    some.reduce((changed, entry) => entry.onEqualTerms?.(changed) ?? changed, text),
    { ...defaultConfiguration, options },
  );
}

const turnable = buildkitDifferences.filter((entry) => entry.onEqualTerms ?? entry.options);

/** What we find when all differences are turned back that can be: those of each check for that check alone. */
function onEqualTerms(text: string, ours: OurChecks): ReadonlySet<string> {
  const concerned = new Set(turnable.map(({ check }) => check));
  const found = [...ours(text)].filter((finding) => !concerned.has(checkOf(finding)));
  for (const check of concerned) {
    const turned = turnable.filter((entry) => entry.check === check);
    found.push(...[...without(text, turned, ours)].filter((finding) => checkOf(finding) === check));
  }
  return new Set(found);
}

/** Finds the entry that explains a disagreement; of those that only together do so the last. */
function createExplainer(text: string, ours: OurChecks): (finding: string) => BuildkitDifference | undefined {
  const before = ours(text);
  return (finding) => {
    const check = checkOf(finding);
    const turned = turnable.filter((entry) => entry.check === check);
    const changes = (some: readonly BuildkitDifference[]) =>
      without(text, some, ours).has(finding) !== before.has(finding);
    const single = turned.find((entry) => changes([entry]));
    if (single) return single;
    const last = turned.findIndex((_, index) => changes(turned.slice(0, index + 1)));
    if (last >= 0) return turned[last];
    return concerning(text, finding, before.has(finding) ? 'ours' : 'theirs');
  };
}

/** The entry about the instruction in which one of the two reports something. */
function concerning(
  text: string,
  finding: string,
  reporter: 'ours' | 'theirs',
): BuildkitDifference | undefined {
  const { position } = createLineIndex(text);
  const file = parseDockerfile(text);
  const line = Number.parseInt(finding, 10);
  const instruction = file.instructions.find(({ span }) => position(span.start).line + 1 === line);
  return (
    instruction &&
    buildkitDifferences.find(
      (entry) => entry.check === checkOf(finding) && entry.concerns?.(instruction, file, reporter),
    )
  );
}

/** A context of which only the ignore file is known. */
const ignoring = (text: string | undefined): BuildContext => ({
  ignoreFile: text === undefined ? undefined : parseIgnoreFile(text),
  ignoreFileUri: '',
});
