// Where the COPY of a project may go below other ones that write into its folder.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { first, plain, python, service } from './optimized-lines.ts';

const install = 'RUN pip install -r requirements.txt';

describe('dependencies first, past another COPY', () => {
  it('of a file that the whole brings to the same place', async () => {
    const [whole, file] = ['COPY . .', 'COPY requirements.txt ./'];
    const after = [...python, file, install, whole];
    assert.deepEqual(await first([...python, whole, file, install], plain), after);
    const upgrade = 'RUN pip install --upgrade pip';
    assert.deepEqual(await first([...python, whole, upgrade, file, install], plain), [
      ...python,
      upgrade,
      file,
      install,
      whole,
    ]);
  });

  it('of files of another image that the project does not have', async () => {
    const asset = 'COPY --from=node:22 /usr/share/ride.css assets/ride.css';
    assert.deepEqual(await first([...python, 'COPY . /app', asset, install], plain), [
      ...python,
      'COPY requirements.txt /app/',
      asset,
      install,
      'COPY . /app',
    ]);
  });

  const stays: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>]>> = {
    'the file goes elsewhere': ['COPY requirements.txt lists/', {}],
    'the file gets another name': ['COPY requirements.txt app.py', {}],
    'the file gets another owner': ['COPY --chown=1000 requirements.txt ./', {}],
    'a folder comes': ['COPY lists ./lists', { 'lists/a.txt': '' }],
    'an archive is unpacked': ['ADD requirements.txt ./', {}],
    'the project has that file': ['COPY --from=node:22 /ride.css assets/ride.css', { 'assets/ride.css': '' }],
    'the project has that folder': ['COPY --from=node:22 /assets assets', { 'assets/ride.css': '' }],
    'all of another image comes': ['COPY --from=node:22 /srv .', {}],
  };
  for (const [name, [copy, files]] of Object.entries(stays))
    it(`stays above where ${name}`, async () =>
      assert.equal(await first([...python, 'COPY . .', copy, install], { ...plain, ...files }), undefined));
});

describe('dependencies first, a part of the project', () => {
  const part = 'COPY src .';
  const parts = [part, 'COPY app.py .'];
  const list = 'COPY requirements.txt .';
  const files = { ...plain, 'src/ride.py': '' };

  it('goes below the install of a list that another COPY brings', async () => {
    assert.deepEqual(await first([...python, ...parts, list, install, 'EXPOSE 80'], files), [
      ...python,
      list,
      install,
      ...parts,
      'EXPOSE 80',
    ]);
    assert.deepEqual(await first([...python, part, list, install], files), [...python, list, install, part]);
  });

  const kept: Readonly<Record<string, readonly [lines: readonly string[], files: Record<string, string>]>> = {
    'the list names it': [[part, list, install], { 'requirements.txt': '-e ./ride\nflask\n' }],
    'the list names another file': [[part, list, install], { 'requirements.txt': '-r more.txt\n' }],
    'it has a list of its own': [[part, list, install], { 'src/requirements.txt': 'flask\n' }],
    'it is installed': [[part, list, 'RUN pip install -r requirements.txt ./ride'], {}],
    'it is read by a command': [[part, list, 'RUN python ride.py', install], {}],
    'another one is made from it': [
      [part, list, 'RUN cp ride.py old.py && pip install -r requirements.txt'],
      {},
    ],
  };
  for (const [name, [lines, more]] of Object.entries(kept))
    it(`stays above where ${name}`, async () =>
      assert.equal(await first([...python, ...lines], { ...files, ...more }), undefined));

  it('goes below installs of packages by their names', async () => {
    const named = 'RUN pip install --user flask gunicorn';
    assert.deepEqual(await first([...python, 'COPY app.py ./', named], files), [
      ...python,
      named,
      'COPY app.py ./',
    ]);
    assert.equal(await first([...python, 'COPY app.py ./', 'RUN pip install -U pip'], files), undefined);
  });

  it('goes below them where no folder is known', async () => {
    const [whole, ...own] = ['FROM python:3.12', 'COPY src src', 'COPY app.py app.py'];
    assert.deepEqual(await first([whole, ...own, 'COPY requirements.txt requirements.txt', install], files), [
      whole,
      'COPY requirements.txt requirements.txt',
      install,
      ...own,
    ]);
  });

  /** What installers read that no word of theirs names. */
  const told: Readonly<Record<string, readonly [copy: string, files?: Record<string, string>]>> = {
    'settings of pip': ['COPY pip.conf /etc/pip.conf', { 'pip.conf': '' }],
    'the folder of its settings': ['COPY config /root/.config/pip', { 'config/pip.conf': '' }],
    'settings of pip in an environment': ['COPY pip.conf /opt/venv/', { 'pip.conf': '' }],
    passwords: ['COPY .netrc /home/rider/.netrc', { '.netrc': '' }],
    'a folder with passwords': ['COPY home /home/rider', { 'home/.netrc': '' }],
    certificates: ['COPY certs /usr/local/share/ca-certificates', { 'certs/own.crt': '' }],
    'sources of apt': ['COPY own.list etc/apt/sources.list.d/', { 'own.list': '' }],
    'settings of uv': ['COPY uv.toml .', { 'uv.toml': '' }],
    'a program by the name of an installer': ['COPY src /usr/local/bin'],
    'what Python runs as it starts': ['COPY src /usr/local/lib/python3.12/site-packages'],
  };
  for (const [name, [copy, more]] of Object.entries(told))
    it(`stays above where it brings ${name}`, async () => {
      const lines = ['FROM python:3.12-slim', copy, 'COPY requirements.txt .', install];
      assert.equal(await first(lines, { ...files, ...more }), undefined);
    });
  it('stays above where a variable names a certificate in it', async () =>
    assert.equal(
      await first([...python, 'ENV PIP_CERT=/app/own.crt', part, list, install], {
        ...files,
        'src/own.crt': '',
      }),
      undefined,
    ));
});

