import { triggerOf } from '../syntax/parse.ts';
import type { Instruction, KeyValues } from '../syntax/tree.ts';
import type { FileFacts } from './file-facts.ts';
import { type ShellSource, shellSource } from './scripts.ts';
import { defaultShell, readShell, shellWords } from './shells.ts';
import type { Stage } from './stages.ts';

/** A shell whose language ShellCheck knows. */
export type Dialect = 'sh' | 'bash' | 'dash' | 'ksh';

/** The text of a RUN that a shell reads, its language, and the variables that are set. */
export interface RunContext {
  readonly run: Instruction;
  readonly source: ShellSource;
  readonly dialect: Dialect;
  readonly variables: Iterable<string>;
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
const predefined = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY'].flatMap((name) => [
  name,
  name.toLowerCase(),
]);

/** What holds at a place of a stage; the stages that build on it begin with it. */
interface State {
  /** Words of the last SHELL or comment `# hadolint shell=…`. */
  readonly shell: readonly string[] | undefined;
  readonly args: ReadonlySet<string>;
  readonly envs: ReadonlySet<string>;
}

/** The RUNs that a shell of the Bourne family reads, in order, with what holds there. */
export function runContexts(facts: FileFacts): RunContext[] {
  const { file, stages, options } = facts;
  const exact = options.shellcheckContext;
  const shellComments = file.comments.flatMap(({ text, span }) => {
    const words = pragma.exec(text)?.[1]?.split(/[ \t]+/);
    return words ? [{ start: span.start, words }] : [];
  });
  const first = stages[0]?.from.span.start ?? 0;
  const initial: State = {
    shell: shellComments.findLast(({ start }) => start < first)?.words,
    args: new Set(),
    envs: new Set(predefined),
  };
  const contexts: RunContext[] = [];
  const ends = new Map<Stage, State>();

  for (const stage of stages) {
    let state = (stage.parent && ends.get(stage.parent)) ?? initial;
    let place = stage.from.span.end;
    let triggered: readonly string[] = [];
    for (const instruction of stage.instructions) {
      const trigger = triggerOf(instruction);
      const run = trigger ?? instruction;
      const { node, span } = run;
      const comment = shellComments.findLast(({ start }) => start > place && start < span.start);
      if (comment) state = { ...state, shell: comment.words };
      place = span.end;
      if (trigger) {
        // An image keeps its ENV and not its ARG, so a trigger sees the former and those of the triggers before it.
        const seen = exact
          ? { state, variables: [...state.envs, ...triggered] }
          : { state: initial, variables: predefined };
        addContext(run, seen.state, seen.variables);
        if (node.keyword === 'ARG' || node.keyword === 'ENV') triggered = [...triggered, ...names(node)];
      } else if (node.keyword === 'RUN') addContext(run, state, [...state.args, ...state.envs]);
      else state = after(instruction, state);
    }
    ends.set(stage, state);
  }
  return contexts;

  function addContext(run: Instruction, { shell }: State, variables: readonly string[]): void {
    const source = shellSource(run.node);
    if (!source || source.text.trim() === '') return;
    const named = exact && source.program.length > 0 ? source.program : shell;
    const words = named ?? [exact ? defaultShell(facts.stageOf(run)) : 'sh'];
    const { program } = readShell(words);
    const dialect = Object.hasOwn(dialects, program) ? dialects[program] : undefined;
    if (dialect) contexts.push({ run, source, dialect, variables });
  }

  function after(instruction: Instruction, state: State): State {
    const { node } = instruction;
    if (node.keyword === 'SHELL') return { ...state, shell: shellWords(instruction) };
    if (node.keyword !== 'ARG' && node.keyword !== 'ENV') return state;
    const set = node.keyword === 'ARG' ? 'args' : 'envs';
    const grown = { ...state, [set]: new Set([...state[set], ...names(node)]) };
    // hadolint 2.15.1 forgets SHELL here.
    return exact ? grown : { ...grown, shell: ['sh'] };
  }
}

const names = ({ pairs }: KeyValues) => pairs.map(({ key }) => key.value);
