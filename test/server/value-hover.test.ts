// What stands in a Dockerfile is shown as code by a hover: it becomes no link, no picture and no formatting.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DockerfileLanguageServiceFactory } from 'dockerfile-language-service';
import { type Hover, type MarkupContent, MarkupKind } from 'vscode-languageserver';
import { withValueAsCode } from '../../server/src/lsp/hovers.ts';
import { codeBlock, codeSpan } from '../../server/src/text/code-span.ts';

const language = DockerfileLanguageServiceFactory.createLanguageService();
const values = [
  '[x](command:workbench.action.quit)',
  '![x](http://h.example/x.png)',
  '`code`',
  '``',
  'a```b',
  '<img/src=x>',
  '$(sync~spin)',
  '**bold**',
  'https://h.example',
  '---',
  '&lt;',
  '|a|b|',
  'a\u202eb',
  'a\u0007b',
  'x'.repeat(100_000),
];

/** Whether Markdown is one span of code and nothing more: its fence stands at both ends and nowhere within. */
function assertCode(markdown: string): void {
  const [fence = ''] = /^`+/.exec(markdown) ?? [];
  assert.ok(fence && markdown.endsWith(fence) && markdown.length > 2 * fence.length, markdown.slice(0, 80));
  const inside = markdown.slice(fence.length, -fence.length);
  for (const [run] of inside.matchAll(/`+/g))
    assert.notEqual(run.length, fence.length, markdown.slice(0, 80));
  assert.doesNotMatch(markdown, /[\p{Cc}\p{Bidi_Control}]/u);
  assert.ok(markdown.length < 5_000);
}

describe('the value of a variable', () => {
  for (const value of values) {
    it(`is code: ${JSON.stringify(value.slice(0, 40))}`, () => {
      const text = `FROM a\nARG V=${value}\nENV W="${value}"\nRUN echo $V\n`;
      for (const position of [
        { line: 1, character: 4 },
        { line: 2, character: 4 },
        { line: 3, character: 10 },
      ]) {
        const hover = language.computeHover(text, position) as Hover | null;
        const shown = withValueAsCode(hover, [MarkupKind.Markdown])?.contents as MarkupContent;
        assert.equal(shown.kind, MarkupKind.Markdown);
        assertCode(shown.value);
        const bare = withValueAsCode(hover, [MarkupKind.PlainText])?.contents as MarkupContent;
        assert.equal(bare.kind, MarkupKind.PlainText);
      }
    });
  }

  it('leaves what the language says itself as it is', () => {
    const said: Hover = { contents: { kind: MarkupKind.Markdown, value: '[docs](https://docs.docker.com)' } };
    assert.equal(withValueAsCode(said, [MarkupKind.Markdown]), said);
    assert.equal(withValueAsCode(null), null);
  });
});

it('a span of code has one line, and a block cannot be ended from within', () => {
  assert.equal(codeSpan('3.12'), '`3.12`');
  assert.equal(codeSpan('a\n\n# b'), '`a # b`');
  assert.equal(codeSpan('`x`'), '`` `x` ``');
  assert.equal(codeSpan(' \n'), '');
  assert.equal(codeBlock('ls', 'sh'), '```sh\nls\n```');
  assert.equal(codeBlock('```\nx', 'a b`'), '````ab\n```\nx\n````');
});
