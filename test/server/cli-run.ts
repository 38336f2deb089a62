import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { after } from 'node:test';
import { ensureBundles } from './bundles.ts';

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Below the folder. */
  readonly cwd?: string;
}

/** The real command line in a folder of its own, and hadolint beside it. */
export interface CommandLine {
  /** The bundle. */
  readonly cli: string;
  readonly folder: string;
  run(args: readonly string[], options?: RunOptions): Promise<Run>;
  /** Runs another program as `run` runs ours. */
  runProgram(program: string, args: readonly string[], options?: RunOptions): Promise<Run>;
  /** Writes a file below the folder, and gives the name back. */
  write(name: string, content: string | Uint8Array, mode?: number): string;
}

export async function createCommandLine(): Promise<CommandLine> {
  const { cli } = await ensureBundles();
  const folder = mkdtempSync(path.join(tmpdir(), 'wheel house ü-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  // No configuration, colour or ShellCheck of whoever runs the tests.
  const clean = { HOME: path.join(folder, '.home'), PATH: path.join(folder, '.bin') };

  const runProgram: CommandLine['runProgram'] = async (program, args, options = {}) => {
    const cwd = path.join(folder, options.cwd ?? '');
    const child = spawn(program, [...args], { cwd, stdio: 'pipe', env: { ...clean, ...options.env } });
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    const [out, err, code] = await Promise.all([readAll(child.stdout), readAll(child.stderr), ended]);
    return { code, out, err };
  };
  return {
    cli,
    folder,
    runProgram,
    run: (args, options) => runProgram(process.execPath, [cli, ...args], options),
    write(name, content, mode) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
      if (mode !== undefined) chmodSync(file, mode);
      return name;
    },
  };
}

export const clean = 'FROM python:3.12\nUSER 1000\n';
export const flawed = 'FROM python:3.12\nRUN pip install a==1\nMAINTAINER Ada\nUSER 1000\n';
