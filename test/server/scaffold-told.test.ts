// What Add Container Files tells of an image before it is written, and what it takes from the Dockerfile that is there.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requiredSettings } from '../../server/src/features/scaffold/settings/required-settings.ts';
import { app, first, has, lists, nothingStarts, on312, project, start } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

const pinned = lists('fastapi==0.116.1', 'uvicorn==0.35.0');
const health = `${app}@app.get("/health")\ndef health():\n    return 1\n`;
const assumes = async (files: Files) => (await make(files, 'serving'))?.assumes;

describe('what an image takes for granted', () => {
  it('names what a list of requirements leaves open', async () => {
    const files = (...lines: string[]) => ({ ...lists(...lines), 'main.py': health });
    assert.deepEqual(await assumes(files('fastapi==0.116.1', 'uvicorn==0.35.0')), []);
    assert.deepEqual(await assumes(files('fastapi>=0.100', 'uvicorn==0.35.0', 'rich')), [
      'The newest releases of fastapi, rich fit the project, as requirements.txt pins no versions of them.',
    ]);
  });

  it('names the variables that Compose gives and only a package reads', async () => {
    const compose = (environment: string, more = 'build: .') => ({
      ...pinned,
      'main.py': `${health}import os\nA = os.getenv("KNOWN", "x")\n`,
      'docker-compose.yml': `services:\n  web:\n    ${more}\n    environment: ${environment}\n`,
    });
    const line = 'DATA_DIR, DOMAIN are given when the container is started, as in docker-compose.yml.';
    const listed = '["DATA_DIR=/data", "DOMAIN", "KNOWN=y", "PYTHONUNBUFFERED=1"]';
    assert.deepEqual(await assumes(compose(listed)), [line]);
    assert.deepEqual(await assumes(compose('{DATA_DIR: /data, DOMAIN: a}')), [line]);
    assert.deepEqual(await assumes(compose(listed, 'image: postgres')), []);
  });

  it('names the variables that settings have no default for', () => {
    const of = (...texts: string[]) => {
      const files = new Map(texts.map((text, at) => [`${at}.py`, text]));
      return requiredSettings([...files.keys()], { texts: files });
    };
    const refuses =
      'KEY = config("SECRET_KEY", default="x")\nMAIL = config("MAIL_HOST", default="y")\nif len(KEY) < 9:\n    raise ImproperlyConfigured(\n        "SECRET_KEY must be set, unlike NO_SUCH."\n    )\n';
    assert.deepEqual(of(refuses), ['SECRET_KEY']);
    assert.deepEqual(of(refuses.replace('if len(KEY) < 9', 'if KEY == "x" and not DEBUG')), []);
    // Something else is taken, or another variable is what ends it.
    const caught = 'try:\n    A = os.environ["A_TOKEN"]\nexcept KeyError:\n    A = "x"\n';
    assert.deepEqual(of(caught), []);
    assert.deepEqual(of(caught.replace('A = "x"', 'raise')), ['A_TOKEN']);
    assert.deepEqual(of('B = os.getenv("B_TOKEN")\nif not B:\n    B = "x"\nif c:\n    raise E()\n'), []);
    assert.deepEqual(of('B = os.getenv("B_TOKEN")\nif not B:\n    raise E()\n'), ['B_TOKEN']);
    const pydantic = 'from pydantic_settings import BaseSettings\n';
    const fields =
      '    """What it needs."""\n    model_config = {}\n    DATABASE_URL: PostgresDsn  # where\n    pool: int = 5\n    token: str = Field(description="a token")\n    name: str = Field("x", description="a name")\n    port: int = Field(default=8)\n    key: str = Field(..., alias="API_KEY")\n    bare: str = ...\n\n    @property\n    def dsn(self) -> str:\n        x: int\n        return ""\n\nother: int\n';
    assert.deepEqual(of(`${pydantic}class A(BaseSettings):\n${fields}`), [
      'DATABASE_URL',
      'TOKEN',
      'API_KEY',
      'BARE',
    ]);
    const theirs = 'from their_base import (\n    BaseSettings,\n    Config,\n)\n';
    assert.deepEqual(of(`${theirs}class A(BaseSettings):\n    limit: int\n`), []);
    const own = new Map([
      ['a.py', 'from base import BaseSettings\nclass A(BaseSettings):\n    limit: int\n'],
      ['base.py', `${pydantic}`],
    ]);
    assert.deepEqual(requiredSettings(['a.py'], { texts: own }), ['LIMIT']);
    assert.deepEqual(of('import os\n# KEY = os.environ["OLD_KEY"]\nos.environ["NEW_KEY"]\n'), ['NEW_KEY']);
    assert.deepEqual(
      of(`${pydantic}class Base(BaseSettings):\n    pass\n`, 'class B(base.Base):\n    host: str\n'),
      ['HOST'],
    );
    assert.deepEqual(
      of(
        `${pydantic}class A(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix="APP_")\n    host: str\n`,
      ),
      ['APP_HOST'],
    );
    assert.deepEqual(
      of(`${pydantic}class A(BaseSettings):\n    host: str = "x"\n    """\n    Note: a host\n    """\n`),
      [],
    );
    assert.deepEqual(of('class A(BaseModel):\n    host: str\n'), []);
    const decouple = 'from decouple import config\n';
    assert.deepEqual(
      of(
        `${decouple}A = config("A")\nB = config("B", cast=int)\nC = config("C", default=1)\nD = config("D", "x")\n`,
      ),
      ['A', 'B'],
    );
    assert.deepEqual(
      of(
        `${decouple}A = config("proxy")\nB = config("db_Name", cast=str)\nC = config("level", default="a")\n`,
      ),
      ['proxy', 'db_Name'],
    );
    assert.deepEqual(of('from .theme import config\nimport decouple\nA = config("proxy")\n'), []);
    assert.deepEqual(
      of(
        'import environ\nenv = environ.Env(D=(bool, False))\nenv("D")\nenv.str("KEY")\nenv(\n    "X",\n    default=1,\n)\n',
      ),
      ['KEY'],
    );
    const environ = 'import environ\nenv = environ.Env()\n';
    assert.deepEqual(of(`${environ}a = env.db(engine="x")\nb = env.cache()\nc = env.email_url()\n`), [
      'DATABASE_URL',
      'CACHE_URL',
      'EMAIL_URL',
    ]);
    assert.deepEqual(of(`${environ}a = env.db("OTHER", default="x")\nb = env.cache(default="y")\n`), []);
    assert.deepEqual(
      of('import os\nos.environ["A"]\nos.environ["B"] = "1"\nif "C" in os.environ:\n    os.environ["C"]\n'),
      ['A'],
    );
  });

  it('names the tables of a database that something else makes', async () => {
    const files = { ...pinned, 'main.py': health, 'alembic.ini': 'x', 'alembic/env.py': '' };
    assert.deepEqual(await assumes(files), ['"alembic upgrade head" was run on the database before.']);
  });
});

