import { execScript, type Script, type ShellParser } from '../syntax/shell.ts';
import type { Heredoc, InstructionNode, Word } from '../syntax/tree.ts';

/** What a RUN (or the shell form of CMD, ENTRYPOINT, HEALTHCHECK) executes, and by which shell. */
export interface ShellText {
  /** Shell that reads it when the text itself names one (`RUN <<EOF bash`, a shebang); else the stage's SHELL. */
  readonly interpreter: string | undefined;
  /** The words behind the interpreter, such as `-eo pipefail`. */
  readonly interpreterOptions: readonly string[];
  readonly form: 'shell' | 'exec' | 'heredoc';
  readonly script: Script;
}

const unnamed = { interpreter: undefined, interpreterOptions: [] };
const shells = /^(?:ba|da|a|z|k)?sh$/;

/**
 * Reads the commands of an instruction. Parsed once for each instruction text: the result is kept on the node, which
 * the instruction cache shares between files and edits.
 */
export function createScriptReader(parse: ShellParser): (node: InstructionNode) => ShellText | undefined {
  const known = new WeakMap<InstructionNode, ShellText>();
  return (node) => {
    let text = known.get(node);
    if (!text) {
      text = readShellText(node, parse);
      if (text) known.set(node, text);
    }
    return text;
  };
}

function readShellText(node: InstructionNode, parse: ShellParser): ShellText | undefined {
  if (node.keyword !== 'RUN') return undefined;
  if (node.json) {
    return { ...unnamed, form: 'exec', script: execScript(node.json, node.body) };
  }
  const isMarker = (from: number) => node.heredocs.some((heredoc) => heredoc.from === from);
  const words = node.args.filter((word) => !isMarker(word.from));
  const heredoc = node.heredocs[0];
  const program = words[0]?.value.replace(/^.*\//, '');
  if (heredoc && (words.length === 0 || (shells.test(program ?? '') && words.every(isShellWord)))) {
    return readHeredoc(
      node.text,
      heredoc,
      words.map(({ value }) => value),
      parse,
    );
  }
  let plain = node.plain.slice(node.body.from, node.body.to);
  // A heredoc that feeds a program is data; its marker alone would be half a heredoc to the grammar.
  for (const { from, to } of node.heredocs) {
    plain = plain.slice(0, from - node.body.from) + ' '.repeat(to - from) + plain.slice(to - node.body.from);
  }
  return { ...unnamed, form: 'shell', script: parse(plain, node.body.from) };
}

/** The shell itself, an option, or the value of an `-eo`. */
const isShellWord = ({ value }: Word, index: number, words: readonly Word[]) =>
  index === 0 || value.startsWith('-') || /^-\w*o$/.test(words[index - 1]?.value ?? '');

function readHeredoc(
  text: string,
  heredoc: Heredoc,
  program: readonly string[],
  parse: ShellParser,
): ShellText {
  const { from, to } = heredoc.body;
  const body = text.slice(from, to);
  const [interpreter, ...interpreterOptions] = program.length > 0 ? program : readShebang(body);
  const isShell = !interpreter || shells.test(interpreter.replace(/^.*\//, ''));
  const script = isShell ? parse(body, from) : { ...parse('', from), to };
  return { interpreter, interpreterOptions, form: 'heredoc', script };
}

function readShebang(body: string): string[] {
  const line = /^\s*#![ \t]*(?:\S*\/env[ \t]+(?:-S[ \t]+)?)?(\S.*)/.exec(body)?.[1];
  return line?.trim().split(/\s+/) ?? [];
}
