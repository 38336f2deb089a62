import { triggerOf } from '../syntax/parse.ts';
import type { Instruction } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';
import type { FileFacts } from './file-facts.ts';
import { type ShellSource, shellSource } from './scripts.ts';
import { defaultShell, readShell, shellWords } from './shells.ts';
import { lastWhere, lineage, type Stage } from './stages.ts';

/** A shell whose language ShellCheck knows. */
export type Dialect = 'sh' | 'bash' | 'dash' | 'ksh';

/** The names of variables; to list them for each RUN would take the square of the file. */
export interface Names {
  has(name: string): boolean;
  /** All of them, where ShellCheck is to know also those that the text does not name; the first 200 of many. */
  readonly all: readonly string[] | undefined;
}

/** The text of a RUN that a shell reads, its language, and the variables that are set. */
export interface RunContext {
  readonly run: Instruction;
  readonly source: ShellSource;
  readonly dialect: Dialect;
  readonly variables: Names;
}

const dialects: Readonly<Record<string, Dialect>> = {
  sh: 'sh',
  bash: 'bash',
  dash: 'dash',
  // BusyBox has the shell of Almquist too; ShellCheck knows its name since 0.10 only.
  ash: 'dash',
  ksh: 'ksh',
  mksh: 'ksh',
};
const pragma = /^hadolint[ \t]+shell[ \t]*=[ \t]*(\S.*)$/i;
/** Set by BuildKit in every RUN (Dockerfile reference, "Predefined ARGs"). */
const predefined: ReadonlySet<string> = new Set(
  ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
);

/** Words of the last SHELL or comment `# hadolint shell=…`; the stages that build on one begin with its last. */
type Shell = readonly string[] | undefined;

/** The names that ARGs and ENVs of a stage set, its triggers apart, with the place of the first that does. */
interface Named {
  readonly args: ReadonlyMap<string, number>;
  /** Of each ARG the first name, which is all that hadolint 2.15.1 sees of it. */
  readonly firstArgs: ReadonlyMap<string, number>;
  readonly envs: ReadonlyMap<string, number>;
  readonly triggered: ReadonlyMap<string, number>;
}

const namedIn = remember((stage: Stage): Named => {
  const named = {
    args: new Map<string, number>(),
    firstArgs: new Map<string, number>(),
    envs: new Map<string, number>(),
    triggered: new Map<string, number>(),
  };
  for (const instruction of stage.instructions) {
    const trigger = triggerOf(instruction);
    const { node, index } = trigger ?? instruction;
    if (node.keyword !== 'ARG' && node.keyword !== 'ENV') continue;
    const names = trigger ? named.triggered : node.keyword === 'ARG' ? named.args : named.envs;
    for (const { key } of node.pairs) if (!names.has(key.value)) names.set(key.value, index);
    const first = node.pairs[0]?.key.value;
    if (!trigger && node.keyword === 'ARG' && first !== undefined && !named.firstArgs.has(first))
      named.firstArgs.set(first, index);
  }
  return named;
});

/** The RUNs that a shell of the Bourne family reads, in order, with what holds there. */
export function runContexts(facts: FileFacts): RunContext[] {
  const { file, stages, options } = facts;
  const exact = options.shellcheckContext;
  const shellComments = file.comments.flatMap(({ text, span }) => {
    const words = pragma.exec(text)?.[1]?.split(/[ \t]+/);
    return words ? [{ start: span.start, words }] : [];
  });
  const commentBefore = (offset: number) =>
    shellComments[lastWhere(shellComments, ({ start }) => start < offset)];
  const initial: Shell = commentBefore(stages[0]?.from.span.start ?? 0)?.words;
  const contexts: RunContext[] = [];
  const ends = new Map<Stage, Shell>();

  for (const stage of stages) {
    let shell = stage.parent ? ends.get(stage.parent) : initial;
    let place = stage.from.span.end;
    for (const instruction of stage.instructions) {
      const trigger = triggerOf(instruction);
      const run = trigger ?? instruction;
      const { node, span } = run;
      const comment = commentBefore(span.start);
      if (comment && comment.start > place) shell = comment.words;
      place = span.end;
      if (trigger) {
        // An image keeps its ENV and not its ARG, so a trigger sees the former and those of the triggers before it.
        if (exact) addContext(run, shell, namesAt(stage, run.index, ['envs', 'triggered'], false));
        else addContext(run, initial, { has: (name) => predefined.has(name), all: undefined });
      } else if (node.keyword === 'RUN')
        addContext(run, shell, namesAt(stage, run.index, [exact ? 'args' : 'firstArgs', 'envs'], !exact));
      else shell = after(instruction, shell);
    }
    ends.set(stage, shell);
  }
  return contexts;

  function addContext(run: Instruction, shell: Shell, variables: Names): void {
    const source = shellSource(run.node);
    if (!source || source.text.trim() === '') return;
    const named = exact && source.program.length > 0 ? source.program : shell;
    const words = named ?? [exact ? defaultShell(facts.stageOf(run)) : 'sh'];
    const dialect = dialects[readShell(words).program];
    if (dialect) contexts.push({ run, source, dialect, variables });
  }

  function after(instruction: Instruction, shell: Shell): Shell {
    const { keyword } = instruction.node;
    if (keyword === 'SHELL') return shellWords(instruction);
    // hadolint 2.15.1 forgets SHELL here.
    return !exact && (keyword === 'ARG' || keyword === 'ENV') ? ['sh'] : shell;
  }
}

/** What is set at a place of a stage, there and in the stages that it builds on; of triggers those of the stage itself. */
function namesAt(stage: Stage, index: number, kinds: readonly (keyof Named)[], lists: boolean): Names {
  const isSet = (one: Stage, name: string) =>
    kinds.some(
      (kind) => (kind !== 'triggered' || one === stage) && (namedIn(one)[kind].get(name) ?? index) < index,
    );
  return {
    has: (name) => predefined.has(name) || lineage(stage).some((one) => isSet(one, name)),
    all: lists ? [...predefined, ...listed(stage, index, kinds)] : undefined,
  };
}

const mostListed = 200;

function listed(stage: Stage, index: number, kinds: readonly (keyof Named)[]): string[] {
  const names: string[] = [];
  for (const one of lineage(stage)) {
    for (const kind of kinds) {
      for (const [name, at] of namedIn(one)[kind]) {
        if (names.length === mostListed || at >= index) break;
        names.push(name);
      }
    }
  }
  return names;
}
