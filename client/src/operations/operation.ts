// Long work as a thing of its own: it goes on whether somebody looks or not, and any number of sinks may show it.
import { type Action, cancelledId, type Failure } from '../runtime/failures.ts';
import type { Step } from '../runtime/read-exit.ts';

export type Made<T = unknown> = {
  readonly value: T;
  readonly message: string;
  readonly next?: readonly Action[];
  /** What it printed is a part of the result. */
  readonly withLog?: boolean;
};

export type Outcome<T = unknown> = { readonly made: Made<T> } | { readonly failure: Failure };

/** Hears of an operation from the moment at which it is attached. */
export type Sink = {
  step?(step: Step): void;
  /** Output without secrets, in portions that end anywhere. */
  print?(text: string): void;
  end?(outcome: Outcome): void;
};

/** What the work tells as it goes on. */
export type Progress = {
  readonly signal: AbortSignal;
  report(text: string, share?: number): void;
  print(text: string): void;
};

export type About = {
  /** Which command it is: `wheels.build`. */
  readonly kind: string;
  readonly title: string;
  /**
   * Of its terminal: begins with what it is about, as a list of terminals shows ten letters or so. `title` without it.
   */
  readonly tab?: string;
};

export type Operation<T = unknown> = About & {
  readonly started: Date;
  /** Never rejects. */
  readonly done: Promise<Outcome<T>>;
  /** What it is at, while it goes on. */
  step(): string | undefined;
  outcome(): Outcome<T> | undefined;
  cancel(): void;
  attach(sink: Sink): void;
};

/**
 * @param work makes the thing and looks that it is there
 * @param explain makes a failure of what the work throws
 * @param signal ends the work, as `cancel` does
 */
export function startOperation<T>(
  { kind, title, tab }: About,
  work: (progress: Progress) => Promise<Made<T>>,
  explain: (error: unknown) => Failure,
  signal?: AbortSignal,
): Operation<T> {
  const sinks: Sink[] = [];
  const own = new AbortController();
  let step: string | undefined;
  let outcome: Outcome<T> | undefined;
  const progress: Progress = {
    signal: signal ? AbortSignal.any([signal, own.signal]) : own.signal,
    report(text, share) {
      step = text;
      for (const sink of sinks) sink.step?.({ text, share });
    },
    print(text) {
      for (const sink of sinks) sink.print?.(text);
    },
  };
  const run = async (): Promise<Outcome<T>> => {
    // Those who start it attach first.
    await undefined;
    try {
      outcome = { made: await work(progress) };
    } catch (error) {
      outcome = { failure: explain(error) };
    }
    step = undefined;
    for (const sink of sinks) sink.end?.(outcome);
    return outcome;
  };
  return {
    kind,
    title,
    tab,
    started: new Date(),
    done: run(),
    step: () => step,
    outcome: () => outcome,
    cancel: () => own.abort(),
    attach: (sink) => void sinks.push(sink),
  };
}

export function wasCancelled(operation: Pick<Operation, 'outcome'>): boolean {
  const outcome = operation.outcome();
  return outcome !== undefined && 'failure' in outcome && outcome.failure.id === cancelledId;
}

/** What somebody cancelled has not failed. */
export function hasFailed(operation: Pick<Operation, 'outcome'>): boolean {
  const outcome = operation.outcome();
  return outcome !== undefined && 'failure' in outcome && !wasCancelled(operation);
}
