// Where the variable that switches pip's cache off is taken away: where each call of pip is mounted.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { first } from './optimized-lines.ts';

const off = 'ENV PIP_NO_CACHE_DIR=1';
const install = 'RUN pip install numpy';
const from = 'FROM python:3.12-slim';
const start = 'CMD ["python", "app.py"]';
const pip = 'RUN --mount=type=cache,target=/root/.cache/pip ';
const mounted = async (text: string) =>
  `${((await first(text.trimEnd().split('\n'), {}, 'cache-mounts')) ?? text.trimEnd().split('\n')).join('\n')}\n`;

it('switches a cache on where each call of pip is mounted', async () => {
  for (const more of [
    'pipx install black',
    'pip-sync requirements.txt',
    'mim install mmcv',
    'curl -sS https://bootstrap.pypa.io/get-pip.py | python3',
    'chmod +x a.sh && ./a.sh',
    'cp a.sh /opt && make',
  ]) {
    const text = `${from}\n${off}\n${install}\nRUN ${more}\n${start}\n`;
    assert.equal(await mounted(text), text);
  }
  for (const more of ['chmod +x a.sh', 'cp a.sh /opt/b.sh && ln -s /opt/b.sh /b.sh', "sed -i 's/\\r//' a.sh"])
    assert.equal(
      await mounted(`${from}\n${off}\n${install}\nRUN ${more}\n${start}\n`),
      `${from}\n${pip}pip install numpy\nRUN ${more}\n${start}\n`,
    );
  const get = 'wget https://bootstrap.pypa.io/get-pip.py && python3 get-pip.py';
  assert.equal(
    await mounted(`${from}\n${off}\nRUN ${get} --no-cache-dir\n${install}\n${start}\n`),
    `${from}\n${pip}${get}\n${pip}pip install numpy\n${start}\n`,
  );
  // Alone it is the same in each build.
  assert.equal(await mounted(`${from}\nRUN ${get}\n${start}\n`), `${from}\nRUN ${get}\n${start}\n`);
});
