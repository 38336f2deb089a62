import './register-vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curvesOf, describeUsage, sparkline, usageWords } from '../../client/src/containers/figures.ts';
import { readGpuProcesses } from '../../client/src/engine/gpu-memory.ts';
import { createPrintedStatsReader } from '../../client/src/engine/printed-stats.ts';
import { readUsage, type Usage, usageOf } from '../../client/src/engine/stats.ts';
import { formatMemory, shortId, stepOf } from '../../client/src/ui/words.ts';

const MiB = 1024 * 1024;
const measured = {
  read: '2026-01-02T03:04:06.500000000Z',
  preread: '2026-01-02T03:04:05.500000000Z',
  cpu_stats: { cpu_usage: { total_usage: 5_500_000_000 }, system_cpu_usage: 1, online_cpus: 8 },
  precpu_stats: { cpu_usage: { total_usage: 4_000_000_000 } },
  memory_stats: { usage: 400 * MiB, limit: 2048 * MiB, stats: {} },
};
const at = Date.parse(measured.read);

test('processors are counted by time, and memory as docker stats counts it', () => {
  assert.deepEqual(usageOf(measured), { at, cpu: 150, memory: 400 * MiB, memoryLimit: 2048 * MiB });
  const memory = (stats: unknown) =>
    usageOf({ ...measured, memory_stats: { usage: 400 * MiB, stats } })?.memory;
  assert.equal(memory({ inactive_file: 100 * MiB }), 300 * MiB, 'cgroup v2');
  assert.equal(memory({ inactive_file: 1, total_inactive_file: 60 * MiB }), 340 * MiB, 'cgroup v1');
  assert.equal(memory({ inactive_file: 500 * MiB }), 400 * MiB, 'more than all');
  assert.equal(memory({ inactive_file: 'x' }), 400 * MiB);
  assert.equal(memory(null), 400 * MiB, 'Podman tells no more');
});

test('what says nothing gives no figure', () => {
  const first = {
    ...measured,
    preread: '0001-01-01T00:00:00Z',
    precpu_stats: { cpu_usage: { total_usage: 0 } },
  };
  assert.equal(usageOf(first)?.cpu, undefined, 'the first of a stream');
  assert.equal(usageOf({ ...measured, precpu_stats: null })?.cpu, undefined);
  const restarted = { ...measured, cpu_stats: { cpu_usage: { total_usage: 0 } } };
  assert.equal(usageOf(restarted)?.cpu, undefined, 'counted from zero again');
  assert.equal(usageOf({ ...measured, read: '0001-01-01T00:00:00Z' }), undefined, 'does not run');
  for (const line of ['', '{', 'null', '[]', '{"read":1}', '{"read":"x","cpu_stats":{"cpu_usage":{}}}'])
    assert.equal(readUsage(line), undefined, line);
});

test('a row says the figures of now, and none that are old', () => {
  const usage = usageOf(measured) as Usage;
  assert.deepEqual(usageWords(usage, at + 1000), ['400 MiB', 'CPU 150%']);
  assert.deepEqual(usageWords({ at, cpu: 3.04 }, at), ['CPU 3.0%']);
  assert.deepEqual(usageWords({ ...usage, gpuMemory: 2150 * MiB }, at), [
    '400 MiB',
    'GPU 2.1 GiB',
    'CPU 150%',
  ]);
  assert.deepEqual(usageWords({ at, cpu: 0.05 }, at), ['CPU 0.1%']);
  assert.deepEqual(usageWords({ at, cpu: 0.04, memory: MiB }, at), ['1.0 MiB'], 'at rest');
  assert.deepEqual(usageWords(usage, at + 21_000), []);
  assert.deepEqual(usageWords(undefined), []);
});

