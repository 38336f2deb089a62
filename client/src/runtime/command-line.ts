// A command as people read it: to copy, to show before it runs, to log.
import { argv, type Command } from './exec.ts';
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
  const [file = '', ...rest] = [path, ...args].map((arg) => quote(redact(arg), platform));
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
  if (platform !== 'win32')
    return /^[\w@%+=:,./\\-]+$/.test(arg) && !arg.includes('\\') ? arg : `'${arg.replaceAll("'", "'\\''")}'`;
  // A comma makes a list, and PowerShell cuts `-a.b` and `-a:b` in two (about_Parsing).
  if (/^(?:-{1,2}[\w-]+(?:=[\w+=/\\-]*)?|[\w\\/+][\w+=:./\\-]*)$/.test(arg) && arg !== '--') return arg;
  // Typographic quotes end a quoted text as well (about_Quoting_Rules).
  return `'${arg.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}
