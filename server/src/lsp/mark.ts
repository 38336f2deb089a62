/** Asked of a server in a thread: it answers when it has done what came before. */
export const turnRequest = 'wheelhouse/turn';

/** Where a thread notes what it is at, so that another one can read it while the thread answers nothing. */
export interface Mark {
  /** Notes that work on a document begins. */
  on(uri: string): void;
  /** How often work began. While this stays the same, the thread is at one and the same piece of work. */
  count(): number;
  /** The document on which work began last. */
  last(): string | undefined;
}

/** Longer URIs are not noted, and so never found at fault. */
const longest = 8_000;
/** The number of marks, and the length of the URI. */
const header = 8;
export const markSize = header + longest;

/** @param memory of `markSize` bytes, which both threads have */
export function createMark(memory: SharedArrayBuffer): Mark {
  const numbers = new Int32Array(memory, 0, 2);
  const bytes = new Uint8Array(memory, header);
  const encoder = new TextEncoder();
  return {
    on(uri) {
      // Encoders refuse to write to shared memory.
      const text = encoder.encode(uri);
      const fits = text.length <= longest;
      if (fits) bytes.set(text);
      Atomics.store(numbers, 1, fits ? text.length : 0);
      Atomics.add(numbers, 0, 1);
    },
    count: () => Atomics.load(numbers, 0),
    last() {
      const length = Atomics.load(numbers, 1);
      return length === 0 ? undefined : new TextDecoder().decode(bytes.slice(0, length));
    },
  };
}

/** The same functions, each of which first calls `note`. */
export function noting<Functions extends object>(functions: Functions, note: () => void): Functions {
  const noted = Object.entries(functions).map(([name, call]) => [
    name,
    (...args: unknown[]) => {
      note();
      return call(...args);
    },
  ]);
  return Object.fromEntries(noted) as Functions;
}
