// What Add Container Files says of a project has to be so: of lists for conda, of variables and of databases.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { first, lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

const end = 'if __name__ == "__main__":\n    print()\n';
const told = async (code: string) =>
  (await make({ ...lists('six'), 'main.py': `${code}\n${end}` }, 'multi-stage'))?.assumes ?? [];

describe('a project without a list for pip and uv', () => {
  const conda = (name: string): Files => ({
    'main.py': `import torch\nimport yaml\n${end}`,
    'environment.yml': `channels:\n  - defaults\ndependencies:\n  - ${name}\n`,
  });

  it('is told of those for conda, and of one that names nothing', async () => {
    for (const name of ['pytorch', 'pyyaml=6'])
      assert.match(
        await first(conda(name)),
        /^environment\.yml is for conda, which these files do not use/,
        name,
      );
    assert.match(
      await first(conda('anaconda-client')),
      /^environment\.yml is for conda and names nothing of what the programs import, such as torch, yaml: write/,
    );
    const main = { 'main.py': `import torch\n${end}` };
    assert.match(
      await first({ ...main, 'requirements.yml': 'name: a\n', 'environment.txt': 'a=1\n' }),
      /^environment\.txt, requirements\.yml may be read by conda, and not by pip or uv: /,
    );
    assert.match(
      await first({ ...main, 'setup/environment.yml': 'dependencies: [pytorch]\n' }),
      /^setup\/environment\.yml may be read by conda, /,
    );
  });
});

describe('what is told of a program', () => {
  it('is no variable that it goes on without', async () => {
    const asks = (value: string) =>
      told(
        `import os\ndef load(x):\n    path = x or os.environ.get("SHOP_CONFIG")\n    if not path:\n        ${value}\n    return open(path)`,
      );
    const has = (lines: readonly string[]) => lines.some((line) => line.startsWith('SHOP_CONFIG '));
    for (const value of ['return {}', 'return []', 'return ""']) assert.ok(!has(await asks(value)), value);
    for (const value of ['raise ValueError(path)', 'sys.exit(1)', 'return'])
      assert.ok(has(await asks(value)), value);
  });

  it('is a database where it names one', async () => {
    const has = async (code: string) =>
      (await told(`import sqlite3\n${code}`)).some((line) => line.includes('SQLite'));
    assert.ok(!(await has('def load(path):\n    return sqlite3.connect(path)')));
    for (const code of [
      'sqlite3.connect("a.db")',
      'PATH = "a.sqlite3"\nsqlite3.connect(PATH)',
      'path = "x.db"\nsqlite3.connect(path)',
    ])
      assert.ok(await has(code), code);
  });

  it('is a service at an address of this machine', async () => {
    const line =
      'Another host is written into line 1 of main.py before the image is built, or the container is started with --network=host, as localhost is the container itself there and no variable says otherwise.';
    assert.ok((await told('client = Client({"url": "http://127.0.0.1:8000/mcp"})')).includes(line));
    assert.ok(!(await told('client = Client({"url": "http://example.org:8000/mcp"})')).includes(line));
  });
});
