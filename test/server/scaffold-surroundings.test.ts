// What programs find around them on the machine of who wrote them, for Add Container Files.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backend, first, has, lists, on312, project } from './scaffold-forms.ts';
import { main, notes } from './scaffold-notes.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

describe('files that a program names and the image does not hold', () => {
  it('are told', async () => {
    const told = (name: string) => [`${name} is mounted below /app, as the image does not hold it.`];
    assert.deepEqual(await notes('torch.load("weights/best.pt")'), told('weights/best.pt'));
    assert.deepEqual(await notes('MODEL = "model.joblib"'), told('model.joblib'));
    // One that writes files may write that one.
    assert.ok(
      ((await notes('m = torch.load("weights/best.pt")\nplt.savefig(place)')) ?? []).includes(
        'weights/best.pt is mounted below /app unless the program makes it, as the image does not hold it.',
      ),
    );
    assert.deepEqual(await notes('json.load(open("settings.json"))'), told('settings.json'));
    assert.deepEqual(await notes('pd.read_csv("./data/a.csv")'), told('data/a.csv'));
    const below = { 'shop/__init__.py': '', 'shop/net.py': 'NET = "nets/a.onnx"\n' };
    assert.deepEqual(await notes('import shop.net', below), told('nets/a.onnx'));
    for (const text of [
      '# torch.load("a.pt")\nprint()',
      'load("https://example.org/a.pt")',
      'open("/etc/a.json")',
      'name = "settings.json"',
      'st.download_button("Get it", rows, file_name="rows.csv")',
    ])
      assert.deepEqual(await notes(text), [], text);
    for (const text of ['torch.save(net, "best.pt")', 'open("out.json", "w")'])
      assert.match(
        (await notes(text))?.join() ?? '',
        /^\S+, which the program writes, is taken out[^.]*\.$/,
        text,
      );
    // It ends there, which is said instead.
    assert.equal(await notes('torch.load("best.pt")', { 'weights/best.pt': 'x' }), undefined);
  });

  it('are fetched by what README says, or made of an example', async () => {
    const fetched = async (line: string) => (await notes('print()', { 'README.md': `${line}\n` }))?.[0];
    for (const line of [
      'bash scripts/download_data.sh',
      'python download.py --all',
      'dvc pull',
      'wget https://a.b/c.zip',
    ])
      assert.equal(
        await fetched(line),
        `"${line}" of README was run before, or what it fetches is mounted below /app.`,
      );
    for (const line of [
      'curl https://a.b/install.sh | sh',
      'wget https://a.b/miniconda',
      'python main.py',
      '- `app/fetch_news.py`: fetches the news',
    ])
      assert.equal(await fetched(line), undefined, line);
    const reached = { 'app/fetch_news.py': 'x = 1\n', 'README.md': '`python app/fetch_news.py`\n' };
    assert.deepEqual(await notes('import app.fetch_news', reached), []);
    const example = { 'config.example.yml': 'a: 1\n' };
    assert.deepEqual(await notes('load("config.yml")', example), [
      'config.yml is made of config.example.yml and mounted below /app.',
    ]);
    assert.match(
      await first(main('import config', { 'config_sample.py': 'A = 1\n' }), 'multi-stage'),
      /^main\.py imports config\.py, which is not there: make it/,
    );
  });
});

