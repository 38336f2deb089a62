import { spawnSync } from 'node:child_process';

export interface CommandLine {
  readonly name: string;
  readonly command: readonly [file: string, ...args: string[]];
  /** A folder put before PATH, where the tool finds ShellCheck. */
  readonly path?: string;
}

/** Milliseconds of one run over files, process start included. */
export function measureRun(tool: CommandLine, files: readonly string[]): number {
  const begin = performance.now();
  const { status, error, stderr } = runTool(tool, files);
  const duration = performance.now() - begin;
  if (status !== 0) throw new Error(`${tool.name} failed (${status}): ${error ?? stderr}`);
  return duration;
}

export function runTool({ command: [file, ...args], path: extra }: CommandLine, files: readonly string[]) {
  return spawnSync(file, [...args, ...files], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, PATH: [extra, process.env.PATH].filter(Boolean).join(':') },
  });
}

/** Runs tools by turns, so that what else the machine does falls on all of them. One list of milliseconds for each. */
export function byTurns(rounds: number, tools: readonly CommandLine[], files: readonly string[]): number[][] {
  const times = tools.map((): number[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [i, tool] of tools.entries()) times[i]?.push(measureRun(tool, files));
  return times;
}
