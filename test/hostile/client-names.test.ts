// What an engine answers may hold anything a stranger has written: names, labels, states, errors. None of it becomes a link,
// an icon, a picture or formatting, and none of it hangs a view.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { marked } from 'marked';
import { executeFromElsewhere, screen, window } from '../engine/fake-vscode.ts';
import { answer, id, nodesOf, record, treeOf } from './client-world.ts';

const { asLines, asText, code, plain } = await import('../../client/src/ui/plain-text.ts');
const { ask } = await import('../../client/src/ui/pickers.ts');

const texts: Readonly<Record<string, string>> = {
  'a link to a command': '[x](command:workbench.action.quit)',
  'a link with a title': '[x](https://h.example "title")',
  'a link in a link': '[[x](command:a)](command:b)',
  'a picture': '![](http://h.example/x.png)',
  'a reference': '[x][y]\n\n[y]: command:a',
  'a bare address': 'https://h.example/x www.h.example me@h.example',
  'an address in brackets': '<https://h.example>',
  HTML: '<img src="http://h.example/x.png" onerror=a><h1>',
  'an entity': '&lt;img&gt; &#x5b;',
  backticks: '`` ` ``` ````',
  'a fence': '```\n[x](command:a)\n```',
  'an icon': '$(sync~spin) $(error)',
  emphasis: '**bold** _it_ ~~gone~~',
  'a heading': '# x',
  'a list': '1. x\n- y\n+ z',
  'a table': '|a|b|\n|-|-|\n|c|d|',
  'line ends of all kinds': 'a\nb\rc\r\nd\u2028e\u2029f\u0085g',
  'an override of the direction': 'exe\u202egpj.\u2066x\u2069\u200f',
  'control characters': '\0\x07\x08\x1b[31m\x1b]8;;http://h.example\x07x\x1b\\\x7f\x9b31m',
  'invisible letters': 'a\u{e0041}\u{e007f}\ufff9b',
  'half a letter': 'a\ud800b',
  'half a megabyte': 'x'.repeat(600_000),
  'half a megabyte of brackets': '['.repeat(300_000) + ']('.repeat(150_000),
  'half a megabyte of backticks': '`'.repeat(600_000),
  nothing: '',
};

/** Links of messages (VS Code's linkedText.ts) and icons of labels (iconLabels.ts). */
const live = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)|\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;
const unseen = /[\p{Cc}\p{Bidi_Control}\u{e0000}-\u{e007f}\u2028\u2029]/u;

function assertInert(text: string, of: string): void {
  assert.doesNotMatch(text, live, of);
  assert.doesNotMatch(text, unseen, of);
  assert.ok(text.isWellFormed(), of);
  assert.ok(text.length < 5_000, of);
}

const inert = new Set(['space', 'paragraph', 'list', 'list_item', 'text', 'escape', 'codespan', 'code']);

/** As VS Code reads a tooltip (its Markdown is marked's): text, code and our own lists; nothing that leads or loads. */
function assertNoMarkdown(markdown: string, of: string): void {
  marked.walkTokens(marked.lexer(markdown), (token) => {
    assert.ok(inert.has(token.type), `${of}: ${token.type} of ${JSON.stringify(token.raw).slice(0, 200)}`);
    if (token.type === 'list') assert.ok(!token.ordered && /^- [A-Z][a-z]+: /.test(token.raw), of);
  });
  assert.doesNotMatch(markdown, /[\p{Bidi_Control}\u{e0000}-\u{e007f}]|(?!\n)\p{Cc}/u, of);
  assert.ok(markdown.length < 30_000, of);
}

