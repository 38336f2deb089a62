import { argumentsIn, parts } from '../sources/calls.ts';
import { linesByWord, wordOf } from '../sources/lines-by-word.ts';
import type { Literal } from '../sources/literals.ts';
import type { Program } from '../sources/program.ts';

const isOutput =
  /^(?:out|outdir|outfile|output|dest|destination|(?:out|output|save|results?|export|download|report)[-_]?(?:dir|directory|file|path|folder|to|csv|json))$/i;
const holdsOutput = /out|result|save|dest|target|export|report/i;
const isTop = /root|base|project|home|cwd/i;

/** Where a person tells a program to write. */
export interface OutputOption {
  readonly name: string;
  /** What it takes where it is told nothing. */
  readonly value: string | undefined;
  readonly isRequired: boolean;
}

/** The options and arguments of command lines (argparse, Click) that tell where results go. */
export const outputOptions = (programs: readonly Program[]): OutputOption[] =>
  programs.flatMap(({ text }) =>
    text
      .split(/\.add_argument\(|\boption\(/)
      .slice(1)
      .flatMap((rest) => {
        const given = parts(argumentsIn(rest)).map((one) => one.trim());
        const names = given.flatMap((one) => /^["'](-{0,2}[A-Za-z][\w-]*)["']$/.exec(one)?.[1] ?? []);
        const name = names.find((one) => isOutput.test(one.replace(/^-+/, '')));
        if (name === undefined || given.some((one) => /^(?:action|choices|is_flag)\s*=/.test(one))) return [];
        const value = given
          .map((one) => /^default\s*=\s*(?:Path\()?["']([^"']+)["']/.exec(one)?.[1])
          .find(Boolean);
        const isRequired = !name.startsWith('-') || given.some((one) => /^required\s*=\s*True/.test(one));
        return [{ name, value, isRequired }];
      }),
  );

/** A path stands below a folder of results: `out_dir / "a.csv"`, `join(out_dir, "a.csv")`. */
export function isBelowOutput({ path, line }: Pick<Literal, 'path' | 'line'>): boolean {
  const at = Math.max(line.indexOf(`"${path}"`), line.indexOf(`'${path}'`));
  const before = line.slice(0, Math.max(at, 0)).trimEnd();
  const name = /(?<!\w)(\w{1,60}) ?\/$/.exec(before)?.[1] ?? /\bjoin\( *(\w+),$/.exec(before)?.[1] ?? '';
  return holdsOutput.test(name) && !isTop.test(name);
}

/** Folders that a variable for results is given: `OUTPUT_DIR = ROOT / "outputs"`, `config.output_dir = "outputs"`. */
export function outputFolder({ path, line }: Literal): string | undefined {
  const name = /^\s*(?:\w+\.){0,3}(\w+) *(?::[^=]*)?=(?!=)/.exec(line)?.[1] ?? '';
  const before = line.slice(0, Math.max(line.indexOf(`"${path}"`), line.indexOf(`'${path}'`), 0)).trimEnd();
  const isValue = /(?:=|\/|\bor|\bPath\(|\bjoin\([^()"']{0,80},)$/.test(before);
  // `dest="page",` stands in a call.
  return isValue && !line.trimEnd().endsWith(',') && isOutput.test(name) && /^[\w-]+$/.test(path)
    ? path
    : undefined;
}

/** What writes to the path that it is given first, and what to the one that it is given last. */
const writesFirst =
  'to_(?:csv|excel|json|parquet|pickle|feather|html)|savefig|imwrite|save_image|VideoWriter|ExcelWriter|save|save_weights|savez|savez_compressed|savetxt|write_image|write_html';
const writesResult = new RegExp(`^(?:${writesFirst})$`);
const writesLast = /\b(?:torch\.save|joblib\.dump)\(/;
/** The name that they are given in these places. */
const givenFirst = new RegExp(`\\b(?:${writesFirst})\\(\\s*(\\w+)`, 'g');
const givenLast = /,\s*(\w+)\s*\)/g;

/** Files of results that a program writes beside itself, and does not take away again. */
export function resultFiles(literals: readonly Literal[], programs: readonly Program[]): string[] {
  const lines = programs.flatMap(({ text }) => text.split('\n'));
  const linesOf = linesByWord(lines);
  const removers = lines.filter((line) => /\b(?:remove|unlink)\(/.test(line));
  const holds = (line: string, path: string) => line.includes(`"${path}"`) || line.includes(`'${path}'`);
  return literals.flatMap((one) => {
    const { path, call, line } = one;
    if (!/^[\w-]+\.\w+$/.test(path) || isBelowOutput(one)) return [];
    const name = /^\s*([A-Za-z_]\w*) ?= ?["'][^"']+["']\s*$/.exec(line)?.[1];
    const uses = name === undefined ? [] : linesOf(name);
    const isWritten =
      writesResult.test(call) ||
      (writesLast.test(line) && line.trimEnd().endsWith(')') && call !== 'load') ||
      // What is read again is of the program itself.
      (call === 'open' &&
        /,\s*(?:mode\s*=\s*)?["'][wax]b?\+?["']/.test(line) &&
        linesOf(wordOf(path)).filter((other) => holds(other, path)).length === 1) ||
      uses.some(
        (use) => isGiven(name, use, givenFirst) || (writesLast.test(use) && isGiven(name, use, givenLast)),
      );
    const isRemoved = removers.some(
      (other) => holds(other, path) || (name !== undefined && other.split(/\W+/).includes(name)),
    );
    return isWritten && !isRemoved ? [path] : [];
  });
}

/** `savefig(f"loss_{epoch}")`: names with a part that is known when it is written, told with a star there. */
export const patternFiles = (programs: readonly Program[]): string[] =>
  programs.flatMap(({ text }) =>
    [...text.matchAll(writesPattern)].flatMap(([, call = '', written = '']) => {
      const name = written.replace(/\{[^{}]*\}/g, '*');
      // Without an end a figure is a PNG (Matplotlib documentation, "savefig").
      const whole = call === 'savefig' && !/\.\w+$/.test(name) ? `${name}.png` : name;
      return /^(?!\*+\.\w+$)[\w*-]+\.\w+$/.test(whole) ? [whole] : [];
    }),
  );
const writesPattern = new RegExp(
  `\\b(${writesFirst})\\(\\s*f["']([^"'\\n{]{0,100}\\{[^"'\\n]{0,200})["']`,
  'g',
);

const isGiven = (name: string | undefined, line: string, place: RegExp) =>
  [...line.matchAll(place)].some(([, given]) => given === name);