describe('what the project tells elsewhere', () => {
  it('are names of variables in an example, as far as programs use them', async () => {
    const main = `${health}import os\nmode: str = "slow"\nos.environ["KEY"]\n`;
    const files = { ...pinned, 'main.py': main, '.env.example': 'MODE=fast\nKEY=\nOTHER=1\n# NOT=1\n' };
    assert.deepEqual(await assumes(files), [
      'KEY is given when the container is started.',
      'MODE of .env.example is given when the container is started, where the program needs it.',
    ]);
  });

  it('is a mount that would hide the environment', async () => {
    const compose = (target: string) =>
      `services:\n  web:\n    build: .\n    volumes:\n      - .:${target}\n      - data:/app/data\n`;
    const files = (target: string) => ({ ...pinned, 'main.py': health, 'compose.yaml': compose(target) });
    const hidden = 'Nothing is mounted over /app as in compose.yaml, as the environment lies there.';
    assert.deepEqual(await assumes(files('/app')), [hidden]);
    assert.deepEqual(await assumes(files('/app:ro')), [hidden]);
    assert.deepEqual(await assumes(files('/code')), []);
  });

  it('are members of a workspace, which are installed where the program is one of theirs', async () => {
    const member = (name: string, folder: string, requires = '') =>
      `[[package]]\nname = "${name}"\nversion = "1"\nsource = { virtual = "${folder}" }\n[package.metadata]\nrequires-dist = [${requires}]\n\n`;
    const main = 'if __name__ == "__main__":\n    print()\n';
    const files: Files = {
      ...on312,
      'pyproject.toml': project('top', '', '[tool.uv.workspace]\nmembers = ["parts/*"]\n'),
      'uv.lock': `version = 1\nrequires-python = ">=3.12"\n\n[manifest]\nmembers = ["top", "shop", "store"]\n\n${member('top', '.')}${member('shop', 'parts/shop', '{ name = "store", editable = "parts/store" }')}${member('store', 'parts/store')}`,
      'main.py': main,
      'parts/shop/pyproject.toml': project('shop', '"store"'),
      'parts/shop/run.py': main,
      'parts/store/pyproject.toml': project('store', ''),
    };
    const made = await make(files, 'multi-stage');
    assert.doesNotMatch(textOf(made), /all-packages/);
    assert.ok(made?.assumes.includes('The program does without shop, store of the workspace.'));
    const readme = { ...files, 'README.md': '```sh\n$ uv run python parts/shop/run.py\n```\n' };
    assert.equal(await first(readme, 'multi-stage'), 'start? python parts/shop/run.py | python main.py');
    const run = await make(readme, 'multi-stage');
    assert.match(
      textOf(run),
      /uv sync --locked --no-dev --all-packages --no-editable --no-install-project$/m,
    );
    assert.deepEqual(run?.assumes, []);
  });

  it('are groups and extras that the present Dockerfile installs', async () => {
    const main = { 'main.py': 'print()\n' };
    const poetry =
      '[tool.poetry]\nname = "site"\npackage-mode = false\n[tool.poetry.dependencies]\npython = "~3.12"\n[build-system]\nrequires = ["poetry-core"]\n';
    const files = { ...main, 'pyproject.toml': poetry, 'poetry.lock': 'x' };
    const from = (line: string) => `FROM python:3.12\nRUN ${line}\n`;
    await has(
      { ...files, Dockerfile: from('poetry install --with prod,dev -E web') },
      /--only main,prod --extras web --format/,
      'multi-stage',
    );
    await has({ ...files, Dockerfile: from('poetry install') }, /--only main --format/, 'multi-stage');
    const uv = {
      ...main,
      'pyproject.toml': project('a', ''),
      'uv.lock': 'version = 1\nrequires-python = ">=3.12"\n',
    };
    await has(
      { ...uv, Dockerfile: from('uv sync --frozen --extra web --group dev') },
      /uv sync --locked --no-dev --extra web --no-install/,
      'multi-stage',
    );
  });
});

