// What a user of its own is told to lack, and what may run before it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { app, from, how, optimized, start } from './non-root-lines.ts';

describe('a user of its own', () => {
  it('says that it may not write to what is mounted, where people may give it a folder', async () => {
    const told = async (lines: readonly string[], files?: ExampleContext) => {
      const { applied } = await optimized([from, ...app, ...lines], files);
      assert.equal(applied.length, 1);
      return applied[0]?.assumes?.endsWith(`and user 10001 may write to any folder that is mounted ${how}`);
    };
    for (const program of [
      'with open("rides.csv", "w") as out:\n    pass\n',
      'os.makedirs(args.out.parent, exist_ok=True)\nimage.save(args.out)\n',
      'cv2.imwrite("ride.png", image)\n',
      'np.savez(out, rides=rides)\n',
      'soundfile.write(out, samples, 16000)\n',
      'import argparse\nimport rides\n',
      'from typer import Typer\n',
      'rides.convert(sys.argv[1], sys.argv[2])\n',
    ])
      assert.equal(await told([start], { 'ride.py': program }), true, program);
    // A program of others, of which nothing is known.
    assert.equal(await told(['CMD ["rasterize", "all"]']), true);
    assert.equal(await told(['VOLUME /srv/ride/data', start], { 'ride.py': 'import flask\n' }), true);
    const port = { 'ride.py': 'import argparse\nimport flask\n' };
    assert.equal(await told(['EXPOSE 8000', start], port), false);
    assert.equal(await told([start], { 'ride.py': 'import telebot\nbot.polling()\n' }), false);
  });

  it('is offered where keys and lists of an archive are fetched, and not where files for a program are', async () => {
    const offered = async (run: string) =>
      (await optimized([from, `RUN ${run}`, ...app, start])).applied.length > 0;
    for (const run of [
      'curl -fsSL https://a.b/key.asc | apt-key add -',
      'curl -fsSL https://a.b/key.asc | gpg --dearmor -o /usr/share/keyrings/a.gpg',
      'curl https://a.b/prod.list > /etc/apt/sources.list.d/prod.list 2>/dev/null && apt-get update',
      'echo deb https://a.b main | tee /etc/apt/sources.list.d/a.list',
      'curl -o /tmp/a.deb https://a.b/a.deb && apt-get install -y /tmp/a.deb',
    ])
      assert.equal(await offered(run), true, run);
    for (const run of [
      'curl -fsSL https://a.b/install.sh | bash',
      'curl -O https://a.b/rides.db',
      'curl -orides.db https://a.b/rides.db',
      'curl -fsSLo rides.db https://a.b/rides.db',
      'curl --output=/srv/rides.db https://a.b/rides.db',
      'curl https://a.b/rides.db > rides.db',
      'curl https://a.b/rides.db >> /srv/ride/rides.db',
      'curl https://a.b/rides.db | tee /srv/rides.db',
      'curl https://a.b/key.asc | gpg --import',
      'wget https://a.b/rides.db',
    ])
      assert.equal(await offered(run), false, run);
  });
});
