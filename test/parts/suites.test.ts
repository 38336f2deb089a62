import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, it } from 'node:test';
import { run } from './processes.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse lanes '));
after(() => rmSync(folder, { recursive: true }));

const lanes = new URL('suites.ts', import.meta.url).href;
/** Says where it runs, and ends when the other one has said so too. */
const meet = (me: string, other: string) =>
  `writeFileSync('${me}-' + process.env.LANE, ''); while (!readdirSync('.').some((name) => name.startsWith('${other}-'))) await new Promise((resolve) => setTimeout(resolve, 20));`;
const files: Readonly<Record<string, string>> = {
  'a.test.ts': meet('a', 'meets'),
  'b.test.ts': `writeFileSync('b-' + process.env.LANE, '');`,
  'c.test.ts': "writeFileSync('c-' + process.env.LANE, ''); throw new Error('as it should');",
  'one-podman.test.ts': `/* podman-world */ ${meet('meets', 'a')}`,
  'two-podman.test.ts': "/* startPodman */ writeFileSync('two-' + process.env.LANE, '');",
};

it('files run in lanes, each once, those of Podman in the first one only, and a failed one is told', async () => {
  const said = path.join(folder, 'said');
  mkdirSync(said);
  for (const [name, body] of Object.entries(files))
    writeFileSync(
      path.join(folder, name),
      `import { readdirSync, writeFileSync } from 'node:fs';\nimport { test } from 'node:test';\ntest('it', { timeout: 60_000 }, async () => {\n  process.chdir(${JSON.stringify(said)});\n  ${body}\n});\n`,
    );
  const names = JSON.stringify(Object.keys(files).map((name) => path.join(folder, name)));
  const program = `
    const { runLanes } = await import(${JSON.stringify(lanes)});
    const lanes = ['0', '1'].map((LANE) => ({ ...process.env, LANE }));
    const { passed, failed, failures, slowest } = await runLanes('x', ${names}, lanes, () => {});
    console.log(JSON.stringify({ passed, failed, titles: failures.map(({ title }) => title), timed: slowest.length }));`;
  writeFileSync(path.join(folder, 'program.mjs'), program);
  // A run within a test of Node's would run nothing.
  const env = { NODE_TEST_CONTEXT: undefined };
  const { stdout, stderr } = await run(process.execPath, [path.join(folder, 'program.mjs')], { env });
  const { titles, ...counts } = JSON.parse(stdout || JSON.stringify(stderr));
  assert.deepEqual(counts, { passed: 4, failed: 1, timed: 5 });
  assert.match(titles.join(), /c\.test\.ts:\d+ it$/);
  const ran = readdirSync(said).sort();
  assert.deepEqual(
    ran.map((name) => name.split('-')[0]),
    ['a', 'b', 'c', 'meets', 'two'],
  );
  assert.deepEqual(
    ran.filter((name) => /^(?:a|meets|two)-/.test(name)),
    ['a-1', 'meets-0', 'two-0'],
  );
});
