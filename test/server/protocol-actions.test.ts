// The real server over its pipe: code actions, in their order, and what becomes of a text when they are applied.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { CodeAction, Diagnostic, Range, TextDocumentEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startServer } from './client.ts';

/** ShellCheck takes no part, so that how many problems there are does not depend on this machine. */
const server = await startServer({ settings: () => ({ shellcheck: { enable: false } }) });
after(async () => assert.equal(await server.stop(), 0));

let opened = 0;
/** Opens a text under a name of its own, and gives what can be done at a range of it. */
async function openDocument(text: string, version = 1) {
  const uri = `untitled:actions-${opened++}`;
  await server.open(uri, text, version);
  const report = await server.pull(uri);
  assert.equal(report.kind, 'full');
  const diagnostics = report.kind === 'full' ? report.items : [];
  const actions = (range: Range, only?: string[]): Promise<CodeAction[]> =>
    server.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [], only },
    });
  const find = (code: string): Diagnostic => {
    const found = diagnostics.find((diagnostic) => diagnostic.code === code);
    assert.ok(found, `${code} in ${JSON.stringify(diagnostics.map((diagnostic) => diagnostic.code))}`);
    return found;
  };
  /** The text with an action applied. */
  const apply = (action: CodeAction | undefined): string => {
    const [change] = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.ok(change, action?.title);
    assert.deepEqual(change.textDocument, { uri, version });
    return TextDocument.applyEdits(
      TextDocument.create(uri, 'dockerfile', version, text),
      change.edits as never,
    );
  };
  return { uri, diagnostics, actions, find, apply };
}
const start = { line: 0, character: 0 };
const everywhere = { start, end: { line: 99, character: 0 } };

describe('quick fixes', () => {
  it('come in their order: safe fix, other fixes, all of the kind, all of the file, ignore here, ignore in file, the page', async () => {
    const document = await openDocument(
      // In one stage the two were one finding.
      'FROM python:3.12 AS a\nRUN pip install a==1\nFROM a\nRUN pip install b==1\nUSER 1000\n',
      4,
    );
    const finding = document.find('DL3042');
    const actions = (await document.actions(finding.range)).filter((action) =>
      action.diagnostics?.every(({ code }) => code === 'DL3042'),
    );
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        'Add --no-cache-dir',
        'Mount a cache at /root/.cache/pip',
        'Fix all DL3042 in this file',
        'Fix all 2 problems in this file',
        'Ignore DL3042 here',
        'Ignore DL3042 in this file',
        'Open the page of DL3042',
      ],
    );
    assert.deepEqual(
      actions.map(({ isPreferred }) => isPreferred ?? false),
      [true, false, false, false, false, false, false],
    );
    for (const action of actions) {
      assert.equal(action.kind, 'quickfix');
      assert.deepEqual(action.diagnostics, [finding]);
    }
    const [safe, other, all, , , , page] = actions;
    assert.match(document.apply(safe), /RUN pip install --no-cache-dir a==1\nFROM a\nRUN pip install b==1/);
    assert.match(
      document.apply(other),
      /RUN --mount=type=cache,target=\/root\/\.cache\/pip pip install a==1/,
    );
    assert.match(
      document.apply(all),
      /install --no-cache-dir a==1\nFROM a\nRUN pip install --no-cache-dir b==1/,
    );
    assert.deepEqual(page?.command?.command, 'vscode.open');
    assert.match(String(page?.command?.arguments?.[0]), /docs\/rules\/DL3042\.md$/);
  });

  it('are those of the findings that the range touches', async () => {
    const document = await openDocument('FROM python:3.12\nMAINTAINER a\nRUN pip install a==1\nUSER 1000\n');
    const codesAt = async (range: Range) =>
      new Set(
        (await document.actions(range, ['quickfix'])).flatMap(({ diagnostics }) =>
          diagnostics?.map(({ code }) => code),
        ),
      );
    const at = (line: number, character: number) => ({
      start: { line, character },
      end: { line, character },
    });
    assert.deepEqual([...(await codesAt(at(1, 0)))], ['DL4000']);
    assert.deepEqual([...(await codesAt(at(1, 10)))], ['DL4000']);
    assert.deepEqual([...(await codesAt(at(1, 12)))], []);
    assert.deepEqual([...(await codesAt(everywhere))].sort(), ['DL3042', 'DL4000']);
  });

  it('are left out when another kind is asked for', async () => {
    const document = await openDocument('FROM python:3.12\nMAINTAINER a\nUSER 1000\n');
    assert.deepEqual(await document.actions(everywhere, ['refactor']), []);
    assert.ok((await document.actions(everywhere, ['quickfix'])).every(({ kind }) => kind === 'quickfix'));
    assert.ok((await document.actions(everywhere)).every(({ kind }) => kind === 'quickfix'));
  });

  it('are offered for a syntax error too', async () => {
    const document = await openDocument('FROM python:3.12\nUSER 1000\nHEALTHCHECK x\n');
    const actions = await document.actions(everywhere);
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        'Write CMD',
        'Ignore unknown-healthcheck-type here',
        'Ignore unknown-healthcheck-type in this file',
        'Open the page of unknown-healthcheck-type',
      ],
    );
  });
});

