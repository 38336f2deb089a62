import { buildkitDifferences } from './buildkit-differences.ts';
import type { BuildkitParity } from './buildkit-parity.ts';
import type { Agreement } from './parity.ts';
import { totals } from './render-parity.ts';

/** The second part of docs/parity.md: BuildKit's checks over a corpus. */
export function renderBuildkit(parity: BuildkitParity): string {
  const { checked, early, refused, checks, equal, explained } = parity;
  const names = [...new Set([...checks.keys(), ...equal.keys()])].sort();
  const cells = (row: Agreement | undefined) => {
    const { both = 0, onlyTheirs = [], onlyOurs = [] } = row ?? {};
    return `${both} | ${onlyTheirs.length} | ${onlyOurs.length}`;
  };
  const { both, onlyTheirs, onlyOurs } = totals(equal);
  const reasons = [...refused].map(([reason, files]) => `${reason} (${files.length})`).join('; ');
  const reasonOf = new Map(buildkitDifferences.map(({ id, reason }) => [id, reason]));
  return `
## BuildKit

Made from ${checked} public Dockerfiles that \`docker buildx build --call=check\` of BuildKit 0.34 checks to the end, with every
check on and an empty image in place of each one of a registry; ${early} more that it refuses at a FROM are compared up to
there. Not compared: ${reasons || 'none'}.

On equal terms, which is with the differences turned back that have an option, and with empty images for both,
${both} of its ${both + onlyTheirs} findings are found, and ${onlyOurs} more are reported. A check without a row finds nothing in these files; a test
compares a case of each.

| check | on equal terms: both | only BuildKit | only Wheelhouse | default: both | only BuildKit | only Wheelhouse |
|---|---|---|---|---|---|---|
${names.map((name) => `| ${name} | ${cells(equal.get(name))} | ${cells(checks.get(name))} |`).join('\n')}

Each disagreement of the default has its reason:

| difference | disagreements | reason |
|---|---|---|
${[...explained].map(([id, count]) => `| ${id} | ${count} | ${reasonOf.get(id)} |`).join('\n')}
`;
}
