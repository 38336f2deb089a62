// Programs, folders and variables that an image of Add Container Files brings, or says that somebody has to.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { app, first, lists, project } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

const service = lists('fastapi', 'uvicorn');
const hasGit = async (files: Files) => /^ +git=/m.test(await first({ ...service, 'main.py': app, ...files }));

describe('git', () => {
  it('is in the image where a file calls it, or a package does', async () => {
    for (const call of [
      'import subprocess\nsubprocess.run(["git", "rev-parse", "HEAD"])\n',
      "import subprocess\nsubprocess.check_output(\n    ['git', 'log'],\n)\n",
      'from subprocess import run\nrun("git describe --tags".split())\n',
      'import os\nos.system("git clone https://example.org/a")\n',
      "import asyncio.subprocess\nTOOL = 'git'\n",
    ])
      assert.ok(await hasGit({ 'version.py': call }), call);
    for (const name of ['GitPython', 'cookiecutter', 'copier', 'pre-commit'])
      assert.ok(await hasGit(lists('fastapi', 'uvicorn', name)), name);
    assert.ok(!(await hasGit({ 'version.py': 'KIND = "git"\n' })));
    assert.ok(!(await hasGit({ 'tests/test_a.py': 'import subprocess\nsubprocess.run(["git"])\n' })));
  });
});

describe('a folder that a program names', () => {
  const copied = async (folder: string, line: string, rest = {}) =>
    textOf(
      await make(
        { ...service, 'main.py': `${app}${line}\n`, [`${folder}/a.json`]: '{}', ...rest },
        'serving',
      ),
    ).includes(`COPY --chown=app:app ${folder}/ `);

  it('is copied, be it hidden or usually of no use', async () => {
    assert.ok(await copied('.well-known', 'app.mount("/.well-known", StaticFiles(directory=".well-known"))'));
    assert.ok(await copied('.prompts', 'P = Path(".prompts/a.json")'));
    assert.ok(await copied('examples', "HERE = ROOT / 'examples'"));
    assert.ok(await copied('notebooks', 'load("notebooks/a.json")'));
    assert.ok(!(await copied('.prompts', 'print(1)')));
    assert.ok(!(await copied('.github', 'load(".github/a.json")')));
    assert.ok(!(await copied('docs', 'KIND = "docs"')));
    assert.ok(!(await copied('examples', 'print(1)')));
  });

  it('is a part of the package where its description says so, though Git ignores such names', async () => {
    const files = {
      '.gitignore': 'dist\n',
      'shop/__init__.py': '',
      'shop/web.py': app,
      'shop/page/dist/index.html': '<html>',
      'shop/other/dist/index.html': '<html>',
      'pyproject.toml': project(
        'shop',
        '"fastapi", "uvicorn"',
        '[build-system]\nrequires = ["setuptools"]\n[tool.setuptools.package-data]\nshop = ["shop/page/dist/*"]\n',
      ),
    };
    const ignored = textOf(await make(files, 'serving'), '.dockerignore');
    assert.doesNotMatch(ignored, /shop\/page/);
    assert.match(ignored, /^shop\/other\/dist$/m);
  });
});

const told = async (files: Files) =>
  (await make({ ...service, 'main.py': app, ...files }, 'serving'))?.assumes ?? [];

