import {
  type Configuration,
  defaultConfiguration,
  type Level,
  mergeConfigurations,
  ownLevel,
} from '../../server/src/config/configuration.ts';
import { presetConfiguration } from '../../server/src/lint/presets.ts';
import { rules } from '../../server/src/rules/index.ts';
import { type Entry, listDifferences } from '../../server/tools/differences.ts';
import type { CorpusFile } from '../corpus/files.ts';
import type { Verdict } from './hadolint.ts';
import type { OurVerdicts } from './ours.ts';

/** How often a rule reports the same instructions as hadolint. */
export interface Agreement {
  both: number;
  /** `file:line code`, reported by only one of the two. */
  readonly onlyTheirs: string[];
  readonly onlyOurs: string[];
}

export interface Parity {
  /** Whether a file can be read at all, under the preset: files that both refuse, or one of the two. */
  readonly refused: Agreement;
  /** Files that hadolint parses; the findings of the others are left out. */
  readonly files: number;
  /** By code, under the preset. */
  readonly preset: ReadonlyMap<string, Agreement>;
  /** By code, without it. */
  readonly plain: ReadonlyMap<string, Agreement>;
  /** How many disagreements without the preset an entry of docs/differences.md explains, by its id. */
  readonly explained: ReadonlyMap<string, number>;
  /** Disagreements that neither an entry explains nor the preset shows as well. */
  readonly unexplained: readonly string[];
}

const hadolint = presetConfiguration('hadolint', rules);
const entries = listDifferences(rules);
const codeOf = (finding: string) => finding.slice(finding.lastIndexOf(' ') + 1);

/** Compares our findings of DL rules with what hadolint said of the same files. */
export function measureParity(
  files: readonly CorpusFile[],
  said: ReadonlyMap<string, Verdict>,
  ours: OurVerdicts,
): Parity {
  const preset = new Map<string, Agreement>();
  const plain = new Map<string, Agreement>();
  const explained = new Map<string, number>(entries.map(({ id }) => [id, 0]));
  const unexplained: string[] = [];
  let count = 0;
  const refused = { both: 0, onlyTheirs: [] as string[], onlyOurs: [] as string[] };
  for (const { name, text } of files) {
    const verdict = said.get(name);
    const refusesToo = ours(text, hadolint).has('DL1000');
    if (!verdict) {
      if (refusesToo) refused.both++;
      else refused.onlyTheirs.push(name);
      continue;
    }
    if (refusesToo) refused.onlyOurs.push(name);
    count++;
    const theirs = new Set([...verdict].filter((finding) => codeOf(finding).startsWith('DL')));
    const read = (found: ReadonlySet<string>) =>
      new Set([...found].filter((finding) => finding !== 'DL1000'));
    const withPreset = read(ours(text, hadolint));
    const without = read(ours(text, defaultConfiguration));
    const residue = new Set(compare(name, theirs, withPreset, preset));
    const open = compare(name, theirs, without, plain).filter((finding) => !residue.has(finding));
    const explain = createExplainer(text, ours);
    for (const finding of open) {
      const entry = explain(finding);
      if (entry) explained.set(entry.id, (explained.get(entry.id) ?? 0) + 1);
      else unexplained.push(`${name}:${finding}`);
    }
  }
  return { refused, files: count, preset, plain, explained, unexplained };
}

/** Adds the agreement on one file to a table, and gives what only one of the two reports. */
export function compare(
  name: string,
  theirs: ReadonlySet<string>,
  ours: ReadonlySet<string>,
  table: Map<string, Agreement>,
): string[] {
  const row = (finding: string): Agreement => {
    const code = codeOf(finding);
    const known = table.get(code) ?? { both: 0, onlyTheirs: [], onlyOurs: [] };
    table.set(code, known);
    return known;
  };
  const odd: string[] = [];
  for (const finding of theirs) {
    if (ours.has(finding)) row(finding).both++;
    else {
      row(finding).onlyTheirs.push(`${name}:${finding}`);
      odd.push(finding);
    }
  }
  for (const finding of ours) {
    if (theirs.has(finding)) continue;
    row(finding).onlyOurs.push(`${name}:${finding}`);
    odd.push(finding);
  }
  return odd;
}

/**
 * Finds the entry that explains a disagreement: turned back alone it makes the disagreement go; where none does so
 * alone, the last of those that do so together.
 */
function createExplainer(text: string, ours: OurVerdicts): (finding: string) => Entry | undefined {
  const known = new Map<Configuration, ReadonlySet<string>>();
  const judge = (configuration: Configuration) => {
    const found = known.get(configuration) ?? ours(text, configuration);
    known.set(configuration, found);
    return found;
  };
  return (finding) => {
    const { base, turnedBack } = alone(codeOf(finding));
    const changes = (configuration: Configuration) =>
      judge(configuration).has(finding) !== judge(base).has(finding);
    for (const [entry, configuration] of turnedBack) if (changes(configuration)) return entry;
    const taken: Entry[] = [];
    for (const [entry] of turnedBack) {
      taken.push(entry);
      if (changes(turnBack(taken, base))) return entry;
    }
    return undefined;
  };
}

interface Alone {
  readonly base: Configuration;
  /** Each entry that concerns the rule turned back. */
  readonly turnedBack: ReadonlyMap<Entry, Configuration>;
}

const known = new Map<string, Alone>();

/** The default configuration for one rule alone: what the others say takes time, and explains nothing of its findings. */
function alone(code: string): Alone {
  const found = known.get(code);
  if (found) return found;
  const own = rules.find((rule) => rule.code === code);
  // Of several levels for a rule the last one holds, as others may be named like its alias.
  const levels = new Map<string, Level>(rules.map((rule) => [rule.code, 'off']));
  levels.delete(code);
  if (own) levels.set(code, ownLevel(own));
  const base = { ...defaultConfiguration, levels };
  const concerned = entries.filter((entry) => entry.code === undefined || entry.code === code);
  const made = { base, turnedBack: new Map(concerned.map((entry) => [entry, turnBack([entry], base)])) };
  known.set(code, made);
  return made;
}

/** The default configuration with some differences turned back. */
export function turnBack(some: readonly Entry[], base = defaultConfiguration): Configuration {
  return some.reduce<Configuration>((configuration, { code, option, value }) => {
    const set = { [option]: value };
    const over = code === undefined ? { facts: set } : { options: new Map([[code, set]]) };
    return mergeConfigurations(configuration, { ...defaultConfiguration, ...over });
  }, base);
}
