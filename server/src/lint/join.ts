import type { FileFacts } from '../facts/file-facts.ts';
import type { Edit } from '../text/edit.ts';
import { groupBy } from '../text/group-by.ts';
import { byPlace, type Finding } from './finding.ts';
import { safeFix, takeEdits } from './fix.ts';
import type { Fix } from './rule.ts';

/**
 * Findings of one rule that the same edit mends, as one at the first of their places: what is done once is asked for once.
 * What an ignore comment leaves out is to be gone before, so that the next place speaks where the first one is ignored.
 * @param findings those with a `repair` are joined, the others stay
 */
export function joinRepairs(findings: readonly Finding[], facts: FileFacts): Finding[] {
  const key = ({ code, repair, instruction }: Finding) => {
    const at = facts.file.instructions[repair?.in === 'file' ? -1 : (instruction ?? -1)];
    return `${code} ${at && facts.stageOf(at)?.index} ${repair?.name}`;
  };
  const alone = findings.filter(({ repair }) => repair === undefined);
  const shared = findings.filter(({ repair }) => repair !== undefined);
  return [...alone, ...[...groupBy(shared, key).values()].map(joined)];
}

function joined(findings: readonly Finding[]): Finding {
  const inOrder = [...findings].sort(byPlace);
  const [first, ...others] = inOrder as [Finding, ...Finding[]];
  if (others.length === 0) return first;
  let fixes: readonly Fix[] | undefined;
  return {
    ...first,
    also: others.map(({ span }) => span),
    elsewhere: () => inOrder.flatMap(({ elsewhere }) => elsewhere?.() ?? []),
    fixes() {
      fixes ??= first.repair?.once ? firstFixes(inOrder) : joinFixes(inOrder);
      return fixes;
    },
  };
}

const firstFixes = (findings: readonly Finding[]) =>
  findings.map((finding) => finding.fixes()).find((fixes) => fixes.length > 0) ?? [];

/** The safe fixes together as one; then those of each title of which one is not safe. */
function joinFixes(findings: readonly Finding[]): Fix[] {
  const safe = findings.flatMap((finding) => safeFix(finding) ?? []);
  const byTitle = groupBy(
    findings.flatMap((finding) => finding.fixes()),
    ({ title }) => title,
  );
  const unsafe = [...byTitle.values()].filter((same) => same.some(({ safety }) => safety === 'unsafe'));
  return [
    ...(safe.length > 0 ? [together(safe, 'safe')] : []),
    ...unsafe.map((same) => together(same, 'unsafe')),
  ];
}

function together(fixes: readonly Fix[], safety: Fix['safety']): Fix {
  const edits: Edit[] = [];
  for (const fix of fixes) takeEdits(edits, fix.edits);
  return { ...(fixes[0] as Fix), safety, edits };
}
