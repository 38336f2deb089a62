// docs/cli.md says what is so: its tables name what the program reads and writes, and its recipes run.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { readEnvironment } from '../../server/src/cli/source.ts';
import { hadolintYamlKeys } from '../../server/src/config/hadolint-yaml.ts';
import { createCommandLine, flawed } from './cli-run.ts';
import { type Block, blocksOf } from './page.ts';

const { cli, folder, run, write } = await createCommandLine();
const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
const blocks = blocksOf('cli.md');

/** The first column of the table under a heading. */
function named(heading: string): string[] {
  const section = page.split(/^#+ /m).find((one) => one.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name as string);
}
const sorted = (names: Iterable<string>) => [...names].sort();

describe('docs/cli.md', () => {
  it('names every environment variable', () => {
    const asked = new Set<string>();
    readEnvironment(
      new Proxy({}, { get: (_, name) => void asked.add(String(name)) }) as Record<string, undefined>,
    );
    assert.deepEqual(sorted(named('Environment variables')), sorted(asked));
  });

  it('names every key of a configuration file', () => {
    assert.deepEqual(sorted(named('Configuration files')), sorted(hadolintYamlKeys));
  });

  it('names every field of a finding in JSON', async () => {
    const twice = `${flawed}RUN pip install b==1\n`;
    const { out } = await run(['lint', '-f', 'json', write('fields/Dockerfile', twice)]);
    assert.deepEqual(named('JSON'), Object.keys(JSON.parse(out)[0]));
  });

  it('has recipes that run', async () => {
    const shell = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text);
    const jobs = blocks.filter(({ heading }) => heading === 'GitLab').map(({ text }) => parse(text));
    const commands = [...shell, ...jobs.flatMap(({ dockerfiles }) => dockerfiles.script)].map((text) =>
      text.trim(),
    );
    assert.ok(commands.length >= 5);
    write('recipes/Dockerfile', flawed);
    write('recipes/bin/.keep', '');
    const program = path.join(folder, 'recipes/bin/wheelhouse');
    symlinkSync(cli, program);
    chmodSync(cli, 0o755);
    const env = {
      HOME: folder,
      PATH: [path.dirname(program), path.dirname(process.execPath), '/bin'].join(':'),
    };
    for (const command of commands) {
      const { code, err } = await new Promise<{ code: unknown; err: string }>((resolve) => {
        execFile('sh', ['-c', command], { cwd: path.join(folder, 'recipes'), env }, (error, _, err) => {
          resolve({ code: error ? error.code : 0, err });
        });
      });
      assert.deepEqual({ code, err }, { code: command.includes('--no-fail') ? 0 : 1, err: '' }, command);
      const file = /--output (\w\S*)/.exec(command)?.[1];
      if (file) JSON.parse(readFileSync(path.join(folder, 'recipes', file), 'utf8'));
    }
    const [gitlab] = jobs;
    const report = gitlab?.dockerfiles.artifacts.reports.codequality;
    assert.ok(existsSync(path.join(folder, 'recipes', report)), report);
  });

  it('uses inputs of the action that it has', () => {
    const [{ text }] = blocks.filter(({ heading }) => heading === 'GitHub Actions') as [Block];
    const { inputs } = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'));
    const steps: { uses: string; with?: object }[] = parse(text).jobs.dockerfiles.steps;
    const ours = steps.find(({ uses }) => uses.startsWith('wheelhouse/wheelhouse@'));
    for (const name of Object.keys(ours?.with ?? assert.fail('no step of ours')))
      assert.ok(name in inputs, name);
    for (const name of Object.keys(inputs)) assert.ok(page.includes(`\`${name}\``), name);
  });
});
