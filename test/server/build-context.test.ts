// Which ignore file holds for a Dockerfile, and that a change of it is seen: by the reader, the server and the CLI.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createContextReader } from '../../server/src/project/build-context.ts';
import { parseIgnoreFile } from '../../server/src/syntax/ignore-file.ts';
import { createCommandLine } from './cli-run.ts';
import { startServer } from './client.ts';

/** Whether `dist` is excluded for a Dockerfile, in a world of these files. */
async function excludesDist(dockerfile: string, files: Readonly<Record<string, string>>) {
  const reader = createContextReader({ readFile: async (uri) => files[uri] });
  return (await reader.contextOf(dockerfile))?.ignoreFile?.excludes('dist');
}

describe('the build context', () => {
  it('is the folder of the Dockerfile', async () => {
    assert.equal(await excludesDist('file:///a/Dockerfile', { 'file:///a/.dockerignore': 'dist' }), true);
    assert.equal(
      await excludesDist('file:///a/b/Dockerfile', { 'file:///a/.dockerignore': 'dist' }),
      undefined,
    );
    assert.equal(
      await excludesDist('vscode-vfs://x/a/Dockerfile', { 'vscode-vfs://x/a/.dockerignore': 'dist' }),
      true,
    );
  });

  it('is the project around a folder that keeps Dockerfiles alone', async () => {
    const files = { 'file:///a/.dockerignore': 'dist', 'file:///a/pyproject.toml': '' };
    assert.equal(await excludesDist('file:///a/docker/Dockerfile', files), true);
    const { 'file:///a/pyproject.toml': _, ...noProject } = files;
    assert.equal(await excludesDist('file:///a/docker/Dockerfile', noProject), undefined);
  });

  it('is read once, until something changes', async () => {
    const read: string[] = [];
    const reader = createContextReader({
      readFile: async (uri) => {
        read.push(uri);
        return uri.endsWith('Dockerfile') ? 'FROM debian:12\n' : undefined;
      },
    });
    const all = async () => [
      await reader.contextOf('file:///a/b/Dockerfile'),
      await reader.sourcesOf('file:///a/b/Dockerfile'),
    ];
    await all();
    const first = read.length;
    await all();
    assert.equal(read.length, first);
    reader.forget();
    await all();
    assert.equal(read.length, 2 * first);
  });

  it('is the folder that a Compose file above builds it in', async () => {
    const compose = (build: string) => `services:\n  web:\n    build:${build}\n`;
    const of = (build: string, at = 'file:///a/docker-compose.yml', more = '') =>
      excludesDist('file:///a/backend/Dockerfile', {
        'file:///a/.dockerignore': 'dist',
        [at]: compose(build) + more,
      });
    const long = (context: string, dockerfile: string) =>
      `\n      context: ${context}\n      dockerfile: ${dockerfile}`;
    assert.equal(await of(long('.', 'backend/Dockerfile')), true);
    assert.equal(await of(long('./', './backend/Dockerfile')), true);
    assert.equal(await of(long('..', 'backend/Dockerfile'), 'file:///a/deploy/compose.yaml'), undefined);
    assert.equal(await of(long('..', 'backend/Dockerfile'), 'file:///a/backend/compose.yaml'), true);
    for (const other of [
      ' ./backend',
      long('.', 'Dockerfile'),
      long('https://a.b/c.git', 'backend/Dockerfile'),
    ])
      assert.equal(await of(other), undefined, other);
    // Two services that build it in two folders tell of none.
    assert.equal(
      await of(long('.', 'backend/Dockerfile'), undefined, '  job:\n    build: ./backend\n'),
      undefined,
    );
    const kept = {
      'file:///a/.dockerignore': 'dist',
      'file:///a/compose.yml': compose(long('.', 'docker/Dockerfile')),
    };
    assert.equal(await excludesDist('file:///a/docker/Dockerfile', kept), true);
  });

  it('has the ignore file of the Dockerfile’s own name before the other', async () => {
    const files = { 'file:///a/x.Dockerfile.dockerignore': '', 'file:///a/.dockerignore': 'dist' };
    assert.equal(await excludesDist('file:///a/x.Dockerfile', files), false);
    assert.equal(await excludesDist('file:///a/Dockerfile', files), true);
  });

  it('is nothing for a text that was never saved', async () => {
    assert.equal(await excludesDist('untitled:Untitled-1', {}), undefined);
  });
});

describe('an ignore file', () => {
  it('excludes nothing that a later pattern may bring back', () => {
    const { excludes } = parseIgnoreFile('*\n!src/**/*.py\n!dist/*.whl\n');
    for (const path of ['.', 'src', 'src/a', 'dist', 'dist/a.whl', 'dist/*.whl', '*']) {
      assert.equal(excludes(path), false, path);
    }
    for (const path of ['data', 'models/a.pt', 'README.md']) assert.equal(excludes(path), true, path);
  });

  it('says nothing of what lies outside', () => {
    assert.equal(parseIgnoreFile('*').excludes('../a'), false);
  });
});

const dockerfile = 'FROM python:3.13-slim\nCOPY dist/a.whl /x/\n';

describe('what is copied and ignored', async () => {
  const { folder, write, run } = await createCommandLine();

  it('is shown by the server until the ignore file lets it through', async () => {
    write('server/Dockerfile', dockerfile);
    const ignoreFile = path.join(folder, write('server/.dockerignore', 'dist\n'));
    const server = await startServer();
    try {
      const uri = pathToFileURL(path.join(folder, 'server/Dockerfile')).href;
      await server.open(uri, dockerfile);
      const codes = async () => {
        const report = await server.pull(uri);
        return report.kind === 'full' ? report.items.map(({ code }) => code) : undefined;
      };
      assert.ok((await codes())?.includes('CopyIgnoredFile'));
      writeFileSync(ignoreFile, '.venv\n');
      await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: pathToFileURL(ignoreFile).href, type: 2 }],
      });
      assert.deepEqual((await codes())?.includes('CopyIgnoredFile'), false);
    } finally {
      await server.stop();
    }
  });

  it('is found by the CLI, and not under the preset of a linter that does not look there', async () => {
    write('cli/Dockerfile', dockerfile);
    const lint = async (...flags: readonly string[]) => (await run(['lint', ...flags, 'cli/Dockerfile'])).out;
    assert.doesNotMatch(await lint(), /CopyIgnoredFile/);
    write('cli/.dockerignore', 'dist\n');
    assert.match(await lint(), /2:6.*CopyIgnoredFile/s);
    assert.doesNotMatch(await lint('--preset', 'hadolint'), /CopyIgnoredFile/);
  });
});
