// What Add Container Files installs where a project names its packages in several places.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { app, first, has, on312, project } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

const poetry = (...lines: string[]): Files => ({
  'pyproject.toml': `[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\npython = "^3.12"\n${lines.join('\n')}\n`,
});
const locked = (...names: string[]): Files => ({
  'poetry.lock': names
    .map((name) => `[[package]]\nname = "${name}"\nversion = "1.0"\nfiles = []\n`)
    .join('\n'),
});
const list: Files = { ...on312, 'requirements.txt': 'fastapi\nuvicorn\nsqlalchemy\n' };

it('is not installed from a Pipfile that is no TOML', async () => {
  const lock = '{"default": {"flask": {"version": "==3.1.1"}}}';
  const files = (text: string) => ({
    'main.py': app,
    Pipfile: `[packages]\n${text}\n`,
    'Pipfile.lock': lock,
  });
  await has(files('flask = "*'), /^Pipfile is no valid TOML/);
});

describe('a list beside the table of Poetry', () => {
  const main = { 'main.py': app };
  it('is installed where the files tell of it and not of Poetry', async () => {
    const files = { ...main, ...list, ...poetry('fastapi = "^0.1"', 'uvicorn = "*"') };
    await has({ ...files, 'README.md': 'pip install -r requirements.txt' }, /-r requirements\.txt/);
    await has({ ...files, Makefile: 'install:\n\tpip install --requirement requirements.txt' }, /-r req/);
    await has(
      { ...files, 'README.md': 'poetry install\npip install -r requirements.txt' },
      / poetry install /,
    );
    await has({ ...files, 'README.md': 'Nothing.' }, / poetry install /);
  });

  it('is installed where it has what the programs import and the lock file has not', async () => {
    const files = { ...list, ...poetry('fastapi = "*"', 'uvicorn = "*"') };
    const imports = { 'main.py': `import sqlalchemy\n${app}` };
    await has({ ...files, ...imports, ...locked('fastapi', 'uvicorn') }, /-r requirements\.txt/);
    await has({ ...files, ...imports, ...locked('fastapi', 'uvicorn', 'sqlalchemy') }, /poetry export/);
    await has({ ...files, ...main, ...locked('fastapi', 'uvicorn') }, /poetry export/);
    // It goes by another name than what is imported.
    const yaml = {
      ...files,
      'main.py': `import yaml\n${app}`,
      'requirements.txt': 'fastapi\nuvicorn\nPyYAML\n',
    };
    await has({ ...yaml, ...locked('fastapi', 'uvicorn') }, /-r requirements\.txt/);
    await has({ ...yaml, ...locked('fastapi', 'uvicorn', 'pyyaml') }, /poetry export/);
  });
});

describe('a table of a project that no tool reads', () => {
  const text = project('shop', '"fastapi", "uvicorn"').replace('version = "1"\n', '');
  it('is passed over for a list, and nothing is built of it', async () => {
    const dockerfile = await first({ ...list, 'main.py': app, 'pyproject.toml': text });
    assert.match(dockerfile, /-r requirements\.txt/);
    assert.doesNotMatch(dockerfile, /--no-deps/);
  });

  it('is told of where there is no list', async () => {
    await has({ 'main.py': app, 'pyproject.toml': text }, /^\[project\] of pyproject\.toml has no version/);
    const nameless = text.replace('name = "shop"', 'version = "1"');
    await has({ 'main.py': app, 'pyproject.toml': nameless }, /^\[project\] of pyproject\.toml has no name/);
    const dynamic = text.replace('[project]', '[project]\ndynamic = ["version"]');
    await has({ ...on312, 'main.py': app, 'pyproject.toml': dynamic }, /^FROM/m);
  });
});

