// What a program does where a person starts it on a machine, and what a container lets it do.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backend, first, lists, on312, project, start } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

const main = (body: string) => `if __name__ == "__main__":\n    ${body.replaceAll('\n', '\n    ')}\n`;

describe('a program that asks in a terminal', () => {
  const told = async (text: string, more: Files = {}) =>
    (await make({ ...lists('rich==14.0.0'), 'main.py': text, ...more }, 'multi-stage'))?.assumes.filter(
      (line) => line.includes('-it'),
    );

  it('is started with one', async () => {
    for (const text of [
      main('name = input("Who? ")'),
      `import getpass\n${main('getpass.getpass()')}`,
      `from rich.prompt import Prompt\n${main('Prompt.ask("x")')}`,
      `import curses\n${main('curses.wrapper(print)')}`,
    ])
      assert.deepEqual(
        await told(text),
        ['The container is started with -it, as main.py talks with a person in a terminal.'],
        text,
      );
  });

  it('is none where others read, or where what it imports asks only when it is started itself', async () => {
    const quiet = 'form.input()\ntext_input("x")\n# input()\n';
    assert.deepEqual(await told(`${quiet}${main('print()')}`), []);
    const other = { 'words.py': `def ask():\n    pass\n\n\n${main('input()')}` };
    assert.deepEqual(await told(`import words\n${main('words.ask()')}`, other), []);
    assert.deepEqual(
      await told(`import words\n${main('words.ask()')}`, {
        'words.py': 'def ask():\n    return input()\n',
      }),
      ['The container is started with -it, as words.py talks with a person in a terminal.'],
    );
  });
});

