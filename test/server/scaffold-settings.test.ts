// Settings, packages and programs that a project names and does not hold, for Add Container Files.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { first, lists, start } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

describe('a function that makes an application', () => {
  const files = (uses: string, more: Files = {}, head = 'config="config.local"'): Files => ({
    ...lists('flask==3.1.1', 'waitress==3.0.2'),
    'shop/__init__.py': `from flask import Flask\n\n\ndef create_app(${head}):\n    app = Flask(__name__)\n    ${uses}\n    return app\n`,
    ...more,
  });
  const refused =
    'create_app of shop/__init__.py takes the settings "config.local" where it is told none, which are not in the project: write them, or what starts it with others behind "web:" in a Procfile, then add the files again.';

  it('is refused where the settings are not there that it takes by itself', async () => {
    for (const uses of [
      'app.config.from_pyfile(config)',
      'app.config.from_object(config)',
      'if x:\n        app.config.from_object(config)\n    else:\n        app.config.from_pyfile(config)',
    ])
      assert.equal(await first(files(uses)), refused, uses);
    const run = { 'wsgi.py': 'from shop import create_app\n\napp = create_app()\n' };
    assert.equal(await first(files('app.config.from_object(config)', run)), refused);
  });

  it('is served where they are, or where it goes on without them', async () => {
    for (const made of [
      files('app.config.from_pyfile(config)', { 'shop/config.local': 'A = 1\n' }),
      files('app.config.from_object(config)', { 'config/local.py': 'A = 1\n' }),
      files('app.config.from_object(config)', { 'config.py': 'class local:\n    A = 1\n' }),
      files('app.config.from_pyfile(config, silent=True)'),
      files('print(config)'),
      files('app.config.from_object(config)', {}, 'config=None'),
    ])
      assert.match(await start(made), /^waitress-serve /);
  });

  it('is started as a Procfile has it', async () => {
    const run =
      'import sys\nfrom shop import create_app\n\nif __name__ == "__main__":\n    create_app(sys.argv[1]).run(host="0.0.0.0", port=8000)\n';
    const said = { 'run.py': run, Procfile: 'web: python run.py a.cfg\n' };
    assert.match(
      await first(files('app.config.from_pyfile(config)', said)),
      /python run\.py a\.cfg|"run\.py", "a\.cfg"/,
    );
  });
});

describe('what only a file of conda or of settings names', () => {
  const files = (dependencies: string): Files => ({
    ...lists('rich==14.0.0'),
    'main.py': 'import os\nprint(os.getenv("SHOP_EXECUTABLE", ""))\n',
    'environment.yml': `name: a\ndependencies:\n${dependencies}`,
  });
  const told = async (made: Files, words: string) =>
    (await make(made, 'multi-stage'))?.assumes.filter((line) => line.includes(words));

  it('is told by name', async () => {
    assert.deepEqual(
      await told(
        files('  - python=3.12\n  - conda-forge::pymol-open-source\n  - pip\n  - rich\n'),
        'for conda',
      ),
      ['The image does without pymol-open-source, which environment.yml names for conda alone.'],
    );
    assert.deepEqual(await told(files('  - python=3.12\n  - rich\n  - jupyterlab\n'), 'for conda'), []);
  });

  it('is told though another program sets it before it starts this one', async () => {
    const files: Files = {
      ...lists('streamlit'),
      'app.py': 'import streamlit as st\nimport conf\nst.write(conf.NAME)\n',
      'conf.py':
        'import os\nNAME = os.environ.get("DEV_NAME", "")\nif not NAME:\n    raise ValueError("DEV_NAME is required")\n',
      'cli.py': 'import os, sys\ndef serve():\n    os.environ["DEV_NAME"] = sys.argv[1]\n',
    };
    const line = 'DEV_NAME is given when the container is started.';
    assert.ok((await make(files, 'serving'))?.assumes.includes(line));
    const own = { ...files, 'app.py': `import cli\n${files['app.py']}` };
    assert.ok(!(await make(own, 'serving'))?.assumes.includes(line));
  });

  it('is a program where a variable is for its path', async () => {
    const example = { ...files('  - rich\n'), '.env.example': 'SHOP_EXECUTABLE=/opt/shop\n' };
    assert.deepEqual(await told(example, 'SHOP_EXECUTABLE'), [
      'SHOP_EXECUTABLE of .env.example names a program that the image does not have, unless the Dockerfile is made to install it.',
    ]);
  });
});

