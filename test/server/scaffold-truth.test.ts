// What Add Container Files tells of a project that would fail without it, and whom it blames.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { first, lists, on312 } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

const main = (text: string, more: Files = {}): Files => ({
  ...lists('six==1.17.0'),
  'main.py': `${text}\n\nif __name__ == "__main__":\n    run()\n`,
  ...more,
});
const told = async (files: Files, words: string, kind: 'multi-stage' | 'serving' = 'multi-stage') =>
  (await make(files, kind))?.assumes.filter((line) => line.includes(words));

it('a name that stands for a value is told with its place', async () => {
  const config = (text: string) =>
    told(main('from config import ADMIN', { 'config.py': text }), 'nothing sets');
  assert.deepEqual(await config('import os\nADMIN = your_main_id  # yours\n'), [
    'A value is written into line 2 of config.py before the image is built, as your_main_id there is a name that nothing sets and ends the program.',
  ]);
  for (const text of ['ADMIN = [1, your_id]\n', 'ADMIN = int(your_id)\n', 'ADMIN = Bot(token=YOUR_TOKEN)\n'])
    assert.equal((await config(text))?.length, 1, text);
  for (const text of [
    'ADMIN = "your_id"\n',
    'your_id = 3\nADMIN = your_id\n',
    'from ids import your_id\nADMIN = your_id\n',
    'def a():\n    return your_id\nADMIN = 1\n',
    'from ids import *\nADMIN = your_id\n',
    'ADMIN = Bot(your_id=1)\n',
  ])
    assert.deepEqual((await config(text)) ?? [], [], text);
});

const flask = (more: Files): Files => ({ ...lists('flask==3.1.0', 'gunicorn==23.0.0'), ...on312, ...more });
const shop = 'from flask import Flask\napp = Flask("shop")\n';

it('tables are made by the command of the application that has them', async () => {
  const command = '\n@app.cli.command()\n@click.option("--drop")\ndef initdb(drop):\n    db.create_all()\n';
  const line = (files: Files) => told(files, 'on the database', 'serving');
  assert.deepEqual(await line(flask({ 'shop/__init__.py': `${shop}${command}` })), [
    '"flask --app shop:app initdb" was run on the database before.',
  ]);
  assert.deepEqual(await line(flask({ 'app.py': `${shop}${command.replace('initdb', 'init_db')}` })), [
    '"flask init-db" was run on the database before.',
  ]);
  assert.deepEqual(await line(flask({ 'app.py': `${shop}${command.replace('initdb', 'greet')}` })), []);
});

it('an error of the service itself is no sign that it is well', async () => {
  const text = textOf(await make(flask({ 'app.py': shop }), 'serving'));
  assert.match(text, /raise SystemExit\(r\.code >= 500\)/);
});

it('a release that nothing is built of is blamed before one that is', async () => {
  const files = {
    ...lists('pyyaml==5.3.1', 'tensorflow==1.15.0'),
    'main.py': 'import tensorflow\n\nif __name__ == "__main__":\n    run()\n',
  };
  const said = await first(files, 'multi-stage');
  assert.match(said, /tensorflow 1\.15\.0/);
  assert.doesNotMatch(said, /pyyaml/);
});

it('a mirror that packages are read from is told', async () => {
  const file = (url: string) => main('import six', { 'requirements.txt': `-i ${url}\nsix==1.17.0\n` });
  assert.deepEqual(await told(file('https://mirrors.aliyun.com/pypi/simple'), 'mirror'), [
    'The build reads its packages from mirrors.aliyun.com, a mirror of PyPI that requirements.txt names.',
  ]);
  assert.deepEqual(await told(file('https://pypi.org/simple'), 'mirror'), []);
  const pipenv = (url: string): Files => ({
    ...on312,
    Pipfile: `[[source]]\nurl = "${url}"\nverify_ssl = true\nname = "pypi"\n\n[packages]\nsix = "*"\n\n[requires]\npython_version = "3.12"\n`,
    'Pipfile.lock': JSON.stringify(
      {
        _meta: { sources: [{ name: 'pypi', url, verify_ssl: true }] },
        default: { six: { version: '==1.17.0' } },
      },
      null,
      4,
    ),
    'main.py': 'import six\n\nif __name__ == "__main__":\n    run()\n',
  });
  assert.deepEqual(await told(pipenv('https://pypi.tuna.tsinghua.edu.cn/simple/'), 'mirror'), [
    'The build reads its packages from pypi.tuna.tsinghua.edu.cn, a mirror of PyPI that Pipfile.lock names.',
  ]);
  assert.deepEqual(await told(pipenv('https://pypi.org/simple'), 'mirror'), []);
});

