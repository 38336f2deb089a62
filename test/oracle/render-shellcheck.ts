import type { Agreement } from './parity.ts';
import { totals } from './render-parity.ts';
import type { ShellcheckParity } from './shellcheck-parity.ts';

/** The part of docs/parity.md about ShellCheck's findings. */
export function renderShellcheck({ preset, plain, explained }: ShellcheckParity): string {
  const { both, onlyTheirs, onlyOurs } = totals(preset);
  const codes = [...new Set([...preset.keys(), ...plain.keys()])].sort();
  const cells = (row: Agreement | undefined) => {
    const { both = 0, onlyTheirs = [], onlyOurs = [] } = row ?? {};
    return `${both} | ${onlyTheirs.length} | ${onlyOurs.length}`;
  };
  const reasons = [...explained].map(([id, count]) => `\`${id}\` ${count}`).join(', ');
  const lost = totals(plain).onlyTheirs - onlyTheirs;
  return `
## ShellCheck

The same files, with ShellCheck 0.11 for Wheelhouse and the one that hadolint has built in. hadolint keeps one finding for
each RUN, so what only Wheelhouse reports are the others of the same RUN.

Under the preset \`hadolint\`: ${both} of its ${both + onlyTheirs} findings are found (${((100 * both) / (both + onlyTheirs)).toFixed(2)} %), ${onlyOurs} more are reported. The
default leaves out ${lost}, which are right for another shell than the one that reads the RUN (by entry of
[differences.md](differences.md): ${reasons || 'none'}).

| code | preset: both | only hadolint | only Wheelhouse | default: both | only hadolint | only Wheelhouse |
|---|---|---|---|---|---|---|
${codes.map((code) => `| ${code} | ${cells(preset.get(code))} | ${cells(plain.get(code))} |`).join('\n')}
`;
}
