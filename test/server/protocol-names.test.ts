// Rename, highlights and definition of stages and global ARGs, wherever they are named; and what the editor's features make
// of heredocs that the libraries do not know.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type {
  DocumentHighlight,
  DocumentSymbol,
  FoldingRange,
  Location,
  Range,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { pulling, startServer } from './client.ts';

const server = await startServer({ capabilities: pulling });
after(async () => assert.equal(await server.stop(), 0));

let opened = 0;
/** Opens a text in which `‸` is the place that is asked for. */
async function open(marked: string) {
  const uri = `untitled:names-${opened++}`;
  const at = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  await server.open(uri, text);
  const document = TextDocument.create(uri, 'dockerfile', 1, text);
  const ask = <R>(method: string, params: object = {}): Promise<R> =>
    server.connection.sendRequest(`textDocument/${method}`, {
      textDocument: { uri },
      position: document.positionAt(Math.max(at, 0)),
      ...params,
    });
  const renamed = async (newName: string) => {
    const edit = await ask<WorkspaceEdit | null>('rename', { newName });
    return edit && TextDocument.applyEdits(document, (edit.changes?.[uri] ?? []) as never);
  };
  const options = { tabSize: 4, insertSpaces: true };
  const format = async () =>
    TextDocument.applyEdits(document, (await ask<TextEdit[]>('formatting', { options })) as never);
  return { text, document, ask, renamed, format, options };
}

const stages = `FROM a AS build
ONBUILD COPY --from=build /x /y
FROM build AS other
RUN --mount=type=bind,from=build,target=/b --mount=type=cache,target=/c true
COPY --from=bu\\
ild /a /b
COPY --from=0 /c /d
COPY --from="build" /e /f
RUN echo build
`;

describe('a stage', () => {
  it('is renamed wherever it is named, from each of these places, and its number stays', async () => {
    const expected = stages
      .replaceAll('from=build', 'from=base')
      .replace('AS build', 'AS base')
      .replace('FROM build', 'FROM base')
      .replace('bu\\\nild', 'base')
      .replace('"build"', '"base"');
    for (const place of ['AS bu', 'from=b', 'FROM bu', 'bind,from=bui', 'from=bu\\\ni', '"bu']) {
      const { ask, renamed, document } = await open(stages.replace(place, `${place}‸`));
      assert.equal(await renamed('base'), expected, place);
      const range = await ask<Range>('prepareRename');
      assert.equal(document.getText(range).replace('\\\n', ''), 'build', place);
    }
  });

  it('is found by its number, which is no name', async () => {
    const { ask, renamed, document } = await open(stages.replace('--from=0', '--from=‸0'));
    const { range } = await ask<Location>('definition');
    assert.deepEqual([document.getText(range), range.start.line], ['build', 0]);
    assert.equal(await ask('prepareRename'), null);
    assert.equal(await renamed('x'), null);
    const unnamed = await open('FROM debian:12\nFROM a\nCOPY --from=‸0 a b\n');
    const found = await unnamed.ask<Location>('definition');
    assert.equal(unnamed.document.getText(found.range), 'debian:12');
  });

  it('is highlighted in all of them, and written in one', async () => {
    const { ask } = await open(stages.replace('bind,from=bu', 'bind,from=bu‸'));
    const found = await ask<DocumentHighlight[]>('documentHighlight');
    assert.deepEqual(
      found.map(({ kind }) => kind),
      [3, 2, 2, 2, 2, 2, 2],
    );
  });

  it('of the same name further below is another one', async () => {
    const { renamed } = await open('FROM x AS a\nFROM ‸a AS b\nFROM y AS a\nCOPY --from=a /a /b\n');
    assert.equal(await renamed('c'), 'FROM x AS c\nFROM c AS b\nFROM y AS a\nCOPY --from=a /a /b\n');
  });
});

const globals = `ARG V=1
ARG IMAGE=python:\${V}
FROM --platform=$V \${IMAGE} AS a
RUN echo $V
ARG V
RUN echo $V \${V:-x} <<EOF
$V
EOF
ENV X=$V V=$V
RUN echo $V
FROM a
RUN echo $V
FROM python:$V
ARG V=2
RUN echo $V
`;
const renamedGlobals = `ARG W=1
ARG IMAGE=python:\${W}
FROM --platform=$W \${IMAGE} AS a
RUN echo $V
ARG W
RUN echo $W \${W:-x} <<EOF
$W
EOF
ENV X=$W V=$W
RUN echo $V
FROM a
RUN echo $V
FROM python:$W
ARG W=2
RUN echo $W
`;

