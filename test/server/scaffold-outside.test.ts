// What programs start and keep outside of their image, and what is told of it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backend, first, has, lists, on312, project } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

describe('programs that a program starts', () => {
  const started = async (text: string, more: Files = {}) =>
    (
      await make(
        { ...lists('uvicorn==0.35.0', 'django==5.2.6'), 'main.py': `${text}\nprint()\n`, ...more },
        'multi-stage',
      )
    )?.assumes.filter((line) => line.startsWith('The program starts'));
  const note = (names: string, them = 'it') =>
    `The program starts ${names}, which the image does not have: it does without ${them}, or the Dockerfile is made to install ${them}.`;

  it('are told by name, where neither the image nor a package has them', async () => {
    for (const text of [
      'subprocess.Popen(["relay-server", "-l", x])',
      'subprocess.run(\n    [\n        "relay-server",\n        "-l",\n    ]\n)',
      'os.system("relay-server -l")',
      'if shutil.which("relay-server"): pass',
      'subprocess.check_output(f"relay-server {x}", shell=True)',
      'await asyncio.create_subprocess_exec("relay-server", x)',
      'SERVER = "relay-server"\n\n\ndef go():\n    cmd = [\n        SERVER,\n        "-l",\n    ]\n    return subprocess.Popen(cmd)\n',
      'RELAY: str = "relay-server"\nsubprocess.call([RELAY, "x"])',
    ])
      assert.deepEqual(await started(text), [note('relay-server')], text);
    assert.deepEqual(await started('subprocess.run(["relay", x])\nsubprocess.run("curl x", shell=True)'), [
      note('relay, curl', 'them'),
    ]);
  });

  it('are none that it has, that packages or the project bring, or that are for other systems', async () => {
    for (const text of [
      'subprocess.run(["uvicorn", "a:b"])\nos.system("django-admin x")',
      'subprocess.run([sys.executable, "a.py"])\nos.system("python a.py")\nos.system("bash -c x")',
      'os.system("cls" if os.name == "nt" else "clear")',
      'subprocess.run(["./tool", "a"])\nsubprocess.run([tool])\nsubprocess.run(cmd)',
      'self.run(["relay", x])\nwhich = ["relay"]\n# os.system("relay")',
    ])
      assert.deepEqual(await started(text, { 'a.py': '' }), [], text);
    assert.deepEqual(await started('subprocess.run(["relay"])', { 'bin/relay': 'x' }), []);
  });

  it('are told where README builds what another language is written in', async () => {
    const readme = { 'README.md': '```sh\n$ cargo run --release\n```\n' };
    const told = async (more: Files) =>
      (
        await make({ ...lists('six==1.17.0'), 'main.py': 'print()\n', ...more }, 'multi-stage')
      )?.assumes.filter((line) => line.includes('builds nothing'));
    assert.deepEqual(await told({ ...readme, 'Cargo.toml': '[package]\n' }), [
      '"cargo run --release" of README.md is run elsewhere, as the image builds nothing of Cargo.toml.',
    ]);
    assert.deepEqual(await told(readme), []);
    assert.deepEqual(await told({ 'Cargo.toml': '[package]\n' }), []);
    assert.deepEqual(await told({ 'README.md': '`npm install`\n', 'web/package.json': '{}' }), [
      '"npm install" of README.md is run elsewhere, as the image builds nothing of web/package.json.',
    ]);
  });
});

