// Programs that a Compose file starts together with others, for Add Container Files.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { composeShown } from '../../server/src/project/compose.ts';
import { app, first, lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

const page = (url: string) =>
  `import requests\nimport streamlit as st\n\nst.title("Shop")\nst.write(requests.get("${url}/items").text)\n`;
const compose = (more = '') =>
  `services:\n  api:\n    build: ./server\n    ports: ["8000:8000"]\n  web:\n    build:\n      context: ./web\n${more}  cache:\n    image: redis:7\n`;
const shop: Files = {
  ...lists('streamlit==1.40.0', 'requests==2.32.3'),
  'compose.yaml': compose(),
  'server/Dockerfile': 'FROM python:3.12\nCMD ["python", "run.py"]\n',
  'server/run.py': 'print(1)\n',
  'web/Dockerfile': 'FROM python:3.12\nCMD ["streamlit", "run", "app.py"]\n',
  'web/app.py': page('http://api:8000'),
};

describe('a program of several that a Compose file starts together', () => {
  it('is declined, with the name by which it finds the other', async () => {
    const declined =
      'web/app.py is the service web of compose.yaml, which is built of web and finds api by that name: start both with "docker compose up --build", or open web as a project of its own.';
    assert.equal(await first(shop), declined);
    const told = compose('    environment:\n      - API=http://api:8000\n');
    const asks = page('')
      .replace('"/items"', 'os.environ["API"]')
      .replace('import requests', 'import os\nimport requests');
    assert.equal(await first({ ...shop, 'compose.yaml': told, 'web/app.py': asks }), declined);
    const mapping = compose('    environment:\n      API: http://api:8000/v1\n');
    assert.equal(await first({ ...shop, 'compose.yaml': mapping, 'web/app.py': asks }), declined);
  });

  it('is made where it knows no other, is built of the whole project, or lies beside them', async () => {
    const others: readonly Files[] = [
      { 'web/app.py': page('https://api.example.org') },
      { 'compose.yaml': compose().replace('context: ./web', 'context: .') },
      { 'compose.yaml': compose().replace('build: ./server', 'image: shop/api') },
      { 'compose.yaml': 'services: [' },
    ];
    for (const more of others)
      assert.match(
        await first({ ...shop, ...more }),
        /"streamlit", "run", "web\/app\.py"/,
        JSON.stringify(more),
      );
    // The one at the top is what the list of packages at the top is for.
    assert.match(
      await first({ ...shop, 'streamlit_app.py': 'import streamlit as st\n\nst.title("Demo")\n' }),
      /"streamlit", "run", "streamlit_app\.py"/,
    );
  });
});

describe('a server that a Compose file starts beside the program', () => {
  const notes = async (text: string, more = '') => {
    const made = await make(
      {
        ...lists('fastapi==0.115.5', 'uvicorn==0.32.0', 'redis==5.2.0'),
        'main.py': `import redis\n${app}${text}\n`,
        'compose.yaml': `services:\n  web:\n    build: .\n${more}  cache:\n    image: redis:7\n`,
      },
      'serving',
    );
    assert.match(textOf(made), /"main:app"/);
    return (made?.assumes ?? []).filter((line) => line.includes('network of the container'));
  };

  it('is told by the name that the program knows', async () => {
    const told = ['cache is the name of a server in the network of the container.'];
    assert.deepEqual(await notes('r = redis.Redis(host="cache", port=6379)'), told);
    assert.deepEqual(await notes('r = redis.from_url("redis://cache:6379/0")'), told);
    assert.deepEqual(await notes('url = "http://cache:9000"'), told);
    assert.deepEqual(await notes('r = redis.Redis(host="localhost")'), []);
    assert.deepEqual(await notes('url = "http://elsewhere/cache"'), []);
  });

  it('does not tell of mounts of other services', async () => {
    const mounted = async (folder: string) => {
      const made = await make(
        {
          ...shop,
          'compose.yaml': compose()
            .replace('    ports:', '    volumes: ["./kept:/kept"]\n    ports:')
            .replace('./web', folder),
          'web/app.py': page('https://api.example.org'),
        },
        'serving',
      );
      return (made?.assumes ?? []).some((line) => line.includes('./kept'));
    };
    assert.equal(await mounted('./web'), false);
    assert.equal(await mounted('./server'), false);
  });
});

describe('a Compose file that README shows', () => {
  const own = '  web:\n    <<: *base\n';
  const file = `x-base: &base\n  build: .\n  volumes:\n    - ./kept:/app/kept\n\nservices:\n${own}`;
  const indented = (text: string) => text.replace(/^(?=.)/gm, '    ');

  it('is read between fences and indented, with the anchors above its services', async () => {
    for (const readme of [
      `# Shop\n\n\`\`\`yaml\n${file}\`\`\`\n\nEnjoy: it.\n`,
      `# Shop\n\nWrite::\n\n${indented(file)}\nEnjoy: it.\n`,
      `# Shop\n\n1. Write\n   ~~~yaml\n${file.replace(/^(?=.)/gm, '   ')}   ~~~\n`,
    ]) {
      const made = await make(
        { ...lists('rich==13.9.4'), 'main.py': 'print(1)\n', 'README.md': readme },
        'multi-stage',
      );
      assert.ok(
        made?.assumes.includes('User 10001 may write ./kept (chown -R 10001), which README.md mounts.'),
        readme,
      );
    }
  });

  it('begins with its services where nothing tells what stands above them', () => {
    assert.deepEqual(composeShown('Write this:\nservices:\n  a:\n    build: .\nand more'), [
      'services:\n  a:\n    build: .',
    ]);
    assert.deepEqual(composeShown('The services: a and b\n'), []);
  });
});