describe('dependencies first, a folder that brings the list', () => {
  const files = { ...plain, 'api/requirements.txt': 'flask\n', 'api/app.py': '' };

  it('comes below the install, and its list above', async () => {
    assert.deepEqual(await first([...python, '# The service', 'COPY api .', install, 'EXPOSE 80'], files), [
      ...python,
      'COPY api/requirements.txt ./',
      install,
      '# The service',
      'COPY api .',
      'EXPOSE 80',
    ]);
    const [from, ...workdir] = ['FROM python:3.12-slim', 'WORKDIR /app'];
    assert.deepEqual(await first([from, 'COPY --chown=1000 ./api/ /app/', ...workdir, install], files), [
      from,
      'COPY --chown=1000 api/requirements.txt /app/',
      ...workdir,
      install,
      'COPY --chown=1000 ./api/ /app/',
    ]);
  });

  it('brings the lists that the list names', async () =>
    assert.deepEqual(
      await first([...python, 'COPY api .', 'RUN pip install -r requirements/dev.txt'], {
        ...files,
        'api/requirements/dev.txt': '-r ../requirements.txt\nsix\n',
        'requirements.txt': '-e .\n',
      }),
      [
        ...python,
        'COPY api/requirements/dev.txt ./requirements/',
        'COPY api/requirements.txt ./',
        'RUN pip install -r requirements/dev.txt',
        'COPY api .',
      ],
    ));

  const kept: Readonly<Record<string, readonly [lines: readonly string[], files: Record<string, string>]>> = {
    'the list names its code': [['COPY api .', install], { 'api/requirements.txt': '-e .\nflask\n' }],
    'the list is not in it': [['COPY api .', 'RUN pip install -r other.txt'], {}],
    'the ignore file keeps the list out': [['COPY api .', install], { '.dockerignore': 'api/*.txt\n' }],
    'another list comes to that place': [['COPY api .', 'COPY requirements.txt .', install], {}],
    'its code is installed': [['COPY api .', 'RUN pip install -r requirements.txt .'], {}],
    'its code is called': [['COPY api .', 'RUN python app.py && pip install -r requirements.txt'], {}],
    'the list is its own already': [['COPY api/requirements.txt .', install, 'COPY api .'], {}],
  };
  for (const [name, [lines, more]] of Object.entries(kept))
    it(`stays above where ${name}`, async () =>
      assert.equal(await first([...python, ...lines], { ...files, ...more }), undefined));
});