describe('what a program keeps for its next start', () => {
  const files = (text: string, more: Files = {}): Files => ({
    ...lists('six==1.17.0'),
    'main.py': `${text}\nprint()\n`,
    ...more,
  });
  const kept = async (text: string, more: Files = {}) =>
    (await make(files(text, more), 'multi-stage'))?.assumes.filter((line) =>
      line.includes('goes with its container'),
    );
  const file = (path: string) =>
    `What the program keeps in ${path} goes with its container, unless a file that user 10001 may write is mounted at /app/${path}.`;
  const folder = (path: string) =>
    `What the program keeps in ${path}/ goes with its container, unless a volume that user 10001 may write is mounted at /app/${path}.`;
  const home = (path: string) =>
    `What the program keeps in ~/${path} goes with its container, unless a volume that user 10001 may write is mounted at /app/${path}, as /app is the home folder of the image.`;

  it('is told where it is a file of the project', async () => {
    for (const text of [
      'with open("state.json") as f: x = json.load(f)\nwith open("state.json", "w") as f: json.dump(x, f)',
      'STATE = "state.json"\nx = json.load(open(STATE))\njson.dump(x, open(STATE, "w"))',
      'STATE = Path("state.json")\nif STATE.exists(): x = STATE.read_text()\nSTATE.write_text(x)',
      'STATE = Path(__file__).parent / "state.json"\nx = open(STATE)\ny = open(STATE, "w")',
      'db = TinyDB("state.json")',
    ])
      assert.deepEqual(await kept(text), [file('state.json')], text);
    assert.deepEqual(await kept('client = TelegramClient("me", 1, "x")'), [file('me.session')]);
    assert.deepEqual(await kept('x = open(name + ".csv")\ny = open(name + ".csv", "w")'), []);
    assert.deepEqual(
      await kept('x = pickle.load(open("lib/x.pkl", "rb"))\npickle.dump(x, open("lib/x.pkl", "wb"))', {
        'lib/a.py': '',
      }),
      [file('lib/x.pkl')],
    );
  });

  it('is told where it lies in a folder, which the user of the image has', async () => {
    const text =
      'x = json.load(open("store/x.json"))\nos.makedirs("store")\njson.dump(x, open("store/x.json", "w"))';
    assert.deepEqual(await kept(text), [folder('store')]);
    await has(files(text), /^USER 10001\nRUN mkdir -p store$/m, 'multi-stage');
    const user = 'u = User(name, f"users/{name}.json")';
    const of = 'class User:\n    def load(self):\n        with open(self.path) as f:\n            return f\n';
    const saves = '    def save(self):\n        with open(self.path, "w") as f:\n            return f\n';
    assert.deepEqual(await kept(`${of}${saves}\n\n${user}`), [folder('users')]);
    assert.deepEqual(await kept(`${of}\n\n${user}`), []);
    assert.deepEqual(await kept('x = Chroma(persist_directory="./index")'), [folder('index')]);
  });

  it('is told where it lies below the home folder, which is made for it', async () => {
    const make = 'PLACE.mkdir(parents=True)';
    for (const [text, path] of [
      [`PLACE = Path(os.environ.get("X", Path.home() / ".config" / "notes"))\n${make}`, '.config/notes'],
      [`PLACE = Path(os.path.expanduser("~/.notes"))\n${make}`, '.notes'],
      [`PLACE = Path(os.path.join(os.path.expanduser("~"), ".notes", "x"))\n${make}`, '.notes/x'],
      [`PLACE = Path(user_data_dir("notes"))\n${make}`, '.local/share/notes'],
      ['open(os.path.expanduser("~/.notes/session.json"), "w")', '.notes'],
    ] as const) {
      assert.deepEqual(await kept(text), [home(path)], text);
      assert.match(await first(files(text), 'multi-stage'), new RegExp(`^RUN mkdir -p ${path}$`, 'm'));
    }
    const command: Files = {
      ...on312,
      'pyproject.toml': project(
        'notes',
        '"six"',
        `[project.scripts]\nnotes = "notes:main"\n${backend('hatchling')}`,
      ),
      'notes.py': `def main():\n    place = Path.home() / ".notes"\n    place.mkdir()\n`,
    };
    await has(command, /^RUN mkdir -p \.notes$/m, 'multi-stage');
  });

  it('is nothing that is only read or only written, or lies elsewhere', async () => {
    for (const text of [
      'x = json.load(open("state.json"))',
      'json.dump(x, open("state.json", "w"))',
      'STATE = folder / "state.json"\nx = open(STATE)\ny = open(STATE, "w")',
      'x = open("/data/state.json")\ny = open("/data/state.json", "w")',
      'x = Path.home() / ".cache" / "a"\nx.mkdir()',
      'x = open(Path.home() / ".notes" / "a").read()',
    ])
      assert.deepEqual(await kept(text), [], text);
  });
});

