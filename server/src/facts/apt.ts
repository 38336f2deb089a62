import type { ShellCommand, ShellWord } from '../syntax/shell.ts';

/** An `apt-get install`, `apt install` or `aptitude install`. */
export interface AptInstall {
  readonly command: ShellCommand;
  /** The word `install`. */
  readonly verb: ShellWord;
  readonly packages: readonly ShellWord[];
  readonly flags: readonly ShellWord[];
}

const tools = new Set(['apt-get', 'apt', 'aptitude']);
/** Flags whose next word is their value (apt-get(8)). */
const valueFlags = new Set([
  '-t',
  '--target-release',
  '--default-release',
  '-o',
  '--option',
  '-c',
  '--config-file',
  '-a',
  '--host-architecture',
  '-P',
  '--build-profiles',
]);

export function isApt(command: ShellCommand): boolean {
  return tools.has(command.name);
}

/** Reads a command as an install; undefined when it is none. */
export function readAptInstall(command: ShellCommand): AptInstall | undefined {
  if (!isApt(command)) return undefined;
  const flags: ShellWord[] = [];
  const words: ShellWord[] = [];
  for (let i = 0; i < command.args.length; i++) {
    const word = command.args[i] as ShellWord;
    if (!word.value.startsWith('-')) words.push(word);
    else {
      flags.push(word);
      if (valueFlags.has(word.value)) i++;
    }
  }
  const verb = words.find((word) => word.value === 'install');
  return verb && { command, verb, flags, packages: words.filter((word) => word !== verb) };
}

/** Whether a command is `apt-get update` or the like. */
export function isAptUpdate(command: ShellCommand): boolean {
  return isApt(command) && command.args.some((word) => word.value === 'update');
}
