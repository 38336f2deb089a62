// What containers did not find, and what brings it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bringing, sharedLibraries } from '../../server/src/data/shared-libraries.ts';
import { make } from './scaffold-world.ts';

/** Debian policy 8.1: the name of the library and its version, with a dash between two digits. */
function byPolicy(library: string): string {
  const [, name = '', version = ''] = /^(.+)\.so\.(\d+)$/.exec(library) ?? [];
  return `${name.toLowerCase()}${/\d$/.test(name) ? '-' : ''}${version}`;
}

test('a library is in the package that is named after it, but for those of GLib and OpenGL ES', () => {
  const others = [...sharedLibraries].filter(([library, name]) => name !== byPolicy(library));
  assert.ok(sharedLibraries.size - others.length > 20);
  assert.deepEqual(
    others.map(([library]) => library),
    [
      'libGLESv2.so.2',
      'libglib-2.0.so.0',
      'libgthread-2.0.so.0',
      'libgobject-2.0.so.0',
      'tesseract',
      'pdftoppm',
      'pdfinfo',
      'dot',
    ],
  );
});

test('what is known to be brought by a package of the system is installed, and nothing else changes', async () => {
  const files = { 'requirements.txt': 'six==1.17.0\n', '.python-version': '3.12\n', 'main.py': 'print(1)\n' };
  const lines = async (missing?: string) => {
    const made = await make(files, 'training', missing === undefined ? {} : { missing });
    const text = made?.files.find(({ path }) => path === 'Dockerfile')?.text ?? '';
    assert.notEqual(text, '');
    return text.split('\n');
  };
  const before = await lines();
  assert.deepEqual(await lines('libnothing.so.1'), before);
  const after = await lines('libGL.so.1 libnothing.so.1 git');
  const added = after.filter((line) => !before.includes(line)).map((line) => line.trim());
  assert.ok(added.includes('libgl1 \\') && added.some((line) => /^git=\S+ \\$/.test(line)), added.join('\n'));
  assert.deepEqual(
    after.filter((line) => before.includes(line)),
    before,
  );
  // Ubuntu has some of them under other names.
  assert.deepEqual(bringing('libGL.so.1', 'noble'), []);
});

test('variables are told that have no default', async () => {
  const program =
    'import os\nprint(os.environ["API_KEY"], os.getenv("BOT_TOKEN"), os.getenv("MODE", "fast"), os.environ["API_KEY"])\n';
  const files = { 'requirements.txt': 'six==1.17.0\n', '.python-version': '3.12\n', 'main.py': program };
  assert.deepEqual((await make(files, 'training'))?.settings, ['API_KEY', 'BOT_TOKEN']);
  const quiet = { ...files, 'main.py': 'print(1)\n' };
  assert.deepEqual((await make(quiet, 'training'))?.settings, []);
});
