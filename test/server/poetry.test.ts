import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPipfile } from '../../server/src/project/pipfile.ts';
import { asSpecifier } from '../../server/src/project/poetry.ts';
import { readPyproject } from '../../server/src/project/pyproject.ts';

describe('other tools', () => {
  it('has the dependencies of Poetry in the words of metadata', () => {
    const { project } = readPyproject(
      '[tool.poetry]\nname = "site"\n[tool.poetry.dependencies]\npython = "~3.11"\nFast_API = "^0.110"\ntorch = { version = "2.4.1", extras = ["x"] }\nlib = { path = "../lib" }\nown = { git = "https://example.org/own" }\ndocs = { version = "*", optional = true }\n[tool.poetry.scripts]\nserve = "site:main"\n',
    );
    const { poetry } = project ?? {};
    assert.deepEqual(
      [poetry?.requiresPython, poetry?.paths, poetry?.hasRepositories, project?.scripts],
      ['>=3.11,<3.12', ['../lib'], true, ['serve']],
    );
    assert.deepEqual(
      poetry?.dependencies.map(({ name, specifier, exact }) => [name, specifier, exact]),
      [
        ['fast-api', '>=0.110,<0.111', undefined],
        ['torch', '==2.4.1', '2.4.1'],
        ['lib', '', undefined],
        ['own', '', undefined],
      ],
    );
    const forms = ['^3.9', '^0.0.3', '~3', '>=3.9, <3.12', '>=3.8,!=3.9.7', '*', '^2.7 || ^3.6'];
    assert.deepEqual(forms.map(asSpecifier), [
      '>=3.9,<4',
      '>=0.0.3,<0.0.4',
      '>=3,<4',
      '>=3.9,<3.12',
      '>=3.8,!=3.9.7',
      '',
      undefined,
    ]);
  });

  it('has the commands of Poetry, also where the rest stands in the table of all tools', () => {
    const scripts = (text: string) => readPyproject(text).project?.scripts;
    const commands = '[tool.poetry.scripts]\nrun-it = "a:main"\n';
    assert.deepEqual(scripts(`[project]\nname = "a"\n${commands}`), ['run-it']);
    assert.deepEqual(scripts(`[project]\nname = "a"\n[project.scripts]\nb = "a:b"\n${commands}`), [
      'b',
      'run-it',
    ]);
    assert.deepEqual(scripts('[project]\nname = "a"\n[tool.poetry]\npackages = []\n'), []);
  });

  it('and a Pipfile has them too', () => {
    const known = readPipfile(
      '[packages]\nsix = "*"\nlib = { path = "./lib", editable = true }\n[requires]\npython_version = "3.11"\n',
    );
    assert.deepEqual(
      [known?.dependencies.map(({ name }) => name), known?.paths, known?.requiresPython],
      [['six', 'lib'], ['./lib'], '==3.11.*'],
    );
    assert.equal(readPipfile('[packages\n'), undefined);
  });
});
