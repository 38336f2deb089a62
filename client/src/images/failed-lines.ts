// Where a build failed, as BuildKit shows it at the end of its output (seen of BuildKit 0.34 and of that in Docker 20.10).
import { instructions } from '../runtime/dockerfile-instructions.ts';

/** Lines of the Dockerfile, counted from 1. */
export type FailedLines = { readonly first: number; readonly last: number };

/** The excerpt and the error are the last of what a build says; a RUN may have printed megabytes before. */
const looked = 50_000;

/** The lines at fault; undefined where the output does not tell, as that of builders without BuildKit. */
export function failedLines(output: string, dockerfile: string): FailedLines | undefined {
  const lines = output.slice(-looked).split('\n');
  return markedLines(lines) ?? linesOfStep(lines, dockerfile);
}

/** An excerpt of the Dockerfile, whose lines at fault begin with `>>>`. */
function markedLines(lines: readonly string[]): FailedLines | undefined {
  const rule = (at: number) => /^-{10,}\s*$/.test(lines[at] ?? '');
  for (let end = lines.length - 1; end > 0; end--) {
    if (!rule(end)) continue;
    let start = end - 1;
    const marked: number[] = [];
    for (; start > 0 && !rule(start); start--) {
      const shown = /^ *(\d{1,7}) \|( >>>)?/.exec(lines[start] ?? '');
      if (!shown) break;
      if (shown[2]) marked.push(Number(shown[1]));
    }
    if (rule(start) && marked.length && /:\d+\s*$/.test(lines[start - 1] ?? ''))
      return { first: Math.min(...marked), last: Math.max(...marked) };
  }
  return undefined;
}

/** ` > [2/3] RUN …:`, all that older engines show. An instruction that is there twice could be either. */
function linesOfStep(lines: readonly string[], dockerfile: string): FailedLines | undefined {
  const step = lines.findLast(
    (line) => line.startsWith(' > [') && line.includes('] ') && line.trimEnd().endsWith(':'),
  );
  const words = (text: string) => text.split(/\s+/).join(' ').trim();
  const failed = step && words(step.slice(step.indexOf('] ') + 2, step.lastIndexOf(':')));
  const [found, ...others] = instructions(dockerfile).filter(({ text }) => words(text) === failed);
  return found && others.length === 0 ? { first: found.first, last: found.last } : undefined;
}
