import type { Language, Parser, TreeCursor } from 'web-tree-sitter';
import type { LocalSpan } from '../text/span.ts';
import { filler, joinInPlace, type NestedScript, nestedScripts, type Quoting } from './nested-scripts.ts';
import { createPatience } from './patience.ts';
import { makeCommand, type ShellCommand, type ShellWord, shellValue } from './shell-commands.ts';

export type { ShellCommand, ShellWord } from './shell-commands.ts';

/** The commands of one shell text, in order of their place. Positions count from the text's beginning plus `base`. */
export interface Script extends LocalSpan {
  /** With those that stand in quotes for another shell, `bash -c "…"`, behind the command that they belong to. */
  readonly commands: readonly ShellCommand[];
  /** The commands as hadolint sees them. */
  readonly literalCommands: readonly ShellCommand[];
  /** The `|` and `|&` that connect commands. */
  readonly pipes: readonly LocalSpan[];
  /** What joins the outermost commands: `&&`, `||`, `;`, `&`, a newline. */
  readonly joints: readonly string[];
  readonly hasComments: boolean;
  /** The grammar could not read all of it; the commands are those that it could. */
  readonly hasErrors: boolean;
}

export interface ShellParser {
  (text: string, base: number): Script;
  /** The commands of a text that another command runs, at the places where they stand. */
  nested(script: NestedScript, outer: readonly string[]): readonly ShellCommand[];
}

/**
 * Wraps a tree-sitter parser that has the bash grammar set; loading them is the adapters' business.
 * @param clock milliseconds of work, by which a text that cannot be read in time is given up
 */
export function createShellParser(
  parser: Parser,
  language: Language,
  clock: () => number = () => performance.now(),
): ShellParser {
  parser.setLanguage(language);
  const patience = createPatience(clock);
  const parseOnce = (text: string, base: number, around: Surroundings): Script => {
    // The grammar takes a NUL for the end of the text, looks behind it, and is surprised at each one.
    const readable = text.includes('\0') ? text.replaceAll('\0', ' ') : text;
    const tree = patience.spend(text.length, (isOver) =>
      parser.parse(readable, undefined, { progressCallback: isOver }),
    );
    if (!tree) {
      parser.reset();
      return { from: base, to: base + text.length, ...nothing, hasErrors: true };
    }
    try {
      return walk(tree.walk(), text, base, around, tree.rootNode.hasError);
    } finally {
      tree.delete();
    }
  };
  const parse = (text: string, base: number, around: Surroundings): Script => {
    let script = parseOnce(text, base, around);
    const separated = script.hasErrors ? text.replace(unseparated, '$1;') : text;
    if (separated !== text) {
      const second = parseOnce(separated, base, around);
      if (!second.hasErrors) script = second;
    }
    return { ...script, commands: withInner(script.commands, nested, 'shell') };
  };
  const nested: ShellParser['nested'] = ({ text, written, from, by }, wrappers) =>
    wrappers.length < deepestShell
      ? parse(text, from, { written, wrappers: [...wrappers, by] }).commands
      : [];
  return Object.assign((text: string, base: number) => parse(text, base, { written: text, wrappers: [] }), {
    nested,
  });
}

/** `fi else`, `fi fi`, `} }`: the shell needs no separator there, the grammar does. */
const unseparated = /(\b(?:fi|done|esac)|[})])[ \t](?=[ \t]*(?:(?:fi|else|elif|then|do|done|esac)\b|\}))/g;
/** Where a command should stand they are errors, though the grammar takes them for its name. */
const reserved = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}']);

/** What stands around a nested text. */
interface Surroundings {
  readonly written: string;
  readonly wrappers: readonly string[];
}

/** Substitutions nested deeper than this are not looked into: the walk recurses, and the call stack is finite. */
const deepest = 500;
/** So many wrappers and shells may stand around a text in quotes. */
const deepestShell = 8;
const nothing = { commands: [], literalCommands: [], pipes: [], joints: [], hasComments: false };

/** The single command of an exec form, `["pip", "install", "x"]`. */
export function execScript(words: readonly ShellWord[], span: LocalSpan, parse: ShellParser): Script {
  const command = makeCommand(span, words, []);
  const commands = withInner([command], parse.nested, 'json');
  return { ...span, ...nothing, commands, literalCommands: [asLiteral(command)], hasErrors: false };
}

/** An exec form as hadolint reads it: its words with blanks between them are a shell text. */
export function execScriptAsText(words: readonly ShellWord[], span: LocalSpan, parse: ShellParser): Script {
  const joined = joinInPlace(words, 'json');
  return joined ? parse(joined.text, joined.from) : { ...span, ...nothing, hasErrors: false };
}

