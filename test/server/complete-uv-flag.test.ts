// What is offered where a flag of uv is typed.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { completeAt } from './complete-at.ts';
import { createToyService } from './toy-service.ts';

const { service } = createToyService();

describe('flags of uv', () => {
  const flags = (marked: string) =>
    completeAt(marked, (text, offset) => service.completeUvFlag(text, offset));
  const labels = (marked: string) => flags(`FROM a\n${marked}`).labels;

  it('are those of the command, with a word on each', () => {
    const { labels, found } = flags('FROM a\nRUN uv sync |');
    assert.deepEqual(labels?.slice(0, 3), ['--locked', '--frozen', '--no-install-project']);
    assert.ok(found?.offers.every(({ detail }) => detail.length > 5 && !detail.endsWith('.')));
    assert.ok(!labels?.includes('--system'));
    assert.deepEqual(flags('FROM a\nRUN uv pip install |').labels?.slice(0, 2), [
      '--system',
      '--torch-backend',
    ]);
    for (const command of ['export', 'run', 'build'])
      assert.ok((flags(`FROM a\nRUN uv ${command} --|`).labels?.length ?? 0) > 20, command);
  });

  it('take the place of what is typed', () => {
    const { put, typed } = flags('FROM a\nRUN uv sync --fro|z && ls\n');
    assert.equal(typed, '--froz');
    assert.equal(put('--frozen'), 'FROM a\nRUN uv sync --frozen && ls\n');
    assert.equal(put('--group'), 'FROM a\nRUN uv sync --group= && ls\n');
    assert.equal(put('--link-mode=copy'), 'FROM a\nRUN uv sync --link-mode=copy && ls\n');
    const valued = flags('FROM a\nRUN uv pip install --torch-backend=c| torch\n');
    assert.equal(valued.put('--torch-backend=cpu'), 'FROM a\nRUN uv pip install --torch-backend=cpu torch\n');
    assert.equal(flags('FROM a\nRUN uv sync --gr|=a').put('--group'), 'FROM a\nRUN uv sync --group=a');
  });

  it('leave out what is there, and what uv refuses beside it', () => {
    const frozen = labels('RUN uv sync --frozen --no-dev | --group dev') ?? [];
    for (const label of ['--frozen', '--locked', '--no-dev', '--group', '--only-group'])
      assert.ok(!frozen.includes(label), label);
    assert.ok(frozen.includes('--extra'));
    assert.ok(!labels('RUN uv pip install -r a.txt |')?.includes('--requirements'));
    // Those of another command do not count.
    assert.ok(labels('RUN uv sync --frozen && uv sync |')?.includes('--frozen'));
    assert.ok(labels('RUN uv run | python --frozen')?.includes('--frozen'));
  });

  it('are offered wherever a command goes on', () => {
    for (const marked of [
      'RUN uv sync \\\n    |',
      'RUN uv sync \\\n    --frozen \\\n    --no|\\\n    --group a\n',
      'RUN --mount=type=cache,target=/a uv --no-cache sync |',
      'RUN uv --directory /app sync |',
      'RUN a && sudo uv pip install |&& b',
      'RUN <<EOF\nuv sync --|\nls\nEOF\n',
      'RUN bash -c "uv sync --|"',
      'run uv run --with numpy | python a.py',
      'RUN uv pip install torch --|',
    ])
      assert.ok(labels(marked), marked);
  });

  it('are not offered elsewhere', () => {
    for (const marked of [
      'RUN pip install |',
      'RUN uv |',
      'RUN uv pip |',
      'RUN uv lock |',
      'RUN uv sync --group |',
      'RUN uv pip install -r |',
      'RUN uv pip install tor|',
      'RUN uv run python |',
      'RUN uv run -- |',
      'RUN uv sync && |',
      'RUN uv sync; ls |',
      'RUN <<EOF\nuv sync\n|\nEOF\n',
      'RUN uv sync \\\n# uv sync |\n  --frozen\n',
      'RUN ["uv", "sync", "--|"]',
      'RUN uv pip install "a |"',
      'CMD uv run |',
      'RUN uv sync\n|',
    ])
      assert.equal(labels(marked), undefined, marked);
  });
});