describe('a variable that a program asks for', () => {
  const given = async (code: string) =>
    (await told({ 'conf.py': code, 'main.py': `import conf\n${app}` })).some((line) =>
      /^SHOP_NAME (?:is|are) given when/.test(line),
    );

  it('is told where the program ends without it', async () => {
    for (const code of [
      'import os\nname = os.getenv("SHOP_NAME")\nif not name:\n    raise ValueError("x")\n',
      'import os\nNAME: str = os.environ.get("SHOP_NAME")\nif NAME is None:\n    log("x")\n    sys.exit(1)\n',
      'import os\nif not os.getenv("SHOP_NAME"):\n    raise SystemExit\n',
      'import os\nif "SHOP_NAME" not in os.environ:\n    exit(1)\n',
      'import os\nassert os.getenv("SHOP_NAME"), "x"\n',
      'import os\nREQUIRED_VARS = [\n    "SHOP_NAME",\n]\nmissing = [v for v in REQUIRED_VARS if not os.getenv(v)]\n',
      'import os\nrequired.append("SHOP_NAME")\n',
      'import os\ndef need(key):\n    value = os.getenv(key)\n    if not value:\n        raise KeyError(key)\n    return value\nNAME = need("SHOP_NAME")\n',
      'import os\nNAME = os.environ["SHOP_NAME"]\n',
      'import os\nclass Shop:\n    def __init__(self):\n        self.name = os.getenv("SHOP_NAME")\n        if not self.name:\n            raise ValueError("x")\n',
      'import os\nclass Shop:\n    def __init__(self, name=None):\n        self.name: str = name or os.environ.get("SHOP_NAME")\n        if self.name is None:\n            raise ValueError("x")\n',
    ])
      assert.ok(await given(code), code);
    for (const code of [
      'import os\nNAME = os.getenv("SHOP_NAME", "shop")\nif not NAME:\n    raise ValueError\n',
      'import os\nNAME = os.getenv("SHOP_NAME")\nif NAME:\n    print(NAME)\n',
      'import os\nSHOP_NAME = os.getenv("SHOP_NAME", "x")\ndef go():\n    raise RuntimeError(f"no {SHOP_NAME}")\n',
      'import os\nif "SHOP_NAME" in os.environ:\n    print(1)\n',
      'import os\nNAME = os.getenv("SHOP_NAME") or conf.get("x")\nif not NAME:\n    raise ValueError\n',
    ])
      assert.ok(!(await given(code)), code);
  });

  it('is told where a file of a folder for tools asks, which the program imports', async () => {
    const tool =
      'import os\nclass Finder:\n    def __init__(self):\n        self.key = os.getenv("SHOP_NAME")\n        if not self.key:\n            raise ValueError("x")\nfinder = Finder()\n';
    const lines = async (main: string) => told({ 'tools/find.py': tool, 'main.py': main });
    const line = 'SHOP_NAME is given when the container is started.';
    assert.ok((await lines(`from tools.find import finder\n${app}`)).includes(line));
    assert.ok((await lines(app)).every((one) => !one.includes('SHOP_NAME')));
  });

  it('is told where it looks like a key or an address, and nothing stands for it', async () => {
    const line =
      'SHOP_API_KEY is given when the container is started: the programs name no value to take instead, and may end or do less without it.';
    const ofMain = async (text: string) => told({ 'main.py': `import os\n${app}${text}\n` });
    for (const text of [
      'os.getenv("SHOP_API_KEY")',
      'KEY = os.environ.get("SHOP_API_KEY", "")',
      'client = Client(os.environ.get("SHOP_API_KEY", None))',
      'KEY = os.getenv("SHOP_API_KEY")\nif KEY:\n    use(KEY)',
      'class Settings(BaseSettings):\n    shop_api_key: str = Field(default="", env="x")',
    ])
      assert.ok((await ofMain(text)).includes(line), text);
    for (const text of [
      'os.getenv("SHOP_API_KEY") or "x"',
      'IS_LIVE = os.getenv("SHOP_API_KEY") == "live"',
      'IS_LIVE = os.getenv("SHOP_API_KEY") in ("a", "b")',
      'os.getenv("SHOP_API_KEY", "x")',
      'os.getenv("PORT")',
      '# KEY = os.getenv("SHOP_API_KEY")',
    ])
      assert.deepEqual(
        (await ofMain(text)).filter((one) => one.includes('no value to take instead')),
        [],
        text,
      );
  });

  it('is told by the class that looks for it, and where a page keeps its secrets', async () => {
    const keys =
      'from langchain_pinecone import PineconeVectorStore\nstore = PineconeVectorStore(index_name="x")\n';
    const pinecone = lists('fastapi', 'uvicorn', 'langchain-pinecone');
    const given = (line: string) => /^PINECONE_API_KEY is given/.test(line);
    assert.ok((await told({ ...pinecone, 'main.py': `${keys}${app}` })).some(given));
    const own = keys.replace('"x")', '"x", pinecone_api_key=key)');
    assert.ok(!(await told({ ...pinecone, 'main.py': `${own}${app}` })).some(given));
    const page =
      'import streamlit as st\nst.write(st.secrets["A_KEY"], st.secrets.bee, st.secrets.get("C"))\n';
    assert.ok(
      (await told({ ...lists('streamlit'), 'app.py': page })).includes(
        '.streamlit/secrets.toml with A_KEY, bee, C is mounted below /app, as the image holds no secrets.',
      ),
    );
    // Streamlit writes beside them.
    const made = async (files: Files) => textOf(await make(files, 'serving'));
    assert.match(await made({ ...lists('streamlit'), 'app.py': page }), /^RUN mkdir -p \.streamlit$/m);
    assert.doesNotMatch(
      await made({ ...lists('streamlit'), 'app.py': page, '.streamlit/config.toml': '' }),
      /mkdir/,
    );
  });

  it('is the file of secrets that a page opens itself', async () => {
    const of = async (text: string) =>
      (
        await told({
          ...lists('streamlit', 'toml'),
          'app.py': `import streamlit as st\n${text}st.title("x")\n`,
        })
      ).filter((one) => one.includes('secrets.toml'));
    const line = (names: string) =>
      `.streamlit/secrets.toml${names} is mounted below /app, as the image holds no secrets.`;
    for (const [text, names] of [
      ['import toml\nown = toml.load(".streamlit/secrets.toml")\nkey = own["A_KEY"]\n', ' with A_KEY'],
      [
        'import tomllib\nown = tomllib.load(open(".streamlit/secrets.toml", "rb"))\nkey = own.get("B")\n',
        ' with B',
      ],
      [
        'import toml\nfrom pathlib import Path\np = Path(".streamlit") / "secrets.toml"\na = toml.loads(p.read_text())\n',
        '',
      ],
      ['import toml\nwith open("./.streamlit/secrets.toml") as f:\n    a = toml.load(f)\n', ''],
    ] as const)
      assert.deepEqual(await of(text), [line(names)], text);
    for (const text of [
      'import os, toml\np = ".streamlit/secrets.toml"\nif os.path.exists(p):\n    a = toml.load(p)\n',
      'st.error("Write .streamlit/secrets.toml")\n',
      'with open(".streamlit/secrets.toml", "w") as f:\n    f.write("a")\n',
    ])
      assert.deepEqual(await of(text), [], text);
  });

  it('is nothing that only a module reads which the start names nowhere', async () => {
    const client = 'import os\nKEY = os.environ["A_KEY"]\n';
    const page = 'import streamlit as st\nst.title("x")\n';
    const of = async (files: Files) =>
      (await told({ ...lists('streamlit'), 'api_client.py': client, ...files })).filter((one) =>
        one.includes('A_KEY'),
      );
    assert.deepEqual(await of({ 'app.py': page }), []);
    for (const text of [
      `import api_client\n${page}`,
      `${page}NAMES = ["api_client"]\n`,
      `${page}import importlib\nimportlib.import_module(NAME)\n`,
    ])
      assert.equal((await of({ 'app.py': text })).length, 1, text);
    assert.equal((await of({ 'app.py': page, 'pages/1_Board.py': `${client}${page}` })).length, 1);
  });

  it('is what a file of variables sets that stays out of the image', async () => {
    const dotenv = {
      ...lists('fastapi', 'uvicorn[standard]'),
      'main.py': `from dotenv import load_dotenv\nload_dotenv()\n${app}`,
    };
    const line = /^What \.env sets is given when the container is started/;
    assert.ok((await told({ ...dotenv, '.env': 'A=1\n' })).some((one) => line.test(one)));
    assert.ok(!(await told(dotenv)).some((one) => line.test(one)));
    assert.ok(!(await told({ 'main.py': app, '.env': 'A=1\n' })).some((one) => line.test(one)));
  });
});

