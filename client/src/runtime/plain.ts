import type { Command, Program } from './exec.ts';

type Argument = string | { readonly value: string };

/** A command of the library as plain argv: its quoting is for shells, and none is used here. */
export function plain<T = void>(response: {
  readonly command: Program;
  readonly args: readonly Argument[];
  readonly parse?: (output: string, strict: boolean) => Promise<T>;
}): Command<T> {
  const { command, args, parse } = response;
  return {
    file: command,
    args: args.map((arg) => (typeof arg === 'string' ? arg : arg.value)),
    parse: parse ? (stdout) => parse(stdout, false) : undefined,
  };
}
