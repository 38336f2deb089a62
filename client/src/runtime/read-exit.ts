// From how a command ended to its value, or to the failure that explains it.
import type { EngineAccess } from './engine.ts';
import type { Command, Exit } from './exec.ts';
import {
  engineStopped,
  explainFailure,
  type Facts,
  failed,
  failureOf,
  type Pattern,
  unreadable,
} from './failures.ts';
import { redact } from './redact.ts';

/** What work is at, and how much of it is done from 0 to 1, where that is known. */
export type Step = { readonly text: string; readonly share?: number };

export type RunFacts = Facts & {
  readonly patterns?: readonly Pattern[];
  readonly cwd?: string;
  readonly stdin?: string;
  /** Variables of the process that no flag stands for. */
  readonly env?: Readonly<Record<string, string>>;
  /** What was typed for this step and must be seen nowhere: values of variables. */
  readonly secrets?: readonly string[];
  /** Of long output only this many letters from its end are wanted. */
  readonly tail?: number;
  /** How long a command that is run quietly may take, if not a minute. */
  readonly timeoutMs?: number;
  /** Hears how it failed, for what the output tells beside the reason. */
  readonly failedWith?: (exit: Exit) => void;
  /** Turns a line of output into the step to show, where it names one. */
  readonly progress?: (line: string) => string | Step | undefined;
};

const longestPlainLine = 7;

/**
 * What is hidden in all that is shown of a step. One or two letters are no secret, and are everywhere; of one with several
 * lines each is one too, as not all of them need be shown together.
 */
export function secretsOf({
  stdin = '',
  secrets = [],
}: Pick<RunFacts, 'stdin' | 'secrets'>): readonly string[] {
  const whole = [stdin, ...secrets].filter((secret) => secret.trim().length > 2);
  const lines = whole.flatMap((secret) => (secret.trim().includes('\n') ? secret.split(/\r?\n/) : []));
  return [...whole, ...lines.filter((line) => line.trim().length > longestPlainLine)];
}

/** The exit's value, or the failure that explains it. */
export async function readExit<T>(
  exit: Exit,
  command: Command<T>,
  facts: RunFacts,
  engine: EngineAccess,
): Promise<T> {
  if (exit.kind === 'exited' && exit.code === 0) {
    try {
      return (await command.parse?.(exit.stdout, exit.stderr)) as T;
    } catch (error) {
      throw failureOf(error) ? error : failed(unreadable(facts));
    }
  }
  facts.failedWith?.(exit);
  let failure = explainFailure(exit, facts, facts.patterns);
  if (failure.id === 'engine-stopped') await engine.stillAnswers();
  // A killed engine leaves all sorts of last words; whether it answers now is what counts.
  if (failure.id === 'unknown' && facts.tool === 'engine' && !(await engine.stillAnswers())) {
    failure = engineStopped(facts);
  }
  throw failed({ ...failure, message: redact(failure.message, secretsOf(facts)) });
}