describe('a server that a program is a client of', () => {
  it('is told by its name in the network, or by what it is', async () => {
    const named = await told({ 'main.py': `${app}URL = "redis://cache:6379/0"\n` });
    assert.ok(named.includes('cache is the name of a server in the network of the container.'));
    const many = await told({ 'main.py': `${app}A = "amqp://me:x@queue//"\nB = "mongodb://db:1/a"\n` });
    assert.ok(many.includes('queue, db are names of servers in the network of the container.'));
    for (const [call, name] of [
      ['redis.Redis()', 'Redis'],
      ['MongoClient()', 'MongoDB'],
      ['ollama.chat(model="a")', 'Ollama'],
    ] as const)
      assert.ok(
        (await told({ 'main.py': `${app}x = ${call}\n` })).some((line) =>
          line.startsWith(`${name} is reached`),
        ),
      );
  });

  it('is told where packages keep things themselves without one', async () => {
    const zenml = { ...lists('zenml>=0.85', 'fastapi', 'uvicorn'), 'main.py': app };
    assert.ok((await told(zenml)).some((line) => /ZENML_STORE_URL/.test(line)));
    assert.match(await first(zenml), /-r requirements\.txt 'zenml\[local\]'/);
    for (const line of ['zenml[server]', 'zenml[local]>=0.9', 'zenml==0.73.0'])
      assert.doesNotMatch(await first({ ...lists(line, 'fastapi', 'uvicorn'), 'main.py': app }), /'zenml\[/);
    const mlflow = {
      ...lists('fastapi', 'uvicorn', 'mlflow'),
      'main.py': `import mlflow\n${app}mlflow.autolog()\n`,
    };
    assert.ok((await told(mlflow)).some((line) => /MLFLOW_TRACKING_URI/.test(line)));
    const readme = { 'README.md': '`zenml integration install gcp -y`\n' };
    assert.ok(
      (await told(readme)).some((line) => line.includes('"zenml integration install gcp" of README')),
    );
  });
});

describe('a package that no index has compiled', () => {
  it('gets what it is compiled with and what it then loads, also where an extra brings it', async () => {
    const built = async (...lines: string[]) =>
      textOf(await make({ ...lists(...lines), 'train.py': 'print()\n' }, 'multi-stage'));
    for (const line of ['box2d-py==2.3.5', 'gymnasium[box2d]==1.2.2', 'gym[all]==0.26.2', 'gymnasium[all]'])
      assert.match(await built(line), /AS build[\s\S]*^ +swig \\$[\s\S]*^FROM (?![\s\S]*swig)/m, line);
    for (const line of ['gymnasium[box2d]==1.3.0', 'gymnasium==1.2.2', 'gymnasium[mujoco]==1.2.2'])
      assert.doesNotMatch(await built(line), /swig/, line);
    assert.match(await built('pylibmc==1.6.3'), /libmemcached-dev[\s\S]*^FROM [\s\S]*libmemcached11/m);
    assert.match(await built('kenlm'), /AS build[\s\S]*^ +cmake \\$/m);
  });
});
