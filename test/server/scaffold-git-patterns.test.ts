// What Git ignores and a person puts into a folder later stays out of the image, be it there or not when the files are made.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseIgnoreFile } from '../../server/src/syntax/ignore-file.ts';
import { lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

const main = 'open("credentials/token.pickle")\nif __name__ == "__main__":\n    print()\n';
const of = (more: Files): Files => ({
  ...lists('six'),
  'main.py': main,
  'credentials/key.txt.sample': 'x\n',
  'shop/__init__.py': '',
  ...more,
});
/** Which of some paths a build would get. */
const sent = async (files: Files, ...paths: string[]) => {
  const made = await make(files, 'multi-stage');
  const text = textOf(made, '.dockerignore') || String(files['.dockerignore'] ?? '');
  const { keepsOut } = parseIgnoreFile(text);
  return paths.filter((path) => !keepsOut(path));
};

describe('what Git ignores and is not there yet', () => {
  it('stays out of a folder that is copied', async () => {
    const paths = ['credentials/token.pickle', 'credentials/key.txt.sample', 'shop/__init__.py'];
    const kept = paths.slice(1);
    const ignore = 'credentials/*\n!credentials/*.sample\n';
    assert.deepEqual(await sent(of({}), ...paths), paths);
    assert.deepEqual(await sent(of({ '.gitignore': ignore }), ...paths), kept);
    assert.deepEqual(await sent(of({ 'credentials/.gitignore': '*\n!*.sample\n' }), ...paths), kept);
    const there = { '.gitignore': ignore, '.dockerignore': '.git\n.venv\n' };
    assert.deepEqual(await sent(of(there), ...paths), kept);
  });

  it('is kept out by its name anywhere, where that tells of secrets', async () => {
    const files = of({ '.gitignore': '*.pem\nclient_secret*.json\n!client_secret.example.json\nnotes\n' });
    const paths = ['a.pem', 'shop/b.pem', 'shop/client_secret_1.json', 'shop/client_secret.example.json'];
    assert.deepEqual(await sent(files, ...paths), paths.slice(3));
    assert.ok(!textOf(await make(files, 'multi-stage'), '.dockerignore').includes('notes'));
  });

  it('keeps out nothing that the image gets', async () => {
    const ignore = 'shop/*\n!shop/__init__.py\n';
    const files = of({
      '.gitignore': ignore,
      'main.py': `import shop.local\n${main}`,
      'shop/local.py': 'x = 1\n',
    });
    assert.deepEqual(await sent(files, 'shop/local.py'), ['shop/local.py']);
  });
});
