import type { ProjectFacts } from '../project.ts';
import { statements } from '../sources/effects.ts';
import { code } from '../sources/modules.ts';
import { fileOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** Why nothing happens when a file is started, in a sentence: words for readers are all that stands in it. */
export function emptyFault(facts: ProjectFacts, start: Start): string | undefined {
  if (!/^python3?$/.test(start.words[0] ?? '')) return undefined;
  const file = fileOfStart(facts, start);
  const text = facts.tree.texts.get(file ?? '');
  return file !== undefined && text !== undefined && statements(code(text)).every(isNothing)
    ? `${file} holds no program yet: write it, then add the files again.`
    : undefined;
}

const isNothing = (line: string) => /^(?:["']|pass$|\.\.\.$)/.test(line.trim());
