// Workspaces of uv whose programs lie in members, for Add Container Files.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { app, first, project } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

const build = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';
const member = '[tool.uv.sources]\ncore = { workspace = true }\n';
const files: Files = {
  'pyproject.toml': project(
    'top',
    '"core", "api"',
    `[tool.uv.workspace]\nmembers = ["packages/*"]\n${member}api = { workspace = true }\n`,
  ),
  'packages/core/pyproject.toml': project('core', '', build),
  'packages/core/src/core/__init__.py': 'x = 1\n',
  'packages/api/pyproject.toml': project('api', '"core", "fastapi", "uvicorn"', member + build),
  'packages/api/src/api/__init__.py': '',
  'packages/api/src/api/main.py': `from core import x\n${app}`,
};
const wheel = (name: string) =>
  `[[package]]\nname = "${name}"\nversion = "1"\nsource = { registry = "https://pypi.org/simple" }\nwheels = [{ url = "https://example.org/${name}-1-py3-none-any.whl", hash = "sha256:00" }]\n\n`;
/** A member with what it needs, of the workspace and of others. */
const locked = (name: string, place: string, ours: string[], others: string[] = []) => {
  const needs = [...ours, ...others].map((one) => `{ name = "${one}" }`).join(', ');
  const asked = [
    ...ours.map((one) => `{ name = "${one}", editable = "packages/${one}" }`),
    ...others.map((one) => `{ name = "${one}" }`),
  ].join(', ');
  return `[[package]]\nname = "${name}"\nversion = "1"\nsource = { ${place} }\ndependencies = [${needs}]\n\n[package.metadata]\nrequires-dist = [${asked}]\n\n`;
};
const lock = [
  'version = 1\nrevision = 3\nrequires-python = ">=3.12"\n\n[manifest]\nmembers = ["api", "core", "top"]\n\n',
  locked('api', 'editable = "packages/api"', ['core'], ['fastapi', 'uvicorn']),
  locked('core', 'editable = "packages/core"', []),
  wheel('fastapi'),
  locked('top', 'virtual = "."', ['api', 'core']),
  wheel('uvicorn'),
].join('');

describe('a workspace whose program lies in a member', () => {
  it('starts it, as the member is installed by its own name', async () => {
    const text = textOf(await make({ ...files, 'uv.lock': lock }, 'serving'));
    assert.match(text, /^CMD \["uvicorn", "api\.main:app"/m);
    assert.match(text, /uv sync --locked/);
  });

  it('is told what is missing where it has no lock file', async () => {
    assert.match(
      await first(files, 'multi-stage'),
      /^uv\.lock is missing, so nothing tells what the members/,
    );
  });
});
