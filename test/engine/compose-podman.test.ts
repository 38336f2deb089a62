// Compose on a real Podman: by podman-compose, which knows projects by their files alone.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { Failure } from '../../client/src/runtime/failures.ts';
import { ensurePodmanCompose } from '../parts/compose.ts';
import { isMissing } from '../parts/progress.ts';
import './fake-disk.ts';
import { createContext, execute, screen, workspace } from './fake-vscode.ts';
import { base, limits, podman } from './podman-world.ts';

workspace.getConfiguration = () => ({
  get: <T>(key: string, fallback: T) => (key === 'engine' ? ('podman' as T) : fallback),
});
const { createWorkbench } = await import('../../client/src/ui/workbench.ts');
const { registerCompose } = await import('../../client/src/compose/commands.ts');
const workbench = createWorkbench(createContext() as never);
registerCompose(workbench);
const failures: Failure[] = [];
workbench.api.onDidFail((failure) => failures.push(failure));

const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse-compose-'));
after(() => rmSync(root, { recursive: true }));
const forever = `sh -c 'trap "exit 0" TERM; while :; do sleep 0.1; done'`;
const states = async () =>
  (await podman('ps', '--all', '--format', '{{.Names}} {{.Status}}'))
    .replaceAll(/ Up .*/g, ' running')
    .replaceAll(/ Exited .*/g, ' exited')
    .split('\n')
    .filter(Boolean)
    .sort();

test('a project is brought up, restarted and removed by podman-compose', limits, async () => {
  const place = path.join(root, 'bikes');
  mkdirSync(place);
  const file = path.join(place, 'compose.yaml');
  const service = `{image: "${base}", command: ${JSON.stringify(forever)}`;
  writeFileSync(
    file,
    `services:\n  web: ${service}, volumes: ["data:/d"]}\n  db: ${service}}\nvolumes: {data: {}}\n`,
  );
  const before = process.env.PATH;
  await execute('wheelhouse.compose.up', { files: file, services: [] });
  assert.equal(failures.at(-1)?.id, 'compose-missing');
  const program = await ensurePodmanCompose(() => {});
  assert.ok(!isMissing(program), JSON.stringify(program));
  process.env.PATH = `${path.dirname(program)}${path.delimiter}${before}`;
  try {
    const up = await execute('wheelhouse.compose.up', { files: file, services: [] });
    assert.deepEqual(up, { project: 'bikes', services: ['db', 'web'] }, JSON.stringify(failures.at(-1)));
    assert.deepEqual(await states(), ['bikes_db_1 running', 'bikes_web_1 running']);
    await execute('wheelhouse.compose.stop', { project: 'bikes', services: ['db'] });
    assert.deepEqual(await states(), ['bikes_db_1 exited', 'bikes_web_1 running']);
    await execute('wheelhouse.compose.restart', { files: file, services: ['db'] });
    assert.deepEqual(await states(), ['bikes_db_1 running', 'bikes_web_1 running']);
    screen.answer = () => '1 volume';
    screen.press = ({ kind }) => (kind === 'modal' ? 'Remove' : undefined);
    const node = {
      id: 'p',
      label: 'bikes',
      context: ';composeproject;',
      icon: '',
      value: { composeProject: 'bikes' },
    };
    await execute('wheelhouse.compose.down', node);
    assert.match(
      screen.shown.find(({ kind }) => kind === 'modal')?.text ?? '',
      /2 containers, 2 of them running · 1 network · 1 volume/,
    );
    assert.deepEqual(await states(), []);
    assert.equal(await podman('volume', 'ls', '--quiet'), '');
    writeFileSync(file, 'services:\n  web:\n\timage: x\n');
    await execute('wheelhouse.compose.up', { files: file, services: [] });
    assert.equal(failures.at(-1)?.id, 'compose-file-invalid', failures.at(-1)?.message);
    assert.match(failures.at(-1)?.message ?? '', /^Line 3 of the Compose file/);
  } finally {
    process.env.PATH = before;
  }
});
