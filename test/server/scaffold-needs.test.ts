// What a start needs of its own project: an extra that it imports, files where it opens them, a submodule that is checked out.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { first, lists, on312 } from './scaffold-forms.ts';
import { make, textOf } from './scaffold-world.ts';

describe('an extra of the project', () => {
  const files = (load: string) => ({
    ...on312,
    'pyproject.toml':
      '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "bot"\nversion = "1"\ndependencies = ["requests"]\n[project.scripts]\nbot = "bot.core:run"\n[project.optional-dependencies]\ntest = ["pytest"]\nirc = ["irc"]\nslack = ["slack_sdk"]\n',
    'bot/__init__.py': '',
    'bot/core.py': `import importlib\n${load}\ndef run():\n    return 1\n`,
    'bot/irc.py': 'import irc.bot\n',
    'bot/slack.py': 'import slack_sdk\n',
    'README.md': '```\nbot config.yaml\n```\n',
  });
  it('is installed where what the start loads imports it, and told', async () => {
    const made = await make(
      files('spec = "bot.irc:Bot"\nimportlib.import_module(spec.partition(":")[0])'),
      'multi-stage',
    );
    assert.match(textOf(made), /uv pip install -r pyproject\.toml --extra irc$/m);
    assert.ok(made?.assumes.includes('The extra irc is installed, as bot/irc.py imports irc.'));
    const other = await make(files('from bot import slack'), 'multi-stage');
    assert.match(textOf(other), /-r pyproject\.toml --extra slack$/m);
  });
  it('is not where nothing imports it', async () => {
    assert.match(textOf(await make(files(''), 'multi-stage')), /-r pyproject\.toml$/m);
  });
});

describe('a file that lies elsewhere than it is opened', () => {
  const files = (text: string) => ({
    ...lists('flask', 'gunicorn', 'pandas'),
    'app.py': `import pickle\nfrom flask import Flask\n${text}\napp = Flask(__name__)\n`,
    'models/words.pkl': 'x',
    'Data/a.csv': 'b',
  });
  const told = async (text: string) =>
    ((await make(files(text), 'serving'))?.assumes ?? []).filter((one) => one.startsWith('app.py opens'));

  it('is told with both paths', async () => {
    const line =
      'app.py opens /app/words.pkl, which is not there, as the project has it as models/words.pkl.';
    assert.deepEqual(
      await told("WORDS = 'words.pkl'\ndef load():\n    return pickle.load(open(WORDS, 'rb'))\n"),
      [line],
    );
    assert.deepEqual(await told('def load():\n    return pickle.load(open("words.pkl", "rb"))\n'), [line]);
    assert.deepEqual(await told('import pandas as pd\ndef load():\n    return pd.read_csv("data/a.csv")\n'), [
      'app.py opens /app/data/a.csv, which is not there, as the project has it as Data/a.csv.',
    ]);
  });

  it('is not where it is made, asked for, joined or there', async () => {
    for (const text of [
      'def load():\n    return open("models/words.pkl", "rb")\n',
      'import os\ndef load():\n    return open(os.path.join("models", "words.pkl"), "rb")\n',
      'import os\nW = "words.pkl"\ndef load():\n    if os.path.exists(W):\n        return open(W, "rb")\n',
      'def save():\n    open("words.pkl", "wb")\ndef load():\n    return open("words.pkl", "rb")\n',
      'import os\nos.chdir("models")\ndef load():\n    return open("words.pkl", "rb")\n',
    ])
      assert.deepEqual(await told(text), [], text);
  });

  it('ends a start that opens it at once', async () => {
    assert.match(
      await first(files('words = pickle.load(open("words.pkl", "rb"))'), 'serving'),
      /^app\.py opens words\.pkl \(line 3\), which is not in the folder that it is started in but is models\/words\.pkl: name it/,
    );
  });
});

describe('a submodule', () => {
  const files = {
    ...lists('six'),
    '.gitmodules':
      '[submodule "vendor/fastnet"]\n\tpath = vendor/fastnet\n\turl = https://github.com/a/fastnet\n',
    'main.py': 'import six\nfrom fastnet import Net\nNet()\n',
  };
  it('is checked out before its modules are imported', async () => {
    const why =
      /^main\.py imports fastnet, which lies in the submodule vendor\/fastnet, and that is empty: write "git submodule update --init"/;
    assert.match(await first(files, 'multi-stage'), why);
    const below = { ...files, 'main.py': 'import six\nimport vendor.fastnet.net\n' };
    assert.match(
      await first(below, 'multi-stage'),
      /^main\.py imports vendor\.fastnet\.net, which lies in the submodule/,
    );
    const full = { ...files, 'vendor/fastnet/fastnet/__init__.py': 'Net = print\n' };
    assert.doesNotMatch(await first(full, 'multi-stage'), /submodule/);
  });
});
