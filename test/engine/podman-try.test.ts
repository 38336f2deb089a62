// Try Container Files over a real Podman.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { Tried } from '../../client/src/images/try-outcome.ts';
import type { Failure } from '../../client/src/runtime/failures.ts';
import type { JobResult } from '../../client/src/ui/jobs.ts';
import { openFolders } from './fake-disk.ts';
import { createContext, execute, workspace } from './fake-vscode.ts';
import { base, limits, podman } from './podman-world.ts';

workspace.getConfiguration = () => ({
  get: <T>(key: string, fallback: T) => (key === 'engine' ? ('podman' as T) : fallback),
});
const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');

const workbench = createWorkbench(createContext() as never);
const { tryFiles } = registerImages(workbench, async () => undefined as never);
const failures: Failure[] = [];
workbench.api.onDidFail((failure) => failures.push(failure));
const results: JobResult[] = [];
workbench.api.onDidFinish((result) => results.push(result));
const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse podman try '));
openFolders(root);
after(() => rmSync(root, { recursive: true }));

const names = async () => [
  await podman('ps', '--all', '--quiet'),
  await podman('images', '--format', '{{.Repository}}:{{.Tag}}', '--filter', 'dangling=false'),
  await podman('volume', 'ls', '--quiet'),
];
async function tried(program: string): Promise<Tried | undefined> {
  writeFileSync(path.join(root, 'main.py'), program);
  const dockerfile = path.join(root, 'Dockerfile');
  // With its slow storage each line is a copy of all.
  writeFileSync(dockerfile, `FROM ${base}\nCOPY main.py /\nCMD ["python", "/main.py"]\n`);
  const before = await names();
  const value = await execute<Tried | undefined>('wheelhouse.images.try', { dockerfile });
  assert.deepEqual(await names(), before);
  return value;
}

test('what works and what fails is told, and nothing stays', { ...limits, timeout: 400_000 }, async () => {
  const serving =
    'import http.server as s\ns.HTTPServer(("", 8000), s.SimpleHTTPRequestHandler).serve_forever()\n';
  const outcome = await tried(serving);
  assert.deepEqual(outcome, { state: 'listens', ports: [8000] }, JSON.stringify(failures.at(-1)));
  assert.equal(await tried('import no_such_package\n'), undefined);
  assert.match(
    failures.at(-1)?.message ?? '',
    /exit code 1: ModuleNotFoundError: .*\(\/main\.py, line 1\)\.$/,
  );
});

test('files are tried that are not written yet, with their ignore file, and nothing stays', {
  ...limits,
  timeout: 400_000,
}, async () => {
  const folder = mkdtempSync(path.join(root, 'first, '));
  writeFileSync(
    path.join(folder, 'main.py'),
    'import os\nprint([os.path.exists(f"/first/{name}") for name in ("main.py", "secret.txt")])\n',
  );
  writeFileSync(path.join(folder, 'secret.txt'), 'x');
  const before = await names();
  const action = { label: '', command: '' };
  let written = 0;
  await tryFiles({
    what: 'Dockerfile',
    context: folder,
    dockerfile: `FROM ${base}\nCOPY . /first/\nCMD ["python", "/first/main.py"]\n`,
    ignoreFile: 'secret.txt\n',
    isAgreed: true,
    write: async () => `Written ${++written}.`,
    writeAnyway: action,
    again: action,
  });
  assert.deepEqual(await names(), before);
  assert.deepEqual(readdirSync(folder).sort(), ['main.py', 'secret.txt']);
  assert.match(results.at(-1)?.message ?? '', /said at last: \[True, False\] Written 1\.$/);
  assert.equal(written, 1);
});
