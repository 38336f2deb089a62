// What Python reads before the program begins is told apart, so that a Python can be asked whether it can read it.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { project } from './scaffold-forms.ts';
import { make } from './scaffold-world.ts';

const files = {
  'pyproject.toml': project('demo', ''),
  '.python-version': '3.12\n',
  'main.py': 'from parts.one import go\n\n\ndef later():\n    import lazy\n\n\ngo()\n',
  'lazy.py': 'x = 1\n',
  'aside.py': 'x = 1\n',
  'parts/__init__.py': 'x = 1\n',
  'parts/one.py': 'from . import two\n\n\ndef go(): ...\n',
  'parts/two.py': 'x = 1\n',
};

it('the file that is started and those that it cannot begin without, with the Python of the image', async () => {
  const made = await make(files, 'multi-stage');
  assert.equal(made?.program?.python, '3.12');
  assert.deepEqual(made?.program?.files.toSorted(), [
    'main.py',
    'parts/__init__.py',
    'parts/one.py',
    'parts/two.py',
  ]);
});

it('nothing where no file of the project is started', async () => {
  const { 'main.py': _, ...others } = files;
  const made = await make(others, 'multi-stage', { present: 'new', releases: 'newest', start: 'python -V' });
  assert.ok(made && made.program === null);
});
