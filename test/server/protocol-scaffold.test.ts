// The real server over its pipe, in a real folder: which images a project is fit for, and the files for one.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  type Scaffold,
  type ScaffoldOffer,
  scaffoldKindsRequest,
  scaffoldRequest,
} from '../../server/src/protocol/requests.ts';
import { startServer } from './client.ts';

const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse-scaffold-'));
const server = await startServer();
after(async () => {
  assert.equal(await server.stop(), 0);
  rmSync(root, { recursive: true });
});
const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};
const folder = (name: string) => pathToFileURL(path.join(root, name)).href;
const kinds = (name: string) =>
  server.connection.sendRequest<ScaffoldOffer[]>(scaffoldKindsRequest, { folder: folder(name) });
const scaffold = (name: string, kind: string) =>
  server.connection.sendRequest<Scaffold | null>(scaffoldRequest, { folder: folder(name), kind });

it('reads the project anew each time, its application too', async () => {
  write(
    'Préis API/pyproject.toml',
    '[project]\nname = "preis"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["fastapi[standard]"]\n',
  );
  write(
    'Préis API/src/web/main.py',
    'import fastapi\n\nweb = fastapi.FastAPI()\n\n@web.get("/ready")\ndef ready(): ...\n',
  );
  assert.equal((await kinds('Préis API'))[0]?.because, 'fastapi');
  const made = await scaffold('Préis API', 'serving');
  const [dockerfile, ignored] = made?.files ?? [];
  assert.deepEqual([dockerfile?.path, ignored?.path], ['Dockerfile', '.dockerignore']);
  assert.match(dockerfile?.text ?? '', /PYTHONPATH=\/app\/src\n[\s\S]*"uvicorn", "web\.main:web"/);
  assert.match(dockerfile?.text ?? '', /8000\/ready'/);
  write('Préis API/.python-version', '3.12\n');
  write('Préis API/.dockerignore', ignored?.text ?? '');
  const again = await scaffold('Préis API', 'serving');
  assert.deepEqual(
    again?.files.map(({ path }) => path),
    ['Dockerfile'],
  );
  assert.match(again?.files[0]?.text ?? '', /^FROM python:3\.12-/m);
});

it('has nothing to offer where there is no project', async () => {
  write('notes/a.txt', '');
  assert.deepEqual(await kinds('notes'), []);
  assert.equal(await scaffold('notes', 'training'), null);
  assert.deepEqual(await kinds('nowhere'), []);
});
