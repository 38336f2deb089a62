// What a build that failed says, and what pruning the cache of the engine's own builder is said to free.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { formatBytes } from '../../client/src/ui/words.ts';
import { cli, failures, folder, limits, parts } from './builder-world.ts';
import { execute, executeFromElsewhere, screen } from './fake-vscode.ts';

const of = (builder: string) => ({ builder });
const did = <T>(verb: string, argument?: object) => execute<T>(`wheelhouse.builders.${verb}`, argument);

test(
  'a build that fails tells what the step said at its end, and is built again by a button',
  limits,
  async () => {
    const context = path.join(folder, 'context');
    const dockerfile = path.join(context, 'Reason');
    const why = "ModuleNotFoundError: No module named 'torchh'";
    const text = (step: string) => `FROM ${parts.engine?.baseImage}\nRUN echo one && ${step}\n`;
    writeFileSync(dockerfile, text(`echo "${why}" >&2 && exit 5`));
    await executeFromElsewhere('wheelhouse.images.build', { dockerfile, context, tag: 'wh-reason:1' });
    const failure = failures.at(-1);
    assert.equal(failure?.message, `Line 2 failed. A step of the Dockerfile ended with exit code 5: ${why}.`);
    const again = failure?.also?.find(({ label }) => label === 'Build Again');
    assert.ok(again, JSON.stringify(failure));
    writeFileSync(dockerfile, text('true'));
    await execute(again.command, ...(again.arguments ?? []));
    assert.match(
      await cli('image', 'inspect', '--format', '{{.RepoTags}}', 'wh-reason:1'),
      /wh-reason:1/,
      JSON.stringify(failures.at(-1)),
    );
    await cli('image', 'rm', 'wh-reason:1');
  },
);

test('what images have as well is not told as freed, and Disk Space says the same', limits, async () => {
  const from = `FROM ${parts.engine?.baseImage}\n`;
  const own = 'RUN --mount=type=cache,target=/c head -c 5000000 /dev/urandom > /c/b\n';
  const shared = 'RUN head -c 3000000 /dev/urandom > /a\n';
  writeFileSync(path.join(folder, 'context', 'Sharing'), from + own + shared);
  // What other tests have left in the cache is not counted here.
  await cli('builder', 'prune', '--all', '--force');
  const at = ['--file', path.join(folder, 'context', 'Sharing'), path.join(folder, 'context')];
  await cli('buildx', 'build', '--builder', 'default', '--tag', 'wheelhouse-shares:1', ...at);
  const disk = await execute<{ cache: { bytes: number; taken: number } }>('wheelhouse.disk.show', {});
  const engines = async () =>
    (await cli('system', 'df'))
      .split('\n')
      .at(-1)
      ?.split(/\s{2,}/);
  const [, , , size, reclaimable] = (await engines()) ?? [];
  assert.equal(size, reclaimable);
  const asked = screen.shown.length;
  await executeFromElsewhere('wheelhouse.builders.prune', of('default'));
  const detail = screen.shown.slice(asked)[0]?.detail ?? '';
  const [, freed = '', all, kept] =
    /^([\d.]+ MB) of ([\d.]+ MB) are freed\.\n\nAnother ([\d.]+ MB) /.exec(detail) ?? [];
  assert.equal(freed, all, detail);
  assert.equal(formatBytes(disk.cache.bytes), freed);
  assert.ok(Math.abs(Number.parseFloat(size ?? '') - Number.parseFloat(freed)) <= 0.1, `${size}, ${freed}`);
  assert.ok(Number.parseFloat(kept ?? '') >= 3, detail);
  const { freed: done } = await did<{ freed: number }>('prune', of('default'));
  assert.ok(Math.abs(done - disk.cache.bytes) < 10_000, `${done} of ${disk.cache.bytes}`);
  assert.equal((await engines())?.[3], '0B');
  await cli('image', 'rm', 'wheelhouse-shares:1');
});