it('modules of the project that are not there are no packages', async () => {
  const said = await first(
    {
      '.gitignore': 'secretthing.py\n',
      'main.py':
        'import app\nimport secretthing\nimport unknownone\n\nif __name__ == "__main__":\n    run()\n',
    },
    'multi-stage',
  );
  assert.match(said, /they import unknownone: write/);
});

it('a sound card is needed where a stream of it is opened', async () => {
  const audio = (text: string) => first({ ...main(text), ...lists('pyaudio==0.2.14') }, 'multi-stage');
  assert.match(
    await audio('import pyaudio\np = pyaudio.PyAudio()\ns = p.open(format=8, input=True)'),
    /sound card/,
  );
  assert.match(await audio('import pyaudio\np = pyaudio.PyAudio()'), /libportaudio2/);
  const chosen = 'import pyaudio\n\ndef a(live):\n    if live:\n        p.open(format=8, input=True)';
  assert.match(await audio(chosen), /libportaudio2/);
  assert.equal((await told({ ...main(chosen), ...lists('pyaudio==0.2.14') }, 'sound card'))?.length, 1);
});

it('files that a program keeps are told in one line where there are many', async () => {
  const text = ['a', 'b', 'c'].map((one) => `load_it("${one}.json")\nsave_it("${one}.json")`).join('\n');
  assert.deepEqual(await told(main(text), 'goes with its container'), [
    'What the program keeps in a.json, b.json, c.json goes with its container, unless files that user 10001 may write are mounted in their places below /app.',
  ]);
});

it('what is imported does nothing of what it does where it is started itself', async () => {
  const files = {
    ...main('import other\nother.run()\ndf.to_csv("own.csv")'),
    'other.py':
      'def run():\n    df.to_csv("run.csv")\n\n\nif __name__ == "__main__":\n    df.to_csv("alone.csv")\n',
  };
  assert.match((await told(files, 'docker cp'))?.join() ?? '', /^own\.csv, run\.csv, which/);
});

it('names with a part that is known later are told with a star', async () => {
  const files = main('n = 3\nplt.savefig(f"loss{n}_of")\ndf.to_csv(f"{n}-rows.csv")\nsave_it(f"{n}.txt")');
  assert.match(
    (await told(files, 'docker cp'))?.join() ?? '',
    /^\*-rows\.csv, loss\*_of\.png, which|^loss\*_of\.png, \*-rows\.csv, which/,
  );
});

it('a file above the folder that a program is started in is looked for in the project', async () => {
  const files: Files = {
    ...lists('joblib==1.5.1'),
    'src/main.py':
      'import joblib\nm = joblib.load("../model/iris.pkl")\nopen("here.txt")\n\nif __name__ == "__main__":\n    print(m)\n',
    'src/here.txt': 'x\n',
    'README.md': 'cd src\npython main.py\n',
  };
  assert.deepEqual(await told(files, 'iris'), [
    'model/iris.pkl is mounted below /app, as the image does not hold it.',
  ]);
  assert.deepEqual(await told({ ...files, 'model/iris.pkl': 'x' }, 'mounted'), []);
});

it('what another program takes by default is nothing to the one that imports it', async () => {
  const option = 'p.add_argument("--metrics", default=Path("metrics/losses.csv"))\n';
  const files = { ...main('import plots\nplots.go()'), 'plots.py': `def go():\n    ${option}` };
  assert.deepEqual(await told(files, 'losses'), []);
  assert.equal((await told(main(option), 'losses'))?.length, 1);
});

