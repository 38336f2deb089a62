// `npm start`, short of the installation: everything comes up, answers, and is gone afterwards.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { repository } from '../parts/cache.ts';
import { run } from '../parts/processes.ts';

test('npm start brings up the editor, an engine and a registry, and ends them', async () => {
  const { code, stdout, stderr } = await run(process.execPath, ['test/start.ts', '--check'], {
    cwd: repository,
    timeout: 180_000,
  });
  assert.equal(code, 0, stderr || stdout);
  assert.match(stdout, /Wheelhouse is open (at {2}http:\/\/127\.0\.0\.1:\d+\/\?folder=|in a new window)/);
  assert.match(stdout, /token {5}\S+/);
  const project = /example, at (.+?); it goes/.exec(stdout)?.[1];
  assert.ok(project);
  assert.equal(existsSync(project), false, 'the copy of the example is left behind');
});
