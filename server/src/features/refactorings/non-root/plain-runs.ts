import type { FileFacts } from '../../../facts/file-facts.ts';
import { readPipInstall } from '../../../facts/pip.ts';
import type { ShellCommand } from '../../../syntax/shell.ts';
import type { Instruction } from '../../../syntax/tree.ts';

/** Programs that leave nothing in the home folder of root that is read later. */
const plain =
  /^(?:apt|apt-get|apt-key|apk|rm|mkdir|chmod|chown|cp|mv|ln|echo|set|cd|pip[\d.]*|uv|true|sed|touch|install|update-ca-certificates)$/;
/** What hands on or writes what it is told to: keys and lists of the archives of a system, for the most part. */
const writers = /^(?:curl|gpg|tee|cat)$/;
/** Folders of the system, in which no program's own files lie. */
const ofSystem = /^\/(?:etc|usr\/share|tmp|dev)\//;

/** Whether a RUN leaves nothing that another user than root could not read, or would have to write. */
export const isPlainRun = (facts: FileFacts, run: Instruction): boolean =>
  facts
    .commands(run)
    .every(
      (command) =>
        plain.test(command.name) ||
        readPipInstall(command) !== undefined ||
        (writers.test(command.name) && staysInSystem(run, command)),
    );

/** Whether a command writes to its output, or to folders of the system alone. */
function staysInSystem({ node }: Instruction, { name, args }: ShellCommand): boolean {
  const words = args.map(({ value }) => value);
  const isOutput = (i: number) => /^-\w*o$|^--output$/.test(words[i - 1] ?? '');
  const targets = words.filter(
    (word, i) => isOutput(i) || (name === 'tee' && !word.startsWith('-')) || word.startsWith('--output='),
  );
  const redirects = [...node.plain.matchAll(/>[>|]?[ \t]*["']?([^\s"'&|;]+)/g)].map(([, to = '']) => to);
  const named = [...targets.map((word) => word.replace(/^--output=/, '')), ...redirects];
  return (
    node.heredocs.length === 0 &&
    named.every((path) => ofSystem.test(path)) &&
    !words.some((word) => /^-\w*O|^-\w*o[^-]|^--(?:remote-name|output-dir|import|homedir)/.test(word))
  );
}
