// The client in a VS Code without a window, before an engine that is a program of ours and answers as told.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, beforeEach } from 'node:test';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { createContext, screen } from '../engine/fake-vscode.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-hostile-'));
const answers = path.join(folder, 'answers.json');
export const calls = path.join(folder, 'calls');
const program = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
const args = process.argv.slice(2);
const answers = JSON.parse(readFileSync(${JSON.stringify(answers)}, 'utf8'));
appendFileSync(${JSON.stringify(calls)}, JSON.stringify(args) + '\\n');
const key = Object.keys(answers).find((key) => args.join(' ').startsWith(key));
const { out = '', error = '', code = 0 } = answers[key] ?? {};
process.stdout.write(out);
process.stderr.write(error);
process.exitCode = code;
`;
writeFileSync(path.join(folder, 'docker'), program);
chmodSync(path.join(folder, 'docker'), 0o755);
process.env.PATH = `${folder}${path.delimiter}${process.env.PATH}`;
// Logins are read from here, and there are none.
process.env.DOCKER_CONFIG = folder;
after(() => rmSync(folder, { recursive: true }));

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerContainers } = await import('../../client/src/containers/commands.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');
const { registerRegistries } = await import('../../client/src/registries/commands.ts');
const { registerRawJson } = await import('../../client/src/ui/raw-json.ts');

export const context = createContext();
export const kept = (key: string) => context.workspaceState.values.get(key);
await context.workspaceState.update('run:old', { env: { PASSWORD: 'kept before' }, gpu: true });
export const workbench = createWorkbench(context as never);
registerRawJson();
registerContainers(workbench);
registerImages(workbench, async () => [] as never);
registerRegistries(workbench, async () => [] as never);
export const failures: Failure[] = [];
workbench.api.onDidFail((failure) => failures.push(failure));

const info = { out: JSON.stringify({ ServerVersion: '28', OSType: 'linux', Architecture: 'x86_64' }) };
export const id = 'ab'.repeat(32);
export const record = (more: object) => ({
  Id: id,
  Name: '/x',
  State: { Status: 'exited', ExitCode: 1 },
  Config: { Image: 'bikes' },
  ...more,
});
const listed = {
  ID: id,
  Names: 'x',
  Image: 'bikes',
  Ports: '',
  Networks: '',
  Labels: '',
  CreatedAt: '',
  Status: '',
};
type Answer = { readonly out?: string; readonly error?: string; readonly code?: number };
export function answer(given: Readonly<Record<string, Answer>>): void {
  const image = { Id: `sha256:${id}`, RepoTags: ['bikes:1'], Config: { Env: ['A=secret1'] } };
  const all = {
    ...given,
    info,
    'container ls': { out: JSON.stringify(listed) },
    'container inspect': { out: JSON.stringify(record({})) },
    'image inspect': { out: JSON.stringify(image) },
    'image ls': { out: '' },
    ...given,
  };
  writeFileSync(answers, JSON.stringify(all));
}
export const called = (): string[] =>
  existsSync(calls)
    ? readFileSync(calls, 'utf8')
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as string[]).join(' '))
    : [];

beforeEach(() => {
  answer({});
  rmSync(calls, { force: true });
  failures.length = 0;
  screen.shown.length = 0;
  screen.documents.length = 0;
  screen.log.length = 0;
  screen.press = () => undefined;
  screen.answer = () => undefined;
});

export function treeOf(view: string) {
  const tree = screen.trees.get(view);
  assert.ok(tree, view);
  return tree;
}
export async function nodesOf(view: string): Promise<readonly Node[]> {
  return (await treeOf(view).provider.getChildren()) as Node[];
}
