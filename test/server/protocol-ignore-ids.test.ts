// The real server over its pipe: ids in ignore comments are completed and explained.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { CompletionItem, Hover, MarkupContent } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startServer } from './client.ts';

const server = await startServer();
after(async () => assert.equal(await server.stop(), 0));
let count = 0;

/** Opens a text in which `|` is the cursor. */
async function open(marked: string) {
  const uri = `untitled:${++count}`;
  const text = marked.replace('|', '');
  await server.open(uri, text);
  const document = TextDocument.create(uri, 'dockerfile', 1, text);
  const params = { textDocument: { uri }, position: document.positionAt(marked.indexOf('|')) };
  return {
    document,
    completion: () => server.connection.sendRequest<CompletionItem[]>('textDocument/completion', params),
    hover: () => server.connection.sendRequest<Hover | null>('textDocument/hover', params),
  };
}

const markdown = (content: unknown) => (content as MarkupContent | undefined)?.value ?? '';

/** What is offered, in the order in which an editor shows it. */
async function offered(marked: string): Promise<string[]> {
  const { completion } = await open(marked);
  const key = ({ label, sortText = label }: CompletionItem) => sortText;
  return (await completion()).sort((a, b) => (key(a) < key(b) ? -1 : 1)).map(({ label }) => label);
}

describe('completion in ignore comments', () => {
  it('offers hadolint its own ids, those of findings in the file first', async () => {
    const labels = await offered('FROM debian:12\n# hadolint ignore=|\nRUN pip install x\nMAINTAINER a\n');
    assert.deepEqual(labels.slice(0, 3).sort(), ['DL3013', 'DL3042', 'DL4000']);
    assert.ok(labels.length > 60);
    assert.ok(labels.every((label) => /^DL\d{4}$/.test(label)));
  });

  it('replaces what is typed, and leaves out what is there', async () => {
    const { document, completion } = await open('FROM a:1\n# hadolint global ignore=DL3042, dl30|\nRUN ls\n');
    const items = await completion();
    assert.ok(!items.some(({ label }) => label === 'DL3042'));
    const item = items.find(({ label }) => label === 'DL3013');
    const fixed = TextDocument.applyEdits(document, item?.textEdit ? [item.textEdit as never] : []);
    assert.match(fixed, /^# hadolint global ignore=DL3042, DL3013$/m);
    assert.match(item?.detail ?? '', /\w/);
    assert.match(markdown(item?.documentation), /\w/);
  });

  it('offers each tool the ids that it knows', async () => {
    const checks = await offered('# check=skip=|\nFROM a\n');
    assert.ok(checks.includes('StageNameCasing') && checks.includes('CopyIgnoredFile'));
    assert.ok(!checks.some((id) => /\/|^DL/.test(id)));
    assert.equal(checks.length, 22);
    const above = await offered('FROM a\n# check=error=true;skip=StageNameCasing,|\nRUN ls\n');
    assert.equal(above.length, 21);
    const tally = await offered('FROM a\n# tally global ignore=|\nRUN ls\n');
    for (const id of ['hadolint/DL3008', 'buildkit/StageNameCasing', 'tally/prefer-copy-chmod'])
      assert.ok(tally.includes(id), id);
    const own = await offered('FROM a\n# wheelhouse stage ignore=|\nRUN ls\n');
    assert.ok(own.includes('DL3008') && own.includes('final-stage-root'));
  });

  it('offers none behind the reason, in a heredoc and in other comments', async () => {
    const places = [
      'FROM a\n# hadolint ignore=DL3008 # as |\nRUN ls\n',
      'FROM a\n# tally ignore=x;reason=|\nRUN ls\n',
      'FROM a\nRUN <<EOF\n# hadolint ignore=|\nEOF\n',
      'FROM a\n# note ignore=|\nRUN ls\n',
    ];
    for (const place of places) {
      const labels = (await offered(place)).filter((label) => /DL\d{4}|final-stage/.test(label));
      assert.deepEqual(labels, [], place);
    }
  });
});

describe('hover in ignore comments', () => {
  it('explains the rule of an id', async () => {
    const { document, hover } = await open('FROM a\n# hadolint ignore=DL3008,DL|3042\nRUN ls\n');
    const answer = await hover();
    assert.equal(answer?.range && document.getText(answer.range), 'DL3042');
    assert.match(markdown(answer?.contents), /\*\*\[DL3042\]\(http.*pip/s);
  });

  it('knows the ids of every tool', async () => {
    const marked = [
      '# check=skip=Maintainer|Deprecated\nFROM a\n',
      'FROM a\n# tally ignore=buildkit/Stage|NameCasing\nRUN ls\n',
      'FROM a\n# wheelhouse ignore=final-|stage-root\nRUN ls\n',
    ];
    for (const text of marked) assert.ok(await (await open(text)).hover(), text);
  });

  it('says nothing of what is no id', async () => {
    for (const text of ['FROM a\n# hadolint ig|nore=DL3008\nRUN ls\n', 'FROM a\n# DL|3008\nRUN ls\n'])
      assert.equal(await (await open(text)).hover(), null, text);
  });
});
