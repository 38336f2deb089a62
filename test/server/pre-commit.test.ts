// The hooks of .pre-commit-hooks.yaml in a real pre-commit, as docs/cli.md configures them. It clones this working tree and
// installs it with the npm and the Node on PATH. WHEELHOUSE_TEST_PRE_COMMIT names the program.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { commitAll, copyCheckout } from './checkout.ts';
import { blocksOf } from './page.ts';

const preCommit = process.env.WHEELHOUSE_TEST_PRE_COMMIT ?? '';
const skip = preCommit === '' && 'WHEELHOUSE_TEST_PRE_COMMIT is not set';
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-pre-commit-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => path.join(folder, name);

/** Runs all hooks on all files, and gives the exit code and what was printed. */
async function runHooks(): Promise<{ code: number; out: string }> {
  const env = { ...process.env, PRE_COMMIT_HOME: at('home'), PRE_COMMIT_COLOR: 'never' };
  return new Promise((resolve, reject) => {
    const options = { cwd: at('project'), env, timeout: 300_000 };
    execFile(preCommit, ['run', '--all-files'], options, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (typeof code === 'number') resolve({ code, out: `${stdout}${stderr}` });
      else reject(error);
    });
  });
}

describe('pre-commit', { skip }, () => {
  it('fixes and lints the Dockerfiles of a project', { timeout: 300_000 }, async (context) => {
    mkdirSync(at('wheelhouse'));
    copyCheckout(at('wheelhouse'));
    const rev = commitAll(at('wheelhouse'));

    const config = blocksOf('cli.md').find(({ heading }) => heading === 'pre-commit')?.text ?? '';
    const here = config.replace(/repo: \S+/, `repo: ${at('wheelhouse')}`).replace(/rev: \S+/, `rev: ${rev}`);
    assert.ok(here.includes(rev) && here.includes(at('wheelhouse')), config);
    mkdirSync(at('project/api'), { recursive: true });
    writeFileSync(at('project/.pre-commit-config.yaml'), here);
    writeFileSync(at('project/notes.txt'), 'FROM debian\n');
    writeFileSync(
      at('project/api/Dockerfile'),
      'FROM python:3.12\nRUN pip install a==1\nMAINTAINER Ada\nUSER 1000\n',
    );
    commitAll(at('project'));

    const first = await runHooks();
    context.diagnostic(first.out);
    assert.equal(first.code, 1);
    assert.match(first.out, /^Fix Dockerfiles with Wheelhouse\.+Failed$/m);
    assert.match(first.out, /files were modified by this hook/);
    assert.match(first.out, /^Lint Dockerfiles with Wheelhouse\.+Passed$/m);
    const fixed = readFileSync(at('project/api/Dockerfile'), 'utf8');
    assert.match(fixed, /RUN pip install --no-cache-dir a==1\nLABEL /);

    assert.equal((await runHooks()).code, 0, 'nothing is left');
    writeFileSync(at('project/api/Dockerfile'), fixed.replace('3.12', 'latest'));
    const second = await runHooks();
    assert.equal(second.code, 1);
    assert.match(second.out, /^api\/Dockerfile:1:\d+ DL3007 warning: /m);
    assert.doesNotMatch(second.out, /notes\.txt/);
  });
});
