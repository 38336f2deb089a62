import type { Agreement, Parity } from './parity.ts';

const percent = (part: number, whole: number) =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(part === whole ? 0 : 2)} %`;

/** Found of hadolint's findings, and reported beyond them, of a table as a whole. */
export function totals(table: ReadonlyMap<string, Agreement>) {
  let both = 0;
  let onlyTheirs = 0;
  let onlyOurs = 0;
  for (const row of table.values()) {
    both += row.both;
    onlyTheirs += row.onlyTheirs.length;
    onlyOurs += row.onlyOurs.length;
  }
  return { both, onlyTheirs, onlyOurs };
}

/** The first part of docs/parity.md: hadolint's rules over a corpus. */
export function renderParity({ refused, files, preset, plain, explained }: Parity): string {
  const codes = [...new Set([...preset.keys(), ...plain.keys()])].sort();
  const cells = (row: Agreement | undefined) => {
    const { both = 0, onlyTheirs = [], onlyOurs = [] } = row ?? {};
    return `${both} | ${onlyTheirs.length} | ${onlyOurs.length}`;
  };
  const { both, onlyTheirs, onlyOurs } = totals(preset);
  const entries = [...explained].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return `# Parity with hadolint

Made by \`npm run parity\` from ${files} public Dockerfiles that hadolint 2.15.1 parses. A finding is a file, the line of
an instruction and a code.

Under the preset \`hadolint\`: ${both} of its ${both + onlyTheirs} findings are found (${percent(both, both + onlyTheirs)}), ${onlyOurs} more are reported
(${percent(onlyOurs, both + onlyTheirs)}).

Files that cannot be read (DL1000): ${refused.both} to both, ${refused.onlyTheirs.length} to hadolint alone, ${refused.onlyOurs.length} to Wheelhouse alone.

| rule | preset: both | only hadolint | only Wheelhouse | default: both | only hadolint | only Wheelhouse |
|---|---|---|---|---|---|---|
${codes.map((code) => `| ${code} | ${cells(preset.get(code))} | ${cells(plain.get(code))} |`).join('\n')}

## What explains the differences of the default

Each disagreement of the default that the preset does not show is counted under the entry of
[differences.md](differences.md) that makes it go away when it is turned back.

| entry | disagreements |
|---|---|
${entries.map(([id, count]) => `| ${id} | ${count} |`).join('\n')}
`;
}