test('the last minutes are a line of bars, from nothing to the most', () => {
  assert.equal(sparkline([0, 50, 100]), '▁▅█');
  assert.equal(sparkline([0, 0]), '▁▁');
  assert.equal(sparkline([0, 9, 0, 0, 3, 3], 3), '█▁▃');
  assert.equal(sparkline(Array.from({ length: 150 }, (_, index) => index)).length, 30);
  const history = [1, 2, 4].map((n) => ({ at, cpu: n * 25, memory: n * 100 * MiB, memoryLimit: 1024 * MiB }));
  assert.equal(
    describeUsage(history),
    '- CPU: 100% · ▃▅█ · 25% to 100%\n- Memory: 400 MiB of 1.0 GiB · ▃▅█ · 100 MiB to 400 MiB',
  );
  assert.equal(describeUsage([{ at, memory: 5 * MiB }]), String.raw`- Memory: 5\.0 MiB`);
  const idle = [0.01, 0, 0.02].map((cpu) => ({ at, cpu, memory: 5 * MiB }));
  assert.equal(describeUsage(idle), String.raw`- CPU: 0\.0%${'\n'}- Memory: 5\.0 MiB`);
  assert.equal(describeUsage([]), '');
  assert.deepEqual(curvesOf(history), [
    { name: 'CPU', words: '100% · 25% to 100%', values: [25, 50, 100] },
    { name: 'Memory', words: '400 MiB · 100 MiB to 400 MiB', values: [100, 200, 400].map((n) => n * MiB) },
  ]);
  assert.deepEqual(curvesOf([{ at, memory: 5 * MiB }]), [
    { name: 'Memory', words: '5.0 MiB', values: [5 * MiB] },
  ]);
});

test('what nvidia-smi prints is memory by process, without what it does not know', () => {
  const printed =
    '100, 512\n200, 10\r\n100, 256\n300, [N/A]\n400, [Insufficient Permissions]\n\nNo devices were found\n';
  assert.deepEqual(
    [...readGpuProcesses(printed)],
    [
      [100, 768 * MiB],
      [200, 10 * MiB],
    ],
  );
  assert.equal(readGpuProcesses('').size, 0);
});

test('what Podman prints is read wherever it is cut, and what is none is left out', () => {
  const object = (id: string, memory: string) =>
    ` {\n  "id": "${id}",\n  "name": "x",\n  "cpu_percent": "23.24%",\n  "mem_usage": "${memory}"\n }`;
  const printed = `[\n${object('aaa', '385kB / 25.28GB')},\n${object('bbb', '0B / 0B')}\n]\n[\n{"id": 1}, {"x"}${object('ccc', '1.5MB / 2GB')}`;
  for (const size of [1, 7, printed.length]) {
    const read = createPrintedStatsReader();
    const found = [];
    for (let from = 0; from < printed.length; from += size)
      found.push(...read(printed.slice(from, from + size)));
    assert.deepEqual(
      found.map(({ at: _, ...usage }) => usage),
      [
        { id: 'aaa', cpu: 23.24, memory: 385_000, memoryLimit: 25_280_000_000 },
        { id: 'ccc', cpu: 23.24, memory: 1_500_000, memoryLimit: 2_000_000_000 },
      ],
    );
  }
});

test('memory is told in the units of its limits', () => {
  assert.deepEqual([0, 999, 1000, 340 * MiB, 1023 * MiB, 2048 * MiB].map(formatMemory), [
    '0 B',
    '999 B',
    '1.0 KiB',
    '340 MiB',
    '1.0 GiB',
    '2.0 GiB',
  ]);
});

test('an id is as short as engines show it, and is no step of what made it', () => {
  const id = 'ab01'.repeat(16);
  assert.deepEqual([id, `${id}0`, 'trainer'].map(shortId), ['ab01ab01ab01', `${id}0`, 'trainer']);
  assert.deepEqual([` ${id}\n`, ' Pulling fs layer ', ' '].map(stepOf), [
    undefined,
    'Pulling fs layer',
    undefined,
  ]);
});
