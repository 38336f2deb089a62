// What the tests of Compose share: its commands over a real engine with the real Compose, and folders with its files.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { JobResult } from '../../client/src/ui/jobs.ts';
import { readParts, toolEnvironment } from '../parts/environment.ts';
import { run } from '../parts/processes.ts';
import { openFolders } from './fake-disk.ts';
import { createContext, screen } from './fake-vscode.ts';

const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerCompose } = await import('../../client/src/compose/commands.ts');
const { registerContainers } = await import('../../client/src/containers/commands.ts');

const parts = readParts();
export const image = parts.engine?.baseImage ?? '';
const skip = image ? false : 'needs an engine with its base image';
if (skip && process.env.CI === 'true') throw new Error(skip);
export const limits = { skip, timeout: 120_000 };

export const workbench = createWorkbench(createContext() as never);
registerContainers(workbench, undefined, registerCompose(workbench));
export const results: JobResult[] = [];
export const failures: Failure[] = [];
workbench.api.onDidFinish((result) => results.push(result));
workbench.api.onDidFail((failure) => failures.push(failure));

export const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse compose, '));
const prefix = `whc${process.pid}`;
export const projectOf = (suffix: string) => `${prefix}${suffix}`;
const made: string[] = [];

/** A folder of the workspace, named like the project that Compose makes of it. */
export function folder(suffix: string, files: Readonly<Record<string, string>>, above = root): string {
  const place = path.join(above, projectOf(suffix));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
    writeFileSync(path.join(place, name), text.replaceAll('IMAGE', image));
  }
  made.push(projectOf(suffix));
  return place;
}

export async function docker(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run('docker', args);
  assert.equal(code, 0, `docker ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

const label = 'com.docker.compose.project';
/** `web running` and the like, by the command line. */
export async function states(suffix: string): Promise<readonly string[]> {
  const format = '{{.Label "com.docker.compose.service"}} {{.State}}';
  const said = await docker(
    'ps',
    '--all',
    '--filter',
    `label=${label}=${projectOf(suffix)}`,
    '--format',
    format,
  );
  return said.split('\n').filter(Boolean).sort();
}
export async function madeBy(kind: 'network' | 'volume', suffix: string): Promise<readonly string[]> {
  const said = await docker(
    kind,
    'ls',
    '--filter',
    `label=${label}=${projectOf(suffix)}`,
    '--format',
    '{{.Name}}',
  );
  return said.split('\n').filter(Boolean).sort();
}

export const lastFailure = () => failures.at(-1) as Failure;
export const forever = `sh -c 'trap "exit 0" TERM; echo ready; while :; do sleep 0.1; done'`;
export const asked = () => screen.asked.map(({ title, labels }) => `${title} [${labels?.join(', ')}]`);

before(() => {
  if (!skip) Object.assign(process.env, toolEnvironment(parts));
  openFolders(root);
});
after(async () => {
  // An open page follows its containers, and would keep the process alive.
  for (const page of screen.pages) page.close();
  if (!skip)
    for (const project of made)
      await run('docker', ['compose', '--project-name', project, 'down', '--volumes', '--timeout=0']);
  rmSync(root, { recursive: true });
});
