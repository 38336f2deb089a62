import { revelations, unseen } from './fix-exceptions.ts';
import type { Judgement } from './judge-repairs.ts';

/** The part of docs/parity.md about fixes. */
export function renderFixes(all: Judgement, single: Judgement): string {
  const codes = [...new Set([...all.applied.keys(), ...single.applied.keys()])].sort();
  const sum = ({ applied }: Judgement) => [...applied.values()].reduce((a, b) => a + b, 0);
  const times = (entry: (typeof revelations)[number]) =>
    (all.revealed.get(entry) ?? 0) + (single.revealed.get(entry) ?? 0);
  return `
## Fixes

All safe fixes at once, in ${all.repairs} files (${sum(all)} fixes in the first round), and each unsafe fix alone, up to 40 of each rule
(${sum(single)}). Afterwards BuildKit's parser and hadolint read what they read before, ${all.goneForHadolint + single.goneForHadolint} findings are gone for hadolint as
well, none is new save for those below, a second run changes nothing, and edits stay within the instruction save for the
rules that say otherwise. Exceptions to this: ${all.complaints.length + single.complaints.length}.

| rule | safe | unsafe |
|---|---|---|
${codes.map((code) => `| ${code} | ${all.applied.get(code) ?? 0} | ${single.applied.get(code) ?? 0} |`).join('\n')}

What a fix brings to light, as Wheelhouse or hadolint could not see it before:

| fix | findings | why |
|---|---|---|
${revelations.map((entry) => `| ${entry.fix} | ${times(entry)} | ${entry.why} |`).join('\n')}

What hadolint still finds:

| fix | why |
|---|---|
${unseen.map(({ fix, why }) => `| ${fix} | ${why} |`).join('\n')}
`;
}