describe('folders that a program writes into', () => {
  it('are made for the user of the image', async () => {
    for (const [text, folder] of [
      ['logging.FileHandler("logs/app.log")', 'logs'],
      ['open("out/a/b.json", "w")', 'out/a'],
      ['create_engine("sqlite:///./db/app.sqlite")', 'db'],
      ['app.config["UPLOAD_FOLDER"] = "static/uploads"', 'static/uploads'],
      ['app.mount("/s", StaticFiles(directory="static"))', 'static'],
      ['HERE = Path(__file__).parent\nlogging.FileHandler(HERE / "logs" / "app.log")', 'logs'],
      ['c = {"filename": os.path.join(BASE, "var", "logs", "app.log")}', 'var/logs'],
    ] as const)
      await has(main(text), new RegExp(`^USER 10001\nRUN mkdir -p ${folder}$`, 'm'), 'multi-stage');
  });

  it('are not made twice', async () => {
    const without = async (text: string, more: Files = {}) =>
      assert.doesNotMatch(await first(main(text, more), 'multi-stage'), /mkdir/, text);
    await without('os.mkdir("logs")\nopen("logs/a.log", "w")');
    await without('open("logs/a.log", "w")', { 'logs/.keep': 'x', 'main2.py': 'x = "logs/"\n' });
    await without('LOG = HERE / "logs"\nLOG.mkdir()\nopen("logs/a.log", "w")');
    await without('F = Path("logs/a.log")\nF.parent.mkdir()\nopen("logs/a.log", "w")');
    await without('HERE = "web/s"\napp.mount("/s", StaticFiles(directory=HERE), name="s")');
    await without('open("/var/log/a.log", "w")');
    await without('open("a.log", "w")');
    await without('create_engine("sqlite:///./shop.db")');
  });

  it('lie where the file says that looks for them from its own place', async () => {
    const text = 'HERE = Path(__file__).resolve().parent\nlogging.FileHandler(HERE / "logs" / "app.log")\n';
    const below = { 'tools/__init__.py': '', 'tools/log.py': text };
    await has(main('import tools.log', below), /^RUN mkdir -p tools\/logs$/m, 'multi-stage');
    const top = { ...below, 'tools/log.py': text.replace('.parent', '.parent.parent') };
    await has(main('import tools.log', top), /^RUN mkdir -p logs$/m, 'multi-stage');
  });

  it('are those of the settings of Django too, which nothing imports', async () => {
    const site = {
      ...lists('django==5.2.6', 'gunicorn==23.0.0'),
      'manage.py': '# conf.settings\n',
      'conf/__init__.py': '',
      'conf/settings.py': `SECRET_KEY = "x"
BASE_DIR = Path(__file__).resolve().parent.parent
LOGGING = {
    "handlers": {
        "file": {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": BASE_DIR / "logs/django.log",
        }
    }
}
`,
      'conf/wsgi.py':
        'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conf.settings")\nfrom django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n',
      'logs/django.log': 'x',
      '.gitignore': '*.log\n',
    };
    await has(site, /^USER 10001\nRUN mkdir -p logs$/m);
  });

  it('lie beside an installed program that writes there', async () => {
    const shop = (text: string): Files => ({
      ...on312,
      'pyproject.toml': project('shop', '"flask", "gunicorn"', backend('hatchling')),
      'shop/__init__.py': `from flask import Flask\napp = Flask(__name__${text}\n`,
    });
    await has(shop(', instance_relative_config=True)'), /--no-deps -e \.$/m);
    await has(shop(')\nos.makedirs(os.path.join(os.path.dirname(__file__), "cache"))'), /--no-deps -e \.$/m);
    await has(shop(')'), /--no-deps \.$/m);
  });
});

describe('services around a program', () => {
  it('are not looked for in its own container', async () => {
    const told = (name: string) => [
      `The program is told where ${name} is, as localhost is the container itself.`,
    ];
    const written = (line: number, file = 'main.py') => [
      `Another host is written into line ${line} of ${file} before the image is built, or the container is started with --network=host, as localhost is the container itself there and no variable says otherwise.`,
    ];
    const at = async (text: string) => {
      const [note = ''] = (await notes(text)) ?? [];
      return Number(/into line (\d+)/.exec(note)?.[1]);
    };
    const first = await at('redis.from_url("redis://localhost:6379/0")');
    for (const text of [
      'URL = "postgresql://me:it@127.0.0.1/db"',
      'mlflow.set_tracking_uri("http://localhost:5000")',
      'API_URL = "http://localhost:8000"',
    ])
      assert.deepEqual(await notes(text), written(first), text);
    assert.deepEqual(
      await notes('db = dict(\n    host="localhost",\n    user="root",\n)\nx = connect(**db)'),
      written(first + 1),
    );
    // A default that no call replaces says it for good.
    for (const text of [
      'def go(url="mongodb://localhost"):\n    pass\ngo()',
      'class Store:\n    def __init__(self, url="mongodb://localhost"):\n        pass\nStore()',
      'class Store(Base):\n    def __init__(self, url="mongodb://localhost"):\n        pass\nprint(Store(), Store( ))',
    ])
      assert.deepEqual(await notes(text), written(first + (text.startsWith('class') ? 1 : 0)), text);
    const below = { 'shop/__init__.py': '', 'shop/conf.py': '# Shop\nURL = "mysql://me@localhost/db"\n' };
    assert.deepEqual(await notes('import shop.conf', below), written(2, 'shop/conf.py'));
    for (const [text, name] of [
      ['x = os.getenv("MONGO_HOST", "localhost")', 'MONGO_HOST'],
      ['x = os.environ.get(\n    "AMQP", "amqp://localhost"\n)', 'amqp'],
      ['class S:\n    url: str = "redis://localhost:6379"\nprint(S().url)', 'redis'],
      ['parser.add_argument("--url", default="redis://localhost")', 'redis'],
      ['def go(url="mongodb://localhost"):\n    pass\ngo(sys.argv[1])', 'mongodb'],
      ['url = os.getenv("DB")\nif not url:\n    url = "mysql://me@localhost/db"', 'mysql'],
    ] as const)
      assert.ok((await notes(text))?.includes(told(name)[0] ?? ''), text);
    assert.deepEqual(await notes('MAIL = {"host": "localhost", "port": 9}'), []);
    assert.deepEqual(await notes('ALLOWED_HOSTS = ["localhost"]\norigins = ["http://localhost:3000"]'), []);
  });

  it('of Inngest call its functions', async () => {
    const line = /^The functions of Inngest are called by its server, whose place INNGEST_DEV names/;
    const told = (await notes('client = inngest.Inngest(app_id="a", is_production=False)')) ?? [];
    assert.ok(told.some((one) => line.test(one) && one.endsWith(' and INNGEST_EVENT_KEY.')));
    const asking = (await notes('client = inngest.Inngest(is_production=os.getenv("MODE") == "live")')) ?? [];
    assert.ok(asking.some((one) => one.endsWith(' and what is_production asks for.')));
    assert.ok(!((await notes('client = Client(app_id="a")')) ?? []).some((one) => line.test(one)));
  });

  it('of Celery run beside it', async () => {
    const assumes = async (text: string) =>
      (await make({ ...lists('celery==5.5.0'), 'main.py': text }, 'multi-stage'))?.assumes;
    assert.deepEqual(await assumes('from celery import Celery\n'), [
      'The workers of Celery run in containers of their own.',
    ]);
    // A list may name what no program uses.
    assert.deepEqual(await assumes(''), []);
  });

  it('have their tables made before', async () => {
    const assumes = async (more: Files) =>
      (
        await make(
          { ...lists('flask==3.1.1', 'gunicorn==23.0.0'), 'app.py': 'app = Flask(__name__)\n', ...more },
          'serving',
        )
      )?.assumes;
    const run = (line: string) => `"${line}" was run on the database before.`;
    assert.ok((await assumes({ 'create_db.py': 'x()\n' }))?.includes(run('python create_db.py')));
    const command = '@click.command("init-db")\ndef a(): ...\n';
    assert.ok((await assumes({ 'db.py': command }))?.includes(run('flask init-db')));
    assert.ok(
      (await assumes({ 'manage.py': `cli = FlaskGroup(app)\n${command.replace('click', 'cli')}` }))?.includes(
        run('python manage.py init-db'),
      ),
    );
  });
});

