// Looking at the processes of this machine, through /proc.
import { readdirSync, readFileSync } from 'node:fs';

/** The tests know passwords that the programs under test must not find in their environment. */
export function withoutTestSecrets(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([key]) => !key.startsWith('WHEELHOUSE_TEST_')));
}

export function pids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

export function readProcess(pid: number, file: 'cmdline' | 'environ' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It ended, or belongs to the kernel.
    return '';
  }
}

export function parentOf(pid: number): number {
  return Number(/^\d+ \([\s\S]*\) \S (\d+)/.exec(readProcess(pid, 'stat'))?.[1] ?? 0);
}

/** Command lines that match, of processes that live. */
export function running(pattern: RegExp): string[] {
  return pids()
    .filter((pid) => pid !== process.pid)
    .map((pid) => readProcess(pid, 'cmdline').replaceAll('\0', ' ').trim())
    .filter((line) => pattern.test(line));
}