it('a command that prepares something is told once, with all that stands behind it', async () => {
  const files: Files = {
    ...main('print()'),
    'prepare_data.py': 'x()\n',
    'README.md':
      '```\npython prepare_data.py\npython main.py\npython prepare_data.py \\\n    --to data\n```\n',
  };
  assert.deepEqual(await told(files, 'prepare'), [
    '"python prepare_data.py --to data" of README.md was run before, as the image does not run it.',
  ]);
});

it('what was read of a file is not its path', async () => {
  const text = 'df = pd.read_csv("in.csv")\ndf.to_csv("out.csv")';
  assert.deepEqual(await told(main(text), 'goes with its container'), []);
});

it('a name that begins empty tells of no file, and a part of one is no folder', async () => {
  for (const text of [
    'NAME = ""\nload(f"{NAME}.json")\nsave_it(f"{NAME}.json")\n',
    'NAME = ""\np = NAME + ".json"\nload_it(p)\nsave_it(p)\n',
  ])
    assert.deepEqual(await told(main(text), '.json'), [], text);
});

it('a variable is not asked for where the program has something else', async () => {
  for (const text of [
    'A = (\n    os.environ.get("A_TOKEN")\n    or "x"\n)',
    'A = os.environ.get("A_TOKEN") if x else "y"',
    'A = os.environ.get("A_TOKEN")\nA = A if A else "x"',
    'A = os.environ.get("A_TOKEN")\nif A is None:\n    A = "x"',
  ])
    assert.deepEqual(await told(main(`import os\n${text}\n`), 'A_TOKEN'), [], text);
  assert.equal((await told(main('import os\nA = os.environ.get("A_TOKEN")\n'), 'A_TOKEN'))?.length, 1);
});

it('servers that a client looks for on its own machine are told, by an argument or for want of one', async () => {
  const about = (text: string) => told(main(text), 'at localhost');
  for (const [server, ...texts] of [
    [
      'Redis',
      'app = Celery("x", broker="redis://")',
      'r = redis.Redis(\n    host="localhost",\n    port=6379,\n)',
      'r = redis.Redis(port=6379, db=0)',
      'r = redis.ConnectionPool(host="localhost")',
      'LAYERS = {"default": {"CONFIG": {"hosts": [("127.0.0.1", 6379)]}}}',
    ],
    ['MongoDB', 'c = AsyncIOMotorClient()', 'c = MongoClient(tz_aware=True)'],
    [
      'RabbitMQ',
      'c = pika.BlockingConnection(pika.ConnectionParameters(host="localhost"))',
      'c = pika.BlockingConnection()',
      'app = Celery("x", broker="pyamqp://guest@localhost//")',
    ],
    ['Kafka', 'p = KafkaProducer(bootstrap_servers=["localhost:9092"])', 'p = KafkaConsumer("topic")'],
    ['MySQL', 'c = mysql.connector.connect(user="root", database="x")'],
    ['Elasticsearch', 'e = Elasticsearch([{"host": "localhost", "port": 9200}])'],
    ['Qdrant', 'q = QdrantClient("localhost", port=6333)'],
    ['MinIO', 'c = Minio("localhost:9000", access_key="a")'],
  ] as const)
    for (const text of texts)
      assert.deepEqual(
        await about(text),
        [
          `${server} is reached at localhost, which is the container itself, unless the program or its network says otherwise.`,
        ],
        text,
      );
  for (const text of [
    'c = redis.Redis(host=HOST)',
    'c = redis.Redis(**options)',
    'class Redis():\n    pass',
    'c = AsyncIOMotorClient(os.getenv("M", "mongodb://localhost"))',
    'q = QdrantClient(":memory:")',
    'c = Minio(HOST)',
    'p = KafkaConsumer("topic", bootstrap_servers=SERVERS)',
    'c = mysql.connector.connect(host="db", user="root")',
  ])
    assert.deepEqual(await about(text), [], text);
});
