// What is certain of a project though its files do not say so: that it ends at an import, where a path leads, who answers a question.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { app, first, lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

const notes = async (files: Files, kind: Parameters<typeof make>[1] = 'multi-stage') =>
  (await make(files, kind))?.assumes ?? [];

it('models that are imported before Django knows its applications end its server', async () => {
  const site = (wsgi: string): Files => ({
    ...lists('django==5.2.6', 'gunicorn==23.0.0'),
    'manage.py': '# conf.settings\n',
    'conf/__init__.py': '',
    'conf/settings.py': 'SECRET_KEY = "x"\n',
    'conf/wsgi.py': `import os\nfrom django.core.wsgi import get_wsgi_application\n${wsgi}\n`,
    'mail/__init__.py': '',
    'mail/tasks.py': 'from mail.models import Letter\n',
    'mail/names.py': 'NAME = "x"\n',
    'mail/models.py': 'from django.db import models\n\nclass Letter(models.Model):\n    pass\n',
  });
  const ready = 'application = get_wsgi_application()';
  assert.equal(
    await first(site(`from mail.tasks import Letter\n${ready}`)),
    'conf/wsgi.py imports mail.tasks and with it the models of mail/models.py before get_wsgi_application(), where no server can load them yet: write that import below it, then add the files again.',
  );
  for (const fit of [
    `${ready}\nfrom mail.tasks import Letter`,
    `from mail.names import NAME\n${ready}`,
    `import django\ndjango.setup()\nfrom mail.tasks import Letter\n${ready}`,
  ])
    assert.match(await first(site(fit)), /gunicorn/, fit);
});

it('what an environment held is all that there is', async () => {
  const held = [
    'certifi==2023.7.22',
    'idna==3.4',
    'six==1.16.0',
    'urllib3==2.0.4',
    'requests==2.31.0',
    'oddlib==1.0',
  ];
  const main = { 'main.py': 'import pandas\nprint(pandas)\n' };
  const refused =
    /^main\.py imports pandas, which neither lies in the project nor is named by requirements\.txt/;
  assert.match(await first({ ...lists(...held), ...main }, 'multi-stage'), refused);
  assert.doesNotMatch(await first({ ...lists(...held, 'pandas==2.0.3'), ...main }, 'multi-stage'), refused);
  // A list by hand may bring it by what nobody knows.
  assert.doesNotMatch(
    await first({ ...lists('requests==2.31.0', 'oddlib==1.0'), ...main }, 'multi-stage'),
    refused,
  );
});

it('a path is out of the folder from where it begins', async () => {
  const of = (line: string) =>
    first(
      {
        ...lists('six==1.17.0'),
        'main.py': 'from conf.base import A\nprint(A)\n',
        'conf/__init__.py': '',
        'conf/base.py': `${line}\n`,
      },
      'multi-stage',
    );
  const refused = /^conf\/base\.py names \.\.\/pages, which lies outside of this folder/;
  assert.match(await of('A = open("../pages")'), refused);
  for (const inside of [
    'ROOT = environ.Path(__file__) - 2\nA = ROOT.path("../pages")',
    'HERE = os.path.abspath(os.path.dirname(__file__))\nA = os.path.join(HERE, "../pages")',
  ])
    assert.doesNotMatch(await of(inside), refused, inside);
  assert.match(
    await of('TOP = os.path.dirname(os.path.dirname(__file__))\nA = os.path.join(TOP, "../pages")'),
    refused,
  );
});

it('a program in the place of which uv put a line is none', async () => {
  const stub = (name: string) =>
    `def main():\n    print("Hello from ${name}!")\n\n\nif __name__ == "__main__":\n    main()\n`;
  const files = (main: string): Files => ({
    ...lists('six==1.17.0'),
    'main.py': main,
    'work.py': 'import six\n\nif __name__ == "__main__":\n    print(six)\n',
  });
  assert.match(await first(files(stub('shop')), 'multi-stage'), /^start\? python work\.py$/);
  // It is what there is in a project that was only just made.
  const alone = { ...lists('six==1.17.0'), 'main.py': stub('shop') };
  assert.match(await first(alone, 'multi-stage'), /^(?:CMD|ENTRYPOINT) \["python", "main\.py"\]$/m);
  assert.match(await first(files(stub('shop').replace('Hello', 'Bye')), 'multi-stage'), /main\.py/);
});

it('a module of Python 2 tells what a program is for, and env is no package', async () => {
  assert.match(
    await first({ ...lists('six==1.17.0'), 'main.py': 'import md5\nprint(md5)\n' }, 'multi-stage'),
    /^main\.py, which imports md5, is written for Python 2/,
  );
  const bare = await first({ 'main.py': 'import discord\nimport env\nprint(discord, env)\n' }, 'multi-stage');
  assert.doesNotMatch(bare, /\benv\b/);
});