describe('text from outside', () => {
  for (const [name, text] of Object.entries(texts)) {
    it(`${name}: is inert in messages, labels and Markdown`, () => {
      assertInert(asText(text), name);
      assert.doesNotMatch(asLines(text), live);
      assertNoMarkdown(code(text), name);
      assertNoMarkdown(plain(text), name);
    });

    it(`${name}: is inert in views, tooltips, questions and failures`, async () => {
      const one = record({
        Name: `/${text}`,
        Config: { Image: text },
        Path: text,
        Args: [text],
        State: { Status: text, ExitCode: 1, Error: text, Health: { Status: text } },
        Mounts: [{ Source: text, Destination: text }],
        NetworkSettings: { Ports: { [text]: [{ HostPort: '1' }] } },
      });
      answer({
        'container inspect': { out: JSON.stringify(one) },
        'container logs': { out: text, error: text },
        'container rm': { error: `Error response from daemon: ${text}`, code: 1 },
        'container start': { error: text, code: 1 },
      });
      const tree = treeOf('wheelhouse.containers');
      const [node] = await nodesOf('wheelhouse.containers');
      assert.notEqual(node?.context ?? ';failed;', ';failed;', node?.label);
      assert.ok(node);
      const item = tree.provider.getTreeItem(node) as Record<string, unknown>;
      for (const part of [item.label, item.description]) assertInert(String(part), name);
      const { tooltip } = (await tree.provider.resolveTreeItem({}, node)) as {
        tooltip: { value: string; isTrusted?: unknown; supportHtml?: unknown; supportThemeIcons?: unknown };
      };
      assertNoMarkdown(tooltip.value, name);
      assert.deepEqual(
        [tooltip.isTrusted, tooltip.supportHtml, tooltip.supportThemeIcons],
        [false, false, false],
      );

      screen.press = ({ buttons }) => buttons[0];
      await executeFromElsewhere('wheelhouse.containers.remove', { container: id });
      await executeFromElsewhere('wheelhouse.containers.start', { container: id });
      const said = [...screen.shown.map(({ text }) => text), ...screen.statusBar];
      assert.ok(said.length > 1);
      for (const part of said) assertInert(part, name);
      for (const { detail = '' } of screen.shown) assert.doesNotMatch(detail, live);
      for (const line of screen.log) assert.ok(!/[\r\n]/.test(line) && line.length < 5_000);

      let shown: { label: string; description?: string; detail?: string }[] = [];
      screen.answer = (_question) => undefined;
      const create = window.createQuickPick;
      window.createQuickPick = () => {
        const box = create();
        const show = box.show;
        box.show = () => {
          shown = box.items;
          show();
        };
        return box;
      };
      await ask(text, [
        () => ({
          key: 'a',
          kind: 'confirm',
          icon: 'play',
          title: text,
          label: text,
          commandLine: text,
          choices: [{ label: text, description: text, detail: text, value: '1' }],
        }),
      ]);
      window.createQuickPick = create;
      assert.equal(shown.length, 2);
      for (const { label, description = '', detail = '' } of shown)
        for (const part of [label.replace(/^\$\(play\) /, ''), description, detail]) assertInert(part, name);
      assertInert(screen.asked.at(-1)?.title ?? '', name);
    });
  }
});

describe('answers that no engine gives', () => {
  const strange: Readonly<Record<string, string>> = {
    nothing: '',
    'half an object': '{"Id":',
    'half an array': '[{"Id":"a"}',
    'an array in an array': '[[[[]]]]',
    'brackets without end': '['.repeat(1_000_000),
    'objects without end': '{"a":'.repeat(100_000),
    'a number': '1',
    null: 'null',
    words: 'Cannot say',
    'an object of other types': '{"Id":1,"Name":{},"State":[]}',
    'a prototype': '{"__proto__":{"Id":"x"},"constructor":1}',
    bytes: '\0\ufffd\x1b[2J',
    'a record of 9 MB': JSON.stringify(record({ Name: 'x'.repeat(9_000_000) })),
    'a hundred thousand lines': '{}\n'.repeat(100_000),
  };
  for (const [name, out] of Object.entries(strange)) {
    it(`${name}: the view says what is wrong, or shows nothing`, async () => {
      answer({ 'container inspect': { out }, 'image ls': { out }, 'image inspect': { out } });
      for (const view of ['wheelhouse.containers', 'wheelhouse.images']) {
        const said = (await nodesOf(view)).find(({ context }) => context === ';failed;');
        const { label = '' } = said ? (treeOf(view).provider.getTreeItem(said) as { label: string }) : {};
        assertInert(label, name);
        assert.doesNotMatch(label, /SyntaxError|Zod|Unexpected|undefined|expected/);
      }
    });
  }
});
