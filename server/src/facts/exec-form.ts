import { shellNames } from '../data/command-wrappers.ts';
import { wordTakers } from '../data/word-takers.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { Edit } from '../text/edit.ts';
import { baseImage, isWellKnown, osFamily } from './base-images.ts';
import type { FileFacts } from './file-facts.ts';
import type { Stage } from './stages.ts';
import { isScript, type StartedProgram, startedPrograms, startOf } from './start-command.ts';

/**
 * The program that a stage's own CMD or ENTRYPOINT starts with no shell or script in between, in the file or in the image
 * that it rests on.
 */
export function execProgram(facts: FileFacts, stage: Stage): StartedProgram | undefined {
  if (!stage.byKeyword.has('CMD') && !stage.byKeyword.has('ENTRYPOINT')) return undefined;
  const { entrypoint } = startOf(stage);
  const isPlain = entrypoint ? !isScript(entrypoint.node.json?.[0]?.value ?? '') : isWellKnown(stage);
  if (!isPlain || osFamily(stage) === 'windows') return undefined;
  const [program] = startedPrograms(facts, stage);
  if (!program?.isExec || shellNames.has(program.name) || isScript(program.name)) return undefined;
  return program;
}

/** Whether a program is known to take its words as they are. */
export const takesWords = ({ name, python }: StartedProgram): boolean =>
  wordTakers.has(name) || python !== undefined;

/** A word that is an operator or a redirection where a shell reads it, and a plain argument where none does. */
export const operator = /^(?:&&|\|\|?|;|&|<|(?:[12]|&)?>>?(?:&[12]|\/[\w./-]+)?)$/;

/**
 * Puts a JSON array that has a shell run the command in the place of one; undefined where a word is not easily written,
 * and in an image that has no shell.
 */
export function throughShell(instruction: Instruction, stage: Stage): Edit | undefined {
  if (/^scratch$|distroless/.test(baseImage(stage).repository)) return undefined;
  const { body, json = [], keyword, plain, text } = instruction.node;
  if (text.slice(body.from, body.to) !== plain.slice(body.from, body.to)) return undefined;
  const words = json.map(({ value }) => shellWord(value));
  if (words.length === 0 || words.includes(undefined)) return undefined;
  const isPiped = words.some((word) => /^(?:\|\|?|&)$/.test(word ?? ''));
  // The last command takes the place of the shell, so that signals reach it.
  const last = words.findLastIndex((word) => word === '&&' || word === ';') + 1;
  if (!isPiped) words.splice(last, 0, 'exec');
  // What `docker run` or CMD adds goes behind an ENTRYPOINT.
  const isEntry = keyword === 'ENTRYPOINT';
  const script = [...words, ...(isEntry ? ['"$@"'] : [])].join(' ');
  const array = ['/bin/sh', '-c', script, ...(isEntry ? ['--'] : [])].map((word) => JSON.stringify(word));
  return { span: instruction.at(body), text: `[${array.join(', ')}]` };
}

function shellWord(value: string): string | undefined {
  if (operator.test(value)) return value;
  const isPlain = /^(?:[\w./:=@%+,^-]|\$\w|\$\{\w+(?::?[-+][\w./:-]*)?\}|\$\(\w+\))+$/.test(value);
  if (isPlain) return value;
  return /^[^'$`]*$/.test(value) ? `'${value}'` : undefined;
}