it('who is asked and what is told is that of the start', async () => {
  const asking = 'def menu():\n    return input("Next? ")\n';
  const talks = /^The container is started with -it/;
  const served: Files = {
    ...lists('fastapi==0.116.1', 'uvicorn==0.35.0'),
    'main.py': `import menus\n${app}`,
    'menus.py': asking,
  };
  assert.deepEqual(
    (await notes(served, 'serving')).filter((line) => talks.test(line)),
    [],
  );
  const alone: Files = {
    ...lists('six==1.17.0'),
    'main.py': 'from menus import menu\nprint(menu())\n',
    'menus.py': asking,
  };
  assert.equal((await notes(alone)).filter((line) => talks.test(line)).length, 1);
  const host = 'DB_HOST = os.getenv("MYSQL_HOST", "localhost")\nprint(DB_HOST)\n';
  assert.ok(
    (await notes({ ...lists('six==1.17.0'), 'main.py': `import os\n${host}` })).includes(
      'The program is told where MYSQL_HOST is, as localhost is the container itself.',
    ),
  );
  // Where a program listens is no other's place.
  const own = 'import os\nfrom server import run\nrun(os.getenv("HOST", "localhost"))\n';
  const told = await notes({
    ...lists('six==1.17.0'),
    'main.py': own,
    'server.py': 'def run(host):\n    pass\n',
  });
  assert.ok(!told.some((line) => /is told where/.test(line)));
});

it('what no install brings is copied, and what names its own files stays in its place', async () => {
  const manifest = (packages: string) =>
    `[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ["six==1.17.0"]\n${packages}`;
  const setuptools = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n';
  const below = '[tool.setuptools.packages.find]\nwhere = ["src"]\n';
  const bySource = await first(
    {
      'pyproject.toml': manifest(`${setuptools}${below}`),
      'src/__init__.py': '',
      'src/main.py': 'from src.core.work import run\n\nif __name__ == "__main__":\n    run()\n',
      'src/core/__init__.py': '',
      'src/core/work.py': 'def run():\n    print(1)\n',
    },
    'multi-stage',
  );
  assert.match(bySource, /^COPY --chown=app:app src\/ \.\/src\/$/m);
  const own: Files = {
    'pyproject.toml': manifest(
      `[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n`,
    ),
    'shop/__init__.py': '',
    'shop/__main__.py': 'import os\nprint(open(os.path.join("shop", "data", "a.json")).read())\n',
    'shop/data/a.json': '{}\n',
  };
  assert.match(await first(own, 'multi-stage'), /^COPY --chown=app:app shop\/ \.\/shop\/$/m);
  const beside = {
    ...own,
    'shop/__main__.py': 'from importlib.resources import files\nprint(files("shop"))\n',
  };
  assert.doesNotMatch(await first(beside, 'multi-stage'), /^COPY --chown=app:app shop\//m);
});

it('old messages hold protobuf back, and folders above one in the home are made', async () => {
  const main = { 'main.py': 'import net_pb2\nprint(net_pb2)\n' };
  const old = { 'net_pb2.py': 'DESCRIPTOR = _descriptor.FileDescriptor(\n  name="net.proto",\n)\n' };
  const today = { 'net_pb2.py': 'DESCRIPTOR = _descriptor_pool.Default().AddSerializedFile(b"")\n' };
  assert.match(await first({ ...lists('protobuf'), ...main, ...old }, 'multi-stage'), / 'protobuf<3\.21'$/m);
  for (const files of [
    { ...lists('protobuf'), ...today },
    { ...lists('protobuf==5.29.0'), ...old },
  ])
    assert.doesNotMatch(await first({ ...files, ...main }, 'multi-stage'), /protobuf<3/);
  const home = (call: string): Files => ({
    ...lists('six==1.17.0'),
    'main.py': `import os\nPLACE = "$HOME/.local/state/shop/"\n${call}(os.path.expandvars(PLACE))\n`,
  });
  assert.match(await first(home('os.mkdir'), 'multi-stage'), /^RUN mkdir -p .*\.local\/state$/m);
  assert.doesNotMatch(await first(home('os.makedirs'), 'multi-stage'), /\.local\/state$/m);
});

it('a list for several places is named by its path', async () => {
  const files = {
    'web/manage.py': 'import django\nprint(django)\n',
    'web/src/requirements/base.txt': 'django==5.2.6\n',
  };
  assert.match(await first(files), /^web\/src\/requirements\/base\.txt names packages, /);
});