describe('a variable', () => {
  const told = async (files: Files, kind: 'multi-stage' | 'serving' = 'multi-stage') =>
    (
      await make({ ...lists('pydantic-settings==2.7.0', 'python-decouple==3.8'), ...files }, kind)
    )?.assumes.filter((line) => line.includes('given when the container is started'));

  it('is one of a file that Docker takes as it is', async () => {
    const found = await told({
      'main.py': 'from decouple import config\nA = config("proxy")\n',
      '.env': 'proxy = "a"\n',
    });
    assert.equal(found?.[0], 'proxy is given when the container is started.');
    assert.match(found?.[1] ?? '', /takes quotes .* and refuses names with blanks behind them\)/);
  });

  it('is told where its call is broken over lines', async () => {
    for (const call of [
      'os.environ[\n    "SHOP_NAME"\n]',
      'config(\n    "SHOP_NAME",\n    cast=int,\n)',
      'config(\n    "SHOP_NAME"\n)',
    ])
      assert.deepEqual(
        await told({ 'main.py': `import os\nfrom decouple import config\nprint(${call})\n` }),
        ['SHOP_NAME is given when the container is started.'],
        call,
      );
    for (const call of ['os.environ.get(\n    "SHOP_KEY"\n)', 'os.getenv(\n    "SHOP_KEY",\n    None,\n)'])
      assert.match(
        (await told({ 'main.py': `import os\nx = ${call}\nprint(x)\n` }))?.[0] ?? '',
        /^SHOP_KEY /,
        call,
      );
    assert.deepEqual(
      await told({ 'main.py': 'import os\nprint(os.getenv(\n    "SHOP_KEY",\n    "a",\n))\n' }),
      [],
    );
  });

  it('is one to be given where what is done with it at once takes no None', async () => {
    for (const text of [
      'channel = int(os.getenv("SHOP_KEY"))',
      'names = os.getenv("SHOP_KEY").split(",")',
      'os.environ["OTHER"] = os.getenv("SHOP_KEY")',
      'bot = make()\nKEY = os.getenv("SHOP_KEY")\nbot.run(KEY)',
      'keys = {\n    "a": os.getenv("SHOP_KEY"),\n}\nfor key, value in keys.items():\n    if value is None:\n        raise KeyError(key)',
    ])
      assert.deepEqual(
        await told({ 'main.py': `import os\n${text}\n` }),
        ['SHOP_KEY is given when the container is started.'],
        text,
      );
    for (const text of [
      'try:\n    channel = int(os.getenv("SHOP_KEY"))\nexcept Exception:\n    channel = 3',
      'KEY = os.getenv("SHOP_KEY")\nif KEY:\n    bot.run(KEY)',
    ])
      assert.doesNotMatch(
        (await told({ 'main.py': `import os\n${text}\n` }))?.join('') ?? '',
        /started\.$/,
        text,
      );
    assert.deepEqual(
      await told({ 'main.py': 'import os\nos.environ["SHOP_KEY"] = "a"\nprint(os.getenv("SHOP_KEY"))\n' }),
      [],
    );
  });

  it('is one to be given where a class of settings takes no None for it', async () => {
    const one = (type: string, rest = '') =>
      told({
        'main.py': `import os\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    A: ${type} = os.environ.get("SHOP_KEY"${rest})\nprint(S().A)\n`,
      });
    assert.deepEqual(await one('str'), ['SHOP_KEY is given when the container is started.']);
    assert.match((await one('str | None'))?.[0] ?? '', /may end or do less without it/);
    assert.deepEqual(await one('str', ', "a"'), []);
    const field = 'Field(\n        ...,\n        env="SHOP_KEY",\n    )';
    assert.deepEqual(
      await told({
        'main.py': `from pydantic import BaseSettings, Field\nclass S(BaseSettings):\n    a: str = ${field}\nprint(S().a)\n`,
      }),
      ['SHOP_KEY is given when the container is started.'],
    );
  });

  it('is none of another program beside, which is told where a Procfile starts it', async () => {
    const main = (name: string, rest = '') =>
      `import os\n${rest}\n\ndef main():\n    print(os.environ["${name}"])\n\nif __name__ == "__main__":\n    main()\n`;
    const files: Files = {
      ...lists('rich==13.9.4'),
      'one_bot.py': main('ONE_TOKEN'),
      'two_bot.py': main('TWO_TOKEN'),
      Procfile: 'bot-one: python3 one_bot.py\nbot-two: python3 two_bot.py\n',
    };
    const lines = async (made: Files) =>
      (await make(made, 'multi-stage', { start: 'python one_bot.py' }))?.assumes;
    const all = await lines(files);
    assert.ok(all?.includes('ONE_TOKEN is given when the container is started.'), all?.join('\n'));
    assert.ok(
      all?.includes(
        'two_bot.py of Procfile runs in a container of its own, with its command there in place of that of the image.',
      ),
    );
    const named = {
      ...files,
      'one_bot.py': main('ONE_TOKEN', 'import subprocess\nsubprocess.Popen(["python", "two_bot.py"])'),
    };
    assert.ok((await lines(named))?.some((line) => line.startsWith('ONE_TOKEN, TWO_TOKEN are given')));
  });

  it('names the credentials of Google Cloud where a client is given none', async () => {
    const note = async (program: string) =>
      (
        await make({ ...lists('google-cloud-storage', 'httpx'), 'main.py': program }, 'multi-stage')
      )?.assumes.some((line) => line.startsWith('GOOGLE_APPLICATION_CREDENTIALS names a file'));
    const client = 'from google.cloud import storage\nc = storage.Client(';
    assert.equal(await note(`${client})\nprint(c)\n`), true);
    assert.equal(await note(`${client}credentials=x)\nprint(c)\n`), false);
    assert.equal(await note(`${client})\nprint(c, "GOOGLE_APPLICATION_CREDENTIALS")\n`), false);
    assert.equal(await note('import httpx\nc = httpx.Client()\nprint(c)\n'), false);
    const earth = async (given: string) =>
      (
        await make(
          { ...lists('earthengine-api'), 'main.py': `import ee\nee.Initialize(${given})\n` },
          'multi-stage',
        )
      )?.assumes.some((line) =>
        line.startsWith('.config/earthengine/credentials is mounted below /app, or '),
      );
    assert.equal(await earth('project="a"'), true);
    assert.equal(await earth('credentials=c'), false);
  });
});

