// Where the COPY of a project may go below other ones that write into its folder.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { first, plain, python } from './optimized-lines.ts';

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
    'it brings the list': [[part, install], { 'src/requirements.txt': 'flask\n' }],
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
});
