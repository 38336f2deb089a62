// The instructions of a Dockerfile, for what the client needs to know of one without asking the language server.

export type InstructionText = {
  /** On one line: continued lines joined, without comments and the bodies of heredocs. */
  readonly text: string;
  /** Its lines in the file, counted from 1. */
  readonly first: number;
  readonly last: number;
};

export function instructions(text: string): readonly InstructionText[] {
  const found: InstructionText[] = [];
  const escape = /^#\s*escape\s*=\s*`/im.test(text) ? '`' : '\\';
  let current: string[] = [];
  let first = 0;
  const ends: string[] = [];
  let ended = 0;
  const lines = text.split(/\r?\n/);
  for (const [index, raw] of lines.entries()) {
    if (ended < ends.length && current.length === 0) {
      if (raw.replace(/^\t+/, '') === ends[ended]) ended++;
      continue;
    }
    if (/^\s*(?:#|$)/.test(raw)) continue;
    if (current.length === 0) first = index + 1;
    const trimmed = raw.trimEnd();
    if (trimmed.endsWith(escape)) {
      current.push(trimmed.slice(0, -1), ' ');
      continue;
    }
    const line = current.join('') + raw;
    for (const [, end] of line.matchAll(/<<-?["']?(\w+)["']?/g)) if (end) ends.push(end);
    found.push({ text: line.trim(), first, last: index + 1 });
    current = [];
  }
  if (current.length > 0) found.push({ text: current.join('').trim(), first, last: lines.length });
  return found;
}
