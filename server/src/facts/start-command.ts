import { shellNames } from '../data/command-wrappers.ts';
import { programRunners } from '../data/program-runners.ts';
import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { CommandLine, Instruction } from '../syntax/tree.ts';
import type { Span } from '../text/span.ts';
import type { FileFacts } from './file-facts.ts';
import { lastOf, lineage, type Stage } from './stages.ts';
import { placeIn } from './word-places.ts';

/** A word of a start command at its place in the file. */
export interface StartWord {
  readonly value: string;
  readonly raw: string;
  readonly span: Span;
  /** Without the quotes around it. */
  readonly inner: Span;
}

/** A program that a container starts, seen through `tini`, `uv run`, `exec` and the like. */
export interface StartedProgram {
  /** Its name without folder, that of the module for `python -m module`. */
  readonly name: string;
  /** Where the name stands. */
  readonly word: StartWord;
  /** The words behind the name, or behind the module's. */
  readonly args: readonly StartWord[];
  /** The Python that runs it with its flags, where one is named. */
  readonly python: readonly StartWord[] | undefined;
  /** `X=1` before the command, as written. */
  readonly assignments: readonly string[];
  /** No shell reads its words. */
  readonly isExec: boolean;
  /** `exec` puts it in the place of the shell. */
  readonly isExecuted: boolean;
  /** The instruction that names it. */
  readonly instruction: Instruction<CommandLine>;
}

/** The ENTRYPOINT and CMD that hold at the end of a stage, its ancestors' included. */
export interface Start {
  readonly entrypoint: Instruction<CommandLine> | undefined;
  /** Undefined also where an ENTRYPOINT takes it back: one that comes in a later stage than CMD empties it. */
  readonly cmd: Instruction<CommandLine> | undefined;
}

export function startOf(stage: Stage): Start {
  const stages = lineage(stage);
  const at = (keyword: 'ENTRYPOINT' | 'CMD') => stages.findIndex((one) => one.byKeyword.has(keyword));
  const [entry, cmd] = [at('ENTRYPOINT'), at('CMD')];
  const last = (index: number, keyword: 'ENTRYPOINT' | 'CMD') => {
    const holder = stages[index];
    return holder && lastOf(holder, keyword);
  };
  return {
    entrypoint: last(entry, 'ENTRYPOINT'),
    cmd: entry >= 0 && entry < cmd ? undefined : last(cmd, 'CMD'),
  };
}

/**
 * The programs that a container of a stage starts, ENTRYPOINT and CMD put together. Behind an ENTRYPOINT that is a script
 * those of the CMD, which such scripts end with.
 */
export function startedPrograms(facts: FileFacts, stage: Stage): readonly StartedProgram[] {
  const { entrypoint, cmd } = startOf(stage);
  const ofCmd = () => (cmd ? programsOf(facts, cmd) : []);
  if (!entrypoint) return ofCmd();
  const commands = commandsOf(facts, entrypoint);
  const [only] = commands;
  // The shell form does without CMD.
  if (!entrypoint.node.json || commands.length !== 1 || !only) return programsOf(facts, entrypoint);
  if (isScript(only.words[0]?.value ?? '')) return ofCmd();
  const json = cmd?.node.json ?? [];
  const added = cmd ? json.map((word) => placed(cmd, word)) : [];
  const words = unwrapped([...only.words, ...added]);
  const first = words[0];
  if (!first || first === added[0]) return ofCmd();
  const program = readProgram({ ...only, words });
  return program ? [program] : [];
}

/** Whether a program is a shell script by its name. */
export const isScript = (program: string) => /\.(?:ba)?sh$|entrypoint/.test(program);

/** A command of an instruction, with what a program takes over of it. */
type Command = Pick<StartedProgram, 'assignments' | 'isExec' | 'isExecuted' | 'instruction'> & {
  readonly words: readonly StartWord[];
};

const placed = (instruction: Instruction, word: ShellWord): StartWord => ({
  value: word.value,
  raw: word.raw,
  span: instruction.at(word),
  inner: instruction.at(placeIn(word)),
});

/** The commands of an instruction without the shells that run others. */
function commandsOf(facts: FileFacts, instruction: Instruction<CommandLine>): Command[] {
  const commands = facts.startText(instruction)?.script.commands ?? [];
  const isExec = instruction.node.json !== undefined && commands.length === 1;
  return commands
    .filter((command) => !runsText(command))
    .map(({ nameWord, args, assignments, wrappers }) => ({
      words: (nameWord ? [nameWord, ...args] : []).map((word) => placed(instruction, word)),
      assignments: assignments.map(({ value }) => value),
      isExec,
      isExecuted: wrappers.includes('exec'),
      instruction,
    }));
}

/** `sh -c "…"`, whose commands stand behind it in the list. */
const runsText = ({ name, args }: ShellCommand) =>
  shellNames.has(name) && args.some(({ value }) => /^-\w*c$/.test(value));

/** The programs that one instruction starts, in order. */
export function programsOf(facts: FileFacts, instruction: Instruction<CommandLine>): StartedProgram[] {
  return commandsOf(facts, instruction).flatMap((command) => {
    const program = readProgram({ ...command, words: unwrapped(command.words) });
    return program ? [program] : [];
  });
}

/** The words behind programs that start another. */
function unwrapped(words: readonly StartWord[]): readonly StartWord[] {
  let rest = words;
  for (let i = 0; i < 5; i++) {
    const name = baseName(rest[0]?.value ?? '');
    const runner = Object.hasOwn(programRunners, name) ? programRunners[name] : undefined;
    if (!runner) return rest;
    const { sub, valueFlags = [] } = runner;
    const start = sub ? rest.findIndex(({ value }) => value === sub) + 1 : 1;
    if (start === 0) return rest;
    let at = start;
    while (rest[at]?.value.startsWith('-')) {
      const flag = rest[at]?.value.replace(/^--?/, '') ?? '';
      // `uv run -m uvicorn app:app`
      if (name === 'uv' && (flag === 'm' || flag === 'module')) return rest.slice(at - 1);
      at += valueFlags.includes(flag) ? 2 : 1;
    }
    rest = rest.slice(at);
  }
  return rest;
}

const isPython = (name: string) => /^(?:python|pypy)[\d.]*$/.test(name);

function readProgram({ words, ...common }: Command): StartedProgram | undefined {
  const [first] = words;
  if (!first) return undefined;
  const name = baseName(first.value);
  const value = (at: number) => words[at]?.value ?? '';
  // `uv run -m module`, of which the `run` is left.
  const runsModule = name === 'run' && /^--?m/.test(value(1));
  if (!isPython(name) && !runsModule) {
    const python = name.endsWith('.py') ? [] : undefined;
    return { ...common, name, word: first, args: words.slice(1), python };
  }
  let at = 1;
  while (/^-[A-Za-z]*[^mc\W]$/.test(value(at))) at += /^-[WX]$/.test(value(at)) ? 2 : 1;
  const python = words.slice(0, at);
  const module = /^-\w*m$|^--module$/.test(value(at)) ? words[at + 1] : undefined;
  return module
    ? { ...common, name: module.value, word: module, args: words.slice(at + 2), python }
    : { ...common, name, word: first, args: words.slice(at), python };
}

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
