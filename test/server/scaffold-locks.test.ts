// Lock files that somebody forgot to write anew: what Add Container Files would install of them ends the build, or is not what is asked for.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { app, backend, first, has, on312, project } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

const packages = ['fastapi', 'uvicorn']
  .map(
    (name) =>
      `[[package]]\nname = "${name}"\nversion = "1"\nsource = { registry = "https://pypi.org/simple" }\n`,
  )
  .join('\n');

interface Locked {
  readonly requires?: string;
  readonly rest?: string;
  readonly version?: string;
  readonly source?: string;
  readonly python?: string;
}
const uvLock = ({
  requires = '{ name = "fastapi", specifier = ">=0.100" }, { name = "uvicorn", extras = ["standard"] }',
  rest = '',
  version = '1',
  source = 'virtual',
  python = '>=3.12',
}: Locked = {}) =>
  `version = 1\nrequires-python = "${python}"\n\n[[package]]\nname = "shop"\nversion = "${version}"\nsource = { ${source} = "." }\n\n[package.metadata]\nrequires-dist = [${requires}]\n${rest}\n${packages}`;
const uv = (
  lock: Locked = {},
  rest = '',
  dependencies = '"fastapi>=0.100.0", "uvicorn[standard]"',
): Files => ({
  ...on312,
  'pyproject.toml': project('shop', dependencies, rest),
  'uv.lock': uvLock(lock),
  'main.py': app,
});
const refused = (what: string) =>
  new RegExp(`^uv\\.lock does not belong to pyproject\\.toml, as ${what} differs`);

describe('a uv.lock', () => {
  it('is installed from where it belongs to pyproject.toml', async () => {
    const extra = {
      requires:
        '{ name = "fastapi", specifier = ">=0.100" }, { name = "pytest", marker = "extra == \'dev\'", specifier = ">=8" }, { name = "uvicorn", extras = ["standard"] }',
      rest: '\n[package.metadata.requires-dev]\nlint = [{ name = "ruff" }]\nall = [{ name = "ruff" }]\n',
    };
    const groups =
      '[project.optional-dependencies]\ndev = ["pytest >= 8.0"]\n[dependency-groups]\nlint = ["ruff"]\nall = [{ include-group = "lint" }]\n';
    for (const files of [uv(), uv({ version: '1.0' }), uv(extra, groups), uv({ python: '>=3.12.0' })])
      await has(files, /uv sync --locked/);
  });

  it('is refused where uv would refuse it', async () => {
    const extra = '[project.optional-dependencies]\ndev = ["pytest"]\n';
    const group = '[dependency-groups]\nlint = ["ruff"]\n';
    await has(uv({}, '', '"fastapi>=0.100", "uvicorn[standard]", "openai"'), refused('openai'));
    await has(uv({}, '', '"fastapi>=0.100"'), refused('uvicorn'));
    await has(uv({}, '', '"fastapi>=0.101", "uvicorn[standard]"'), refused('fastapi'));
    await has(uv({}, '', '"fastapi>=0.100", "uvicorn"'), refused('uvicorn'));
    await has(uv({}, extra), refused('extra dev'));
    await has(uv({}, group), refused('group lint'));
    await has(
      uv({ rest: '\n[package.metadata.requires-dev]\nlint = [{ name = "ruff" }]\n' }),
      refused('group lint'),
    );
    await has(uv({ version: '2' }), refused('the version of shop'));
    await has(uv({ python: '>=3.11' }), refused('requires-python'));
    await has(uv({}, backend('hatchling')), refused('\\[build-system\\]'));
  });

  it('tells no versions of what lies in a folder', async () => {
    const requires = '{ name = "fastapi", specifier = ">=0.100" }, { name = "uvicorn", directory = "part" }';
    const files = uv({ requires }, '', '"fastapi>=0.100", "uvicorn>=3"');
    assert.doesNotMatch(await first(files), /does not belong/);
  });
});