describe('what a program needs where it is started', () => {
  const told = async (text: string, words: string, more: Files = {}) =>
    (
      await make({ ...lists('six==1.17.0'), 'main.py': `${text}\nprint()\n`, ...more }, 'multi-stage')
    )?.assumes.filter((line) => line.includes(words));

  it('is a GPU where it has no other way', async () => {
    for (const [text, by] of [
      ['m = m.to("cuda")', '.to("cuda")'],
      ['m = net().cuda()', '.cuda()'],
      ['d = torch.device("cuda:0")', 'torch.device("cuda:0")'],
      ['def f(x, device="cuda"):\n    pass', 'device="cuda"'],
    ] as const)
      assert.deepEqual(
        await told(text, '--gpus'),
        [`The container is started with --gpus all, as main.py runs on a GPU alone (${by}).`],
        text,
      );
    for (const text of [
      'd = "cuda" if torch.cuda.is_available() else "cpu"\nm = m.to("cuda")',
      'if a: m.cuda()\nelse: m.to("cpu")',
      'd = torch.device(name)',
    ])
      assert.deepEqual(await told(text, '--gpus'), [], text);
  });

  it('is a model that the project does not hold', async () => {
    const line = 'BrainModel is mounted below /app, as the image does not hold it.';
    for (const text of [
      'm = torch.load(r"BrainModel")',
      'm = AutoModel.from_pretrained("./BrainModel")',
      'MODEL_DIR = "./BrainModel"\nm = AutoModel.from_pretrained(MODEL_DIR)',
      'm = keras.models.load_model("BrainModel")',
    ])
      assert.deepEqual(await told(text, 'BrainModel'), [line], text);
    const held = { 'BrainModel/config.json': '{}' };
    assert.deepEqual(await told('m = AutoModel.from_pretrained("./BrainModel")', 'BrainModel', held), []);
    for (const text of [
      'm = AutoModel.from_pretrained("org/BrainModel")',
      'm = whisper.load_model("BrainModel")',
      'm = spacy.load("BrainModel")',
    ])
      assert.deepEqual(await told(text, 'BrainModel'), [], text);
  });

  it('is one of keys that a path is put together for, which no build is sent', async () => {
    const text = 'import os\nPATH = os.path.join(os.getcwd(), "a-credentials.json")\nd = load(PATH)\n';
    const files = { ...lists('shoplib==1.0'), 'main.py': text };
    const made = await make(files, 'multi-stage');
    assert.ok(made?.assumes.some((line) => line.startsWith('a-credentials.json is mounted below /app')));
    assert.match(textOf(made, '.dockerignore'), /^\*\*\/a-credentials\.json$/m);
    const there = await make({ ...files, 'a-credentials.json': '{}' }, 'multi-stage');
    assert.doesNotMatch(textOf(there, '.dockerignore'), /credentials/);
  });

  it('is none that is only shown to a person, or that is not to be there', async () => {
    assert.equal((await told('d = load("shop.csv")', 'shop.csv'))?.length, 1);
    for (const text of ['f = st.file_uploader("shop.csv", type="csv")', 'print("shop.csv")'])
      assert.deepEqual(await told(text, 'shop.csv'), [], text);
    assert.deepEqual(await told('d = load("nonexistent-file.json")', 'nonexistent'), []);
  });

  it('is none that another program of the project reads', async () => {
    const files: Files = {
      ...lists('shoplib==1.0'),
      '.gitignore': '/shots/\n',
      'shots/a.png': 'x',
      'other.py': 'open("shots/a.png")\nif __name__ == "__main__":\n    go()\n',
    };
    const lines = async (main: string) =>
      (await make({ ...files, 'main.py': main }, 'multi-stage', { start: 'python main.py' }))?.assumes.join(
        ' ',
      );
    assert.match((await lines('open("shots/a.png")\n')) ?? '', /shots is mounted below \/app/);
    assert.doesNotMatch((await lines('print()\n')) ?? '', /shots/);
  });

  it('is none that is only written', async () => {
    const at = (use: string) => told(`PLACE = "shop.pkl"\n${use}`, 'mounted below /app');
    assert.equal((await at('pickle.load(open(PLACE, "rb"))'))?.length, 1);
    for (const use of ['with open(PLACE, "wb") as f:\n    pickle.dump(x, f)', 'frame.to_pickle(PLACE)'])
      assert.deepEqual(await at(use), [], use);
  });

  it('is one above the project where the program looks for it there', async () => {
    const made = async (base: string) =>
      (await told(`import pathlib\nBASE = ${base}\nd = load(BASE / "models" / "shop.csv")`, 'shop.csv'))?.[0];
    const line = '/models/shop.csv is mounted, as the program looks for it above the folder of the project.';
    assert.equal(await made('pathlib.Path(__file__).resolve().parents[1]'), line);
    assert.equal(await made('pathlib.Path(__file__).parent.parent'), line);
    assert.match((await made('pathlib.Path(__file__).parent')) ?? '', /^models\/shop\.csv is mounted below/);
  });

  it('is a file that a name says, which a call reads', async () => {
    const line = 'key.json is mounted below /app, as the image does not hold it.';
    const toldOf = (use: string) => told(`KEY = "key.json"\n${use}`, 'key.json');
    for (const use of [
      'cred = credentials.Certificate(KEY)',
      'd = json.load(open(KEY))',
      'd = json.loads(Path(KEY).read_text())',
      'c = Credentials.from_service_account_file(KEY, scopes=[])',
      'c = Credentials.from_service_account_file(\n    KEY,\n)',
    ])
      assert.deepEqual(await toldOf(use), [line], use);
    for (const use of [
      'p = Path(KEY)',
      'if os.path.exists(KEY): cred = credentials.Certificate(KEY)',
      'if Path(KEY).exists(): d = json.load(open(KEY))',
      'print(KEY)',
      'd = json.load(open(KEYS))',
      'json.dump(d, open(KEY, "w"))',
    ])
      assert.deepEqual(await toldOf(use), [], use);
  });

  it('is a folder to hand out, which is not that of the programs', async () => {
    const text =
      'class Handler(SimpleHTTPRequestHandler):\n    pass\n\n\nprint(HTTPServer(("", 80), Handler))';
    assert.deepEqual(await told(text, 'hands out'), [
      'main.py hands out the folder that it is started in, /app with the programs and all that is mounted there: give it the folder that is meant (SimpleHTTPRequestHandler, directory=), or let nobody reach it from outside.',
    ]);
    assert.deepEqual(await told(`os.chdir("public")\n${text}`, 'hands out'), []);
    assert.deepEqual(
      await told('h = partial(SimpleHTTPRequestHandler, directory="public")', 'hands out'),
      [],
    );
  });
});

