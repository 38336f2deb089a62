import { Language, Parser } from 'web-tree-sitter';
import { createShellParser, type ShellParser } from '../syntax/shell.ts';
import { setEngineFlags } from './engine-flags.ts';

/** Milliseconds that this thread has worked, whatever else the machine does; those that passed before Node 23.9. */
function threadTime(): number {
  const usage = process.threadCpuUsage?.();
  return usage ? (usage.user + usage.system) / 1000 : performance.now();
}

/**
 * Starts tree-sitter and loads the bash grammar; takes 35 to 60 ms.
 * @param runtime content of `web-tree-sitter.wasm`
 * @param grammar content of `tree-sitter-bash.wasm`
 */
export async function loadShellParser(runtime: Uint8Array, grammar: Uint8Array): Promise<ShellParser> {
  setEngineFlags();
  await Parser.init({ wasmBinary: runtime });
  return createShellParser(new Parser(), await Language.load(grammar), threadTime);
}
