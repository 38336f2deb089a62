import type { FileFacts } from '../facts/file-facts.ts';
import type { Edit } from '../text/edit.ts';
import { byPlace, type Finding } from './finding.ts';
import { safeFix, takeEdits } from './fix.ts';
import type { Fix } from './rule.ts';

/**
 * Findings of one rule that the same edit mends, as one at the first of their places: what is done once is asked for once.
 * What an ignore comment leaves out is to be gone before, so that the next place speaks where the first one is ignored.
 * @param findings those with a `repair` are joined, the others stay
 */
export function joinRepairs(findings: readonly Finding[], facts: FileFacts): Finding[] {
  const byRepair = new Map<string, Finding[]>();
  const alone: Finding[] = [];
  for (const finding of findings) {
    const { code, repair, instruction } = finding;
    if (repair === undefined) {
      alone.push(finding);
      continue;
    }
    const at = facts.file.instructions[repair.in === 'file' ? -1 : (instruction ?? -1)];
    const key = `${code} ${at && facts.stageOf(at)?.index} ${repair.name}`;
    const same = byRepair.get(key);
    if (same) same.push(finding);
    else byRepair.set(key, [finding]);
  }
  return [...alone, ...[...byRepair.values()].map(joined)];
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

/** The safe fixes together as one, and so the others of each title. */
function joinFixes(findings: readonly Finding[]): Fix[] {
  const alike = new Map<string, Fix[]>();
  for (const finding of findings) {
    const safe = safeFix(finding);
    for (const fix of finding.fixes()) {
      if (fix.safety === 'safe' && fix !== safe) continue;
      const key = fix === safe ? 'safe' : `unsafe ${fix.title}`;
      const same = alike.get(key);
      if (same) same.push(fix);
      else alike.set(key, [fix]);
    }
  }
  return [...alike.values()].map((fixes) => {
    const edits: Edit[] = [];
    for (const fix of fixes) takeEdits(edits, fix.edits);
    return { ...(fixes[0] as Fix), edits };
  });
}