describe('a start that readers are told', () => {
  const main = 'if __name__ == "__main__":\n    print()\n';
  const files = { ...lists('numpy'), 'main.py': main, 'jobs/nightly.py': main, 'jobs/other.py': main };

  it('comes first where it is not the usual one', async () => {
    const told = 'start? python jobs/nightly.py | python main.py';
    for (const readme of [
      'Run `python jobs/nightly.py --now`.',
      '    $ python3 ./jobs/nightly.py\n',
      'poetry run python -m nightly',
    ])
      assert.match(
        await first({ ...files, 'README.md': readme }, 'multi-stage'),
        /^start\? python (?:-m )?(?:jobs\/)?nightly(?:\.py)? \| /,
        readme,
      );
    assert.match(
      await first({ ...files, Makefile: 'run:\n\t@python jobs/nightly.py\n' }, 'multi-stage'),
      new RegExp(`^${told.replace(/[?|]/g, '\\$&')}`),
    );
    assert.equal(
      await start({ ...files, 'README.md': 'python main.py\npython jobs/nightly.py\n' }, 'multi-stage'),
      'python main.py',
    );
    const tools = 'python setup.py install\npython tests/all.py\npython gone.py\npython -m pytest\n';
    assert.equal(await start({ ...files, 'README.md': tools }, 'multi-stage'), 'python main.py');
  });

  it('is that of the present Dockerfile or the Procfile as it stands there, where nothing else is known', async () => {
    const odd = { ...lists('celery'), 'shop/tasks.py': 'app = 1\n' };
    const docker = (line: string) => ({ ...odd, Dockerfile: `FROM python:3.12\n${line}\n` });
    assert.equal(
      await first(docker('CMD ["celery", "-A", "shop.tasks", "worker"]'), 'multi-stage'),
      'start? celery -A shop.tasks worker',
    );
    assert.equal(
      await first(docker('ENTRYPOINT ["celery"]\nCMD ["-A", "shop.tasks"]'), 'multi-stage'),
      'start? celery -A shop.tasks',
    );
    assert.equal(
      await first({ ...odd, Procfile: 'web: celery -A shop.tasks\n' }, 'multi-stage'),
      'start? celery -A shop.tasks',
    );
    const port = 'CMD ["sh", "-c", "exec poetry run celery --port ${PORT:-9000}"]';
    assert.equal(await first(docker(port), 'multi-stage'), 'start? celery --port 9000');
    assert.equal(
      await first(docker('ENTRYPOINT ["tini", "--"]\nCMD ["celery"]'), 'multi-stage'),
      'start? celery',
    );
    assert.match(await first(docker('CMD ["/opt/run"]'), 'multi-stage'), nothingStarts);
    assert.match(await first(docker('CMD celery --queue $QUEUE'), 'multi-stage'), nothingStarts);
  });
});

