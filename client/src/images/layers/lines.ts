// Which line of a Dockerfile made a layer, where that is certain: all that the last stage runs and copies is what the image
// tells of its last layers, and of no other Dockerfile that is so.
import { instructions } from '../../runtime/dockerfile-instructions.ts';
import { stepWords } from './report.ts';

export type Line = { readonly file: string; readonly line: number };
export type DockerfileText = { readonly file: string; readonly text: string };

/** For each step the line, or nothing. */
export function linesOf(
  steps: readonly (string | undefined)[],
  dockerfiles: readonly DockerfileText[],
): readonly (Line | undefined)[] {
  const told = steps.map(stepWords);
  const found = dockerfiles.flatMap(({ file, text }) => {
    const lines = match(told, text);
    return lines ? [lines.map((line) => (line === undefined ? undefined : { file, line }))] : [];
  });
  const [only, ...others] = found;
  return only && !others.length ? only : steps.map(() => undefined);
}

const makes = /^(?:RUN|COPY|ADD)\s/i;

function match(
  told: readonly (string | undefined)[],
  text: string,
): readonly (number | undefined)[] | undefined {
  const all = instructions(text);
  const from = all.findLastIndex(({ text }) => /^FROM\s/i.test(text));
  if (from < 0) return undefined;
  const made = all.slice(from + 1).filter(({ text }) => makes.test(text));
  const steps = told
    .flatMap((step, at) => (step && makes.test(step) ? [{ step, at }] : []))
    .slice(-made.length);
  if (!made.length || steps.length < made.length) return undefined;
  const lines: (number | undefined)[] = told.map(() => undefined);
  for (const [index, { step, at }] of steps.entries()) {
    const { text = '', first } = made[index] ?? {};
    if (!agree(step, text)) return undefined;
    lines[at] = first;
  }
  return lines;
}

const words = (text: string) => text.trim().split(/\s+/);

function agree(step: string, instruction: string): boolean {
  const [keyword = '', ...rest] = words(step);
  const [own = '', ...args] = words(instruction);
  if (keyword.toUpperCase() !== own.toUpperCase()) return false;
  // What is only of the build is not told of.
  const first = args.findIndex((word) => !word.startsWith('--'));
  const plain = args.slice(Math.max(0, first)).join(' ');
  const said = rest.join(' ');
  if (said === plain || said === args.join(' ')) return true;
  // The older builder tells what it copied by a sum: `file:… in /app`.
  const [, to] = /^(?:file|dir|multi):\S+ in (\S+)$/.exec(said) ?? [];
  return to !== undefined && trimmed(to) === trimmed(args.at(-1) ?? '') && to.startsWith('/');
}

const trimmed = (path: string) => path.replace(/(?<=.)\/$/, '');
