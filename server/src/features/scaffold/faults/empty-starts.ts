import type { ProjectFacts } from '../project.ts';
import { statements } from '../sources/effects.ts';
import { code } from '../sources/modules.ts';
import { fileOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** Why nothing happens when a file is started, in a sentence: words for readers are all that stands in it. */
export function emptyFault(facts: ProjectFacts, start: Start): string | undefined {
  if (isGreeting(facts, start))
    return `${start.words[0]} does nothing but greet, as uv wrote it: write the program there, then add the files again.`;
  if (!/^python3?$/.test(start.words[0] ?? '')) return undefined;
  const file = fileOfStart(facts, start);
  const text = facts.tree.texts.get(file ?? '');
  return file !== undefined && text !== undefined && statements(code(text)).every(isNothing)
    ? `${file} holds no program yet: write it, then add the files again.`
    : undefined;
}

/** Whether a command of the package is still the one that `uv init --package` writes (uv documentation, "Creating projects"). */
function isGreeting(facts: ProjectFacts, start: Start): boolean {
  const file = start.file === undefined ? fileOfStart(facts, start) : undefined;
  const text = code(facts.tree.texts.get(file ?? '') ?? '');
  return /^\s*def main\(\)(?: -> None)?:\s+print\(f?"Hello from [\w.-]+!"\)\s*$/.test(text);
}

const isNothing = (line: string) => /^(?:["']|pass$|\.\.\.$)/.test(line.trim());
