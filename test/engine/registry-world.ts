// A VS Code whose logins, tokens and messages can be looked at, before a real engine and real registries.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach } from 'node:test';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { JobResult } from '../../client/src/ui/jobs.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run } from '../parts/processes.ts';
import { createContext, eventually, execute, screen } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerRegistries } = await import('../../client/src/registries/commands.ts');

const parts = readParts();
const skip =
  parts.engine && parts.registry && parts.protectedRegistry ? false : 'needs an engine and both registries';
if (skip && process.env.CI === 'true') throw new Error(skip);
/** For every test. */
export const limits = { skip, timeout: 60_000 };
export const image = `wh-r-${process.pid}:tiny`;
export const open = parts.registry ?? '';
export const {
  address: guarded,
  user,
  password,
} = parts.protectedRegistry ?? { address: '', user: '', password: '' };

export const context = createContext();
export const workbench = createWorkbench(context as never);
// No language server here: a test gives its answer.
export const server = { images: [] as unknown[] };
registerRegistries(workbench, async () => server.images as never);
export const results: JobResult[] = [];
export const failures: Failure[] = [];
workbench.api.onDidFinish((result) => results.push(result));
workbench.api.onDidFail((failure) => failures.push(failure));

export const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-registries-'));
export const configFile = path.join(folder, 'config.json');
const names = ['bikes', 'owner/trainer'].map((name) => `${open}/wh-r-${process.pid}/${name}:1.0`);
const servers: Server[] = [];

/** Answers the questions of a login; the token goes into the box that hides what is typed. */
export function answerWith(answers: {
  registry?: string;
  host?: string;
  username?: string;
  token?: string;
}): void {
  screen.answer = ({ kind, title, password: hidden }) => {
    if (hidden) return answers.token;
    if (kind === 'pick') return answers.registry;
    return title.endsWith('Registry') ? answers.host : answers.username;
  };
}
export async function logIn(registry: string, token: string, username = user): Promise<unknown> {
  answerWith({ token });
  return execute('wheelhouse.registries.login', { registry, username });
}
/** The terminal opens a moment after what is written to it. */
export const terminalSays = (words: RegExp) =>
  eventually(() => words.exec(screen.terminals.at(-1)?.text ?? '') ?? undefined);
export const configured = () =>
  (JSON.parse(readFileSync(configFile, 'utf8')) as { auths?: object }).auths ?? {};
export const lastFailure = () => failures.at(-1) as Failure;
export const rootNodes = async () =>
  (await screen.trees.get('wheelhouse.registries')?.provider.getChildren()) as Node<{ registry: string }>[];
export const node = async (host: string) => (await rootNodes()).find(({ label }) => label === host);
export const below = async (parent: Node | undefined) =>
  (await screen.trees.get('wheelhouse.registries')?.provider.getChildren(parent)) as Node[];

export function serve(listener: RequestListener, address = '127.0.0.1'): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, address, () => resolve(`${address}:${(server.address() as AddressInfo).port}`));
  });
}

/** Every test starts without logins; call it once in a test file. */
export function prepare(): void {
  before(async () => {
    if (skip) return;
    Object.assign(process.env, toolEnvironment(parts), { DOCKER_CONFIG: folder });
    // What this process was given must not reach the processes that are looked at.
    for (const key of Object.keys(process.env))
      if (process.env[key]?.includes(password)) delete process.env[key];
    // An empty archive makes an image that is pushed at once.
    assert.equal((await run('docker', ['import', '-', image], { input: '\0'.repeat(10_240) })).code, 0);
    for (const name of names) {
      assert.equal((await run('docker', ['tag', image, name])).code, 0);
      assert.equal((await run('docker', ['push', name])).code, 0);
    }
  });
  beforeEach(() => {
    writeFileSync(configFile, '{}');
    context.kept.clear();
    answerWith({});
  });
  after(async () => {
    for (const server of servers) server.closeAllConnections();
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true, force: true });
    if (!skip) await run('docker', ['image', 'rm', image, ...names]);
  });
}
