// Try Container Files over a real Podman.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { Tried } from '../../client/src/images/try-outcome.ts';
import type { Failure } from '../../client/src/runtime/failures.ts';
import { openFolders } from './fake-disk.ts';
import { createContext, execute, workspace } from './fake-vscode.ts';
import { base, limits, podman } from './podman-world.ts';

workspace.getConfiguration = () => ({
  get: <T>(key: string, fallback: T) => (key === 'engine' ? ('podman' as T) : fallback),
});
const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerImages } = await import('../../client/src/images/commands.ts');

const workbench = createWorkbench(createContext() as never);
registerImages(workbench, async () => undefined as never);
const failures: Failure[] = [];
workbench.api.onDidFail((failure) => failures.push(failure));
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
  assert.match(failures.at(-1)?.message ?? '', /exit code 1: ModuleNotFoundError: .*\(\/main\.py, line 1\)$/);
});
