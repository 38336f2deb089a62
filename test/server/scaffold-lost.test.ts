// What a program does where a person starts it on a machine, and what a container lets it do.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

const main = (body: string) => `if __name__ == "__main__":\n    ${body.replaceAll('\n', '\n    ')}\n`;

describe('a program that asks in a terminal', () => {
  const told = async (text: string, more: Files = {}) =>
    (await make({ ...lists('rich==14.0.0'), 'main.py': text, ...more }, 'multi-stage'))?.assumes.filter(
      (line) => line.includes('-it'),
    );

  it('is started with one', async () => {
    for (const text of [
      main('name = input("Who? ")'),
      `import getpass\n${main('getpass.getpass()')}`,
      `from rich.prompt import Prompt\n${main('Prompt.ask("x")')}`,
      `import curses\n${main('curses.wrapper(print)')}`,
    ])
      assert.deepEqual(
        await told(text),
        ['The container is started with -it, as main.py talks with a person in a terminal.'],
        text,
      );
  });

  it('is none where others read, or where what it imports asks only when it is started itself', async () => {
    const quiet = 'form.input()\ntext_input("x")\n# input()\n';
    assert.deepEqual(await told(`${quiet}${main('print()')}`), []);
    const other = { 'words.py': `def ask():\n    pass\n\n\n${main('input()')}` };
    assert.deepEqual(await told(`import words\n${main('words.ask()')}`, other), []);
    assert.deepEqual(
      await told(`import words\n${main('words.ask()')}`, {
        'words.py': 'def ask():\n    return input()\n',
      }),
      ['The container is started with -it, as words.py talks with a person in a terminal.'],
    );
  });
});
