// Memory of GPUs in the row of a container. No machine of the tests has a GPU: `nvidia-smi` is a fake here, and so is the
// device file, which leads to /dev/null; the engine, the container and its processes are real.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { Node } from '../../client/src/ui/tree.ts';
import { runOrThrow } from '../parts/processes.ts';
import { eventually, screen } from './fake-vscode.ts';

const { docker, forever, inspect, limits, make, name, nodes, workbench } = await import(
  './container-world.ts'
);

const skip = limits.skip || (process.getuid?.() === 0 ? false : 'only root can make a device file');
const view = () => screen.trees.get('wheelhouse.containers') ?? assert.fail();
const row = (item: Node) => (view().provider.getTreeItem(item) as { description: string }).description;
/** Once its event has come. */
const drawn = (suffix: string) =>
  eventually(async () => (await nodes()).find(({ label }) => label === name(suffix)));

test('a container with a GPU says what its processes take there, and no other is asked about', {
  ...limits,
  skip,
}, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse gpu '));
  const device = `/dev/nvidia-fake-${process.pid}`;
  const [told, calls] = [path.join(folder, 'told.csv'), path.join(folder, 'calls')];
  const count = () => readFileSync(calls, 'utf8').length;
  const before = process.env.PATH;
  try {
    writeFileSync(calls, '');
    const fake = path.join(folder, 'nvidia-smi');
    writeFileSync(fake, `#!/bin/sh\nprintf x >> '${calls}'\nexec cat '${told}'\n`);
    chmodSync(fake, 0o755);
    process.env.PATH = `${folder}${path.delimiter}${before}`;
    await make('plain', [], ...forever);
    view().see(true);
    const plain = await drawn('plain');
    await eventually(() => (/\d [KM]iB/.test(row(plain)) ? true : undefined));
    assert.equal(count(), 0, 'nobody has a GPU');

    await runOrThrow('mknod', [device, 'c', '1', '3']);
    await make('trains', ['--device', device], ...forever);
    const pid = await inspect(name('trains'), '{{.State.Pid}}');
    const other = await inspect(name('plain'), '{{.State.Pid}}');
    // On two GPUs, beside a process of another container and one of nobody's, and one of which nothing is told.
    writeFileSync(told, `${pid}, 1500\n${other}, 4000\n${process.pid}, 700\n${pid}, 650\n1, [N/A]\n`);
    const trains = await drawn('trains');
    await eventually(() => (row(trains).includes('GPU') ? true : undefined));
    assert.match(row(trains), /^running · [\d.]+ [KM]iB · GPU 2\.1 GiB · (?:CPU [\d.]+% · )?under 1 min$/);
    assert.doesNotMatch(row(plain), /GPU/);
    const { value } = await view()
      .provider.resolveTreeItem({}, trains)
      .then((item) => (item as { tooltip: { value: string } }).tooltip);
    assert.match(value, /\n- GPU memory: 2\\?\.1 GiB/);
    assert.match(value, /\n- GPU: yes/);

    // Once it fails it is left alone.
    const failing = count();
    rmSync(told);
    await eventually(() => (count() > failing ? true : undefined));
    const last = count();
    await eventually(() => (row(trains).includes('GPU') ? undefined : true));
    await docker('rm', '--force', name('plain'));
    await make('more', ['--device', device], ...forever);
    const more = await drawn('more');
    await eventually(() => (/\d [KM]iB/.test(row(more)) ? true : undefined));
    assert.equal(count(), last);
  } finally {
    view().see(false);
    process.env.PATH = before;
    rmSync(device, { force: true });
    rmSync(folder, { recursive: true });
    workbench.engine.forget();
  }
});
