import type { Span } from '../../server/src/text/span.ts';

/** What went wrong with an input. */
export interface Failure {
  readonly kind: 'threw' | 'rule failed' | 'broken' | 'hung' | 'out of memory';
  /** What was being done. */
  readonly step: string;
  readonly message: string;
}

/** What is told about one input while it is tried. */
export interface Probe {
  /** Does a part of the work; that it throws is a failure, and the parts behind it are done all the same. */
  step<T>(name: string, work: () => T | Promise<T>): Promise<T | undefined>;
  /** A statement that holds for every input. */
  holds(condition: boolean, otherwise: string): void;
  /** Something that not every input shows; one that shows what none did before is kept in the corpus. */
  shows(feature: string): void;
  readonly fail: (kind: Failure['kind'], message: string) => void;
}

/** @param onStep told before each step, as one that hangs tells nothing any more */
export function createProbe(onStep: (name: string) => void) {
  const failures: Failure[] = [];
  const features = new Set<string>();
  const milliseconds: Record<string, number> = {};
  let now = '';
  const fail = (kind: Failure['kind'], message: string) => void failures.push({ kind, step: now, message });
  const probe: Probe = {
    async step(name, work) {
      now = name;
      onStep(name);
      const before = cpu();
      try {
        return await work();
      } catch (error) {
        fail('threw', error instanceof Error ? (error.stack ?? error.message) : String(error));
        return undefined;
      } finally {
        milliseconds[name] = (milliseconds[name] ?? 0) + cpu() - before;
      }
    },
    holds(condition, otherwise) {
      if (!condition) fail('broken', otherwise);
    },
    shows: (feature) => void features.add(feature),
    fail,
  };
  return { probe, failures, features, milliseconds };
}

/** Milliseconds that this thread worked: other work of the machine does not count. */
export function cpu(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

export const isWithin = (text: string, { start, end }: Span) =>
  0 <= start && start <= end && end <= text.length;

/** An edit that lies in its text, and next to no other that changes the same characters. */
export function areSound(text: string, edits: readonly { readonly span: Span }[]): boolean {
  const sorted = edits.map(({ span }) => span).sort((a, b) => a.start - b.start || a.end - b.end);
  return sorted.every(
    (span, i) => isWithin(text, span) && (i === 0 || (sorted[i - 1] as Span).end <= span.start),
  );
}
