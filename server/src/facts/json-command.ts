import type { Instruction, Word } from '../syntax/tree.ts';
import type { Edit } from '../text/edit.ts';
import type { LocalSpan } from '../text/span.ts';

/** The command of a CMD, an ENTRYPOINT or a HEALTHCHECK. */
export interface Command {
  readonly body: LocalSpan;
  readonly args: readonly Word[];
  readonly json: readonly Word[] | undefined;
}

/** The words of a command as a JSON array, as much of it as a message has room for. */
export function shown({ args }: Command): string {
  const json = `[${args.map(({ value }) => JSON.stringify(value)).join(', ')}]`;
  return json.length > 100 ? `[${JSON.stringify(args[0]?.value)}, …]` : json;
}

/** Words that only a shell knows, as the first of a command (POSIX special built-ins, and `cd`). */
const builtin =
  /^(?:[.:]|exec|cd|source|export|set|unset|eval|trap|ulimit|umask|wait|if|for|while|case|until)$|=/;

/** A command in shell form as a JSON array: its words where no shell is needed for them, else the shell by its name. */
export function toJson(
  instruction: Instruction,
  { body, args }: Command,
  text: string,
): { readonly edits: readonly Edit[]; readonly namesShell: boolean } | undefined {
  const { node } = instruction;
  const isPlain = ({ raw, from, to }: Word) =>
    /^(?!~)[\w./:=@%+,~^-]+$|^"[^"$`\\]*"$|^'[^']*'$/.test(raw) && node.text.slice(from, to) === raw;
  if (args.every(isPlain) && !builtin.test(args[0]?.value ?? '')) {
    // Word by word, so that line breaks and comments between them stay.
    const last = args.length - 1;
    const edits = args.map((word, i): Edit => {
      const text = `${i === 0 ? '[' : ''}${JSON.stringify(word.value)}${i === last ? ']' : ','}`;
      return { span: instruction.at(word), text };
    });
    return { edits, namesShell: false };
  }
  if (node.text.slice(body.from, body.to) !== text) return undefined;
  const json = `["/bin/sh", "-c", ${JSON.stringify(text)}]`;
  return { edits: [{ span: instruction.at(body), text: json }], namesShell: true };
}
