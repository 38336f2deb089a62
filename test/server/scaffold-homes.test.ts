// Paths of one person's machine: put together of parts, in other modules than the start, and below a home.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { first, lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

const main = (text: string, more: Files = {}): Files => ({
  ...lists('six==1.17.0'),
  'main.py': `${text}\n\nif __name__ == "__main__":\n    run()\n`,
  ...more,
});
const told = async (files: Files) =>
  ((await make(files, 'multi-stage'))?.assumes ?? []).filter((line) =>
    /one machine alone|in a container:/.test(line),
  );
const alone = (path: string, by: string) =>
  `${path}, which ${by} names, lies on one machine alone: what needs it fails in a container.`;

it('a path that is put together of the name of a person is told', async () => {
  const profile = '/Users/{user}/Library/Application Support/Firefox/{profile}';
  for (const text of [
    `PROFILE: str = (\n    "${profile}"\n)`,
    `def run(user, profile):\n    path = f"${profile}"`,
    `PROFILE = Path("${profile}")`,
  ])
    assert.deepEqual(await told(main(text)), [alone(profile, 'main.py')], text);
  assert.deepEqual(await told(main('LOG = f"C:/Users/{user}/log.txt"')), [
    alone('C:/Users/{user}/log.txt', 'main.py'),
  ]);
  assert.match(
    await first(main('text = open(f"/home/{user}/notes.txt").read()'), 'multi-stage'),
    /^main\.py names \/home\/\{user\}\/notes\.txt, which lies on one machine alone/,
  );
});

it('what another module opens in a function is told, and what it opens at once ends the start', async () => {
  const files = (text: string) => main('from lib import a', { 'lib/__init__.py': '', 'lib/a.py': text });
  assert.deepEqual(await told(files('def check():\n    return open("/home/me/a.csv")\n')), [
    alone('/home/me/a.csv', 'lib/a.py'),
  ]);
  assert.match(
    await first(files('ROWS = open("/home/me/a.csv")\n'), 'multi-stage'),
    /^lib\/a\.py names \/home\/me\/a\.csv, which lies on one machine alone/,
  );
  // The addresses of a web page are none.
  assert.deepEqual(await told(main('url = f"/home/{name}"\n@app.get("/users/{id}")\ndef a(): pass')), []);
});

it('a path of settings that are read under a condition, or of uploads, is told', async () => {
  const shop = (init: string, prod: string): Files => ({
    ...lists('django==5.2.6', 'gunicorn==23.0.0'),
    'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
    'shop/__init__.py': '',
    'shop/wsgi.py':
      'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
    'shop/settings/__init__.py': init,
    'shop/settings/base.py': 'SECRET_KEY = "a"\nROOT_URLCONF = "shop.urls"\n',
    'shop/settings/prod.py': `from .base import *\n${prod}\n`,
    'shop/urls.py': 'urlpatterns = []\n',
  });
  const some =
    'import os\nif os.environ.get("A"):\n    from .prod import *\nelse:\n    from .base import *\n';
  const all = 'from .prod import *\n';
  const served = async (files: Files) => first(files, 'serving');
  assert.match(
    await served(shop(all, 'KEYS = open("/home/me/keys").read()')),
    /^shop\/settings\/prod\.py names/,
  );
  for (const [init, prod] of [
    [some, 'KEYS = open("/home/me/keys").read()'],
    [some, 'MEDIA_ROOT = "/home/me/media"'],
    [all, 'MEDIA_ROOT = "/home/me/media"'],
    [all, 'STATIC_ROOT = "/home/me/static"'],
  ] as const)
    assert.doesNotMatch(await served(shop(init, prod)), /one machine alone/, `${init}${prod}`);
  assert.deepEqual(await told(main('UPLOAD_FOLDER = "/home/me/uploads"')), [
    alone('/home/me/uploads', 'main.py'),
  ]);
});

it('a folder of a desktop is told where it is in a container', async () => {
  const line =
    '~/Desktop/notes/a.csv, which main.py names, is /app/Desktop/notes/a.csv in a container: it is mounted there where user 10001 may write, as nothing lies there.';
  for (const text of [
    'open(os.path.expanduser("~/Desktop/notes/a.csv"))',
    "A = Path('~/Desktop/notes/a.csv').expanduser()",
    'A = Path.home() / "Desktop" / "notes" / "a.csv"',
    'A = os.path.join(os.path.expanduser("~"), "Desktop", "notes", "a.csv")',
    'A = os.path.join(os.environ["HOME"], "Desktop", "notes/a.csv")',
    'A = os.getenv("USERPROFILE") + "/Desktop/notes/a.csv"',
    String.raw`A = os.path.expanduser("~\\Desktop\\notes\\a.csv")`,
  ])
    assert.deepEqual(await told(main(text)), [line], text);
  for (const text of [
    'A = os.path.expanduser("~/.cache/a.csv")',
    'A = Path.home() / ".config" / "a"',
    'A = "~/Desktops/a"',
    'print("Desktop")',
  ])
    assert.deepEqual(await told(main(text)), [], text);
});