describe('a file of variables for "docker run"', () => {
  const note = async (example: string) =>
    (
      await make(
        {
          ...lists('six'),
          'main.py': 'import os\nprint(os.environ["NAME"], os.getenv("KEY", ""))\n',
          '.env.example': example,
        },
        'multi-stage',
      )
    )?.assumes.filter((line) => line.includes('--env-file'));
  const without = (whats: string, names: string) => [
    `A file for "docker run --env-file" is written without the ${whats} that .env.example has for ${names}, as Docker does not take them away.`,
  ];

  it('is told what Docker leaves in names and values', async () => {
    for (const [text, whats] of [
      ['NAME="a b"', 'quotes'],
      ["NAME='a'", 'quotes'],
      ['export NAME=a', '"export"'],
      ['NAME = a', 'spaces at "="'],
      ['NAME=a # who', 'comments behind values'],
      ['NAME="a\nb"', 'quotes and line breaks'],
    ] as const)
      assert.deepEqual(await note(`# The name\n${text}\nKEY=\n`), without(whats, 'NAME'), text);
    assert.deepEqual(
      await note('export NAME="a"\nKEY = b\n'),
      without('"export", quotes and spaces at "="', 'NAME, KEY'),
    );
    for (const text of ['NAME=a\nKEY=b#c\n# NAME="x"\n', 'OTHER="a"\n', 'NAME=it\'s\nKEY=a "b"\n'])
      assert.deepEqual(await note(text), [], text);
  });
});

describe('a setting of a module that nothing imports', () => {
  it('is none of the program', async () => {
    const files = (stem: string): Files => ({
      ...lists('six==1.17.0'),
      'src/main.py':
        'from src.utils import words\nimport os\n\nif __name__ == "__main__":\n    words.go(os.environ["DB_URL"])\n',
      'src/utils/__init__.py': '',
      'src/utils/words.py': 'def go(x):\n    pass\n',
      [`src/utils/${stem}.py`]: 'import os\nPATH = os.getenv("LOGGER_PATH")\n',
    });
    const told = async (stem: string) => (await make(files(stem), 'multi-stage'))?.settings;
    assert.deepEqual(await told('scripts'), ['DB_URL']);
    // What is named may be loaded in a way that is not seen.
    assert.deepEqual(await told('environ'), ['DB_URL', 'LOGGER_PATH']);
  });
});
