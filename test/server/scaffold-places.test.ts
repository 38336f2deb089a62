// Where programs keep what they know, by paths that they put together, and what they download by names that they set elsewhere.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

const main = (text: string, more: Files = {}): Files => ({
  ...lists('six==1.17.0'),
  'main.py': `${text}\n\nif __name__ == "__main__":\n    run()\n`,
  ...more,
});
const told = async (files: Files, words: string) =>
  (await make(files, 'multi-stage'))?.assumes.filter((line) => line.includes(words));
const use = (name: string) => `json.load(open(${name}))\njson.dump(a, open(${name}, "w"))`;
const folder =
  'What the program keeps in data/ goes with its container, unless a volume that user 10001 may write is mounted at /app/data.';

it('a file is told where the parts of its path lead', async () => {
  for (const text of [
    'BASE = os.path.join(os.path.dirname(__file__), "data")\nCOINS = os.path.join(BASE, "coins.json")',
    'BASE = Path(__file__).resolve().parent\nDATA = BASE / "data"\nCOINS = DATA / "coins.json"',
    'BASE = os.path.dirname(os.path.abspath(__file__))\nCOINS = os.path.join(BASE, "data", "coins.json")',
    'DATA = Path("data")\nCOINS = DATA.joinpath("coins.json")',
    'DATA = "data"\nCOINS = f"{DATA}/coins.json"',
    'DATA = os.getenv("DATA", "data")\nCOINS = os.path.join(DATA, "coins.json")',
    'DATA = os.getcwd() + "/data"\nCOINS = os.path.join(DATA, "coins.json")',
  ])
    assert.deepEqual(await told(main(`${text}\n${use('COINS')}`), 'goes with its container'), [folder], text);
  const other = {
    'bot/__init__.py': '',
    'bot/config.py': 'from pathlib import Path\nROOT = Path(__file__).parents[1]\nDATA = ROOT / "data"\n',
    'bot/store.py': `from bot import config\nCOINS = config.DATA / "coins.json"\n${use('COINS')}\n`,
  };
  assert.deepEqual(await told(main('from bot import store', other), 'goes with its container'), [folder]);
  assert.deepEqual(
    await told(
      main('def a(file): json.load(open(file))\nA = "a.json"\nload_json(A)\nsave_json(A, 1)'),
      'goes with',
    ),
    [
      'What the program keeps in a.json goes with its container, unless a file that user 10001 may write is mounted at /app/a.json.',
    ],
  );
  // Nothing tells where that lies, nor what a name that begins empty is given later.
  const later = 'DATA = ""\n\ndef set_data(path):\n    global DATA\n    DATA = path\n\n';
  assert.deepEqual(
    await told(main(`${later}COINS = os.path.join(DATA, "coins.json")\n${use('COINS')}`), 'goes with'),
    [],
  );
  assert.deepEqual(await told(main(`A = os.path.join(sys.argv[1], "a.json")\n${use('A')}`), 'goes with'), []);
});

it('a list that no build can install gives way to a manifest that names what it needs', async () => {
  const manifest = `[project]\nname = "mine"\nversion = "1.0"\ndependencies = ["six==1.17.0"]\n[project.scripts]\nmine = "mine:main"\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n`;
  const files = (line: string): Files => ({
    'pyproject.toml': manifest,
    'mine.py': 'import six\n\ndef main():\n    print(six)\n',
    'requirements.txt': `six==1.17.0\n${line}\n`,
  });
  const sha = '66cf502280a8958bedbcf61e3ef14175b3362328';
  for (const line of [
    `-e git+ssh://git@github.com/a/mine.git@${sha}#egg=mine`,
    `-e git+https://github.com/a/mine.git@${sha}#egg=mine`,
    'pywin32==306',
  ]) {
    const made = await make(files(line), 'multi-stage');
    const text = made?.files.find(({ path }) => path === 'Dockerfile')?.text ?? '';
    assert.match(text, /pyproject\.toml/, line);
    assert.doesNotMatch(text, /requirements\.txt/, line);
  }
  const text = (await make(files('idna==3.10'), 'multi-stage'))?.files[0]?.text ?? '';
  assert.match(text, /-r requirements\.txt/);
});

it('a model is downloaded by the name that stands elsewhere', async () => {
  const line =
    'Each new container downloads what its program keeps in /app/.cache/huggingface, unless a volume that user 10001 may write is mounted there.';
  for (const text of [
    'MODEL = os.getenv("MODEL", "org/name")\nAutoModel.from_pretrained(MODEL)',
    'MODEL = os.environ.get("MODEL") or "org/name"\nAutoModel.from_pretrained(MODEL)',
    'class A:\n    def __init__(self, model_name: str = "org/name"):\n        AutoModel.from_pretrained(model_name)',
    'class A:\n    def __init__(self):\n        self.name = "org/name"\n        AutoModel.from_pretrained(self.name)',
    'parser.add_argument("--model-name", default="org/name")\nAutoModel.from_pretrained(args.model_name)',
    'pipeline("text-generation", model="org/name")',
    'snapshot_download(repo_id="org/name")',
    'HuggingFaceEmbeddings(model_name="org/name")',
  ])
    assert.deepEqual(await told(main(text), '.cache/huggingface'), [line], text);
  for (const text of [
    'AutoModel.from_pretrained(args.model)',
    'M = "./out/last"\nAutoModel.from_pretrained(M)',
  ])
    assert.deepEqual(await told(main(text), '.cache/huggingface'), [], text);
});

it('data of NLTK are told where the start reads them', async () => {
  const list = lists('six==1.17.0', 'nltk==3.9.1');
  const reads = 'import nltk\nnltk.word_tokenize("a")';
  const line = (text: string, more: Files = {}) => told(main(text, { ...more, ...list }), 'data of nltk');
  assert.equal((await line(reads))?.length, 1);
  assert.deepEqual(await line('import six', { 'train.py': `${reads}\n` }), []);
  assert.deepEqual(await line('from nltk.stem.porter import PorterStemmer'), []);
});

it('an extension of a bot that lies beside it is read as well', async () => {
  const more = { 'invest.py': `A = "market.json"\n${use('A')}\n` };
  const line = (text: string) => told(main(text, more), 'market.json');
  assert.equal((await line('bot.load_extension("invest")'))?.length, 1);
  assert.deepEqual(await line('bot.say("invest")'), []);
});
