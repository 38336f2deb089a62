// The folder that readers are told to go to before a program is started.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { app, first, lists, start } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';

const shop = (readme: Files): Files => ({
  ...lists('fastapi', 'uvicorn'),
  'shop/app/__init__.py': '',
  'shop/app/main.py': `from app.core import x\n${app}`,
  'shop/app/core.py': 'from pathlib import Path\nx = 1\n',
  'shop/app/static/a.html': 'a',
  ...readme,
});
const inShop = /^WORKDIR \/app\/shop\nUSER 10001$/m;

it('is where README goes first, or lies', async () => {
  for (const readme of [
    {
      'README.md':
        '```\ngit clone https://example.org/a/prices\ncd prices\ncd shop\nuvicorn app.main:app --reload\n```\n',
    },
    { 'README.md': 'Run `cd shop && uvicorn app.main:app`.\n' },
    { 'README.md': '1. `cd shop`\n2. `python app/main.py`\n' },
    { 'shop/README.md': '```\n$ uvicorn app.main:app --reload\n```\n' },
  ] as Files[])
    assert.match(await first(shop(readme)), inShop, JSON.stringify(readme));
  const plain = { ...lists('six'), 'src/main.py': 'import six\nif __name__ == "__main__":\n    print()\n' };
  assert.match(
    await first({ ...plain, 'README.md': 'cd src\npython3 main.py\n' }, 'multi-stage'),
    /^WORKDIR \/app\/src\nUSER 10001\nENTRYPOINT \["python", "main\.py"\]$/m,
  );
});

it('is the one of the project where nothing leads there, or another program is started there', async () => {
  for (const readme of [
    {},
    { 'README.md': 'cd shop\nls\n' },
    { 'README.md': 'cd shop\nuvicorn other.main:app\n' },
    { 'README.md': 'uvicorn shop.app.main:app\ncd shop\nuvicorn app.main:app\n' },
  ] as Files[])
    assert.doesNotMatch(await first(shop(readme)), inShop, JSON.stringify(readme));
});

it('a folder that is found from where the program lies does not lead there', async () => {
  const files = shop({
    'shop/app/core.py':
      'from pathlib import Path\nfrom fastapi.templating import Jinja2Templates\nBASE = Path(__file__).parent\nx = 1\n',
    'shop/app/pages.py':
      'from app.core import BASE\nfrom fastapi.templating import Jinja2Templates\npages = Jinja2Templates(directory=BASE / "static")\n',
    'shop/app/main.py': `import app.pages\n${app}`,
  });
  assert.match(await start(files), /^uvicorn app\.main:app /);
  assert.doesNotMatch(await first(files), /^WORKDIR \/app\/shop/m);
  assert.match(
    await first({
      ...files,
      'shop/app/pages.py':
        'from fastapi.templating import Jinja2Templates\npages = Jinja2Templates(directory="static")\n',
    }),
    /^WORKDIR \/app\/shop\/app$/m,
  );
});
