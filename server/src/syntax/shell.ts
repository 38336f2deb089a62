import type { Language, Parser, TreeCursor } from 'web-tree-sitter';
import { commandWrappers } from '../data/command-wrappers.ts';
import type { LocalSpan } from '../text/span.ts';

/** A word of a shell command; `value` has quotes and backslashes removed, expansions stay as written. */
export interface ShellWord extends LocalSpan {
  readonly raw: string;
  readonly value: string;
}

/** A simple command, seen through `sudo`, `env` and the like. */
export interface ShellCommand extends LocalSpan {
  /** Name of the program without its folder; empty when the command only assigns variables. */
  readonly name: string;
  readonly nameWord: ShellWord | undefined;
  /** The words behind the name. */
  readonly args: readonly ShellWord[];
  /** `X=1` before the command, as written. */
  readonly assignments: readonly ShellWord[];
  /** Names of the wrappers that were looked through, outermost first. */
  readonly wrappers: readonly string[];
  /** The command as it stands, its first word the name, where something was looked through. */
  readonly literal: ShellCommand | undefined;
}

/** The commands of one shell text, in order of their place. Positions count from the text's beginning plus `base`. */
export interface Script extends LocalSpan {
  readonly commands: readonly ShellCommand[];
  /** The commands as they stand, nothing looked through. */
  readonly literalCommands: readonly ShellCommand[];
  /** The `|` and `|&` that connect commands. */
  readonly pipes: readonly LocalSpan[];
  /** What joins the outermost commands: `&&`, `||`, `;`, `&`, a newline. */
  readonly joints: readonly string[];
  readonly hasComments: boolean;
  /** The grammar could not read all of it; the commands are those that it could. */
  readonly hasErrors: boolean;
}

export type ShellParser = (text: string, base: number) => Script;

/** Wraps a tree-sitter parser that has the bash grammar set; loading them is the adapters' business. */
export function createShellParser(parser: Parser, language: Language): ShellParser {
  parser.setLanguage(language);
  return (text, base) => {
    const tree = parser.parse(text);
    if (!tree) return { from: base, to: base + text.length, ...nothing, hasErrors: true };
    try {
      return walk(tree.walk(), text, base, tree.rootNode.hasError);
    } finally {
      tree.delete();
    }
  };
}

/** Substitutions nested deeper than this are not looked into: the walk recurses, and the call stack is finite. */
const deepest = 500;
const nothing = { commands: [], literalCommands: [], pipes: [], joints: [], hasComments: false };

/** The single command of an exec form, `["pip", "install", "x"]`. */
export function execScript(words: readonly ShellWord[], span: LocalSpan): Script {
  const commands = [makeCommand(span, words, [])];
  return { ...span, ...nothing, commands, literalCommands: commands.map(asWritten), hasErrors: false };
}

function walk(cursor: TreeCursor, text: string, base: number, hasErrors: boolean): Script {
  const commands: ShellCommand[] = [];
  const pipes: LocalSpan[] = [];
  const joints: string[] = [];
  let hasComments = false;
  let depth = 0;

  const here = (): LocalSpan => ({ from: base + cursor.startIndex, to: base + cursor.endIndex });
  const word = (): ShellWord => {
    const raw = text.slice(cursor.startIndex, cursor.endIndex);
    return { ...here(), raw, value: shellValue(raw) };
  };

  /** @param outer whether only the program and lists stand above, so that operators join outermost commands */
  const visit = (outer: boolean): void => {
    const type = cursor.nodeType;
    if (type === 'command') {
      visitCommand();
      return;
    }
    if (type === 'comment') hasComments = true;
    if (depth >= deepest || !cursor.gotoFirstChild()) return;
    depth++;
    const outerChildren = outer && (type === 'program' || type === 'list');
    let afterCommand = false;
    do {
      const child = cursor.nodeType;
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

  const visitCommand = (): void => {
    const span = here();
    const words: ShellWord[] = [];
    const assignments: ShellWord[] = [];
    const place = commands.length;
    if (cursor.gotoFirstChild()) {
      do {
        const type = cursor.nodeType;
        if (type === 'variable_assignment') assignments.push(word());
        else if (!type.endsWith('redirect')) words.push(word());
        if (type !== 'word' && type !== 'command_name')
          visit(false); // substitutions inside
        else if (type === 'command_name' && text.slice(cursor.startIndex, cursor.endIndex).includes('$('))
          visit(false);
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    commands.splice(place, 0, makeCommand(span, words, assignments));
  };

  visit(true);
  cursor.delete();
  const literalCommands = commands.map(asWritten);
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

const asWritten = (command: ShellCommand): ShellCommand => command.literal ?? command;

function makeCommand(
  span: LocalSpan,
  words: readonly ShellWord[],
  assignments: readonly ShellWord[],
): ShellCommand {
  const wrappers: string[] = [];
  const assigned = [...assignments];
  let rest = words;
  for (;;) {
    const name = baseName(rest[0]?.value ?? '');
    const next = skipWrapper(name, rest, assigned);
    if (!next) {
      const command = { ...span, assignments: assigned, wrappers, literal: undefined };
      const written = words[0]?.value ?? '';
      const literal =
        wrappers.length > 0 || written !== name
          ? { ...command, assignments, name: written, nameWord: words[0], args: words.slice(1), wrappers: [] }
          : undefined;
      return { ...command, name, nameWord: rest[0], args: rest.slice(1), literal };
    }
    wrappers.push(name);
    rest = next;
  }
}

/** The words behind a wrapper and its flags; undefined where the first word is none. Notes assignments on the way. */
function skipWrapper(name: string, words: readonly ShellWord[], assigned: ShellWord[]) {
  const wrapper = Object.hasOwn(commandWrappers, name) ? commandWrappers[name] : undefined;
  if (!wrapper) return undefined;
  let skip = 1;
  let positional = wrapper.positional ?? 0;
  for (; skip < words.length; skip++) {
    const word = words[skip] as ShellWord;
    if (/^-[^-]$/.test(word.value) && wrapper.valueFlags.includes(word.value[1] as string)) skip++;
    else if (/^[A-Za-z_]\w*=/.test(word.value)) assigned.push(word);
    else if (!word.value.startsWith('-') && positional-- <= 0) break;
  }
  return skip < words.length ? words.slice(skip) : undefined;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A word's text without quotes and backslashes, as the shell would pass it, save that expansions stay as written. */
export function shellValue(raw: string): string {
  if (!/["'\\]/.test(raw)) return raw;
  return raw.replace(/'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g, (_, single, double, escaped) => {
    if (single !== undefined) return single;
    if (double !== undefined) return double.replace(/\\(["\\$`])/g, '$1');
    return escaped === '\n' ? '' : escaped;
  });
}
