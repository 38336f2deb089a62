// What is wrong in a configuration file is shown in that file, over the real server's pipe.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { startServer } from './client.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-files-'));
const server = await startServer({});
after(async () => {
  assert.equal(await server.stop(), 0);
  rmSync(folder, { recursive: true });
});

it('a wrong key of .hadolint.yaml is shown at its place until it is mended, and the rest applies', async () => {
  const file = path.join(folder, '.hadolint.yaml');
  const { href } = pathToFileURL(file);
  const dockerfile = pathToFileURL(path.join(folder, 'Dockerfile')).href;
  writeFileSync(file, 'ignored: [DL3007]\nno-fail: maybe\n');
  await server.open(dockerfile, 'FROM python:latest\nMAINTAINER me\n');
  const report = await server.pull(dockerfile);
  const codes = report.kind === 'full' ? report.items.map(({ code }) => code) : [];
  assert.ok(codes.includes('DL4000') && !codes.includes('DL3007'), codes.join());

  const { diagnostics } = await server.publish(({ uri }) => uri === href);
  assert.deepEqual(
    diagnostics.map(({ range, severity, source }) => ({ range, severity, source })),
    [
      {
        range: { start: { line: 1, character: 9 }, end: { line: 1, character: 14 } },
        severity: 2,
        source: 'wheelhouse',
      },
    ],
  );
  assert.match(String(diagnostics[0]?.message), /^`no-fail`: .+ The other keys still apply\.$/);

  writeFileSync(file, 'ignored: [DL3007]\nno-fail: true\n');
  await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: href, type: 2 }],
  });
  await server.publish((params) => params.uri === href && params.diagnostics.length === 0);
});
