// What is wrong in a configuration file is shown in that file, over the real server's pipe.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

it('a finding whose fault lies in another file is shown there as well, until the Dockerfile is closed', async () => {
  const at = (name: string) => path.join(folder, 'faults', name);
  const uriOf = (name: string) => pathToFileURL(at(name)).href;
  mkdirSync(at('docs'), { recursive: true });
  const text =
    'FROM python:3.12-slim\nCOPY pyproject.toml /src/\nCOPY docs/about.md /src/\nRUN pip install --no-cache-dir .\n';
  writeFileSync(at('docs/about.md'), '# Bikes\n');
  writeFileSync(at('.dockerignore'), '# texts\ndocs\n.venv\n');
  writeFileSync(at('pyproject.toml'), '[project]\nname = "bikes"\nrequires-python = ">=3.13"\n');
  writeFileSync(at('Dockerfile'), text);
  await server.open(uriOf('Dockerfile'), text);
  const report = await server.pull(uriOf('Dockerfile'));
  const items = report.kind === 'full' ? report.items : [];
  const ignored = items.find(({ code }) => code === 'CopyIgnoredFile');
  const place = { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } };
  assert.deepEqual(ignored?.relatedInformation?.[0]?.location, { uri: uriOf('.dockerignore'), range: place });

  const shown = async (name: string, count: number) => {
    const { diagnostics } = await server.publish(
      ({ uri, diagnostics }) => uri === uriOf(name) && diagnostics.length === count,
    );
    return diagnostics.map(({ code, range }) => [code, range.start.line]);
  };
  assert.deepEqual(await shown('.dockerignore', 1), [['CopyIgnoredFile', 1]]);
  assert.deepEqual(await shown('pyproject.toml', 1), [['python-not-supported', 2]]);
  await server.close(uriOf('Dockerfile'));
  await shown('.dockerignore', 0);
  await shown('pyproject.toml', 0);
});
