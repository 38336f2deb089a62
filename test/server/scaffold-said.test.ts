// What Add Container Files takes over of the way in which a project starts its programs already.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

describe('a program that runs others by their files', () => {
  const path = async (text: string, more: Files = {}) => {
    const files = {
      ...lists('six==1.17.0'),
      'main.py': `import subprocess\nimport sys\n${text}\n`,
      'src/__init__.py': '',
      'src/look.py': 'from src import net\n',
      'src/net.py': 'x = 1\n',
      'tools/alone.py': 'import json\n',
      ...more,
    };
    return /PYTHONPATH=(\S+)/.exec(textOf(await make(files, 'multi-stage')))?.[1];
  };

  it('tells them where their modules are, as Python looks beside the file alone', async () => {
    for (const text of [
      'subprocess.run(f"python3 src/look.py --iteration {1}", shell=True)',
      'subprocess.run(["python", "src/look.py"])',
      'subprocess.Popen(\n    [\n        sys.executable,\n        "./src/look.py",\n    ]\n)',
    ])
      assert.equal(await path(text), '/app', text);
    for (const text of [
      'subprocess.run(["python", "-m", "src.look"])',
      'subprocess.run(["python", "tools/alone.py"])',
      'subprocess.run(["cat", "src/look.py"])',
      '# subprocess.run(["python", "src/look.py"])',
      'subprocess.run(["python", "src/gone.py"])',
    ])
      assert.equal(await path(text), undefined, text);
  });
});
