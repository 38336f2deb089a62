import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { lintInThreads } from '../../server/src/cli/threads.ts';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-test-'));
after(() => rmSync(folder, { recursive: true }));
const watch = { program: new URL('stuck-thread.ts', import.meta.url).href, patience: 2_000 };

async function lint(commands: readonly string[], threads: number) {
  const jobs = commands.map((command, i) => {
    const file = path.join(folder, `${i}.Dockerfile`);
    writeFileSync(file, `FROM debian\nRUN ${command}\n`);
    return { file, home: folder, configuration: defaultConfiguration };
  });
  const results = await lintInThreads({ jobs, fix: false, shellcheck: false }, threads, watch);
  return results.map(({ findings, problem }, i) => {
    const told = problem?.replace(jobs[i]?.file ?? '', 'FILE');
    return told ?? findings?.map(({ code }) => code).join(' ');
  });
}

describe('a file that takes too long or too much on the command line', { timeout: 120_000 }, () => {
  const slow = 'FILE cannot be checked: it took more than 2 seconds. Shorten or split what is unusual in it.';

  for (const threads of [1, 2]) {
    it(`is named, and the others are linted, by ${threads}`, async () => {
      const fine = Array.from({ length: 40 }, () => 'true');
      const results = await lint(['true', 'HANG', ...fine, 'HANG', 'true', 'HANG'], threads);
      const expected = ['STUCK', slow, ...fine.map(() => 'STUCK'), slow, 'STUCK', slow];
      assert.deepEqual(results, expected);
    });
  }

  it('is named where it wants all memory', async () => {
    const [before, eats, behind] = await lint(['true', 'EAT', 'true'], 1);
    assert.deepEqual([before, behind], ['STUCK', 'STUCK']);
    assert.match(String(eats), /^FILE cannot be checked: it (?:took more than|needs more memory)/);
  });

  it('is none that takes less', async () => {
    assert.deepEqual(await lint(['WORK 1500', 'WORK 1500', 'true'], 1), ['STUCK', 'STUCK', 'STUCK']);
  });
});
