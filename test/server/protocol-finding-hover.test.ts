// The real server over its pipe: hovering over a finding tells why it matters, and hides nothing that was told before.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import type { Hover, MarkupContent } from 'vscode-languageserver/node';
import { pulling, startServer } from './client.ts';
import { openMarked } from './marked-file.ts';

const root = mkdtempSync(path.join(tmpdir(), 'wheelhouse-finding-hover-'));
writeFileSync(path.join(root, 'pyproject.toml'), '');
const hover = { contentFormat: ['markdown' as const] };
const server = await startServer({
  capabilities: { ...pulling, textDocument: { ...pulling.textDocument, hover } },
});
after(async () => {
  assert.equal(await server.stop(), 0);
  rmSync(root, { recursive: true });
});

/** The hover at `|`, and what its range covers. */
async function hoverAt(marked: string) {
  const { document, params } = await openMarked(server, root, marked);
  const shown = await server.connection.sendRequest<Hover | null>('textDocument/hover', params);
  const markdown = (shown?.contents as MarkupContent | undefined)?.value ?? '';
  return { markdown, covers: shown?.range && document.getText(shown.range) };
}

describe('hover over a finding', () => {
  it('tells what the rule is about, with its page', async () => {
    const { markdown, covers } = await hoverAt('FROM debian:12\nRUN pip ins|tall torch\n');
    assert.match(markdown, /^\*\*\[DL30\d\d\]\(https:\S+\/docs\/rules\/DL30\d\d\.md\)\*\* .+\n\n.+/);
    assert.ok(covers?.includes('install'));
  });

  it('stands above what the language tells of the instruction', async () => {
    const { markdown } = await hoverAt('FROM debian:12\nMAINT|AINER me\n');
    assert.match(markdown, /^\*\*\[DL4000\][\s\S]+\n\n---\n\n[\s\S]*MAINTAINER/);
  });

  it('stands above what COPY takes along', async () => {
    const { markdown, covers } = await hoverAt('FROM debian:12\nCOPY trai|ning.py /app/\n');
    assert.match(markdown, /^\*\*\[copy-source-missing\][\s\S]+\n\n---\n\nCopies nothing/);
    assert.equal(covers, 'training.py');
  });

  it('stands above the rule that an ignore comment names', async () => {
    const { markdown } = await hoverAt('FROM debian:12\n# hadolint ignore=DL3|042\nRUN ls\n');
    assert.match(markdown, /^\*\*\[unused-ignore\][\s\S]+\n\n---\n\n\*\*\[DL3042\]/);
  });

  it('tells nothing of what is ignored', async () => {
    const { markdown } = await hoverAt('FROM debian:12\n# hadolint ignore=DL4000\nMAINT|AINER me\n');
    assert.doesNotMatch(markdown, /DL4000/);
  });
});