/** Adds behind each command those that it runs: texts for a shell, and what stands behind `find -exec`. */
function withInner(
  commands: readonly ShellCommand[],
  nested: ShellParser['nested'],
  quoting: Quoting,
): readonly ShellCommand[] {
  let places: Set<number> | undefined;
  const all: ShellCommand[] = [];
  for (const command of commands) {
    all.push(command, ...executed(command));
    for (const text of nestedScripts(command, quoting)) {
      // A substitution in double quotes is the outer shell's, and known already.
      places ??= new Set(commands.map(({ from }) => from));
      const known = places;
      all.push(...nested(text, command.wrappers).filter(({ from }) => !known.has(from)));
    }
  }
  return all;
}

/** So many are looked at where nothing ends them, as each goes on to the end. */
const mostExecuted = 20;

/** The commands of `find … -exec COMMAND {} \;`. */
function executed({ name, args, wrappers, assignments }: ShellCommand): ShellCommand[] {
  if (name !== 'find') return [];
  const found: ShellCommand[] = [];
  let end = 0;
  for (let at = 0; at < args.length; at++) {
    if (!/^-(?:exec|ok)(?:dir)?$/.test(args[at]?.value ?? '')) continue;
    // The end of one is that of all before it, too.
    if (end <= at) {
      end = at + 1;
      while (end < args.length && args[end]?.value !== ';' && args[end]?.value !== '+') end++;
    }
    if (found.length >= mostExecuted && end === args.length) break;
    const words = args.slice(at + 1, end);
    const [first, last] = [words[0], words.at(-1)];
    if (!first || !last) continue;
    found.push(makeCommand({ from: first.from, to: last.to }, words, assignments, [...wrappers, name]));
  }
  return found;
}

function walk(
  cursor: TreeCursor,
  text: string,
  base: number,
  { written, wrappers }: Surroundings,
  isBroken: boolean,
): Script {
  const commands: ShellCommand[] = [];
  const pipes: LocalSpan[] = [];
  const joints: string[] = [];
  let hasComments = false;
  /** Errors of the text, the grammar's and those that it passes over. */
  let hasErrors = isBroken;
  let depth = 0;

  const here = (): LocalSpan => ({ from: base + cursor.startIndex, to: base + cursor.endIndex });
  const word = (): ShellWord => {
    const { startIndex, endIndex } = cursor;
    const value = shellValue(text.slice(startIndex, endIndex));
    const raw = written.slice(startIndex, endIndex);
    return { ...here(), raw, value: value.includes(filler) ? value.replaceAll(filler, '') : value };
  };

  /** @param outer whether only the program and lists stand above, so that operators join outermost commands */
  const visit = (outer: boolean): void => {
    const type = cursor.nodeType;
    if (type === 'command' || type === 'declaration_command' || type === 'unset_command') {
      visitCommand(type === 'command');
      return;
    }
    if (type === 'comment') hasComments = true;
    if (type === 'test_command' && !hasBlanksInside(text.slice(cursor.startIndex, cursor.endIndex)))
      hasErrors = true;
    if (depth >= deepest || !cursor.gotoFirstChild()) return;
    depth++;
    const outerChildren = outer && (type === 'program' || type === 'list');
    let afterCommand = false;
    do {
      const child = cursor.nodeType;
      if (child === ';;' && (type === 'program' || type === 'list')) hasErrors = true;
      if (child === '|' || child === '|&') {
        if (type === 'pipeline') pipes.push(here());
      } else if (outerChildren && (child === '&&' || child === '||' || child === ';' || child === '&')) {
        joints.push(child);
        afterCommand = false;
      } else {
        // The grammar has no node for a newline between two commands.
        if (outerChildren && child !== 'comment') {
          if (afterCommand) joints.push('\n');
          afterCommand = true;
        }
        visit(outerChildren);
      }
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
    depth--;
  };

  /** @param isPlain not `export` and the like, whose assignments are arguments */
  const visitCommand = (isPlain: boolean): void => {
    const span = here();
    const words: ShellWord[] = [];
    const assignments: ShellWord[] = [];
    const place = commands.length;
    if (cursor.gotoFirstChild()) {
      do {
        const type = cursor.nodeType;
        // `print("a")` and `Write-Host (…)`
        if (type === 'subshell') hasErrors = true;
        if (isPlain && type === 'variable_assignment') assignments.push(word());
        else if (!type.endsWith('redirect')) words.push(word());
        if (type !== 'word' && type !== 'command_name')
          visit(false); // substitutions inside
        else if (type === 'command_name' && text.slice(cursor.startIndex, cursor.endIndex).includes('$('))
          visit(false);
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    if (reserved.has(words[0]?.raw ?? '')) hasErrors = true;
    commands.splice(place, 0, makeCommand(span, words, assignments, wrappers));
  };

  visit(true);
  cursor.delete();
  const literalCommands = commands.map(asLiteral);
  return {
    from: base,
    to: base + text.length,
    commands,
    literalCommands,
    pipes,
    joints,
    hasComments,
    hasErrors,
  };
}

/** `[ a ]`, not `[a]`. */
const hasBlanksInside = (test: string) => !/^\[[^\s[]|[^\s\]]\]$/.test(test);

const asLiteral = (command: ShellCommand): ShellCommand => command.literal ?? command;
