// Files that a program opens where a variable of the environment names no other.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { scaffold } from '../../server/src/features/scaffold.ts';
import { lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { know, make, newest } from './scaffold-world.ts';

const app = (text: string, more: Files = {}): Files => ({
  ...lists('flask', 'gunicorn'),
  'app.py': `import os, pickle\nfrom pathlib import Path\nfrom flask import Flask\n${text}\napp = Flask(__name__)\n`,
  ...more,
});
const told = async (files: Files) =>
  ((await make(files, 'serving'))?.assumes ?? []).filter((line) => /by default|mounted below/.test(line));
const load = 'def load():\n    return pickle.load(open(MODEL, "rb"))\n';
const elsewhere =
  'trained/best.pkl is mounted at /app/best.pkl, or MODEL_PATH is given when the container is started, as app.py opens that file by default, where it is not.';
const nowhere =
  '/app/best.pkl is mounted, or MODEL_PATH is given when the container is started, as app.py opens that file by default and the project has none of that name.';

it('a default that lies elsewhere is told with both paths, and one that lies nowhere with its own', async () => {
  for (const text of [
    'MODEL = os.getenv("MODEL_PATH", "best.pkl")',
    "MODEL = os.environ.get('MODEL_PATH', default='./best.pkl')",
    'MODEL = os.getenv("MODEL_PATH") or "best.pkl"',
    'MODEL = os.getenv(\n    "MODEL_PATH",\n    "best.pkl",\n)',
    'MODEL = Path(os.getenv("MODEL_PATH", "best.pkl"))',
    'BASE = Path(__file__).parent\nMODEL = BASE / os.getenv("MODEL_PATH", "best.pkl")',
    'BASE = os.path.dirname(__file__)\nMODEL = os.path.join(BASE, os.getenv("MODEL_PATH", "best.pkl"))',
  ]) {
    assert.deepEqual(await told(app(`${text}\n${load}`, { 'trained/best.pkl': 'x' })), [elsewhere], text);
    assert.deepEqual(await told(app(`${text}\n${load}`)), [nowhere], text);
  }
});

it('a default above the folder of the start is told where that leads', async () => {
  const files = {
    ...lists('fastapi', 'uvicorn'),
    'api/__init__.py': '',
    'api/main.py': 'from fastapi import FastAPI\nfrom .load import load\napp = FastAPI()\n',
    'api/load.py':
      'import os, pickle\nMODEL = os.getenv("MODEL_PATH", "../best.pkl")\nSCALER = os.getenv("SCALER", "../scaler.pkl")\nWORDS = os.getenv("WORDS", "../words.pkl")\ndef load():\n    return pickle.load(open(MODEL, "rb")), pickle.load(open(SCALER, "rb")), pickle.load(open(WORDS, "rb"))\n',
    'notebooks/best.pkl': 'x',
  };
  assert.deepEqual(await told(files), [
    'notebooks/best.pkl is mounted at /app/best.pkl, or MODEL_PATH is given when the container is started, as api/load.py opens that file by default, where it is not.',
    '/app/scaler.pkl, /app/words.pkl are mounted, or SCALER, WORDS are given when the container is started, as api/load.py opens those files by default and the project has none of their names.',
  ]);
});

it('what the start itself opens there ends it, which is said with its line', async () => {
  const files = app('MODEL = os.getenv("MODEL_PATH", "best.pkl")\nmodel = pickle.load(open(MODEL, "rb"))', {
    'trained/best.pkl': 'x',
  });
  assert.equal(
    scaffold(await know(files), { kind: 'serving', answers: newest })?.refused,
    'app.py opens best.pkl (line 4) unless MODEL_PATH names another file, which is not there but is trained/best.pkl: make that the default, then add the files again.',
  );
  const given = { ...files, 'README.md': 'docker run -e MODEL_PATH=trained/best.pkl app\n' };
  assert.equal(scaffold(await know(given), { kind: 'serving', answers: newest })?.refused, null);
});

it('nothing is told of what is there, made, fetched or put together of what is not known', async () => {
  const model = 'MODEL = os.getenv("MODEL_PATH", "best.pkl")\n';
  for (const [text, more] of [
    [`${model}${load}`, { 'best.pkl': 'x' }],
    ['MODEL = os.getenv("MODEL_PATH", "/app/best.pkl")\n', { 'best.pkl': 'x' }],
    [`${model}${load}def save(a):\n    pickle.dump(a, open(MODEL, "wb"))\n`, {}],
    [`${model}${load}def get():\n    urlretrieve("https://example.org", MODEL)\n`, {}],
    [`${model}def load(folder):\n    return open(os.path.join(folder, MODEL))\n`, {}],
    ['URL = os.getenv("MODEL_URL", "https://example.org/best.pkl")\n', {}],
    ['LOG = os.getenv("LOG", "a.txt")\ndef log():\n    open(LOG, "a").write("b")\n', {}],
    [
      'from ultralytics import YOLO\nMODEL = os.getenv("MODEL", "yolov8n.pt")\ndef load():\n    return YOLO(MODEL)\n',
      {},
    ],
  ] as const)
    assert.deepEqual(
      (await told(app(text, more))).filter((line) => /by default/.test(line)),
      [],
      text,
    );
});
