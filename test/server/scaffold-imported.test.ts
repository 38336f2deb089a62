// Programs that no file lists the packages of: what they import is asked for, and installed by name.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scaffold, scaffoldKinds } from '../../server/src/features/scaffold.ts';
import { first } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { know, make, newest, textOf } from './scaffold-world.ts';

const asked = async (files: Files) =>
  scaffold(await know(files), { kind: 'multi-stage', answers: newest })?.question;
const choice = (value: string, because: string) => ({ value, because });
const page: Files = { 'app.py': 'import streamlit as st\nst.write("x")\n' };

describe('packages that no file lists', () => {
  it('are those that bring what the programs import, once that is agreed to', async () => {
    const files = {
      'main.py': 'from __future__ import annotations\nimport os\nimport cv2, yaml\nfrom util.x import y\n',
      'util/x.py': 'import psycopg2\nimport yaml\n',
      'tests/test_x.py': 'import pytest\n',
    };
    assert.ok(scaffoldKinds(await know(files)).length > 0);
    const packages = 'opencv-python psycopg2-binary pyyaml';
    assert.deepEqual(await asked(files), {
      id: 'dependencies',
      choices: [choice(packages, 'main.py')],
    });
    const made = await make(files, 'multi-stage', {
      dependencies: packages,
      start: 'python main.py',
      python: '3.12',
    });
    assert.match(textOf(made), /^ {4}uv venv && uv pip install opencv-python psycopg2-binary pyyaml$/m);
    assert.match(textOf(made), /libgl1/);
    assert.deepEqual(made?.install?.requirements, packages.split(' '));
    assert.ok(
      made?.assumes.some((line) => line.endsWith('fit the project, as no file pins their versions.')),
      made?.assumes.join('\n'),
    );
  });

  it('are much used ones, by the names that they have on PyPI', async () => {
    const main = 'import joblib\nimport folium\nfrom tldextract import extract\nimport ee\n';
    assert.deepEqual((await asked({ 'main.py': main }))?.choices, [
      choice('earthengine-api folium joblib tldextract', 'main.py'),
    ]);
    assert.equal(await asked({ 'main.py': 'import joblib\nimport workspace_utils\n' }), null);
  });

  it('are those that another file installs, where that is all which is imported', async () => {
    const devcontainer =
      '{"updateContentCommand": "[ -f requirements.txt ] && pip3 install --user -r requirements.txt; pip3 install --user streamlit; echo x"}';
    assert.deepEqual((await asked({ ...page, '.devcontainer/devcontainer.json': devcontainer }))?.choices, [
      choice('streamlit', '.devcontainer/devcontainer.json'),
    ]);
    const readme = { 'README.md': '```\npip install streamlit pandas==2.2.0 uvicorn[standard]>=0.30\n```\n' };
    const said = "streamlit pandas==2.2.0 'uvicorn[standard]>=0.30'";
    assert.deepEqual((await asked({ ...page, ...readme }))?.choices, [
      choice(said, 'README.md'),
      choice('streamlit', 'app.py'),
    ]);
    const made = await make({ ...page, ...readme }, 'multi-stage', { dependencies: said, python: '3.12' });
    assert.ok(textOf(made).includes(`uv pip install ${said} `), textOf(made));
    for (const text of ['pip install -r requirements.txt', 'pip install --upgrade pip', 'pip install pandas'])
      assert.deepEqual(
        (await asked({ ...page, 'README.md': `\`${text}\`\n` }))?.choices,
        [choice('streamlit', 'app.py')],
        text,
      );
  });

  it('are none where Python itself is enough', async () => {
    const made = await make(
      { 'main.py': 'import json\nif __name__ == "__main__":\n    print(json.dumps(1))\n' },
      'multi-stage',
      {
        python: '3.12',
      },
    );
    assert.match(textOf(made), /^ {4}uv venv$/m);
  });

  it('are not guessed where a module is known under no name', async () => {
    const files = { 'main.py': 'import flask\nimport no_such_module_of_anybody\n' };
    assert.match(
      await first(files, 'multi-stage'),
      /^No file says which packages the programs need, and what brings no_such_module_of_anybody is not known: write requirements\.txt, and what of these is a module of the project, then/,
    );
    const readme = { 'README.md': '`pip install flask no-such-module-of-anybody`\n' };
    assert.deepEqual((await asked({ ...files, ...readme }))?.choices, [
      choice('flask no-such-module-of-anybody', 'README.md'),
    ]);
    assert.match(
      await first({ ...files, 'README.md': '`pip install requests`\n' }, 'multi-stage'),
      /^No file lists which packages the programs need, though README\.md installs requests: write that/,
    );
  });
});
