// In which folder a program is started, for Add Container Files.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { app, first, has, lists, start } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

const started = 'if __name__ == "__main__":\n    print()\n';
const below = (line: string, more: Files = {}): Files => ({
  ...lists('six==1.17.0'),
  'src/main.py': `${line}\n${started}`,
  'src/net.pkl': 'x',
  'data/a.csv': 'x',
  ...more,
});
const text = (...given: Parameters<typeof below>) => first(below(...given), 'multi-stage');
const own = /^WORKDIR \/app\/src\nUSER 10001\nENTRYPOINT \["python", "main\.py"\]$/m;

describe('the folder in which a program is started', () => {
  it('is the one from which its files are found', async () => {
    for (const line of [
      'load("net.pkl")',
      'open("../data/a.csv")',
      'NET = "./net.pkl"',
      'read_csv(\n"../data/a.csv")',
    ])
      assert.match(await text(line.replace('\n', '')), own, line);
    assert.match(await text('p.add_argument("--out", default="../runs")'), own);
    assert.doesNotMatch(await text('sys.path.append("../lib")'), own);
    assert.doesNotMatch(await text('@hydra.main(config_path="../conf")'), own);
    const deep = below('import lib.net', {
      'src/lib/__init__.py': '',
      'src/lib/net.py': 'load("net.pkl")\n',
    });
    assert.match(await first(deep, 'multi-stage'), own);
  });

  it('is that of the project in any other case', async () => {
    for (const line of [
      'load("data/a.csv")',
      'load("src/net.pkl")',
      'load("gone.pkl")',
      'load(os.path.join(here, "net.pkl"))',
      'here = Path(__file__).parent\nNET = "net.pkl"\nload(here / NET)',
      'load("net.pkl")\nload("data/a.csv")',
      '# load("net.pkl")',
    ])
      assert.match(await text(line), /^ENTRYPOINT \["python", "src\/main\.py"\]$/m, line);
  });

  it('is not known where some files are found from one and some from another', async () => {
    const made = await make(below('load("net.pkl")\nload("data/a.csv")'), 'multi-stage');
    assert.ok(made?.assumes.includes('src/main.py finds net.pkl wherever it is started.'));
  });

  it('leaves modules found from that of the project', async () => {
    const service: Files = {
      ...lists('fastapi', 'uvicorn'),
      'api/__init__.py': '',
      'api/main.py': `from api.core import x\n${app}load("net.pkl")\n`,
      'api/core.py': 'x = 1\n',
      'api/net.pkl': 'x',
    };
    assert.match(await start(service), /^uvicorn api\.main:app /);
    await has(service, /^ {4}PYTHONPATH=\/app$/m);
    await has(service, /^WORKDIR \/app\/api\nUSER 10001$/m);
    // The folder itself comes first, where a module of the same name lies.
    const same: Files = { ...lists('flask', 'gunicorn'), 'api/net.pkl': 'x', 'model/net.bin': 'x' };
    const flask = 'from flask import Flask\napp = Flask(__name__)\nopen("../model/net.bin")\n';
    assert.match(await start({ ...same, 'api/api.py': flask }), / api:app$/);
    assert.match(await start({ ...same, 'api/main.py': flask }), / (?:api\.)?main:app$/);
    // By that name alone it finds what lies beside it.
    const beside: Files = {
      ...lists('flask', 'gunicorn'),
      'api/__init__.py': '',
      'api/core.py': 'x = 1\n',
      'api/net.pkl': 'x',
      'api/api.py': 'from .core import x\nfrom flask import Flask\napp = Flask(__name__)\nload("net.pkl")\n',
    };
    assert.match(await start(beside), / api\.api:app$/);
    assert.doesNotMatch(await first(beside, 'serving'), /WORKDIR \/app\/api/);
    const finds = (await make(beside, 'serving'))?.assumes ?? [];
    assert.ok(finds.includes('api/api.py finds net.pkl wherever it is started.'));
    const board: Files = {
      ...lists('streamlit'),
      'ui/app.py': 'import streamlit\nopen("../a.css")\n',
      'a.css': 'x',
    };
    assert.match(await start(board), /^streamlit run app\.py /);
    // Streamlit finds pages beside its program.
    const pages: Files = {
      ...lists('streamlit'),
      'ui/app.py': 'import streamlit as st\nst.navigation([st.Page("one.py")]).run()\n',
      'ui/one.py': 'import streamlit\n',
    };
    assert.match(await start(pages), /^streamlit run ui\/app\.py /);
    const logged = below('load("net.pkl")\nopen("logs/a.log", "w")');
    assert.match(
      textOf(await make(logged, 'multi-stage')),
      /^WORKDIR \/app\/src\nUSER 10001\nRUN mkdir -p logs$/m,
    );
  });
});

describe('what a program imports', () => {
  it('is in its image, whatever it is called', async () => {
    const files: Files = {
      ...lists('fastapi', 'uvicorn'),
      'main.py': `from security import check\nfrom env.maze import Maze\nimport tasks\n${app}`,
      'security.py': 'check = 1\n',
      'tasks.py': 'x = 1\n',
      'env/maze.py': 'Maze = 1\n',
      'docs/conf.py': 'x = 1\n',
      'noxfile.py': 'x = 1\n',
    };
    await has(
      files,
      /^COPY --chown=app:app env\/ \.\/env\/\nCOPY --chown=app:app main\.py security\.py tasks\.py \.\/$/m,
    );
    const example = {
      ...lists('six'),
      'examples/show.py': started,
      'a.py': 'x = 1\n',
      'README.md': 'python examples/show.py\n',
    };
    assert.match(textOf(await make(example, 'multi-stage')), /^COPY --chown=app:app examples\/ /m);
  });
});

describe('a path that containers of the project are given', () => {
  const files = (given: Files): Files => ({
    ...lists('flask', 'gunicorn'),
    'shop/app.py': `import os\nfrom flask import Flask\nDATA = os.getenv("DATA_PATH", "../data/a.csv")\napp = Flask(__name__)\n`,
    'data/a.csv': 'x',
    ...given,
  });
  it('is found from where it is started', async () => {
    const all: Files[] = [
      { 'compose.yaml': 'services:\n  a:\n    environment:\n      DATA_PATH: "data/a.csv"\n' },
      { 'docker-compose.yml': 'services:\n  a:\n    environment:\n      - DATA_PATH=./data/a.csv\n' },
      { 'README.md': 'docker run \\\n    -e DATA_PATH="data/a.csv" \\\n    shop\n' },
    ];
    for (const given of all) {
      const text = await first(files(given));
      assert.match(text, /DATA_PATH=data\/a\.csv$/m);
      assert.doesNotMatch(text, /^WORKDIR \/app\/shop/m);
    }
    assert.match(await first(files({})), /^WORKDIR \/app\/shop$/m);
  });
});