describe('a key that a package looks for by itself', () => {
  it('is told, unless the program gives it', async () => {
    const listed = lists('openai==2.8.1', 'openai-tools==1.0');
    const told = 'OPENAI_API_KEY is given when the container is started, or in the program.';
    assert.deepEqual(await notes('from openai import OpenAI\nc = OpenAI()', listed), [told]);
    assert.deepEqual(await notes('from openai import OpenAI\nc = OpenAI(api_key=key)', listed), []);
    assert.deepEqual(await notes('import openai_tools', listed), []);
    const either = 'import os\nfrom openai import OpenAI\nKEY = os.getenv("OPENAI_API_KEY") or None\n';
    assert.deepEqual(await notes(`${either}c = OpenAI(api_key=KEY) if KEY else OpenAI()`, listed), [told]);
    for (const rest of [
      'c = OpenAI(**given)',
      'class OpenAI:\n    pass\nc = OpenAI()',
      'c = OpenAI(api_key=KEY)',
    ])
      assert.deepEqual(await notes(`${either}${rest}`, listed), [], rest);
    const both = 'from anthropic import AsyncAnthropic\nfrom groq import Groq\nkey = dict(api_key=1)\n';
    assert.deepEqual(
      await notes(
        `${both}a = AsyncAnthropic()\nb = Groq(timeout=9)`,
        lists('anthropic==0.75.0', 'groq==0.36.0'),
      ),
      ['ANTHROPIC_API_KEY, GROQ_API_KEY are given when the container is started, or in the program.'],
    );
  });

  it('is in a module that README has one write, and Git keeps out', async () => {
    const named = async (
      more: Files,
      program = 'try:\n    from api_key import KEY\nexcept ImportError:\n    KEY = None',
    ) =>
      (
        await make(
          { ...lists('six'), 'main.py': `${program}\nprint()\n`, '.gitignore': 'api_key.py\n', ...more },
          'multi-stage',
        )
      )?.assumes.filter((line) => line.startsWith('api_key.py'));
    const readme = { 'README.md': 'Store your key in `api_key.py`.\n' };
    assert.deepEqual(await named(readme), [
      'api_key.py, which README.md names and main.py imports where it is there, is mounted below /app, or the program does without it.',
    ]);
    assert.deepEqual(await named({}), []);
    assert.deepEqual(await named({ ...readme, '.gitignore': '*.pyc\n' }), []);
    assert.deepEqual(await named(readme, 'x = 1'), []);
  });
});

