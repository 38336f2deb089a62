// action.yml: its steps in a local bash with the environment that the runner would give them. A runner is not at hand, so
// that GitHub takes the file is told by its documented fields alone.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { parse } from 'yaml';
import { ensureBundles } from './bundles.ts';
import { copyCheckout } from './checkout.ts';
import { createSarifValidator } from './sarif-schema.ts';

await ensureBundles();
const root = path.resolve(import.meta.dirname, '../..');
interface Step {
  readonly name: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly [build: Step, lint: Step] };
}
const action: Action = parse(readFileSync(path.join(root, 'action.yml'), 'utf8'));
const [build, lint] = action.runs.steps;
const lockText = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
interface Package {
  readonly version: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const packagesOf = (file: string): Readonly<Record<string, Package>> =>
  JSON.parse(readFileSync(file, 'utf8')).packages;
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-action-'));
after(() => rmSync(folder, { recursive: true, force: true }));

type Inputs = Readonly<Record<string, string>>;
/** Runs a step as the runner does: bash without start-up files, values in place of the expressions of `env`. */
async function runStep(step: Step, inputs: Inputs = {}, actionPath = root) {
  const valueOf = (expression: string): string => {
    const input = /^inputs\.([\w-]+)$/.exec(expression)?.[1];
    if (input)
      return inputs[input] ?? action.inputs[input]?.default ?? assert.fail(`There is no input ${input}.`);
    assert.equal(expression, 'github.action_path');
    return actionPath;
  };
  const values = Object.entries(step.env).map(([key, text]) => [
    key,
    text.replace(/\$\{\{ *(.*?) *\}\}/g, (_, expression: string) => valueOf(expression)),
  ]);
  const env = { ...process.env, ...Object.fromEntries(values) };
  const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run];
  return new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
    execFile('bash', args, { cwd: folder, env, timeout: 300_000 }, (error, out, err) => {
      resolve({ code: error ? error.code : 0, out, err });
    });
  });
}
const write = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};
const flawed = 'FROM python:3.12\nRUN pip install a==1\nMAINTAINER Ada\nUSER 1000\n';

