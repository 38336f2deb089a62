// What is installed without a lock file is told apart, so that uv can be asked about it before anything is written.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { askedInstall } from '../../server/src/features/scaffold/packages/asked-install.ts';
import { lists, project } from './scaffold-forms.ts';
import { make, newest } from './scaffold-world.ts';

it('a list of requirements is told with the Python of the image', async () => {
  const made = await make(lists('six==1.17.0'), 'multi-stage', newest);
  assert.deepEqual(made?.install?.files, ['requirements.txt']);
  assert.match(made?.install?.python ?? '', /^3\.\d+$/);
});

it('what a lock file has answered is not', async () => {
  const lock = 'version = 1\nrevision = 3\nrequires-python = ">=3.12"\n';
  const made = await make(
    { 'pyproject.toml': project('demo', ''), 'uv.lock': lock, 'main.py': 'print()\n' },
    'multi-stage',
  );
  assert.equal(made?.install ?? null, null);
});

it('flags that say what is to be had are kept, with requirements and over several lines', () => {
  const text = `RUN --mount=type=cache,target=/root/.cache/uv \\
    uv venv && uv pip install --exclude-newer 2024-03-31 \\
        --exclude-newer-package six=false --compile-bytecode \\
        -r requirements.txt 'setuptools<81'
RUN echo`;
  assert.deepEqual(askedInstall(text, '3.9'), {
    python: '3.9',
    flags: ['--exclude-newer', '2024-03-31', '--exclude-newer-package', 'six=false'],
    files: ['requirements.txt'],
    requirements: ['setuptools<81'],
  });
  assert.equal(askedInstall('RUN uv pip install --system /tmp/*.whl', '3.12'), undefined);
  assert.equal(askedInstall('RUN uv pip install --no-deps .', '3.12'), undefined);
  assert.equal(askedInstall('RUN uv sync --locked', '3.12'), undefined);
  const exported = 'RUN poetry export > /tmp/requirements.txt && uv pip install -r /tmp/requirements.txt';
  assert.equal(askedInstall(exported, '3.12'), undefined);
});
