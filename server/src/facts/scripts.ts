import { readsStandardInput } from '../syntax/nested-scripts.ts';
import {
  execScript,
  execScriptAsText,
  type Script,
  type ShellCommand,
  type ShellParser,
} from '../syntax/shell.ts';
import type { Heredoc, InstructionNode, Word } from '../syntax/tree.ts';
import { lastWhere } from './stages.ts';

/** What a RUN, CMD or ENTRYPOINT executes, and by which shell. */
export interface ShellText {
  /** Shell that reads it when the text itself names one (`RUN <<EOF bash`, a shebang); else the stage's SHELL. */
  readonly interpreter: string | undefined;
  /** The words behind the interpreter, such as `-eo pipefail`. */
  readonly interpreterOptions: readonly string[];
  readonly form: 'shell' | 'exec' | 'heredoc';
  readonly script: Script;
}

/** The text of a RUN that a shell reads, continuations and comments of the Dockerfile as blanks. */
export interface ShellSource {
  readonly from: number;
  readonly text: string;
  /** The words by which the RUN names its shell; none where SHELL decides. */
  readonly program: readonly string[];
}

export type ScriptReader = (node: InstructionNode, asHadolint?: boolean) => ShellText | undefined;

const unnamed = { interpreter: undefined, interpreterOptions: [] };
const shells = /^(?:ba|da|a|z|k|mk)?sh$/;

/**
 * Reads the commands of an instruction. Parsed once for each instruction text: the result is kept on the node, which
 * the instruction cache shares between files and edits.
 */
export function createScriptReader(parse: ShellParser): ScriptReader {
  const known = [new WeakMap<InstructionNode, ShellText>(), new WeakMap<InstructionNode, ShellText>()];
  return (node, asHadolint = false) => {
    if (node.keyword !== 'RUN' && node.keyword !== 'CMD' && node.keyword !== 'ENTRYPOINT') return undefined;
    // The two ways differ in these forms alone.
    const differs = asHadolint && (node.json !== undefined || node.heredocs.length > 0);
    const texts = known[differs ? 1 : 0];
    let text = texts?.get(node);
    if (!text) {
      text = differs ? readAsHadolint(node, parse) : readShellText(node, parse);
      texts?.set(node, text);
    }
    return text;
  };
}

/** What a shell reads of a RUN; undefined for the exec form and for a heredoc of another program. */
export function shellSource(node: InstructionNode): ShellSource | undefined {
  if (node.keyword !== 'RUN' || node.json) return undefined;
  const { text, plain, body } = node;
  const script = wholeHeredoc(node);
  if (script) {
    const { heredoc, program } = script;
    if (program[0] && !shells.test(baseName(program[0]))) return undefined;
    return { from: heredoc.body.from, text: text.slice(heredoc.body.from, heredoc.body.to), program };
  }
  // With the bodies of its heredocs, which end the text.
  const rest = node.heredocs.length > 0 ? plain.slice(body.to) + text.slice(plain.length) : '';
  return { from: body.from, text: plain.slice(body.from, body.to) + rest, program: [] };
}

function readShellText(node: InstructionNode, parse: ShellParser): ShellText {
  if (node.json) return { ...unnamed, form: 'exec', script: execScript(node.json, node.body, parse) };
  const whole = wholeHeredoc(node);
  if (whole) {
    const [interpreter, ...interpreterOptions] = whole.program;
    const { from, to } = whole.heredoc.body;
    const isShell = !interpreter || shells.test(baseName(interpreter));
    const script = isShell ? parse(node.text.slice(from, to), from) : { ...parse('', from), to };
    return { interpreter, interpreterOptions, form: 'heredoc', script };
  }
  const script = parse(withoutMarkers(node), node.body.from);
  return { ...unnamed, form: 'shell', script: withFedShells(script, node, parse) };
}

/** hadolint 2.15.1 reads the text before a heredoc; where there is none, the text behind the marker and the body. */
function readAsHadolint(node: InstructionNode, parse: ShellParser): ShellText {
  const { text, plain, body, json } = node;
  if (json) return { ...unnamed, form: 'exec', script: execScriptAsText(json, body, parse) };
  const [first] = node.heredocs as readonly [Heredoc];
  const before = plain.slice(body.from, first.from);
  if (before.trim() !== '') return { ...unnamed, form: 'shell', script: parse(before, body.from) };
  const behind = plain.slice(first.to) + text.slice(plain.length, first.body.to);
  return { ...unnamed, form: 'heredoc', script: parse(behind, first.to) };
}

