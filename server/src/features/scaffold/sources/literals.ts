import type { Program } from './program.ts';

/** A path that a program writes out in quotes. */
export interface Literal {
  readonly by: string;
  readonly path: string;
  /** The last name before the parenthesis that it stands behind; empty where it stands behind none. */
  readonly call: string;
  /** The line that it stands in. */
  readonly line: string;
  /** The same as it is written, where parts of it were put together. */
  readonly raw: string;
  /** The program writes there, as the line says. */
  readonly isWritten: boolean;
}

/** So many characters of a path are read. */
const longest = 120;
const writes =
  /\b(?:to_(?:csv|json|excel|parquet|pickle)|savefig|imwrite|save|save_model|save_pretrained|dump|save_weights|writer|VideoWriter|\w*FileHandler|basicConfig|SummaryWriter|ModelCheckpoint|CSVLogger|save_image|unlink|remove|makedirs|mkdir)\(|["'][wax]b?\+?["']/;

/** Whether a program writes any file, as far as its lines say. */
export const writesFiles = (text: string): boolean => writes.test(text);

/** What looks like a path below the project, in the lines of some programs. */
export function literalsOf(programs: readonly Program[]): Literal[] {
  return programs.flatMap(({ path: by, text }) =>
    text.split('\n').flatMap((whole) => {
      if (whole.trimStart().startsWith('#')) return [];
      // Of `f"{folder}/a.json"` the name is known.
      const line = joined(whole.replace(/(?<=["'])\{[^{}"']*\}\//g, ''));
      const isWritten = writes.test(line);
      return [...line.matchAll(/["']([^"'\s{}%*<>|?$:,;]+)["']/g)].flatMap(({ 1: said = '', index }) => {
        const before = line
          .slice(0, index)
          .replace(/[rbf]$/, '')
          .trimEnd();
        const path = said.replace(/^(?:\.\/)+/, '').replace(/\/$/, '');
        const isPath = said.length <= longest && !/^[/~\\@#&-]/.test(said) && path !== '';
        // `open("a")`, and `open(file="a")`.
        const behind = before.replace(/(?<=\()\s*\w+\s*=$/, '');
        const call = behind.endsWith('(') ? (behind.split(/\W+/).at(-2) ?? '') : '';
        return isPath ? [{ by, path, call, line, raw: whole, isWritten }] : [];
      });
    }),
  );
}

/** `BASE / "logs" / "a.log"` and `join(BASE, "logs", "a.log")` with one path instead of its parts. */
function joined(line: string): string {
  const whole = line.replace(/(?<=[\w-])["'] *\/ *["'](?=[\w-])/g, '/');
  return whole.replace(/\bjoin\([^()]*\)/g, (call) => call.replace(/(?<=[\w-])["'], *["'](?=[\w-])/g, '/'));
}