describe('a list that does not hold what the programs import', () => {
  const main = { ...on312, 'main.py': `import sqlalchemy\n${app}` };
  it('is none where it is empty', async () => {
    const unknown = { 'util.py': 'import no_such_module_of_anybody\n' };
    for (const text of ['\n', '# later\n']) {
      await has({ ...main, 'requirements.txt': text }, /^dependencies\? fastapi sqlalchemy$/);
      await has(
        { ...main, ...unknown, 'requirements.txt': text },
        /^requirements\.txt names no package, although the programs import fastapi, no_such_module_of_anybody, sqlalchemy: /,
      );
    }
    await has({ ...on312, 'main.py': 'print()\n', 'requirements.txt': '\n' }, /^FROM/m, 'multi-stage');
  });

  it('is a manifest, where the list beside it holds all of both', async () => {
    const manifest = { 'pyproject.toml': project('shop', '"fastapi", "uvicorn"') };
    await has({ ...main, ...list, ...manifest }, /-r requirements\.txt/);
    await has({ ...on312, 'main.py': app, ...list, ...manifest }, /-r pyproject\.toml/);
    const less = { ...list, 'requirements.txt': 'fastapi\nsqlalchemy\n' };
    await has({ ...main, ...less, ...manifest }, /^requirements\.txt names packages .* and has no uvicorn: /);
  });

  it('is refused where nothing reads a line of it, or two of its lines leave no release', async () => {
    const of = (...lines: string[]): Files => ({
      ...main,
      'requirements.txt': ['fastapi', 'uvicorn', 'sqlalchemy', ...lines].join('\n'),
    });
    for (const line of ['paddleocr.egg==info', 'six == latest', 'six[all]>=x'])
      await has(of(line), /names no version that pip or uv can read: correct it or leave it out/);
    await has(
      of('PyYAML==6.0.2', 'pyyaml==6.0.3'),
      /^pyyaml is pinned to 6\.0\.2 and to 6\.0\.3, of which one alone can be installed: /,
    );
    for (const lines of [
      ['six==v1.17.0'],
      ['six===1.17.0'],
      ['six==1.17', 'six==1.17.0'],
      ['six==1.17.0', 'six==1.16.0; python_version < "3.8"'],
    ])
      await has(of(...lines), /^FROM/m);
  });

  it('is that of a folder whose programs import each other by its name', async () => {
    const files: Files = {
      ...on312,
      'api/requirements.txt': 'fastapi\nuvicorn\n',
      'api/core.py': 'x = 1\n',
      'api/main.py': `from api.core import x\n${app}`,
    };
    await has(files, /-r api\/requirements\.txt[\s\S]*"uvicorn", "api\.main:app"/);
    const refused = /^This folder has no dependencies of its own, only those of api/;
    await has({ ...files, 'api/main.py': `from core import x\n${app}` }, refused);
    await has({ ...files, 'api/api/__init__.py': '' }, refused);
    await has({ ...files, 'web/requirements.txt': 'six\n' }, refused);
  });

  it('is refused where conda wrote it', async () => {
    await has(
      { ...main, 'requirements.txt': 'blas=1.0=mkl\nfastapi=0.100=py_0\n' },
      /^blas=1\.0=mkl is how conda writes it/,
    );
  });
});

describe('what no list names', () => {
  const files = (text: string, ...names: string[]): Files => ({
    ...on312,
    'requirements.txt': ['fastapi', 'uvicorn', 'sqlalchemy', 'pyresparser', ...names].join('\n'),
    'db.py': text,
    'main.py': `import db\n${app}`,
  });
  it('is the driver of an address of a database', async () => {
    const at = (address: string) => `from sqlalchemy import create_engine\nurl = f"${address}://{a}/b"\n`;
    for (const [address, name, asked = name] of [
      ['mysql+pymysql', 'pymysql'],
      ['postgresql+asyncpg', 'asyncpg'],
      ['sqlite+aiosqlite', 'aiosqlite'],
      ['postgresql+psycopg', 'psycopg', 'psycopg[binary]'],
    ] as const) {
      const text = textOf(await make(files(at(address)), 'serving'));
      assert.ok(/ -r requirements\.txt (.*)$/m.exec(text)?.[1]?.includes(`'${asked}'`), text);
      await has(files(at(address), name), /^FROM/m);
    }
    await has(
      files(at('mysql+mysqldb')),
      /^db\.py reaches its database by mysqldb, and requirements\.txt does not name mysqlclient: /,
    );
    await has(files('x = url.replace("postgres://", "postgresql+asyncpg://")\n'), /^FROM/m);
  });

  it('are data that a package loads when it is imported', async () => {
    await has(
      files('from pyresparser import ResumeParser\n'),
      /^db\.py imports pyresparser, which wants data/,
    );
  });
});

it('is installed from a folder without programs, where it names what they import', async () => {
  const files = (list: string, names: string): Files => ({
    ...on312,
    [list]: names,
    'main.py': 'import rich\nrich.print(1)\n',
    'src/page.py': 'import rich\n',
  });
  for (const list of [
    'environment/requirements.txt',
    'setup-files/requirements.txt',
    'config/requirements.txt',
  ])
    await has(files(list, 'Rich\n'), new RegExp(`uv pip install -r ${list}$`, 'm'), 'multi-stage');
  const refused = /^This folder has no dependencies of its own, only those of environment: /;
  await has(files('environment/requirements.txt', 'black\n'), refused, 'multi-stage');
  const own = { ...files('environment/requirements.txt', 'rich\n'), 'environment/run.py': 'print()\n' };
  await has(own, refused, 'multi-stage');
});