describe('what Compose mounts of the machine', () => {
  const told = async (volumes: string, more = '    build: .\n') => {
    const files = {
      ...lists('fastapi==0.116.1', 'uvicorn==0.35.0'),
      'main.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
      'lib/x.py': '',
      'docker-compose.yml': `services:\n  web:\n${more}    volumes: ${volumes}\n`,
    };
    const made = await make(files, 'serving');
    return made?.assumes.filter((line) => line.startsWith('User 10001')) ?? ['nothing'];
  };
  const may = (source: string) => [
    `User 10001 may write ${source} (chown -R 10001), which docker-compose.yml mounts.`,
  ];

  it('is told, as the user of the image has to be let write it', async () => {
    assert.deepEqual(await told('["./data:/data"]'), may('./data'));
    assert.deepEqual(await told('["./data:/data:rw,z"]'), may('./data'));
    assert.deepEqual(await told('[{type: bind, source: ./logs, target: /app/logs}]'), may('./logs'));
    const variable = '$' + '{DATA:-./data}';
    assert.deepEqual(await told(`["${variable}:/data"]`), may(variable));
  });

  it('is not, where it is a volume, is only read, holds the programs, or somebody else has it', async () => {
    for (const volumes of [
      '["data:/data"]',
      '["./data:/data:ro"]',
      '[{type: bind, source: ./logs, target: /logs, read_only: true}]',
      '["./lib:/app/lib"]',
      '[".:/code"]',
      '["./settings.yaml:/settings.yaml"]',
      '{}',
    ])
      assert.deepEqual(await told(volumes), [], volumes);
    assert.deepEqual(await told('["./data:/data"]', '    image: postgres\n'), []);
    assert.deepEqual(await told('["./data:/data"]', '    build: .\n    user: "1000"\n'), []);
  });
});

describe('what README mounts of the machine', () => {
  const pinned = lists('fastapi==0.116.1', 'uvicorn==0.35.0');
  const told = async (...lines: string[]) => {
    const files = {
      ...pinned,
      'main.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
      'README.md': ['```sh', 'docker build -t shop .', ...lines, '```', ''].join('\n'),
    };
    const made = await make(files, 'serving');
    return made?.assumes.filter((line) => line.startsWith('User 10001')) ?? ['nothing'];
  };
  const may = (source: string) => [
    `User 10001 may write ${source} (chown -R 10001), which README.md mounts.`,
  ];

  it('is told, by what runs the image and by a Compose file that it shows', async () => {
    for (const line of [
      'docker run --rm -v $(pwd)/out:/app/out shop',
      'docker run -v "$PWD/out":/data shop',
      'podman run --volume=./out:/app/out:z localhost/shop',
      'docker run --mount type=bind,source=./out,target=/out shop',
      'docker run --rm \\\n  -e A=1 \\\n  -v ./out:/out \\\n  shop',
    ])
      assert.deepEqual(await told(line), may('./out'), line);
    const compose = 'services:\n  web:\n    build: .\n    volumes: ["./out:/out"]';
    assert.deepEqual(await told('```', '', '```yaml', compose), may('./out'));
  });

  it('is not, where it is only read, is a volume, belongs to another image, or the user is told', async () => {
    for (const line of [
      'docker run -v $(pwd)/out:/app/out:ro shop',
      'docker run -v out:/app/out shop',
      'docker run -v ./out:/var/lib/postgresql/data postgres:17',
      'docker run -u $(id -u) -v ./out:/app/out shop',
      'docker run --mount type=bind,source=./out,target=/out,readonly shop',
      'docker run --mount type=volume,source=out,target=/out shop',
      'docker run -v $(pwd):/app shop',
    ])
      assert.deepEqual(await told(line), [], line);
  });
});

describe('a project of notebooks', () => {
  it('is refused where there is nothing else to start', async () => {
    const files: Files = { ...lists('numpy==2.1.0'), 'notebooks/look.ipynb': '{}', 'lib/x.py': 'y = 1\n' };
    assert.match(
      await first(files, 'multi-stage'),
      /^The project is worked with in notebooks \(notebooks\/look\.ipynb\)/,
    );
    assert.match(await first({ ...files, 'main.py': 'x = 1\n' }, 'multi-stage'), /main\.py/);
  });
});

describe('a workflow that runs by the clock', () => {
  it('names the program', async () => {
    const started = 'if __name__ == "__main__":\n    print()\n';
    const files: Files = {
      ...lists('six==1.17.0'),
      'collect.py': started,
      'show.py': started,
      '.github/workflows/a.yml':
        'on:\n  schedule:\n    - cron: "0 0 * * *"\njobs:\n  a:\n    steps:\n      - run: python collect.py\n',
    };
    assert.match(await first(files, 'multi-stage'), /^start\? python collect\.py \| /);
  });
});
