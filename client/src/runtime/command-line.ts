// A command as people read it: to copy, to show before it runs, to log.
import { argv, type Command } from './exec.ts';
import { findProgram } from './locate.ts';
import { redact } from './redact.ts';

const assigning = /^(?:--env|-e|--build-arg)$/;
const assigned = /^((?:--env|--build-arg)=|-e)?([^=]+)=/s;

/**
 * The command line with the values of all variables and build arguments hidden: which of them are secret is not known by
 * their names.
 */
export function commandLine(command: Command<unknown>, platform: NodeJS.Platform = process.platform): string {
  const { path, args: all } = argv(command);
  const args = all.map((arg, index) => {
    const [, flag = '', name] = assigned.exec(arg) ?? [];
    const isAssigned = assigning.test(all[index - 1] ?? '') ? flag === '' : flag !== '';
    return name && isAssigned ? `${flag}${name}=***` : arg;
  });
  return lineOf(
    programName(path),
    args.map((arg) => redact(arg)),
    platform,
  );
}

/** With all values, for whoever asked for them. */
export function wholeCommandLine(
  command: Command<unknown>,
  platform: NodeJS.Platform = process.platform,
): string {
  const { path, args } = argv(command);
  return lineOf(path, args, platform);
}

/** Where PATH leads to it as well, its folder tells nothing, and takes the room of what comes after. */
function programName(file: string): string {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const bare = name.replace(/\.exe$/i, '');
  return findProgram(bare) === file ? bare : file;
}

export function lineOf(name: string, args: readonly string[], platform: NodeJS.Platform): string {
  const [file = '', ...rest] = [name, ...args].map((arg) => quote(arg, platform));
  // For PowerShell a quoted text is a value, and the call operator makes it a program.
  const program = platform === 'win32' && file.startsWith("'") ? `& ${file}` : file;
  return [program, ...rest].join(' ');
}

/** Several commands, each to run when the one before it went well. */
export function inSequence(lines: readonly string[], platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32') return lines.join(' && ');
  // PowerShell 5.1, which Windows brings, has no `&&`.
  return lines.reduceRight((after, line) => `${line}; if ($?) { ${after} }`);
}

/** Quotes for the shell that people paste into; nothing of ours is ever run from this text. */
function quote(arg: string, platform: NodeJS.Platform): string {
  if (platform !== 'win32') {
    if (/^[\w@%+=:,./-]+$/.test(arg)) return arg;
    return `'${arg.replaceAll("'", "'\\''").replace(steering, printed)}'`;
  }
  // A comma makes a list, and PowerShell cuts `-a.b` and `-a:b` in two (about_Parsing).
  if (/^(?:-{1,2}[\w-]+(?:=[\w+=/\\-]*)?|[\w\\/+][\w+=:./\\-]*)$/.test(arg) && arg !== '--') return arg;
  // Typographic quotes end a quoted text as well (about_Quoting_Rules).
  return `'${arg.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** What a terminal takes for keys or sequences when it is pasted: it could end the paste and go on with a command. */
const steering = /(?![\n\t])\p{Cc}/gu;

function printed(char: string): string {
  const bytes = [...Buffer.from(char)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  return `'"$(printf '${bytes}')"'`;
}