describe('a poetry.lock', () => {
  // As Poetry 2.5.1 prints it.
  const printed =
    '{"dependencies": {"fastapi": "*", "python": "^3.12", "uvicorn": {"extras": ["standard"], "version": "^0.30"}}, "dev-dependencies": null, "extras": null, "source": null}';
  const hash = createHash('sha256').update(printed).digest('hex');
  const files = (more: string): Files => ({
    ...on312,
    'main.py': app,
    'pyproject.toml': `[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\npython = "^3.12"\nuvicorn = {version = "^0.30", extras = ["standard"]}\nfastapi = "*"\n${more}`,
    'poetry.lock': `[[package]]\nname = "fastapi"\nversion = "1.0"\nfiles = []\n[metadata]\ncontent-hash = "${hash}"\n`,
  });

  it('is installed from where its hash is the one of pyproject.toml, and refused otherwise', async () => {
    await has(files(''), /poetry export/);
    await has(files('openai = "*"\n'), /^poetry\.lock does not belong to pyproject\.toml/);
    await has(files('[tool.black]\nline-length = 99\n'), /poetry export/);
  });

  it('is read to its end, however many files it names', async () => {
    const many = `[[package]]\nname = "numpy"\nversion = "1.0"\nfiles = [\n${'    {file = "numpy-1.0-cp312-cp312-manylinux_2_28_x86_64.whl", hash = "sha256:0"},\n'.repeat(6000)}]\n`;
    const large = (more: string): Files => ({
      ...files(more),
      'poetry.lock': `${many}${String(files('')['poetry.lock'])}`,
    });
    await has(large(''), /poetry export/);
    await has(large('openai = "*"\n'), /^poetry\.lock does not belong to pyproject\.toml/);
  });

  it('that is not there, or that Git ignores, is made by Poetry as it installs, and told', async () => {
    const { 'poetry.lock': lock = '', ...open } = files('');
    const ignored: Files = { ...files('openai = "*"\n'), 'poetry.lock': lock, '.gitignore': '*.lock\n' };
    for (const [all, why] of [
      [open, 'there is no poetry.lock'],
      [ignored, 'Git ignores poetry.lock'],
    ] as const) {
      const made = await make(all, 'serving');
      assert.match(textOf(made), /source=pyproject\.toml,[^\n]*\n[^\n]*\n[^\n]* poetry install /);
      assert.doesNotMatch(textOf(made), /source=poetry\.lock/);
      const line = `The newest releases that pyproject.toml admits fit the project, as ${why}.`;
      assert.ok(made?.assumes.includes(line), made?.assumes.join('\n'));
    }
    const shown = await make({ ...files(''), '.gitignore': '*.lock\n!poetry.lock\n' }, 'serving');
    assert.match(textOf(shown), /source=poetry\.lock/);
  });

  it('has another hash where dependencies stand in [project]', async () => {
    const own =
      '{"project": {"dependencies": ["fastapi", "uvicorn"], "requires-python": ">=3.12"}, "tool": {"poetry": {}}}';
    const text = project('shop', '"fastapi", "uvicorn"');
    const lock = (of: string) => ({
      ...files(''),
      'pyproject.toml': `${text}[tool.poetry]\npackage-mode = false\n`,
      'poetry.lock': `[metadata]\ncontent-hash = "${createHash('sha256').update(of).digest('hex')}"\n`,
    });
    await has(lock(own), /poetry export/);
    await has(lock(own.replace('uvicorn', 'flask')), /^poetry\.lock does not belong/);
  });
});

it('is refused where a Pipfile.lock lacks what the Pipfile asks for', async () => {
  const files = (name: string): Files => ({
    ...on312,
    'main.py': app,
    Pipfile: `[packages]\nfastapi = "*"\nuvicorn = "*"\n${name} = "*"\n`,
    'Pipfile.lock': JSON.stringify({
      default: {
        fastapi: { version: '==1' },
        uvicorn: { version: '==1' },
        'python-dotenv': { version: '==1' },
      },
    }),
  });
  await has(files('Python_Dotenv'), /pipenv@/);
  await has(files('openai'), /^Pipfile\.lock has no openai/);
});

it('that is ignored is taken as absent where it is one of uv', async () => {
  const files: Files = {
    ...on312,
    'main.py': app,
    'pyproject.toml': project('shop', '"fastapi", "uvicorn"'),
    'uv.lock': 'version = 1\nrequires-python = ">=3.12"\n',
    '.gitignore': 'uv.lock\n',
  };
  const made = await make(files, 'serving');
  assert.match(textOf(made), /uv pip install -r pyproject\.toml$/m);
  assert.ok(
    made?.assumes.includes(
      'The newest releases that pyproject.toml admits fit the project, as Git ignores uv.lock.',
    ),
  );
});
