// A mount over the folder of the project hides its environment. Where the container makes that anew as it starts, the cache in
// the image is what it makes it from.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';

const service = createService({
  ports: { readFile: async () => undefined, log: (level, message) => assert.fail(`${level}: ${message}`) },
  parseShell: await loadTestShellParser(),
});

const dockerfile = `FROM python:3.12-slim
COPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /bin/
WORKDIR /app
COPY . .
RUN uv sync --frozen
CMD ["uv", "run", "ride.py"]
`;
const project = {
  'pyproject.toml': '[project]\nname = "ride"\nversion = "1"\ndependencies = ["flask"]\n',
  'uv.lock': 'version = 1\n',
  'ride.py': 'print(1)\n',
};

async function isMounted(files: Readonly<Record<string, string>>, text = dockerfile): Promise<boolean> {
  const own = Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('../')));
  const context = await contextOfTexts({ ...project, ...own });
  const sources = new Map(Object.entries({ ...project, ...files }));
  const made = service.optimize(text, defaultConfiguration, context, { sources, ids: ['cache-mounts'] });
  return made.text.includes('--mount=type=cache');
}

const compose = (volumes: string, more = '') =>
  `services:\n  ride:\n    build: .\n${more}    volumes:\n${volumes}`;

describe('an environment below a mount', () => {
  it('may have none over it', async () => {
    assert.ok(await isMounted({}));
    assert.ok(await isMounted({ 'compose.yaml': compose('      - ./data:/app/data\n') }));
  });

  const hidden: Readonly<Record<string, readonly [Readonly<Record<string, string>>, string?]>> = {
    'Compose mounts the project': [{ 'compose.yaml': compose('      - .:/app\n') }],
    'in the long form': [
      { 'compose.yaml': compose('      - type: bind\n        source: .\n        target: /app\n') },
    ],
    'by a variable': [{ 'compose.yaml': compose('      - ${CODE:-.}:/app/\n') }],
    'for reading': [{ 'compose.yaml': compose('      - "./:/app:ro"\n') }],
    'with a command of its own': [
      { 'compose.yaml': compose('      - .:/app\n', '    command: uv run ride.py\n') },
      dockerfile.replace(/CMD.*/, 'CMD [".venv/bin/python", "ride.py"]'),
    ],
    'the README shows it': [{ 'README.md': '```\ndocker run -v $(pwd):/app ride\n```\n' }],
    'the README shows a mount': [
      { 'README.md': '```\ndocker run --mount type=bind,src=.,dst=/app ride\n```\n' },
    ],
    'a script starts it': [
      { 'compose.yaml': compose('      - .:/app\n'), 'start.sh': 'uv sync\nexec python ride.py\n' },
      dockerfile.replace(/CMD.*/, 'CMD ["./start.sh"]'),
    ],
    'of Poetry in the project': [
      { 'compose.yaml': compose('      - .:/app\n'), 'poetry.lock': '' },
      dockerfile
        .replace(/COPY --from.*/, 'RUN pip install poetry\nENV POETRY_VIRTUALENVS_IN_PROJECT=true')
        .replace(/RUN uv.*/, 'RUN poetry install')
        .replace('"uv"', '"poetry"'),
    ],
    'a development container': [
      {
        '.devcontainer/devcontainer.json':
          '{"workspaceMount": "source=${localWorkspaceFolder},target=/app,type=bind", "postCreateCommand": "uv sync"}',
      },
      dockerfile.replace(/CMD.*/, 'CMD ["sleep", "1"]'),
    ],
    'of a stage that Compose asks for': [
      {
        'compose.yaml': compose('      - .:/app\n', '').replace(
          'build: .',
          'build:\n      context: .\n      target: dev',
        ),
      },
      `${dockerfile.replace('slim', 'slim AS dev')}FROM python:3.12-slim\nCOPY --from=dev /app/.venv /app/.venv\n`,
    ],
  };
  for (const [name, [files, text]] of Object.entries(hidden))
    it(`keeps its cache in the image: ${name}`, async () => {
      assert.equal(await isMounted(files, text), false);
    });

  const kept: Readonly<Record<string, readonly [Readonly<Record<string, string>>, string?]>> = {
    'a volume lies over the environment': [
      { 'compose.yaml': compose('      - .:/app\n      - /app/.venv\n') },
    ],
    'a named volume does': [{ 'compose.yaml': compose('      - .:/app\n      - venv:/app/.venv\n') }],
    'it is a volume that has what the image has': [{ 'compose.yaml': compose('      - code:/app\n') }],
    'it lies elsewhere': [
      { 'compose.yaml': compose('      - .:/app\n') },
      dockerfile.replace('WORKDIR', 'ENV UV_PROJECT_ENVIRONMENT=/opt/venv\nWORKDIR'),
    ],
    'Poetry makes it elsewhere': [
      { 'compose.yaml': compose('      - .:/app\n'), 'poetry.lock': '' },
      dockerfile
        .replace(/COPY --from.*/, 'RUN pip install poetry')
        .replace(/RUN uv.*/, 'RUN poetry install')
        .replace('"uv"', '"poetry"'),
    ],
    'nothing makes it anew': [
      { 'compose.yaml': compose('      - .:/app\n') },
      dockerfile.replace(/CMD.*/, 'CMD ["python", "ride.py"]'),
    ],
    'the final stage has no cache anyway': [
      { 'compose.yaml': compose('      - .:/app\n') },
      `${dockerfile.replace('slim', 'slim AS made')}FROM python:3.12-slim\nCOPY --from=made /app/.venv /app/.venv\nCMD ["uv", "run", "ride.py"]\n`,
    ],
  };
  for (const [name, [files, text]] of Object.entries(kept))
    it(`is mounted: ${name}`, async () => {
      assert.ok(await isMounted(files, text));
    });
});
