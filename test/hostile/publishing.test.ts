import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { pulling, startServer } from '../server/client.ts';

/** So many documents are opened at once, as an editor does that restores a window. */
const many = 200;

describe('a client that does not pull', { timeout: 120_000 }, () => {
  for (const [name, folderOf] of [
    ['in folders of their own', (i: number) => `project-${i}`],
    ['in one folder', () => 'project'],
  ] as const) {
    it(`hears of each of ${many} documents ${name} a few times, not of all whenever one folder is read`, async () => {
      const root = await mkdtemp(path.join(tmpdir(), 'wheelhouse-test-'));
      const server = await startServer({ capabilities: { ...pulling, textDocument: {} } });
      try {
        const text = 'FROM python:3.13-slim\nCOPY . .\nCOPY missing.txt .\nRUN uv sync --locked\n';
        const files = Array.from({ length: many }, (_, i) => path.join(root, folderOf(i), `${i}.Dockerfile`));
        for (const file of files) {
          await mkdir(path.dirname(file), { recursive: true });
          await writeFile(file, text);
          await writeFile(
            path.join(path.dirname(file), 'pyproject.toml'),
            '[project]\nname = "a"\n[broken\n',
          );
        }
        for (const file of files) await server.open(pathToFileURL(file).href, text);
        for (const file of files) {
          const { href } = pathToFileURL(file);
          await server.publish(({ uri, diagnostics }) => uri === href && diagnostics.length > 0);
        }
        // Until nothing more is told.
        for (let before = -1; before !== server.published.length; ) {
          before = server.published.length;
          await setTimeout(1_500);
        }
        const aboutOthers = server.published.filter(({ uri }) => uri.endsWith('pyproject.toml'));
        const folders = new Set(files.map((file) => path.dirname(file))).size;
        assert.ok(aboutOthers.length <= 4 * folders + 20, `${aboutOthers.length} about pyproject.toml`);
        assert.ok(server.published.length <= 6 * many, `${server.published.length} in all`);
        assert.equal(await server.stop(), 0);
      } finally {
        server.kill();
        await rm(root, { recursive: true, force: true });
      }
    });
  }
});
