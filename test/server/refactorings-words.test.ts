// What a refactoring says of a file, and how it leaves the lines around its own.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { optimized } from './optimized-lines.ts';

it('each says what it brings in this file', async () => {
  const gainOf = async (text: string, id: string) =>
    (await optimized(text, { 'requirements.txt': 'flask==3.1.0\n', 'app.py': '' }, id)).applied[0]?.gain;
  const install = (flag: string) =>
    `FROM python:3.12\nCOPY requirements.txt .\nRUN pip install${flag} -r requirements.txt\nCOPY . .\n`;
  assert.match((await gainOf(install(''), 'cache-mounts')) ?? '', /and no download stays in the image\.$/);
  assert.match(
    (await gainOf(install(' --no-cache-dir'), 'cache-mounts')) ?? '',
    /what is new is downloaded\.$/,
  );
  const first = (final: string) =>
    `FROM python:3.12 AS base\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n${final}CMD ["python", "app.py"]\n`;
  assert.match((await gainOf(first(''), 'dependencies-first')) ?? '', /nothing of them is pushed again\.$/);
  const copies = 'FROM python:3.12-slim\nCOPY --from=base /usr/local/lib /usr/local/lib\n';
  assert.match((await gainOf(first(copies), 'dependencies-first')) ?? '', /stay as they are\.$/);
});

it('each keeps blank lines where the file has them', async () => {
  const lines = [
    'FROM python:3.12',
    'WORKDIR /app',
    'COPY requirements.txt .',
    'RUN pip install -r requirements.txt',
    '# The code',
    'COPY . .',
    'CMD ["python", "app.py"]',
    '',
  ];
  const files = { 'requirements.txt': 'flask==3.1.0\n', 'app.py': '' };
  for (const apart of ['\n', '\n\n']) {
    const text = lines.join(apart).replace(`# The code${apart}`, '# The code\n');
    const after = (await optimized(`${text.trimEnd()}\n`, files)).text;
    assert.doesNotMatch(after, /\n\n\n/, after);
    assert.ok(after.includes(`AS build${apart}`), after);
    assert.ok(after.includes(`useradd --create-home --uid 10001 app${apart}WORKDIR`), after);
    assert.ok(after.includes(`/wheels/*.whl${apart}# The code\n`), after);
    assert.ok(after.includes(`USER 10001${apart}CMD`), after);
    // Lines of one instruction stay together.
    const labels = text.replace('WORKDIR', `LABEL a=1\nLABEL b=2${apart}WORKDIR`);
    const split = (await optimized(`${labels.trimEnd()}\n`, files, 'multi-stage')).text;
    assert.ok(split.includes(`-slim${apart}LABEL a=1\nLABEL b=2${apart}WORKDIR`), split);
  }
});
