import { readFile } from 'node:fs/promises';
import type { ShellParser } from '../syntax/shell.ts';
import { loadShellParser } from './shell-parser.ts';

/** The shell parser from the two wasm files that lie beside the bundle. */
export async function loadBundledShellParser(): Promise<ShellParser> {
  const [runtime, grammar] = await Promise.all(
    ['web-tree-sitter.wasm', 'tree-sitter-bash.wasm'].map((name) => readFile(new URL(name, import.meta.url))),
  );
  return loadShellParser(runtime as Buffer, grammar as Buffer);
}