describe('what a program does only where it is started itself', () => {
  const flask = lists('flask==3.1.1', 'flask-sqlalchemy==3.1.1', 'gunicorn==23.0.0');
  const web = 'from flask import Flask\napp = Flask(__name__)\ndb = SQLAlchemy(app)\n\n\n';
  const serve = 'app.run(host="0.0.0.0", port=8080)';
  const files = (before: string, run = serve, text = web): Files => ({
    ...flask,
    'app.py': `${text}${main(`${before}\n${run}`)}`,
  });

  it('is not missed where it makes a file that is there', async () => {
    const guarded = (test: string, more: Files = {}) =>
      first({
        ...files(`if not ${test}:\n    with app.app_context():\n        init_db()`, 'app.run()'),
        ...more,
      });
    const here = { 'cars.db': 'SQLite' };
    for (const test of [
      'os.path.exists("cars.db")',
      "os.path.isfile('./cars.db')",
      'Path("cars.db").exists()',
    ]) {
      assert.match(await guarded(test, here), /^CMD \["gunicorn"/m, test);
      assert.match(await guarded(test), /^app\.py does init_db\(\) only where it is started itself/, test);
    }
    assert.match(await guarded('os.path.exists("other.db")', here), /^app\.py does init_db\(\)/);
  });

  it('is done, as the image starts its file, where every machine reaches it then', async () => {
    for (const before of [
      'with app.app_context():\n    db.create_all()',
      'with app.app_context(): db.create_all()',
      'connect_to_db(app)',
      'app.config["A"] = "b"',
      'app.secret_key = "x"',
      'threading.Thread(target=look).start()',
      'db = init_db()',
    ])
      assert.equal(await start(files(before)), 'python app.py', before);
    assert.match(await first(files('connect_to_db(app)')), /^EXPOSE 8080$/m);
    const inMain = `${web}def main():\n    connect_to_db(app)\n    ${serve}\n\n\n${main('main()')}`;
    assert.equal(await start({ ...flask, 'app.py': inMain }), 'python app.py');
    const used = `${web}@app.route("/")\ndef get():\n    return model(1)\n\n\n`;
    assert.equal(await start(files('model = read("x")', serve, used)), 'python app.py');
    const run = { 'run.py': `from shop import app, db\n\n${main(`db.create_all()\n${serve}`)}` };
    assert.equal(await start({ ...flask, 'shop/__init__.py': web, ...run }), 'python run.py');
    const uvicorn = `from fastapi import FastAPI\napp = FastAPI()\n\n${main('init_db()\nuvicorn.run("main:app", host="0.0.0.0", port=9000)')}`;
    const served = { ...lists('fastapi==0.116.1', 'uvicorn==0.35.0'), 'main.py': uvicorn };
    assert.equal(await start(served), 'python main.py');
  });

  it('is refused, where nothing reaches it then', async () => {
    assert.equal(
      await first(files('db.create_all()', 'app.run(debug=True)')),
      `app.py does db.create_all() only where it is started itself, which gunicorn does not do: put that in front of "if __name__ == '__main__':", or let it listen on 0.0.0.0 there, then add the files again.`,
    );
    const https = 'app.run(host="0.0.0.0", ssl_context="adhoc")';
    assert.match(await first(files('db.create_all()', https)), /^app\.py does db\.create_all\(\) only/);
  });

  it('is told, where the project itself has it imported, or little is missed', async () => {
    const note = (what: string) =>
      `The program does without ${what} of app.py, or it was done before, as gunicorn does not do what stands behind "if __name__ == '__main__':".`;
    const said = { ...files('db.create_all()'), Procfile: 'web: gunicorn app:app\n' };
    assert.match(await start(said), /^gunicorn /);
    assert.ok((await make(said, 'serving'))?.assumes.includes(note('db.create_all()')));
    const little = files('sweep()', 'app.run()');
    assert.match(await start(little), /^gunicorn /);
    assert.ok((await make(little, 'serving'))?.assumes.includes(note('sweep()')));
  });

  it('is nothing where it only tells, or sets what a server is told', async () => {
    for (const before of [
      'print("x")\nport = int(os.environ.get("PORT", 5000))\nlogging.basicConfig()',
      'app.debug = True\nDebugToolbarExtension(app)',
      'args = parser.parse_args()',
    ]) {
      const made = await make(files(before), 'serving');
      assert.match(await start(files(before)), /^gunicorn /, before);
      assert.ok(made?.assumes.every((line) => !line.includes('__main__')));
    }
    const local = `${web}def other(name):\n    name = 1\n\n\n`;
    assert.match(await start(files('name = read()', serve, local)), /^gunicorn /);
    const made = 'def create_app():\n    app = Flask(__name__)\n    return app\n\n\n';
    assert.match(await start(files('app = create_app()', serve, made)), /^gunicorn .*create_app/);
  });
});

describe('files that a program reads and a clone does not hold', () => {
  const told = async (text: string, more: Files = {}) =>
    (
      await make({ ...lists('six==1.17.0'), 'main.py': `${text}\nprint()\n`, ...more }, 'multi-stage')
    )?.assumes
      .find((line) => line.includes('as the image does not hold'))
      ?.split(/ (?:is|are) mounted/, 1)[0];

  it('are told by their names', async () => {
    for (const [text, name] of [
      ['m = joblib.load(f"{folder}/model.pkl")', 'model.pkl'],
      ['c = json.load(open(f"{folder}/names.json"))', 'names.json'],
      ['c = gspread.service_account(filename="credentials.json")', 'credentials.json'],
      ['f = Flow.from_client_secrets_file("client.json", scopes)', 'client.json'],
      ['c = credentials.Certificate("key.json")', 'key.json'],
      ['v = dotenv_values(".env")', '.env'],
      ['c = sqlite3.connect("shop.db")\nc.execute("select 1 from a")', 'shop.db'],
      ['for one in os.listdir("Faces"):\n    print(one)', 'Faces'],
      ['PLACE = "Faces"\nfor one in os.listdir(PLACE):\n    print(one)', 'Faces'],
      ['data = ImageFolder("faces", transform=t)', 'faces'],
    ] as const)
      assert.equal(await told(text), name, text);
    assert.equal(await told('import conf', { 'conf.py': 'MODEL_PATH = "best.joblib"\n' }), 'best.joblib');
  });

  it('are none that the program makes, or that are there', async () => {
    const makes = 'c = sqlite3.connect("shop.db")\nc.execute("CREATE TABLE IF NOT EXISTS a (b)")';
    assert.equal(await told(makes), undefined);
    assert.equal(await told('m = load(f"{folder}/model.pkl")', { 'models/model.pkl': 'x' }), undefined);
    assert.equal(await told('open("out.csv", "w")'), undefined);
    const model = 'URL = "https://example.org/id"\nPLACE = "net.keras"\nm = load_model(PLACE)';
    assert.equal(await told(model), 'net.keras');
    assert.equal(await told(`${model}\ngdown.download(URL, PLACE, quiet=False)`), undefined);
    assert.equal(await told('os.makedirs("Faces")\nos.listdir("Faces")'), undefined);
    assert.equal(await told('P = "Faces"\nif os.path.isdir(P):\n    os.listdir(P)'), undefined);
    assert.equal(await told('os.listdir("Faces")', { 'Faces/a.jpg': 'x' }), undefined);
  });
});

describe('the settings of a project of Django', () => {
  const wsgi =
    'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conf.settings")\nfrom django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n';
  const notes = async (settings: string, more: Readonly<Record<string, string>> = {}) => {
    const files = {
      ...lists('django==5.2.6', 'gunicorn==23.0.0'),
      'manage.py': '# conf.settings\n',
      'conf/__init__.py': '',
      'conf/settings.py': `SECRET_KEY = "x"\n${settings}\n`,
      'conf/wsgi.py': wsgi,
      ...more,
    };
    return (await make(files, 'serving'))?.assumes.filter((line) => !line.startsWith('Any answer'));
  };
  const debug =
    'conf/settings.py has DEBUG = True, with which visitors see code and settings when a page fails.';
  const hosts = (which: string) =>
    `The site is looked at as ${which}, as ALLOWED_HOSTS of conf/settings.py names no other host.`;

  it('are told where they let nobody in, or show too much', async () => {
    assert.deepEqual(await notes('DEBUG = True\nALLOWED_HOSTS = []'), [
      debug,
      'The site is looked at as localhost, as ALLOWED_HOSTS of conf/settings.py is empty.',
    ]);
    assert.deepEqual(await notes('DEBUG = False\nALLOWED_HOSTS = []'), [
      'ALLOWED_HOSTS of conf/settings.py gets the names of the hosts of the site, as it is empty and the site answers nobody then.',
    ]);
    assert.deepEqual(await notes('DEBUG = False\nALLOWED_HOSTS = [\n    "a.example",\n]'), [
      hosts('a.example and not as localhost'),
    ]);
    assert.deepEqual(await notes('DEBUG = False\nALLOWED_HOSTS = ["localhost", "a.example"]'), [
      hosts('localhost, a.example'),
    ]);
    assert.match(
      (await notes('SECURE_SSL_REDIRECT = True'))?.join() ?? '',
      /^A proxy with TLS stands before/,
    );
    const apps = 'INSTALLED_APPS = ["django.contrib.staticfiles"]';
    // What visitors upload is told where a model has a field for it.
    const media = 'BASE_DIR = Path(__file__).resolve().parent.parent\nMEDIA_ROOT = BASE_DIR / "files/media"';
    const kept =
      'What the program keeps in files/media/ goes with its container, unless a volume that user 10001 may write is mounted at /app/files/media.';
    const models = { 'shop/models.py': 'picture = models.ImageField(upload_to="a")\n' };
    assert.ok((await notes(media, models))?.includes(kept));
    assert.ok(!(await notes(media))?.includes(kept));
    assert.match((await notes(apps))?.join() ?? '', /^Another server has the static files/);
  });

  it('are not told where the environment decides, or all are let in', async () => {
    const apps = 'INSTALLED_APPS = ["django.contrib.staticfiles"]';
    assert.deepEqual(await notes('DEBUG = f()\nALLOWED_HOSTS = f("a.example").split(",")'), []);
    assert.deepEqual(await notes('# DEBUG = True\nALLOWED_HOSTS = ["*"]'), []);
    // More is done with it, or elsewhere.
    for (const text of [
      'ALLOWED_HOSTS = ["a.example"]\nALLOWED_HOSTS.append("*")',
      'ALLOWED_HOSTS = ["a.example"]\nALLOWED_HOSTS += f()',
      'ALLOWED_HOSTS = ["a.example"] + MORE',
      'ALLOWED_HOSTS = ["localhost"] if DEBUG else ["*"]',
      'ALLOWED_HOSTS = ["a.example"]\ntry:\n    from .local import *\nexcept ImportError:\n    pass',
    ])
      assert.deepEqual(await notes(text), [], text);
    assert.deepEqual(await notes(`${apps}\nMIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware"]`), []);
    assert.deepEqual(await notes(apps, { 'conf/urls.py': 'urlpatterns += staticfiles_urlpatterns()' }), []);
  });
});

describe('what is run before a program starts', () => {
  const api = 'from fastapi import FastAPI\napp = FastAPI()\n';
  const run = 'print()\n';
  const serve = 'uvicorn main:app --host 0.0.0.0 --port 8000';
  const told = async (more: Files, list = lists('fastapi==0.116.1', 'uvicorn==0.35.0')) =>
    (await make({ ...list, 'main.py': api, ...more }, 'serving'))?.assumes.filter((line) =>
      /run (?:on the database )?before/.test(line),
    );
  const line = (command: string, by: string) =>
    `"${command}" of ${by} was run before, as the image does not run it.`;

  it('is told with the file that has it so', async () => {
    assert.deepEqual(await told({ Procfile: `release: python seed.py\nweb: ${serve}\n`, 'seed.py': run }), [
      line('python seed.py', 'Procfile'),
    ]);
    assert.deepEqual(
      await told({ 'README.md': '```\n$ python ingest.py\n$ python main.py\n```\n', 'ingest.py': run }),
      [line('python ingest.py', 'README.md')],
    );
    const railway = `{"deploy": {"startCommand": "alembic upgrade head && ${serve}"}}`;
    assert.deepEqual(await told({ 'railway.json': railway }), [line('alembic upgrade head', 'railway.json')]);
    const compose = `services:\n  web:\n    command: bash -c "python seed.py && ${serve}"\n`;
    assert.deepEqual(await told({ 'compose.yaml': compose, 'seed.py': run }), [
      line('python seed.py', 'compose.yaml'),
    ]);
    assert.deepEqual(await told({ 'db/alembic.ini': 'x' }), [
      '"alembic -c db/alembic.ini upgrade head" was run on the database before.',
    ]);
    assert.deepEqual(
      await told({ 'README.md': '`python tests.py`\n`python gone_seed.py`\n', 'tests.py': run }),
      [],
    );
  });

  it('cannot be a client that is generated', async () => {
    const files = { ...lists('fastapi', 'uvicorn', 'prisma'), 'main.py': api, 'db/schema.prisma': 'x' };
    assert.match(await first(files), /^"prisma generate" makes the client of db\/schema\.prisma/);
  });
});

describe('Dockerfiles of several programs', () => {
  const files = {
    ...lists('six==1.17.0'),
    'main.py': main('print()'),
    'api/run.py': main('print()'),
    'worker/run.py': main('print()'),
  };
  const of = (path: string) => `FROM python:3.12\nCOPY . .\nCMD ["python", "${path}"]\n`;

  it('are asked about, and one tells wherever it lies', async () => {
    const several = {
      'docker/api.Dockerfile': of('api/run.py'),
      'docker/worker.Dockerfile': of('worker/run.py'),
    };
    assert.equal(
      await first({ ...files, ...several }, 'multi-stage'),
      'start? python api/run.py | python worker/run.py | python main.py',
    );
    for (const path of ['build/worker/Dockerfile', 'ops/docker/Dockerfile', 'worker/Dockerfile'])
      assert.equal(
        await start({ ...files, [path]: of('worker/run.py') }, 'multi-stage'),
        'python worker/run.py',
        path,
      );
    assert.equal(
      await start({ ...files, 'examples/a/Dockerfile': of('worker/run.py') }, 'multi-stage'),
      'python main.py',
    );
  });
});

describe('a server that the project starts without an address', () => {
  const api = {
    ...lists('flask==3.1.1', 'gunicorn==23.0.0', 'uvicorn==0.35.0'),
    'wsgi.py': 'from shop.web import app\n',
    'shop/__init__.py': '',
    'shop/web.py': 'from flask import Flask\napp = Flask(__name__)\n',
  };
  const of = async (line: string, more: Files = {}) =>
    (await first({ ...api, Procfile: `web: ${line}\n`, ...more })).split(' | ', 1)[0];

  it('is opened to other machines', async () => {
    assert.equal(await of('gunicorn wsgi:app'), 'start? gunicorn --bind 0.0.0.0:8000 wsgi:app');
    assert.equal(await of('uvicorn wsgi:app'), 'start? uvicorn --host 0.0.0.0 --port 8000 wsgi:app');
    assert.equal(await of('gunicorn -b 127.0.0.1:9000 wsgi:app'), 'start? gunicorn -b 0.0.0.0:9000 wsgi:app');
  });

  it('keeps what is said of it', async () => {
    for (const line of [
      'gunicorn --bind 0.0.0.0:9000 wsgi:app',
      'uvicorn wsgi:app --host 0.0.0.0 --port 9000',
    ])
      assert.equal(await of(line), `start? ${line}`);
    const file = { 'gunicorn.conf.py': 'bind = "0.0.0.0:9000"\n' };
    assert.equal(await of('gunicorn wsgi:app', file), 'start? gunicorn wsgi:app');
    const named = { 'conf.py': 'bind = "0.0.0.0:9000"\n' };
    assert.equal(await of('gunicorn -c conf.py wsgi:app', named), 'start? gunicorn -c conf.py wsgi:app');
  });
});

describe('a command of the package', () => {
  it('is told to show its help where nothing else is said', async () => {
    const files = {
      ...on312,
      'pyproject.toml': project(
        'bikes',
        '',
        `[project.scripts]\nbikes = "bikes:main"\n${backend('hatchling')}`,
      ),
      'bikes/__init__.py': 'import argparse\n\n\ndef main():\n    print()\n',
    };
    assert.ok(
      (await make(files, 'multi-stage'))?.assumes.includes(
        'The image shows the help of bikes, unless its name in "docker run" is followed by other arguments.',
      ),
    );
  });
});