/** The heredoc that is all of a RUN's text, and the words that name its shell: beside the marker, or in a line `#!`. */
function wholeHeredoc(node: InstructionNode): { heredoc: Heredoc; program: readonly string[] } | undefined {
  const [heredoc, another] = node.heredocs;
  // Where there are several, the shell gets them with the text beside them, be it none.
  if (!heredoc || another) return undefined;
  const words = node.args.filter(({ from, to }) => to <= heredoc.from || from >= heredoc.to);
  if (words.length === 0) return { heredoc, program: readShebang(node.text, heredoc) };
  if (!shells.test(baseName(words[0]?.value ?? ''))) return undefined;
  return words.every(isShellWord) ? { heredoc, program: words.map(({ value }) => value) } : undefined;
}

/** The shell itself, an option, or the value of an `-eo`. */
const isShellWord = ({ value }: Word, index: number, words: readonly Word[]) =>
  index === 0 ||
  (value.startsWith('-') && !/^-\w*c/.test(value)) ||
  /^-\w*o$/.test(words[index - 1]?.value ?? '');

/** BuildKit takes a `#!` at the very beginning of the body only, behind the tabs that a dash takes away. */
function readShebang(text: string, { body, chomp }: Heredoc): string[] {
  let from = body.from;
  if (chomp) while (text[from] === '\t') from++;
  if (!text.startsWith('#!', from)) return [];
  const line = text.slice(from, body.to).split('\n', 1)[0] ?? '';
  return /^#![ \t]*(?:\S*\/env[ \t]+(?:-S[ \t]+)?)?(\S.*)/.exec(line)?.[1]?.trim().split(/\s+/) ?? [];
}

/** The text with blanks for the markers of heredocs: one without its body would be half a heredoc to the grammar. */
function withoutMarkers({ plain, body, heredocs }: InstructionNode): string {
  const pieces: string[] = [];
  let at = body.from;
  for (const { from, to } of heredocs) {
    if (from < at) continue;
    pieces.push(plain.slice(at, from), ' '.repeat(to - from));
    at = to;
  }
  return pieces.join('') + plain.slice(at, body.to);
}

/** Adds the commands of heredocs that a shell among the commands reads, `sudo bash <<EOF && more`. */
function withFedShells(script: Script, node: InstructionNode, parse: ShellParser): Script {
  if (node.heredocs.length === 0) return script;
  const commands: ShellCommand[] = [];
  for (const command of script.commands) {
    commands.push(command);
    if (!readsStandardInput(command)) continue;
    for (const heredoc of heredocsBeside(node, command)) {
      const { from, to } = heredoc.body;
      const text = node.text.slice(from, to);
      commands.push(...parse.nested({ from, text, written: text, by: command.name }, command.wrappers));
    }
  }
  return { ...script, commands };
}

/** The heredocs whose markers stand in a command, or beside it with redirections alone between them. */
function heredocsBeside({ plain, heredocs }: InstructionNode, { from, to }: ShellCommand): Heredoc[] {
  let first = lastWhere(heredocs, (heredoc) => heredoc.to <= from) + 1;
  for (let edge = from; isBlankBetween(heredocs[first - 1]?.to, edge); first--)
    edge = heredocs[first - 1]?.from ?? 0;
  let last = lastWhere(heredocs, (heredoc) => heredoc.from < to) + 1;
  for (let edge = to; isBlankBetween(edge, heredocs[last]?.from); last++) edge = heredocs[last]?.to ?? 0;
  return heredocs
    .slice(first, last)
    .filter((heredoc) => !/^[1-9]/.test(plain.slice(heredoc.from, heredoc.to)));

  function isBlankBetween(start: number | undefined, end: number | undefined): boolean {
    // Nobody writes a kilobyte of redirections.
    return start !== undefined && end !== undefined && end - start < 1000 && isBlank(plain.slice(start, end));
  }
}

const isBlank = (text: string) =>
  text.replace(/(?<!\d)\d*(?:<<?-?|>>?|>\||[<>]&|&>>?)[ \t]*[^\s&|;<>()]+/g, '').trim() === '';

function baseName(path: string): string {
  return path.replace(/^.*\//, '');
}
