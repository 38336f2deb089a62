// What the tests of files that are tried before they are written share: Add Container Files over a real engine and the real service.
// The images that cannot be pulled are stand-ins under the very names that the Dockerfile has, as in scaffold.test.ts.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { JobResult } from '../../client/src/ui/jobs.ts';
import { copiedFiles } from '../../server/src/features/copied-files.ts';
import {
  type CopiedFilesParams,
  copiedFilesRequest,
  type ScaffoldKindsParams,
  type ScaffoldParams,
  scaffoldKindsRequest,
  scaffoldRequest,
} from '../../server/src/protocol/requests.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run, runOrThrow } from '../parts/processes.ts';
import { createFolderService } from '../server/folder-service.ts';
import type { Asked } from './fake-boxes.ts';
import { openFolders } from './fake-disk.ts';
import { createContext, enter, execute, screen } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');
const { registerProject } = await import('../../client/src/project/commands.ts');

const parts = readParts();
const standIn = parts.engine?.baseStandIn ? parts.engine.baseImage : undefined;
const skip = standIn ? false : 'needs an engine with the stand-in of its base image';
export const limits = { skip, timeout: 120_000 };
export const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse first, '));
const own = path.join(root, 'tmp');
const service = await createFolderService();
const untouched = (text: string) => text;
let altered = untouched;
/** A server that is a fake in this: what becomes of a Dockerfile on its way to the client. */
export async function altering<T>(change: (text: string) => string, work: () => Promise<T>): Promise<T> {
  altered = change;
  try {
    return await work();
  } finally {
    altered = untouched;
  }
}
export const workbench = createWorkbench(createContext() as never);
const askServer = async (method: string, params: unknown): Promise<never> => {
  service.forgetFiles();
  const { folder } = params as ScaffoldKindsParams;
  if (method === scaffoldKindsRequest) return (await service.scaffoldKinds(folder)) as never;
  if (method === copiedFilesRequest) return copiedFiles(params as CopiedFilesParams) as never;
  assert.equal(method, scaffoldRequest);
  const found = await service.scaffold(params as ScaffoldParams);
  const files = found?.files.map((file) => ({
    ...file,
    text: file.path === 'Dockerfile' ? altered(file.text) : file.text,
  }));
  return (found && { ...found, files }) as never;
};
const { tryFiles } = registerImages(workbench, askServer);
registerProject(workbench, askServer, tryFiles);
export const results: JobResult[] = [];
export const failures: Failure[] = [];
workbench.api.onDidFinish((result) => results.push(result));
workbench.api.onDidFail((failure) => failures.push(failure));

const docker = async (...args: string[]) => (await runOrThrow('docker', args)).stdout.trim();
const made: string[] = [];
const imagesOf = (text: string) =>
  [...text.matchAll(/^(?:FROM |COPY --from=)(\S+)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'build');

before(async () => {
  if (skip) return;
  Object.assign(process.env, toolEnvironment(parts));
  // What tries leave in the temporary folder is seen by nothing else there.
  mkdirSync(own);
  process.env.TMPDIR = own;
  const uv = path.join(root, 'uv-image');
  mkdirSync(uv);
  copyFileSync(parts.uv?.file ?? '', path.join(uv, 'uv'));
  writeFileSync(path.join(uv, 'Dockerfile'), 'FROM scratch\nCOPY uv /uv\n');
  for (const name of imagesOf((await scaffold(project('probe', 'print(1)\n'))).text)) {
    if ((await run('docker', ['image', 'inspect', name])).code === 0) continue;
    made.push(name);
    if (/\/uv:[\d.]+$/.test(name)) await docker('build', `--tag=${name}`, uv);
    else await docker('tag', standIn ?? '', name);
  }
});
after(async () => {
  if (made.length > 0) await run('docker', ['image', 'rm', ...made]);
  rmSync(root, { recursive: true });
});

export function project(name: string, program: string, more: Readonly<Record<string, string>> = {}): string {
  const folder = path.join(root, name);
  mkdirSync(folder);
  // A workspace of its own, for the fake VS Code changes no file of tasks that is there.
  openFolders(folder);
  const files = { 'requirements.txt': '# none\n', '.python-version': '3.13\n', 'main.py': program, ...more };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

/** What the service writes, asked for beside the commands under test. */
export async function scaffold(folder: string): Promise<{ text: string; ignored: string }> {
  service.forgetFiles();
  const found = await service.scaffold({ folder: `file://${folder}`, kind: 'training' });
  const text = (name: string) => found?.files.find((file) => file.path === name)?.text ?? '';
  return { text: text('Dockerfile'), ignored: text('.dockerignore') };
}

const images = async () => (await docker('images', '--all', '--quiet', '--no-trunc')).split('\n').sort();
const left = async () => [
  await docker('ps', '--all', '--quiet'),
  await images(),
  await docker('volume', 'ls', '--quiet'),
  readdirSync(own),
];
export const filesIn = (folder: string) => readdirSync(folder).sort();

/** Answers the questions in the order in which they come, by the words of their titles; Enter where none is given. */
async function answering<T>(answers: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
  const of = ({ title }: Asked) => Object.entries(answers).find(([words]) => title.includes(words))?.[1];
  screen.answer = (question) => of(question) ?? enter;
  try {
    return await work();
  } finally {
    screen.answer = () => undefined;
  }
}
export const first = { ': Image': 'Training on a GPU', 'Write Them': 'Try It First' };
export const add = (folder: string, answers: Readonly<Record<string, string>> = first) =>
  answering(answers, async () => {
    const known = await left();
    const added = await execute<{ written: string[]; kept: string[] } | undefined>(
      'wheelhouse.project.addContainerFiles',
      { folder },
    );
    assert.deepEqual(await left(), known);
    return added;
  });
/** Does what a button of the last failure says, as its message does. */
export async function press(label: string): Promise<unknown> {
  const failure = failures.at(-1);
  const action = [failure?.action, ...(failure?.also ?? [])].find((one) => one?.label === label);
  assert.ok(action, label);
  return execute(action.command, ...(action.arguments ?? []));
}
export const written = ['Dockerfile', '.dockerignore', '.vscode/tasks.json'];
