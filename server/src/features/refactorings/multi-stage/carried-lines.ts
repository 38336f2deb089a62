import type { FileFacts } from '../../../facts/file-facts.ts';
import { pathAt } from '../../../facts/paths.ts';
import type { Stage } from '../../../facts/stages.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import type { Copy, Instruction, KeyValues } from '../../../syntax/tree.ts';
import { type CarriedRun, carryRun } from './above-cut.ts';
import { isCompose } from './called-programs.ts';

/** The two parts of a stage. */
export interface Parts {
  readonly facts: FileFacts;
  readonly stage: Stage;
  readonly above: readonly Instruction[];
  readonly rest: readonly Instruction[];
  readonly sources: SourceTexts | undefined;
  /** The final stage installs what is installed above, and needs what installs read. */
  readonly installsAbove: boolean;
}

/** What the final stage has of the part above the cut. */
export interface Carried {
  /** By instruction: what becomes of it, empty where it is left out. */
  readonly lines: ReadonlyMap<Instruction, string>;
  /** Debian packages that no line installs. */
  readonly more: readonly string[];
}

const plain = /^(?:WORKDIR|LABEL|EXPOSE|STOPSIGNAL|MAINTAINER|VOLUME|SHELL)$/;

/**
 * The instructions above the cut that the final stage needs as well, and the Debian packages that it lacks otherwise;
 * undefined where one of them is not understood.
 * @param left what a package leaves behind that is not installed in the final stage
 * @param needsBeside the packages needed beside those that are installed there
 */
export function carriedLines(
  parts: Parts,
  left: (name: string) => readonly string[] | undefined,
  needsBeside: (kept: readonly string[]) => readonly string[] | undefined,
): Carried | undefined {
  const { facts, above, rest } = parts;
  const runs = new Map<Instruction, CarriedRun>();
  for (const it of above) {
    if (it.node.keyword !== 'RUN') continue;
    const run = carryRun(facts, it, (name) => left(name) !== undefined);
    if (!run) return undefined;
    if (run !== 'nothing') runs.set(it, run);
  }
  const installs = [...runs].filter(([, { packages }]) => packages.length > 0);
  // Package lists that nothing is installed from.
  if (installs.length === 0) for (const [it, { makes }] of runs) if (!makes) runs.delete(it);
  const [first] = installs;
  if (first && ![...runs].some(([it, { updates }]) => updates && it.index <= first[0].index))
    return undefined;
  const more = needsBeside(installs.flatMap(([, { packages }]) => packages));
  if (!more) return undefined;
  const settings = above.filter(({ node }) => node.keyword === 'ENV' || plain.test(node.keyword));
  const texts = [
    ...[...runs.values()].map(({ text }) => text),
    ...[...settings, ...rest].map(({ node }) => node.text),
  ];
  const lines = new Map<Instruction, string>();
  const last = installs.at(-1);
  for (const it of above) {
    const line = it.node.keyword === 'RUN' ? runs.get(it)?.text : carry(parts, it, texts);
    if (line === undefined && it.node.keyword !== 'RUN') return undefined;
    const isLast = it === last?.[0] && more.length > 0;
    lines.set(it, (isLast ? last[1].withMore?.(more) : undefined) ?? line ?? '');
  }
  return { lines, more: last ? [] : more };
}

/** The line that installs Debian packages; none where there are none. */
export const installLines = (names: readonly string[]): string[] =>
  names.length === 0
    ? []
    : [
        `RUN apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')} && rm -rf /var/lib/apt/lists/*`,
      ];

/** An instruction of the final stage; empty where it needs none, undefined where that is not known. */
function carry(parts: Parts, it: Instruction, texts: readonly string[]): string | undefined {
  const { node } = it;
  if (plain.test(node.keyword)) return node.text;
  if (node.keyword === 'USER') return /^(?:root|0)$/.test(node.args[0]?.value ?? '') ? node.text : undefined;
  if (node.keyword === 'ENV' || node.keyword === 'ARG') return isOfUse(parts, node, texts) ? node.text : '';
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return undefined;
  if (node.flags.some(({ name }) => name === 'from'))
    return node.sources.every(({ value }) => /\/uvx?$/.test(value)) ? '' : undefined;
  if (node.keyword === 'ADD' && node.sources.some(({ value }) => /:\/\/|^git@/.test(value))) return undefined;
  if (parts.installsAbove && node.sources.every(({ value }) => isManifest(value))) return node.text;
  if (isForInstalls(parts, it as Instruction<Copy>, texts)) return '';
  return changesSeldom(parts, it as Instruction<Copy>) ? node.text : undefined;
}

/** Whether a COPY brings single files: with the code above them all installs would be done anew, and written twice. */
function changesSeldom({ facts }: Parts, it: Instruction<Copy>): boolean {
  const known = facts.context?.files?.files;
  return it.node.sources.every(({ value }) => {
    const path = value.replace(/^\.?\//, '');
    if (known?.some((file) => file.path === path)) return true;
    return known === undefined && /[^/]\.\w+$/.test(path);
  });
}

/** Settings of installers serve a final stage that installs, and build arguments one that names them. */
function isOfUse(
  { facts, rest, installsAbove }: Parts,
  { keyword, pairs }: KeyValues,
  texts: readonly string[],
): boolean {
  const installs =
    installsAbove ||
    rest.some((it) => facts.commands(it).some(({ name }) => /^(?:pip[\d.]*|uv|python[\d.]*)$/.test(name)));
  return pairs.some(({ key: { value: name } }) => {
    if (/^(?:PIP|UV|POETRY)_/.test(name)) return installs;
    return keyword === 'ENV' || /_proxy$|^DEBIAN_/i.test(name) || texts.some((text) => text.includes(name));
  });
}

/** Whether a COPY brings files that nobody reads but the installs above the cut. */
function isForInstalls(parts: Parts, it: Instruction<Copy>, texts: readonly string[]): boolean {
  const { facts, stage, rest, sources } = parts;
  const { sources: paths, heredocs, destination } = it.node;
  if (heredocs.length > 0 || !paths.every(({ value }) => isManifest(value))) return false;
  const folder = (one: Instruction, word = (one.node as Copy).destination) =>
    word && pathAt(facts.file, stage, one, word);
  const isCopiedAgain = rest.some(
    (one) =>
      one.node.keyword === 'COPY' &&
      one.node.sources.some(({ value }) => /^\.?\/?$/.test(value)) &&
      one.node.flags.every(({ name }) => name !== 'from') &&
      folder(one) === folder(it, destination),
  );
  if (isCopiedAgain) return true;
  if (rest.some((one) => facts.commands(one).some(({ name }) => name === 'uv'))) return false;
  const code = [...(sources ?? [])].filter(([path]) => /\.(?:py|sh)$/.test(path) || isCompose(path));
  const all = [...texts, ...code.map(([, text]) => text)];
  return !paths.some(({ value }) =>
    all.some((text) => text.includes(value.slice(value.lastIndexOf('/') + 1))),
  );
}

/** Files that an install reads. */
function isManifest(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^(?:pyproject\.toml|uv\.lock|\.python-version|constraints[\w.-]*\.txt)$/.test(name)) return true;
  return /^[\w.*?-]+\.(?:txt|in)$/.test(name)
    ? name.includes('requirement')
    : /(?:^|\/)requirements\/?$/.test(path);
}
