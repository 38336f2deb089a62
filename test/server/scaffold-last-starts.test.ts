// What is started where neither a usual name nor a main block says so: a person is asked.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scaffold } from '../../server/src/features/scaffold.ts';
import { first, lists, nothingStarts } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { know, make, newest, textOf } from './scaffold-world.ts';

const plain = (files: Files) => first({ ...lists('six'), ...files }, 'multi-stage');
const task = 'from bot import settings\n\n\ndef run():\n    print(settings.A)\n\n\nrun()\n';
const bot = (text: string): Files => ({
  'bot/__init__.py': '',
  'bot/settings.py': 'A = 1\n',
  'bot/tasks/__init__.py': '',
  'bot/tasks/daily.py': text,
});

it('tasks of a package that call their own function are choices', async () => {
  assert.equal(await plain(bot(task)), 'start? python -m bot.tasks.daily');
  const two = { ...bot(task), 'bot/tasks/weekly.py': task };
  assert.equal(await plain(two), 'start? python -m bot.tasks.daily | python -m bot.tasks.weekly');
  const looping = task.replace(/run\(\)\n$/, 'for one in days(a=1):\n    send(one)\n');
  assert.equal(await plain(bot(looping)), 'start? python -m bot.tasks.daily');
  const asynchronous = task.replace('def run', 'async def run').replace(/run\(\)\n$/, 'asyncio.run(run())\n');
  assert.equal(await plain(bot(asynchronous)), 'start? python -m bot.tasks.daily');
});

it('are not where they are imported, only define something, or a program is there', async () => {
  assert.match(await plain({ ...bot(task), 'bot/other.py': 'from bot.tasks import daily\n' }), nothingStarts);
  assert.match(await plain(bot(task.replace(/run\(\)\n$/, ''))), nothingStarts);
  assert.match(await plain(bot(task.replace(/run\(\)\n$/, 'log = setup(1)\n'))), nothingStarts);
  assert.doesNotMatch(await plain({ ...bot(task), 'main.py': 'print(1)\n' }), /daily/);
});

const api = (name = 'mcp'): Files => ({
  'api.py': `from mcp.server.fastmcp import FastMCP\n\n${name} = FastMCP("Trains")\n\n\n@${name}.tool()\ndef a():\n    return 1\n`,
});
const demo: Files = {
  'demo.py': 'from api import a\nif __name__ == "__main__":\n    a()\n',
  'README.md': 'Run `mcp dev api.py`.\n\n```bash\npython demo.py\n```\n',
};

it('a server of MCP without a program is started by the command of its package, and before a demonstration', async () => {
  const files = { ...lists('mcp[cli]==1.4.1'), ...api(), ...demo };
  assert.equal(await first(files, 'multi-stage'), 'start? mcp run api.py | python demo.py');
  const made = await make(files, 'multi-stage');
  assert.match(textOf(made), /^ENTRYPOINT \["mcp", "run", "api\.py"\]$/m);
  assert.ok(
    made?.assumes.includes(
      'The container is started with -i, as api.py talks with another program over its input.',
    ),
  );
  const other = { 'api.py': (api()['api.py'] as string).replace('mcp.server.fastmcp', 'fastmcp') };
  assert.equal(await first({ ...lists('fastmcp'), ...other }, 'multi-stage'), 'start? fastmcp run api.py');
});

it('is not where the command is not installed or does not find it, or the program runs it', async () => {
  assert.match(await first({ ...lists('mcp'), ...api() }, 'multi-stage'), nothingStarts);
  assert.match(await first({ ...lists('mcp[cli]'), ...api('trains') }, 'multi-stage'), nothingStarts);
  const run = { 'api.py': `${api()['api.py']}\nif __name__ == "__main__":\n    mcp.run()\n` };
  const made = scaffold(await know({ ...lists('mcp[cli]'), ...run }), {
    kind: 'multi-stage',
    answers: newest,
  });
  assert.doesNotMatch(
    textOf(made) + made?.question?.choices.map(({ value }) => value).join(),
    /mcp.{1,4}run/,
  );
  // Nobody is shown it.
  assert.match(await plain({ 'demo.py': demo['demo.py'] ?? '' }), nothingStarts);
});

describe('an installer', () => {
  const main = '\nif __name__ == "__main__":\n    go()\n';
  const calls = (line: string) => `import subprocess, venv\ndef go():\n    ${line}\n${main}`;
  it('is no program of an image', async () => {
    for (const line of [
      'subprocess.run(["sudo", "apt-get", "update"], check=True)',
      'subprocess.run("sudo apt-get install -y cmake", shell=True)',
      'subprocess.run([python, "-m", "venv", place])',
    ]) {
      const files = { ...lists('requests'), 'installer.py': calls(line) };
      assert.match(await first(files, 'multi-stage'), /^installer\.py is an installer, and nothing/, line);
      const both = { ...files, 'board.py': `def go():\n    print(1)\n${main}` };
      assert.match(
        await first(both, 'multi-stage'),
        /^start\? python board\.py$|"python", "board\.py"/,
        line,
      );
    }
  });
  it('is none that runs no manager of packages, or is called otherwise', async () => {
    const run = calls('subprocess.run(["sudo", "apt-get", "update"], check=True)');
    const other = calls('subprocess.run(["ls"])\n    print("sudo apt-get install cmake")');
    for (const [path, text] of [
      ['main.py', run],
      ['installer.py', other],
    ] as const)
      assert.doesNotMatch(
        await first({ ...lists('requests'), [path]: text }, 'multi-stage'),
        /is an installer/,
      );
  });
});