describe('a list of requirements that comes in with code', () => {
  const files = { 'requirements.txt': 'flask==3.1.0\n', 'app.py': '', 'road.py': '', 'run.sh': '' };
  const install = 'RUN pip install -r requirements.txt';

  it('comes in alone, and the code behind the install', async () => {
    assert.deepEqual(
      (
        await first([...python, 'COPY --chown=1000 *.py requirements.txt run.sh /app/', install], files)
      )?.slice(2),
      ['COPY --chown=1000 requirements.txt /app/', install, 'COPY --chown=1000 *.py run.sh /app/'],
    );
    const added = ['ADD app.py requirements.txt road.py /srv/', 'RUN pip install -r /srv/requirements.txt'];
    const more = ['WORKDIR /srv', 'CMD python app.py'];
    const made = await first([...python, ...added, ...more], files);
    assert.deepEqual(made?.slice(2), [
      'ADD requirements.txt /srv/',
      'RUN pip install -r /srv/requirements.txt',
      'ADD app.py road.py /srv/',
      ...more,
    ]);
    assert.equal(await first(made ?? [], files), undefined);
  });

  it('comes in with another part behind it', async () => {
    const src = { ...files, 'src/map.py': '' };
    const lines = ['COPY app.py requirements.txt ./', 'COPY src ./src', install];
    const made = await first([...python, ...lines], src);
    assert.deepEqual(made?.slice(2), [
      'COPY requirements.txt ./',
      install,
      'COPY app.py ./',
      'COPY src ./src',
    ]);
    assert.equal(await first(made ?? [], src), undefined);
  });

  it('has lines of its own', async () => {
    const copy = ['COPY app.py \\', '  requirements.txt \\', '  road.py \\', '  ./'];
    assert.deepEqual((await first([...python, ...copy, install], files))?.slice(2), [
      'COPY \\',
      '  requirements.txt \\',
      '  ./',
      install,
      'COPY app.py \\',
      '  road.py \\',
      '  ./',
    ]);
  });

  const stays: Readonly<Record<string, readonly [lines: readonly string[], more?: ExampleContext]>> = {
    'what a list needs of it': [
      ['COPY app.py requirements.txt ./', install],
      { 'requirements.txt': 'flask\n-e .\n' },
    ],
    'a list that names another': [
      ['COPY app.py requirements.txt ./', install],
      { 'requirements.txt': '-r base.txt\n', 'base.txt': 'flask\n' },
    ],
    'a setup script': [['COPY *.py requirements.txt ./', install], { 'setup.py': '' }],
    'an archive': [['ADD wheels.tar requirements.txt ./', install], { 'wheels.tar': '' }],
    'what uses the code before': [['COPY app.py requirements.txt ./', 'RUN python app.py', install]],
    'a program that installs': [['COPY run.sh requirements.txt ./', 'RUN ./run.sh']],
    'a file of another stage': [['COPY --from=a app.py requirements.txt ./', install]],
  };
  for (const [name, [lines, more]] of Object.entries(stays))
    it(`stays for ${name}`, async () =>
      assert.equal(await first([...python, ...lines], { ...files, ...more }), undefined));

  it('says what it takes for granted where the files are not known', async () => {
    const text = `${[...python, 'COPY . .', 'RUN pip install -r requirements.txt'].join('\n')}\n`;
    const [one] = service.optimize(text, defaultConfiguration, undefined, {
      ids: ['dependencies-first'],
    }).applied;
    assert.equal(one?.assumes, 'requirements.txt names no other file of the project');
    const context = await contextOfTexts(plain);
    const [known] = service.optimize(text, defaultConfiguration, context, {
      ids: ['dependencies-first'],
    }).applied;
    assert.equal(known?.assumes, undefined);
  });
});
