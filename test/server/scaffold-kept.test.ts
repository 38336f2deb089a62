// What an image compiles for its program, and what a container of it keeps, finds and shows.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backend, first, has, lists, on312, project } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

const main = (text: string, more: Files = {}, ...list: string[]): Files => ({
  ...lists(...(list.length > 0 ? list : ['six==1.17.0'])),
  'main.py': `${text}\n\nif __name__ == "__main__":\n    run()\n`,
  ...more,
});
const told = async (files: Files, words: string) =>
  (await make(files, 'multi-stage'))?.assumes.filter((line) => line.includes(words));

describe('translations that are not compiled', () => {
  const po = { 'bot/locales/uk/LC_MESSAGES/mybot.po': 'x', 'bot/locales/en/LC_MESSAGES/mybot.po': 'x' };
  const i18n = 'I18nMiddleware("mybot", PATH)';
  const compiles = /^USER 10001\nRUN pybabel compile -d bot\/locales -D mybot$/m;

  it('are compiled with the Babel that the dependencies bring', async () => {
    for (const name of ['aiogram==2.25.1', 'aiogram[i18n]==3.4.1', 'babel==2.17.0', 'flask-babel==4.0.0'])
      await has(main(i18n, po, name), compiles, 'multi-stage');
    const usual = { 'locale/de/LC_MESSAGES/messages.po': 'x' };
    await has(main(i18n, usual, 'babel==2.17.0'), /^RUN pybabel compile -d locale$/m, 'multi-stage');
    const ignored = { ...po, 'bot/locales/en/LC_MESSAGES/mybot.mo': 'x', '.gitignore': '*.mo\n' };
    await has(main(i18n, ignored, 'babel==2.17.0'), compiles, 'multi-stage');
  });

  it('are told where nothing compiles them', async () => {
    assert.deepEqual(await told(main('import gettext', po), 'translations'), [
      'The program does without the translations of bot/locales, of which there are no compiled ones (.mo): add babel to the dependencies and the image compiles them.',
    ]);
  });

  it('are none where they are compiled, or nothing reads them', async () => {
    const compiled = Object.fromEntries(Object.keys(po).map((path) => [path.replace('.po', '.mo'), 'x']));
    for (const files of [
      main(i18n, { ...po, ...compiled }, 'babel==2.17.0'),
      main('print()', po, 'babel==2.17.0'),
    ])
      assert.doesNotMatch(await first(files, 'multi-stage'), /pybabel/);
  });
});

describe('what a container keeps and finds', () => {
  it('is lost with it, unless folders are mounted for it', async () => {
    const line = (names: string) =>
      `${names} mounted below /app and user 10001 may write there, as what the program keeps there is lost with its container.`;
    for (const [text, names] of [
      ['plot.savefig("results/a.png")', 'results is'],
      [
        'MODELS = join(BASE, "models")\nRESULTS = join(BASE, "results")\nmakedirs(MODELS)\nmakedirs(RESULTS)',
        'models, results are',
      ],
      ['joblib.dump(m, "models/a.bin")', 'models is'],
    ] as const)
      assert.deepEqual(await told(main(text), 'is lost with'), [line(names)], text);
    for (const text of ['open("results/a.txt")', 'makedirs("cache")', 'MODELS = "models"'])
      assert.deepEqual(await told(main(text), 'is lost with'), [], text);
  });

  it('is what a person has in the home folder', async () => {
    const line =
      '~/.notes/data of a person is mounted as /app/.notes/data, as /app is the home folder of the image.';
    for (const text of ['x = os.path.expanduser("~/.notes/data")', 'x = Path.home() / ".notes/data"'])
      assert.deepEqual(await told(main(text), 'home folder'), [line], text);
    for (const text of ['x = expanduser("~/.cache/a")', 'x = "~/data"'])
      assert.deepEqual(await told(main(text), 'home folder'), [], text);
  });

  it('lies below the folder that it begins in', async () => {
    assert.deepEqual(await told(main('for x in os.walk(os.getcwd()): print(x)'), 'looks through'), [
      'What main.py looks through is mounted below /app, the working folder that it begins in.',
    ]);
    assert.deepEqual(await told(main('print(os.getcwd())'), 'looks through'), []);
  });

  it('is a database that another program fills', async () => {
    const text = 'URI = "sqlite:///gold.db"';
    const seed = { 'seed.py': 'from main import db\ndb.create_all()\n' };
    assert.deepEqual(await told(main(text, seed), 'was made by'), [
      'gold.db was made by "python seed.py" and is mounted below /app, as the image does not hold it.',
    ]);
    assert.deepEqual(await told(main(`${text}\ndb.create_all()`, seed), 'was made by'), []);
    assert.deepEqual(await told(main(text, { ...seed, 'gold.db': 'x' }), 'was made by'), []);
  });

  it('is a file of settings that is opened by its name', async () => {
    const opens = (mode: string) => `def conf(path="config/config.yaml"):\n    return open(path${mode})`;
    assert.equal((await told(main(opens('')), 'config/config.yaml'))?.length, 1);
    assert.equal((await told(main(opens(', "w"')), 'config/config.yaml'))?.length, 0);
    assert.equal((await told(main('P = "names.json"\nprint(P)'), 'names.json'))?.length, 0);
  });
});

describe('a command that takes no arguments', () => {
  const shop = (text: string): Files => ({
    ...on312,
    'pyproject.toml': project('shop', '', `[project.scripts]\nshop = "shop:main"\n${backend('hatchling')}`),
    'shop/__init__.py': text,
  });

  it('is started as it is', async () => {
    assert.doesNotMatch(await first(shop('def main():\n    serve()\n'), 'multi-stage'), /--help/);
    await has(shop('import argparse\ndef main():\n    serve()\n'), /^CMD \["--help"\]$/m, 'multi-stage');
  });
});

describe('a Python that .python-version does not name', () => {
  it('is told', async () => {
    const files = { ...main('print()', {}, 'numpy==1.21.0'), '.python-version': '3.12\n' };
    const made = await make(files, 'multi-stage', { python: '3.9' });
    assert.ok(
      made?.assumes.some((line) => line === 'Python 3.9 fits the project, though .python-version says 3.12.'),
    );
  });
});