describe('what README and the programs name', () => {
  const lines = async (files: Files, words: string) =>
    (await make(files, 'serving'))?.assumes.filter((line) => line.includes(words));
  const api: Files = {
    ...lists('fastapi==0.116.1', 'uvicorn==0.35.0'),
    'web.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
  };

  it('is no file to fetch where a reader is shown how to ask the server', async () => {
    const readme = (command: string): Files => ({ ...api, 'README.md': `\`\`\`\n${command}\n\`\`\`\n` });
    for (const command of [
      'curl -O -u user:word http://localhost/upload/a.zip',
      'curl -F file=@a.csv https://shop.test/upload',
      'curl https://example.com/a.json',
      'wget https://<host>/a.zip',
    ])
      assert.deepEqual(await lines(readme(command), 'was run before'), [], command);
    const fetched = 'wget https://shop.test/models/a.zip';
    assert.deepEqual(await lines(readme(fetched), 'was run before'), [
      `"${fetched}" of README was run before, or what it fetches is mounted below /app.`,
    ]);
  });

  it('is a worker, which runs in a container of its own', async () => {
    const worker =
      'def main():\n    while True:\n        r.xreadgroup("a", "b", {})\n\n\nif __name__ == "__main__":\n    main()\n';
    const readme = { 'README.md': 'The front is `web.py`, and `worker.py` answers.\n' };
    assert.deepEqual(await lines({ ...api, ...readme, 'worker.py': worker }, 'container of its own'), [
      'worker.py runs in a container of its own (docker run … python worker.py), as it does the work of the service beside it.',
    ]);
    assert.deepEqual(await lines({ ...api, 'worker.py': worker }, 'container of its own'), []);
    const agent = 'from livekit.agents import cli\nif __name__ == "__main__":\n    cli.run_app(go)\n';
    const named = { 'README.md': 'Run `uv run python -m jobs.agent` beside it.\n', 'jobs/__init__.py': '' };
    assert.deepEqual(
      (await lines({ ...api, ...named, 'jobs/agent.py': agent }, 'container of its own'))?.map(
        (line) => line.split(' (', 1)[0],
      ),
      ['jobs/agent.py runs in a container of its own'],
    );
    const once = { 'worker.py': worker.replace('while True', 'if x') };
    assert.deepEqual(await lines({ ...api, ...readme, ...once }, 'container of its own'), []);
  });

  it('is no variable that it goes on without', async () => {
    const told = async (text: string) =>
      (await lines({ ...api, 'web.py': `${api['web.py']}${text}\n` }, 'no value to take instead'))?.map(
        (line) => line.split(' ', 1)[0],
      );
    assert.deepEqual(await told('P = os.getenv("KEY_PREFIX", "")\nx = f"{P}a"'), []);
    assert.deepEqual(await told('U = os.getenv("MODEL_URL")\nx = ask(U)'), ['MODEL_URL']);
    assert.deepEqual(await told('U = os.getenv("MODEL_URL", "")\nx = ask(U)'), ['MODEL_URL']);
  });
});
