import type { ProjectFacts } from '../project.ts';
import { argumentsIn, parts } from '../sources/calls.ts';
import { linesByWord } from '../sources/lines-by-word.ts';
import { code, importRootOf } from '../sources/modules.ts';
import { targetsOf } from '../sources/reach.ts';

/** What a program asks for behind its name: it tells of it itself with `--help`, or only looks at `sys.argv`. */
export type Arguments = 'told' | 'untold' | undefined;

/** Libraries that read a command line and end without what they ask for (documentation of each). */
const readers = /\b(?:fire\.Fire|docopt|tyro\.cli|HfArgumentParser|mark_flags?_as_required)\(/;
const parses = /\.parse_(?:known_)?args\(|\bargparse\b|\b(?:click|typer|cloup|asyncclick)\b/;

/** What a program needs to be given; undefined where it runs without. */
export function argumentsOf({ tree, texts }: Pick<ProjectFacts, 'tree' | 'texts'>, file: string): Arguments {
  const { root, others } = importRootOf(file, tree);
  const importedBy = (path: string) =>
    tree.imports(path).flatMap((one) => targetsOf(path, one, [root, ...others], tree));
  // A program of a few lines has its command line read by a package, or by a module of that.
  const near = importedBy(file);
  const imported = [...new Set([...near, ...near.flatMap(importedBy)])]
    .flatMap((path) => (path === file ? [] : (texts.get(path) ?? [])))
    .filter((text) => parses.test(text) && (file.endsWith('__main__.py') || !/^if\s+__name__/m.test(text)));
  const own = code(texts.get(file) ?? '');
  if ([own, ...imported.map(code)].some(asksWithHelp)) return 'told';
  const isRead = /\bsys\.argv\[ *[1-9] *\]/.test(own) || /\blen\(sys\.argv\) *(?:<|!=)/.test(own);
  return isRead && !/\blen\(sys\.argv\) *(?:>|==)|\bargparse\b/.test(own) ? 'untold' : undefined;
}

function asksWithHelp(text: string): boolean {
  if (readers.test(text)) return true;
  if (/\.add_subparsers\(|@(?:\w+\.)?group\(/.test(text)) return true;
  if (callsOf(text, '.add_mutually_exclusive_group(').some((call) => /\brequired *= *True/.test(call)))
    return true;
  const added = callsOf(text, '.add_argument(');
  if (added.some(isAskedByArgparse)) return true;
  const linesOf = linesByWord(added.length === 0 || text.includes('set_defaults(') ? [] : text.split('\n'));
  if (added.some((call) => isTakenForGiven(call, linesOf))) return true;
  const isClick = /\b(?:click|cloup|asyncclick)\b/.test(text);
  if (isClick && [...callsOf(text, '@click.argument('), ...callsOf(text, '@argument(')].some(isAskedByClick))
    return true;
  if (isClick && callsOf(text, 'option(').some((call) => /\brequired *= *True/.test(call))) return true;
  return /\btyper\b/.test(text) && isAskedByTyper(text);
}

const isAskedByArgparse = (call: string) =>
  /\brequired *= *True/.test(call) ||
  (/^\s*["'][^-"']/.test(call) && (!/\bnargs *= *["'][?*]/.test(call) || isDataOf(call)));
/** An option that need not be given and that the program ends without, as it goes on with None where a path is meant. */
function isTakenForGiven(call: string, linesOf: (word: string) => readonly string[]): boolean {
  const [said] = [...call.matchAll(/["']--([A-Za-z][\w-]*)["']/g)].map(([, one = '']) =>
    one.replaceAll('-', '_'),
  );
  const name = /\bdest *= *["'](\w+)["']/.exec(call)?.[1] ?? said;
  if (name === undefined || /\b(?:default|action|nargs|const) *=/.test(call)) return false;
  const uses = linesOf(name).flatMap((line) => {
    const at = line.indexOf(`.${name}`);
    const behind = line.slice(at + name.length + 1);
    return at < 0 || /^\w/.test(behind) ? [] : [{ before: line.slice(0, at), behind }];
  });
  const isAsked = uses.some(
    ({ before, behind }) =>
      /^ {0,4}(?:=(?!=)|[!=]=|is\b|or\b|:)/.test(behind) ||
      /\b(?:if|and|or|not|bool\() {0,4}\w+$/.test(before),
  );
  // What stands deeper may be done for some other option alone.
  return (
    !isAsked &&
    uses.some(
      ({ before, behind }) =>
        /^(?: {4}|\t)?\S/.test(before) && takesPath.test(before) && /^ {0,4}[,)]/.test(behind),
    )
  );
}
/** None of them takes None for a path (Python documentation, "os" and "pathlib"; of torchvision, `ImageFolder`). */
const takesPath =
  /\b(?:os\.path\.(?:exists|isdir|isfile|join|abspath)|os\.(?:mkdir|makedirs)|open|Path|ImageFolder)\(\w+$/;
/** A place of data without a default is looked at without asking whether it is there. */
const isDataOf = (call: string) =>
  /^\s*["'](?:data|dataset|root)(?:[-_]?(?:dir|path|root|file))?["']/.test(call) &&
  !/\bdefault *=|["']\*/.test(call);
const isAskedByClick = (call: string) => !/\brequired *= *False|\bnargs *= *-1|\bdefault *=/.test(call);

/** Of several commands one must be named, and of the only one each parameter that has no value of its own. */
function isAskedByTyper(text: string): boolean {
  const commands = text.split(/^@\w+\.command\(/m).slice(1);
  const [run] = callsOf(text, 'typer.run(');
  if (commands.length > 1 || /\.add_typer\(/.test(text)) return true;
  const only = commands[0] ?? (run === undefined ? '' : text.slice(text.indexOf(`def ${run.trim()}(`)));
  const head = only.indexOf('(', only.indexOf('def '));
  const parameters = head < 0 ? '' : argumentsIn(only.slice(head + 1));
  return (
    parts(parameters).some((one) => one !== '' && !/=|^\*|: *typer\.Context/.test(one)) ||
    /=\s*typer\.\w+\(\s*\.\.\./.test(parameters)
  );
}

/** What stands in the parentheses of the calls of something. */
const callsOf = (text: string, call: string): string[] =>
  text
    .split(call)
    .slice(1)
    .map((rest) => argumentsIn(rest));