describe('a global ARG', () => {
  it('is renamed with the stages that declare it again, and not where another variable hides it', async () => {
    for (const place of [
      'ARG ',
      'python:${',
      '--platform=$',
      'echo $V\nARG ',
      'X=$',
      'ARG V=2\nRUN echo $',
    ]) {
      const { renamed } = await open(globals.replace(place, () => `${place}‸`));
      assert.equal(await renamed('W'), renamedGlobals, place);
    }
  });

  it('is the definition of what declares it again, and that of what is used there', async () => {
    const definition = async (place: string) => {
      assert.ok(globals.includes(place));
      const { ask } = await open(globals.replace(place, () => `${place}‸`));
      return (await ask<Location>('definition')).range.start.line;
    };
    assert.equal(await definition('echo $V\nARG '), 0);
    assert.equal(await definition('--platform=$'), 0);
    assert.equal(await definition('RUN echo $V ${'), 4);
    assert.equal(await definition('ARG V=2\nRUN echo $'), 13);
  });
});

const heredocs = [
  'RUN python3 << EOF\nif a:\n    b\n\tc\nEOF',
  'RUN cat <<\\EOF > /x\n  a\nEOF',
  'RUN cat <<"E"OF > /x\n  a\nEOF',
  'RUN cat <<"E OF" > /x\n  a\nE OF',
  'RUN cat 3<<EOF\n  a\nEOF',
  'RUN cat <<E\\\nOF\n  a\nEOF',
  'RUN cat <<A - << "B"\n  a\nA\n  b\nB',
  'RUN <<-PY\n\t#!/usr/bin/env python3\n\tif a:\n\t\tb\n\tPY',
  'ADD <<EOF /x\n  a\nEOF',
  'ADD << EOF /x\n  a\nEOF',
  'ADD <<-EOF /x\n\t  a\n\tEOF',
  'ONBUILD RUN <<EOF\n  a\nEOF',
  'RUN (cat <<EOF)\n  a\nEOF)',
];

describe('a heredoc', () => {
  for (const heredoc of heredocs) {
    it(`keeps its body when a file is formatted: ${JSON.stringify(heredoc)}`, async () => {
      const { format, ask, text, options } = await open(`FROM a\n  ${heredoc}\n   USER 1000\n`);
      assert.equal(await format(), `FROM a\n${heredoc}\nUSER 1000\n`);
      const lines = text.split('\n');
      for (let line = 2; line < lines.indexOf('   USER 1000'); line++) {
        const end = { line, character: lines[line]?.length ?? 0 };
        const range = { start: { line, character: 0 }, end };
        assert.deepEqual(await ask('rangeFormatting', { options, range }), [], lines[line]);
      }
    });

    it(`is one symbol, and folds: ${JSON.stringify(heredoc)}`, async () => {
      const { ask } = await open(`FROM a\n${heredoc}\nUSER 1000\n`);
      const symbols = await ask<DocumentSymbol[]>('documentSymbol');
      assert.deepEqual(
        symbols.map(({ name }) => name),
        ['FROM', heredoc.split(' ', 1)[0], 'USER'],
      );
      const folds = await ask<FoldingRange[]>('foldingRange');
      assert.deepEqual(
        folds.map(({ startLine, endLine }) => [startLine, endLine]),
        [[1, heredoc.split('\n').length]],
      );
    });
  }

  it('that is none leaves the instructions behind it alone', async () => {
    for (const line of [
      'RUN echo $((1<<2))',
      'RUN cat <<<EOF',
      'RUN echo ${#a} <<EOF',
      `RUN echo it's <<EOF`,
    ]) {
      const { ask } = await open(`FROM a\n${line}\nUSER 1000\n`);
      const symbols = await ask<DocumentSymbol[]>('documentSymbol');
      assert.deepEqual(
        symbols.map(({ name }) => name),
        ['FROM', 'RUN', 'USER'],
        line,
      );
    }
  });
});
