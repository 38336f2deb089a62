// A lock file names all that is installed: what a program imports beside it ends the program, and Add Container Files says so.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { has, lists, on312, project } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

const main = (code: string): Files => ({ 'main.py': `${code}\nif __name__ == "__main__":\n    print()\n` });
const uv = (code: string, ...names: string[]): Files => ({
  ...on312,
  ...main(code),
  'pyproject.toml': project('shop', `"${names[0]}"`),
  'uv.lock': `version = 1\nrequires-python = ">=3.12"\n\n[[package]]\nname = "shop"\nversion = "1"\nsource = { virtual = "." }\n\n[package.metadata]\nrequires-dist = [{ name = "${names[0]}" }]\n${names
    .map(
      (name) =>
        `\n[[package]]\nname = "${name}"\nversion = "1"\nsource = { registry = "https://pypi.org/simple" }\n`,
    )
    .join('')}`,
});
const printed = (name: string) =>
  `{"dependencies": {${[`"${name}": "*"`, '"python": "^3.12"'].sort().join(', ')}}, "dev-dependencies": null, "extras": null, "source": null}`;
const poetry = (code: string, ...names: string[]): Files => ({
  ...on312,
  ...main(code),
  'pyproject.toml': `[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\npython = "^3.12"\n${names[0]} = "*"\n`,
  'poetry.lock': `${names
    .map((name) => `[[package]]\nname = "${name}"\nversion = "1.0"\nfiles = []\n`)
    .join('')}[metadata]\ncontent-hash = "${createHash('sha256')
    .update(printed(names[0] ?? ''))
    .digest('hex')}"\n`,
});
const pipenv = (code: string, ...names: string[]): Files => ({
  ...on312,
  ...main(code),
  Pipfile: `[packages]\n${names[0]} = "*"\n`,
  'Pipfile.lock': JSON.stringify({
    default: Object.fromEntries(names.map((name) => [name, { version: '==1.0' }])),
  }),
});
const kinds = [
  ['uv.lock', uv],
  ['poetry.lock', poetry],
  ['Pipfile.lock', pipenv],
] as const;
/** No lock of Pipenv tells the Python. */
const goesOn = /^FROM|^python\?/m;
const refused = (module: string, lock: string, name: string) =>
  new RegExp(
    `^main\\.py imports ${module}, which neither lies in the project nor is named by ${lock}: add ${name} to`,
  );

describe('an import that no lock file names', () => {
  it('is refused, with the package to add', async () => {
    for (const [lock, of] of kinds) {
      const code = 'import os, discord';
      await has(of(code, 'neuralintents', 'nltk'), refused('discord', lock, 'discord-py'), 'multi-stage');
      await has(of(code, 'neuralintents', 'discord-py'), goesOn, 'multi-stage');
      await has(of(code, 'py-cord', 'aiohttp'), goesOn, 'multi-stage');
    }
    const shown = 'from IPython.display import Image';
    await has(uv(shown, 'flask', 'click'), refused('IPython', 'uv\\.lock', 'ipython'), 'multi-stage');
    await has(uv(shown, 'ipykernel', 'ipython'), goesOn, 'multi-stage');
  });

  it('is no fault where the program goes on without it, or a package may hold it', async () => {
    const caught = 'try:\n    import discord\nexcept ImportError:\n    discord = None';
    await has(uv(caught, 'flask'), goesOn, 'multi-stage');
    await has(poetry('import shelf', 'shoplib'), goesOn, 'multi-stage');
    await has(uv('import tensorflow', 'tensorflow-cpu'), goesOn, 'multi-stage');
  });

  it('is found below a name that packages share', async () => {
    for (const code of [
      'from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver',
      'import langgraph.checkpoint.sqlite',
      'from langgraph.checkpoint import sqlite',
    ]) {
      const [module, name] = ['langgraph.checkpoint.sqlite', 'langgraph-checkpoint-sqlite'] as const;
      await has(
        uv(code, 'langgraph', 'langgraph-checkpoint'),
        refused(module, 'uv\\.lock', name),
        'multi-stage',
      );
      await has(uv(code, 'langgraph', name), goesOn, 'multi-stage');
    }
    const cloud = 'from google.cloud import storage';
    const wanted = refused('google.cloud.storage', 'uv\\.lock', 'google-cloud-storage');
    await has(uv(cloud, 'google-cloud-bigquery'), wanted, 'multi-stage');
    await has(
      { ...lists('langgraph'), ...main('import langgraph.checkpoint.sqlite') },
      /^main\.py imports langgraph\.checkpoint\.sqlite/,
      'multi-stage',
    );
  });
});

describe('a variable with a small name', () => {
  it('is told as others are', async () => {
    const told = async (code: string) =>
      (await make({ ...lists('rich'), ...main(code) }, 'multi-stage'))?.assumes ?? [];
    const given = await told('import os\nx = os.environ["token"]');
    assert.ok(given.includes('token is given when the container is started.'));
    const looked = await told("import os\nx = os.getenv('token')");
    assert.ok(looked.some((line) => line.startsWith('token is given when the container is started: the')));
    assert.ok(
      (await told('import os\nx = os.getenv("http_proxy")')).every((line) => !line.includes('proxy')),
    );
  });
});

describe('a lock file of the project alone', () => {
  it('holds nothing that the programs import, whatever the project is called', async () => {
    const files = {
      ...on312,
      ...main('import mcp'),
      'pyproject.toml': project('my-mcp-shop', ''),
      'uv.lock':
        'version = 1\nrequires-python = ">=3.12"\n\n[[package]]\nname = "my-mcp-shop"\nversion = "1"\nsource = { virtual = "." }\n',
    };
    await has(files, /^main\.py imports mcp, which neither lies/, 'multi-stage');
  });
});