describe('action.yml', () => {
  it('has no expression in a script, where an input could be a command', () => {
    assert.equal(action.runs.using, 'composite');
    for (const { run, shell } of action.runs.steps) {
      assert.doesNotMatch(run, /\$\{\{/);
      assert.equal(shell, 'bash');
    }
    const used = Object.values(lint.env).flatMap((text) => /inputs\.([\w-]+)/.exec(text)?.[1] ?? []);
    assert.deepEqual(used.sort(), Object.keys(action.inputs).sort(), 'each input is used');
    for (const input of Object.values(action.inputs))
      assert.ok(input.description && typeof input.default === 'string');
  });

  it('shows what it finds in the folder beside the changed lines, and fails', async () => {
    write('a/Dockerfile', flawed);
    const { code, out } = await runStep(lint, { preset: 'strict' });
    assert.equal(code, 1);
    assert.match(
      out,
      /^::warning file=a\/Dockerfile,line=2,endLine=2,col=9,endColumn=16,title=DL3042::pip /m,
    );
    assert.match(out, /^::error file=a\/Dockerfile,line=3,/m);
  });

  it('takes its inputs', async () => {
    write('a/Dockerfile', flawed);
    write('b c/Dockerfile', flawed);
    write('other.yaml', 'ignored: [DL4000]\n');
    const run = async (inputs: Inputs) => {
      const { code, out, err } = await runStep(lint, {
        files: 'a/Dockerfile',
        format: 'gnu',
        preset: 'strict',
        ...inputs,
      });
      return { code, err, codes: [...out.matchAll(/: (DL\d+) /g)].map(([, found]) => found) };
    };
    const both = ['DL3042', 'DL4000'];
    assert.deepEqual(await run({}), { code: 1, err: '', codes: both });
    assert.deepEqual((await run({ files: 'a/Dockerfile\nb c/Dockerfile\n' })).codes, [...both, ...both]);
    assert.deepEqual(await run({ ignore: 'DL3042, DL4000' }), { code: 0, err: '', codes: [] });
    assert.deepEqual((await run({ ignore: 'DL3042\nDL4000\n' })).codes, []);
    assert.deepEqual(await run({ config: 'other.yaml', 'failure-threshold': 'error' }), {
      ...{ code: 0, err: '', codes: ['DL3042'] },
    });
    assert.deepEqual(await run({ 'no-fail': 'true' }), { code: 0, err: '', codes: both });
    assert.equal((await run({ 'failure-threshold': 'fatal' })).code, 1);
    const { out } = await runStep(lint, { files: 'a/Dockerfile', format: 'gnu', preset: 'hadolint' });
    assert.match(out, /^hadolint:a\/Dockerfile:2: DL3042 /);

    const { code, out: shown } = await runStep(lint, { preset: 'strict', 'sarif-file': 'report.sarif' });
    assert.equal(code, 1);
    assert.match(shown, /^::/);
    const log = JSON.parse(readFileSync(path.join(folder, 'report.sarif'), 'utf8'));
    assert.deepEqual(createSarifValidator()(log), []);
    assert.equal(log.runs[0].results.length, 4);

    assert.deepEqual(await run({ fix: 'true' }), { code: 0, err: '', codes: [] });
    assert.match(readFileSync(path.join(folder, 'a/Dockerfile'), 'utf8'), /--no-cache-dir/);
  });

  it('takes hostile inputs for what they say', async () => {
    const hostile = '$(touch owned); `touch owned` " \' && touch owned #';
    for (const input of Object.keys(action.inputs)) {
      const { code } = await runStep(lint, { [input]: hostile, ...(input !== 'files' && { files: 'a' }) });
      assert.ok(code === 0 || code === 1, `${input}: ${code}`);
      assert.ok(!existsSync(path.join(folder, 'owned')), input);
    }
    // A file is no flag.
    const { err } = await runStep(lint, { files: '--fix\n--version' });
    assert.match(err, /^--fix cannot be read: /m);
  });

  it('builds the command line from a checkout', { timeout: 300_000 }, async () => {
    const checkout = path.join(folder, 'checkout');
    copyCheckout(checkout);
    const built = await runStep(build, {}, checkout);
    assert.deepEqual([built.code, existsSync(path.join(checkout, 'dist/cli.cjs'))], [0, true], built.err);
    write('clean/Dockerfile', 'FROM python:3.12\nUSER 1000\n');
    assert.deepEqual(await runStep(lint, { files: 'clean' }, checkout), { code: 0, out: '', err: '' });

    // npm's own record of what it installed has versions and hashes.
    const locked = packagesOf(path.join(checkout, 'package-lock.json'));
    for (const [name, { version, integrity }] of Object.entries(
      packagesOf(path.join(checkout, 'node_modules/.package-lock.json')),
    ))
      assert.deepEqual([version, integrity], [locked[name]?.version, locked[name]?.integrity], name);
    assert.equal(String(readFileSync(path.join(checkout, 'package-lock.json'))), lockText, 'it is as before');
  });

  it('does not build from other packages than those of the lock file', { timeout: 300_000 }, async () => {
    const checkout = path.join(folder, 'drifted');
    mkdirSync(checkout);
    const drifted = readFileSync(path.join(root, 'package.json'), 'utf8').replace(
      /("esbuild": ")\d[^"]*(")/,
      '$10.27.0$2',
    );
    writeFileSync(path.join(checkout, 'package.json'), drifted);
    writeFileSync(path.join(checkout, 'package-lock.json'), lockText);
    const { code, err } = await runStep(build, {}, checkout);
    assert.notEqual(code, 0);
    assert.match(err, /esbuild/);
    assert.ok(!existsSync(path.join(checkout, 'node_modules/esbuild')));
  });

  it('has a lock file with the hash of every package and the optional ones of all machines', () => {
    const packages = packagesOf(path.join(root, 'package-lock.json'));
    for (const [name, { integrity, optionalDependencies = {} }] of Object.entries(packages)) {
      if (name !== '') assert.match(integrity ?? '', /^sha512-/, name);
      for (const optional of Object.keys(optionalDependencies))
        assert.ok(
          Object.keys(packages).some((other) => other.endsWith(`node_modules/${optional}`)),
          `${name} wants ${optional}`,
        );
    }
  });
});
