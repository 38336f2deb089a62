/** What ends a program, or lets nobody import it (Python documentation, "sys.exit", "os._exit" and "site"). */
const ends = /^\s*(?:raise\b|(?:sys\.exit|os\._exit|exit|quit)\()/;
/** It may bring what is missing before. */
const brings = /\bsubprocess\b|\bos\.(?:system|exec\w*|popen)\(|\bpip\.main\(/;
/** What catches that a module is missing. */
const catches = (line: string) =>
  /^except ?:/.test(line) ||
  (line.startsWith('except') && /\b(?:ImportError|ModuleNotFoundError|Exception|BaseException)\b/.test(line));

/** A program whose imports stand at the left margin as well where it looks for them and ends without: they are needed like any. */
export function withNeeded(text: string): string {
  if (!/^try\s*:/m.test(text)) return text;
  const lines = text.split('\n');
  /** The lines that stand at the margin, and open or close blocks. */
  const heads = lines.flatMap((line, at) => (/^[^\s#)\]}]/.test(line) ? at : []));
  heads.forEach((head, index) => {
    if (!/^try\s*:/.test(lines[head] ?? '')) return;
    const rest = heads.slice(index + 1);
    const end = rest.findIndex((at) => !/^(?:except|else|finally)\b/.test(lines[at] ?? ''));
    const [first = lines.length] = rest;
    const handlers = (end < 0 ? rest : rest.slice(0, end)).filter((at) => catches(lines[at] ?? ''));
    const bodyOf = (at: number) => lines.slice(at + 1, heads.find((one) => one > at) ?? lines.length);
    if (handlers.length === 0 || !handlers.every((at) => endsProgram(bodyOf(at)))) return;
    const own = indent(bodyOf(head).find((line) => line.trim() !== '') ?? '');
    for (let at = head + 1; at < first; at++)
      if (indent(lines[at] ?? '') === own)
        lines[at] = (lines[at] ?? '').replace(/^\s+(?=(?:import|from)\s)/, '');
  });
  return lines.join('\n');
}

function endsProgram(body: readonly string[]): boolean {
  const own = indent(body.find((line) => /^\s*[^\s#]/.test(line)) ?? '');
  return (
    !body.some((line) => brings.test(line)) && body.some((line) => indent(line) === own && ends.test(line))
  );
}

const indent = (line: string) => line.length - line.trimStart().length;
