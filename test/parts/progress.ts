/** One line a step, with the time since the program started, so that a first run never looks stuck. */
export type Log = (part: string, message: string) => void;

export function createLog(write: (line: string) => void = (line) => process.stdout.write(`${line}\n`)): Log {
  const began = performance.now();
  return (part, message) => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(6);
    write(`[${seconds}s] ${part}: ${message}`);
  };
}

/** A part that could not be had here, and the exact command that brings it. */
export type Missing = {
  readonly missing: string;
  readonly why: string;
  readonly install: string;
};

export function isMissing(part: unknown): part is Missing {
  return typeof part === 'object' && part !== null && 'missing' in part;
}

/** One sentence of what is wrong, one of what to do. */
export function describeMissing(part: Missing): string {
  return `${part.missing} is missing: ${part.why}. Install it with: ${part.install}`;
}
