// Dependencies first where the project comes in with one stage and its dependencies with another that builds on it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { first, plain, python, service } from './optimized-lines.ts';

const list = 'RUN pip install -r requirements.txt';
const lines = [...python, 'COPY . .', 'FROM base AS serve', list, 'CMD ["python", "app.py"]'];

describe('dependencies first, over two stages', () => {
  it('puts the code behind the install of the later one', async () => {
    assert.deepEqual(await first(lines, plain), [
      ...python,
      'COPY requirements.txt ./',
      'FROM base AS serve',
      list,
      'COPY . .',
      'CMD ["python", "app.py"]',
    ]);
    // Through a stage between, and what a tool installs with the project.
    const files = {
      'pyproject.toml': '[tool.poetry]\nname = "ride"\nversion = "1"\n',
      'poetry.lock': '',
      'ride/__init__.py': '',
    };
    const [config, install] = ['poetry config virtualenvs.create false', 'poetry install --without dev'];
    const between = ['RUN pip install poetry==2.1.3', 'FROM base AS tools', 'ENV RIDE=1', 'FROM tools'];
    assert.deepEqual(
      await first([...python, 'COPY ./ ./', ...between, `RUN ${config} && ${install}`], files),
      [
        ...python,
        'COPY pyproject.toml poetry.lock ./',
        ...between,
        `RUN ${config}`,
        `RUN ${install} --no-root`,
        'COPY ./ ./',
        `RUN ${install}`,
      ],
    );
  });

  it('says what it takes for granted', async () => {
    const { applied } = service.optimize(
      `${lines.join('\n')}\n`,
      defaultConfiguration,
      await contextOfTexts(plain),
      { ids: ['dependencies-first'] },
    );
    assert.equal(applied[0]?.assumes, 'nobody builds the stage base for itself');
  });

  const kept: Readonly<Record<string, readonly [lines: readonly string[], files?: Record<string, string>]>> =
    {
      'two stages build on it': [[...lines, 'FROM base AS test', 'RUN make']],
      'another one copies of it': [[...lines, 'FROM scratch', 'COPY --from=base /app /']],
      'another one mounts it': [
        [...lines, 'FROM python:3.12', 'RUN --mount=from=base,source=/app,target=/app ls'],
      ],
      'Compose builds it': [
        lines,
        { 'compose.yaml': 'services:\n  a:\n    build:\n      context: .\n      target: base\n' },
      ],
      'a script builds it': [lines, { 'build.sh': 'docker build --target=base -t ride .\n' }],
      'the code runs in between': [[...python, 'COPY . .', 'RUN python app.py', 'FROM base', list]],
      'the later one works elsewhere': [[...python, 'COPY . .', 'FROM base', 'WORKDIR /srv', list]],
      'nothing is installed': [[...python, 'COPY . .', 'FROM base', 'RUN python app.py']],
    };
  for (const [name, [text, more]] of Object.entries(kept))
    it(`stays where ${name}`, async () => assert.equal(await first(text, { ...plain, ...more }), undefined));
});
