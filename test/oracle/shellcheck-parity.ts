import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { presetConfiguration } from '../../server/src/lint/presets.ts';
import { rules } from '../../server/src/rules/index.ts';
import { type Entry, listDifferences } from '../../server/tools/differences.ts';
import type { CorpusFile } from '../corpus/files.ts';
import type { Verdict } from './hadolint.ts';
import type { ShellcheckVerdicts } from './ours.ts';
import { type Agreement, compare, turnBack } from './parity.ts';

/**
 * How often ShellCheck finds through us what it finds through hadolint. That one keeps a single finding for each RUN, so
 * what only we report is right.
 */
export interface ShellcheckParity {
  /** By code, under the preset. */
  readonly preset: ReadonlyMap<string, Agreement>;
  /** By code, without it. */
  readonly plain: ReadonlyMap<string, Agreement>;
  /** How many of hadolint's findings the default lacks, by the entry of docs/differences.md that brings them back. */
  readonly explained: ReadonlyMap<string, number>;
  /** Those that no entry brings back, though the preset has them. */
  readonly unexplained: readonly string[];
}

const hadolint = presetConfiguration('hadolint', rules);
const entries = listDifferences(rules).filter(({ code }) => code === undefined);

/** ShellCheck's findings among those of hadolint's. */
export function shellcheckOf(verdict: Verdict): ReadonlySet<string> {
  return new Set([...(verdict ?? [])].filter((finding) => / SC/.test(finding)));
}

/** Compares on the files that hadolint parses, all at once, so that ShellCheck gets many scripts in one process. */
export async function measureShellcheck(
  files: readonly CorpusFile[],
  said: ReadonlyMap<string, Verdict>,
  ours: ShellcheckVerdicts,
): Promise<ShellcheckParity> {
  const preset = new Map<string, Agreement>();
  const plain = new Map<string, Agreement>();
  const explained = new Map<string, number>();
  const unexplained: string[] = [];
  const read = files.filter(({ name }) => said.get(name));
  const verdicts = await Promise.all(
    read.map(({ text }) => Promise.all([ours(text, hadolint), ours(text, defaultConfiguration)])),
  );
  for (const [i, { name, text }] of read.entries()) {
    const theirs = shellcheckOf(said.get(name));
    const [withPreset, without] = verdicts[i] as (typeof verdicts)[number];
    compare(name, theirs, withPreset, preset);
    compare(name, theirs, without, plain);
    for (const finding of theirs) {
      if (without.has(finding) || !withPreset.has(finding)) continue;
      const entry = await explain(text, finding, ours);
      if (entry) explained.set(entry.id, (explained.get(entry.id) ?? 0) + 1);
      else unexplained.push(`${name}:${finding}`);
    }
  }
  return { preset, plain, explained, unexplained };
}

/** The entry that brings a finding back when it is turned back alone, or the last of those that do so together. */
async function explain(text: string, finding: string, ours: ShellcheckVerdicts): Promise<Entry | undefined> {
  for (const entry of entries) if ((await ours(text, turnBack([entry]))).has(finding)) return entry;
  for (const [i, entry] of entries.entries()) {
    if ((await ours(text, turnBack(entries.slice(0, i + 1)))).has(finding)) return entry;
  }
  return undefined;
}