describe('a project of Django', () => {
  const wsgi =
    'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "conf.settings")\nfrom django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n';
  const settings =
    'from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\nSECRET_KEY = "x"\nSTATIC_ROOT = BASE_DIR / "static"\nDATABASES = {}\n';
  const django = (text = settings, more: Files = {}): Files => ({
    ...lists('django==5.2.6', 'gunicorn==23.0.0'),
    'manage.py': '# conf.settings\n',
    'conf/__init__.py': '',
    'conf/settings.py': text,
    'conf/wsgi.py': wsgi,
    ...more,
  });

  it('gathers its static files while the image is built, where its settings need nothing', async () => {
    await has(django(), /^USER 10001\nRUN python manage\.py collectstatic --noinput\nEXPOSE/m);
    const split = { 'conf/base.py': settings, 'conf/settings.py': 'from .base import *\n' };
    await has(django('', split), /^RUN python manage\.py collectstatic/m);
    const other = { 'manage.py': '# conf.local\n' };
    await has(django(settings, other), /collectstatic --noinput --settings=conf\.settings$/m);
    const conditional = settings.replace('STATIC_ROOT', 'if not DEBUG:\n    STATIC_ROOT');
    assert.doesNotMatch(await first(django(conditional), 'serving'), /collectstatic/);
    const fallback = settings.replace('"x"', 'os.environ.get(\n    "KEY",\n    "x",\n)');
    await has(django(fallback), /^RUN python manage\.py collectstatic/m);
  });

  it('gathers them when it starts, where its settings need the environment', async () => {
    const atStart =
      /^CMD \["sh", "-c", "python manage\.py collectstatic --noinput && exec gunicorn --bind \S+ conf\.wsgi:application"\]$/m;
    await has(django(settings.replace('"x"', 'os.environ["KEY"]')), atStart);
    await has(django(settings.replace('"x"', 'os.environ.get("KEY")')), atStart);
    await has(
      django(
        settings.replace('"x"', 'config("KEY")\nfrom decouple import config'),
        lists('django==5.2.6', 'gunicorn==23.0.0', 'python-decouple==3.8'),
      ),
      atStart,
    );
    await has(django(`${settings}if not DEBUG:\n    HOSTS = os.environ["HOSTS"]\n`), atStart);
  });

  it('is said to have them gathered elsewhere, where the image cannot', async () => {
    const elsewhere =
      'The static files are gathered and served elsewhere, as the image does not run collectstatic.';
    for (const root of [
      '"/srv/static"',
      'BASE_DIR.parent / "static"',
      'os.path.join(BASE_DIR, "..", "static")',
    ]) {
      const files = django(settings.replace('BASE_DIR / "static"', root));
      assert.doesNotMatch(await first(files), /collectstatic/);
      assert.ok((await assumes(files))?.includes(elsewhere), root);
    }
    assert.ok(!(await assumes(django(settings.replace(/STATIC.*/, ''))))?.includes(elsewhere));
  });

  it('is said to have its migrations run', async () => {
    assert.ok(
      (await assumes(django()))?.includes('"python manage.py migrate" was run on the database before.'),
    );
    const none = await assumes(django(settings.replace(/DATABASES.*/, '')));
    assert.ok(none?.every((line) => !line.includes('migrate')));
  });
});
