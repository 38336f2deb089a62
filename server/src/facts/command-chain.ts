import type { ShellCommand } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { FileFacts } from './file-facts.ts';

/** A command of a script that stands in no other one, and what joins it to the one before. */
export interface ChainedCommand {
  readonly command: ShellCommand;
  /** `&&`, `||`, `|`, `;` (a newline too), `&`; nothing for the first one; undefined where something else stands between, a test. */
  readonly joint: string | undefined;
  /** So many groups, `(` or `{`, end in front of the operator, and begin behind it. */
  readonly closes: number;
  readonly opens: number;
}

/** The outermost commands of a RUN that a shell reads; none where the text could not be read. */
export function commandChain(facts: FileFacts, run: Instruction): ChainedCommand[] {
  const shell = facts.shellText(run);
  if (!shell || shell.form === 'exec' || shell.script.hasErrors) return [];
  const chain: ChainedCommand[] = [];
  const text = shell.form === 'heredoc' ? run.node.text : run.node.plain;
  let end = shell.script.from;
  for (const command of shell.script.commands) {
    // What stands in a substitution or in quotes for another shell is part of the command around it.
    if (command.from < end) continue;
    chain.push({ command, ...readBetween(text.slice(end, command.from)) });
    end = command.to;
  }
  return chain;
}

const redirect = /\d?(?:&>>?|<<?<?|>>?|>\|)&?[^\S\n]*[^\s;&|()<>]+/g;

function readBetween(between: string): Omit<ChainedCommand, 'command'> {
  const plain = between
    .replace(/(?<!\S)#[^\n]*/g, '')
    .replace(redirect, ' ')
    .replace(/[^\S\n]+/g, '')
    .replace(/([&|;({])\n+/g, '$1')
    .replace(/\n+/g, ';');
  const [whole, close = '', joint = whole === undefined ? undefined : '', open = ''] =
    /^((?:;?[)}])*)(&&|\|\|?|;|&)?([({]*)$/.exec(plain) ?? [undefined];
  return { joint, closes: close.replaceAll(';', '').length, opens: open.length };
}
