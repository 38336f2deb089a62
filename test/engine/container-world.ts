// What the tests of containers share: the commands and the view of containers over a real engine, and containers to try
// them on.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { JobResult } from '../../client/src/ui/jobs.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run } from '../parts/processes.ts';
import { createContext, eventually, screen } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerContainers } = await import('../../client/src/containers/commands.ts');
const { registerFiles } = await import('../../client/src/files/commands.ts');
const { registerRawJson } = await import('../../client/src/ui/raw-json.ts');

const parts = readParts();
export const image = parts.engine?.baseImage ?? '';
const skip = image ? false : 'needs an engine with its base image';
if (skip && process.env.CI === 'true') throw new Error(skip);
export const limits = { skip, timeout: 60_000 };

export const workbench = createWorkbench(createContext() as never);
export const files = registerFiles(workbench);
registerContainers(workbench, files);
registerRawJson();
export const results: JobResult[] = [];
export const failures: Failure[] = [];
workbench.api.onDidFinish((result) => results.push(result));
workbench.api.onDidFail((failure) => failures.push(failure));

export const prefix = `wh-c-${process.pid}`;
export const name = (suffix: string) => `${prefix}-${suffix}`;
export const created: string[] = [];

export async function docker(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run('docker', args);
  assert.equal(code, 0, `docker ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}
export async function make(suffix: string, flags: readonly string[], ...command: string[]): Promise<string> {
  created.push(name(suffix));
  return docker('run', '--detach', '--name', name(suffix), ...flags, image, ...command);
}
export const ended = async (...names: string[]) => void (await docker('wait', ...names));
export const inspect = async (ref: string, format: string) => docker('inspect', '--format', format, ref);
export const exists = async (ref: string) => (await run('docker', ['inspect', ref])).code === 0;

export async function nodes(): Promise<readonly Node<{ container: string }>[]> {
  const children = await screen.trees.get('wheelhouse.containers')?.provider.getChildren();
  return (children as Node<{ container: string }>[]).filter(({ label }) => label.startsWith(prefix));
}
export async function node(suffix: string): Promise<Node<{ container: string }>> {
  const found = (await nodes()).find(({ label }) => label === name(suffix));
  assert.ok(found, `no node ${suffix}`);
  return found;
}
/** The terminal that is written to next, once that has a word. */
export function nextTerminal(word: string) {
  const before = new Map(screen.terminals.map((terminal) => [terminal, terminal.text.length]));
  return eventually(() =>
    screen.terminals.find((terminal) => terminal.text.slice(before.get(terminal)).includes(word)),
  );
}
export const lastFailure = () => failures.at(-1) as Failure;
export const forever = ['sh', '-c', 'trap "exit 0" TERM; echo ready; while :; do sleep 0.1; done'];

before(() => {
  if (!skip) Object.assign(process.env, toolEnvironment(parts));
});
after(async () => {
  // An open page follows its containers, and would keep the process alive.
  for (const page of screen.pages) page.close();
  if (!skip) await run('docker', ['rm', '--force', ...created]);
});
