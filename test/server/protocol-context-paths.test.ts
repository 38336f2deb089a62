// The real server over its pipe, in a real folder: what a COPY takes along is shown on hover, and paths are completed as
// they are seen behind the ignore file.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import type { CompletionItem, Hover, MarkupContent } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startServer } from './client.ts';
import { openMarked } from './marked-file.ts';

const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse-context-paths-'));
const files: Readonly<Record<string, number>> = {
  'pyproject.toml': 20,
  'src/bikes/__init__.py': 100,
  'src/bikes/models.py': 2000,
  'src/bikes/weights.bin': 5000,
  'data/train.csv': 900,
  'dist/bikes-1.0-py3-none-any.whl': 4000,
};
for (const [file, size] of Object.entries(files)) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), file === 'pyproject.toml' ? '' : 'x'.repeat(size));
}
writeFileSync(path.join(root, '.dockerignore'), 'data\n*.md\n**/*.bin\n');
const server = await startServer();
after(async () => {
  assert.equal(await server.stop(), 0);
  rmSync(root, { recursive: true });
});
const markdown = (hover: Hover | null) => (hover?.contents as MarkupContent | undefined)?.value ?? '';

/** Opens a text in which `|` is the cursor. */
async function open(marked: string) {
  const { document, params } = await openMarked(server, root, marked);
  return {
    document,
    completion: () => server.connection.sendRequest<CompletionItem[]>('textDocument/completion', params),
    hover: () => server.connection.sendRequest<Hover | null>('textDocument/hover', params),
  };
}

describe('hover over a source', () => {
  it('says how much is copied and what stays out', async () => {
    const { document, hover } = await open('FROM a\nCOPY s|rc /app/\n');
    const shown = await hover();
    assert.equal(shown?.range && document.getText(shown.range), 'src');
    assert.equal(
      markdown(shown),
      'Copies 2 files, 2.1 kB.\n- `src/bikes/models.py` (2.0 kB)\n- `src/bikes/__init__.py` (100 B)\n\n.dockerignore keeps out 1 file.',
    );
  });

  it('says that nothing fits', async () => {
    const { hover } = await open('FROM a\nCOPY --chown=app data/*.c|sv ./\n');
    assert.match(markdown(await hover()), /Copies nothing.*data\/\*\.csv.*past/);
  });

  it('is that of the language elsewhere', async () => {
    for (const marked of ['FROM a\nCO|PY src /app/\n', 'FROM a AS b\nFROM a\nCOPY --from=b s|rc /app/\n']) {
      const contents = JSON.stringify((await (await open(marked)).hover())?.contents ?? '');
      assert.doesNotMatch(contents, /Copies/);
    }
  });
});

describe('completion of a source', () => {
  const labels = async (marked: string) => {
    const items = await (await open(marked)).completion();
    return items.filter(({ kind }) => kind === 17 || kind === 19).map(({ label }) => label);
  };

  it('offers what reaches the builder', async () => {
    const offered = await labels('FROM a\nCOPY |\n');
    assert.ok(
      ['src/', 'dist/', 'pyproject.toml'].every((label) => offered.includes(label)),
      offered.join(),
    );
    assert.ok(!offered.includes('data/'));
    assert.deepEqual(await labels('FROM a\nCOPY src/bikes/|\n'), [
      'src/bikes/__init__.py',
      'src/bikes/models.py',
    ]);
    assert.deepEqual(await labels('FROM a\nCOPY --link pyproject.toml ./dist/b| \n'), [
      './dist/bikes-1.0-py3-none-any.whl',
    ]);
  });

  it('replaces what is typed', async () => {
    const { document, completion } = await open('FROM a\nCOPY src/bi| /app/\n');
    const item = (await completion()).find(({ label }) => label === 'src/bikes/');
    const fixed = TextDocument.applyEdits(document, item?.textEdit ? [item.textEdit as never] : []);
    assert.equal(fixed, 'FROM a\nCOPY src/bikes/ /app/\n');
  });

  it('offers no path of the context where the source is elsewhere', async () => {
    assert.deepEqual(await labels('FROM a AS b\nFROM a\nCOPY --from=b |\n'), []);
    assert.deepEqual(await labels('FROM a\nRUN ls |\n'), []);
  });
});
