import { setFlagsFromString } from 'node:v8';

/**
 * What V8 is asked for, in all threads of a process: before the first program is loaded, as compiled code is good for the
 * flags only under which it was made.
 */
export function setEngineFlags(): void {
  // The optimizing compiler takes 500 MB and more time than it ever saves for the shell grammar's one huge lexer function.
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
  // Compiled code is kept after some work, and would lack what ran once at the start.
  setFlagsFromString('--no-flush-bytecode');
  // For who gives memory back at rest.
  setFlagsFromString('--expose-gc');
}
