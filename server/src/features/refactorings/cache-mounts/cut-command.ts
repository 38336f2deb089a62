import { commandChain } from '../../../facts/command-chain.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { exitsOnError } from '../../../facts/run-edits.ts';
import type { ShellCommand, ShellWord } from '../../../syntax/shell.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import type { Edit } from '../../../text/edit.ts';

/** Where output goes, `flask>=3` among it. */
const redirected = /^(?:\s*\d?>{1,2}\s*&?[^\s;&|<>]+)*/;
const silenced = /^\s*(?:\d?>{1,2}(?:&\d|\s*\/dev\/null)\s*)+/;

/**
 * Takes a command that succeeds out of a RUN, so that what the others do and return stays. Where it cannot be cut out with
 * the operator beside it, `true` comes in its place.
 */
export function cutCommand(facts: FileFacts, run: Instruction, command: ShellCommand): Edit {
  const instead = { span: run.at(command), text: 'true' };
  const shell = facts.shellText(run);
  const chain = commandChain(facts, run).map((one) => one.command);
  const at = chain.findIndex(({ from, to }) => from === command.from && to === command.to);
  if (!shell || at < 0) return instead;
  const text = shell.form === 'heredoc' ? run.node.text : run.node.plain;
  const previous = chain[at - 1];
  const next = chain[at + 1];
  const sent = previous ? (redirected.exec(text.slice(previous.to, command.from))?.[0].length ?? 0) : 0;
  const end = previous ? previous.to + sent : shell.script.from;
  const before = text.slice(end, command.from);
  const behind = text.slice(command.to, next?.from ?? shell.script.to);
  const sink = silenced.exec(behind)?.[0] ?? '';
  const joint = behind.slice(sink.length).trim();
  const to = command.to + sink.trimEnd().length;
  const cut = (from: number, until: number): Edit => ({ span: run.at({ from, to: until }), text: '' });
  if (!previous)
    return next && before.trim() === '' && /^(?:&&|;)$/.test(joint) ? cut(command.from, next.from) : instead;
  // `a && rm b || c` does c where a fails, as `a || c` does.
  if (/^\s*&&\s*$/.test(before) && /^(?:|&&|;|\|\|)$/.test(joint)) return cut(end, to);
  const ends =
    (before.trim() === ';' || (before.trim() === '' && before.includes('\n'))) && /^;?$/.test(joint);
  return ends && exitsOnError(shell) ? cut(end, to) : instead;
}

/** Takes words of a command away, each with the blanks before it. */
export function cutWords(
  run: Instruction,
  { args, nameWord }: ShellCommand,
  words: readonly ShellWord[],
): Edit[] {
  return words.map((word) => {
    const before = args[args.indexOf(word) - 1] ?? nameWord ?? word;
    return { span: run.at({ from: before.to, to: word.to }), text: '' };
  });
}