describe('the ignore actions', () => {
  const texts: [string, string][] = [
    ['FROM python:3.12\nRUN apt-get install curl && pip install a==1 | tee log\nUSER 1000\n', '\n'],
    ['# escape=`\r\nFROM python:3.12\r\n  RUN pip install a==1 `\r\n    | tee log\r\nUSER 1000\r\n', '\r\n'],
  ];
  for (const [text, newline] of texts) {
    for (const where of ['here', 'in this file']) {
      it(`${where} silence one finding after the other, with ${JSON.stringify(newline)}`, async () => {
        let current = text;
        for (let step = 0; step < 20; step++) {
          const document = await openDocument(current);
          const [finding] = document.diagnostics;
          if (!finding) break;
          const title = `Ignore ${finding.code} ${where}`;
          const actions = await document.actions(finding.range);
          const next = document.apply(actions.find((action) => action.title === title));
          const left = (await openDocument(next)).diagnostics;
          assert.ok(!left.some(({ code }) => code === finding.code), next);
          assert.equal(left.length < document.diagnostics.length, true);
          current = next;
        }
        assert.deepEqual((await openDocument(current)).diagnostics, []);
        assert.ok(endsAlike(current, newline));
        const comments = current.match(/hadolint (?:global )?ignore=\S+/g) ?? [];
        assert.equal(comments.length, 1, `codes are added to one comment: ${current}`);
      });
    }
  }
  /** Every line ends as the first one does. */
  const endsAlike = (text: string, newline: string) => text.split('\n').length === text.split(newline).length;
});

describe('source.fixAll.wheelhouse', () => {
  const text = 'FROM python:3.12\nMAINTAINER a\nRUN pip install a==1\nCMD python x.py\nUSER 1000\n';

  it('applies every safe fix in one edit, and has nothing to do a second time', async () => {
    const document = await openDocument(text);
    const actions = await document.actions(everywhere, ['source.fixAll']);
    assert.deepEqual(
      actions.map(({ kind }) => kind),
      ['source.fixAll.wheelhouse'],
    );
    const fixed = document.apply(actions[0]);
    assert.match(fixed, /LABEL org\.opencontainers\.image\.authors="a"/);
    assert.match(fixed, /pip install --no-cache-dir a==1/);
    assert.ok(fixed.startsWith('FROM python:3.12\n') && fixed.endsWith('USER 1000\n'));
    const again = await openDocument(fixed);
    assert.deepEqual(await again.actions(everywhere, ['source.fixAll.wheelhouse']), []);
  });

  it('comes for `source` and its own kinds, and only when asked for', async () => {
    const document = await openDocument(text);
    for (const only of ['source', 'source.fixAll', 'source.fixAll.wheelhouse']) {
      assert.equal((await document.actions(everywhere, [only])).length, 1, only);
    }
    for (const only of ['source.organizeImports', 'source.fixAll.other']) {
      assert.equal((await document.actions(everywhere, [only])).length, 0, only);
    }
  });
});
