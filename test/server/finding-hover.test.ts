// What hovering over findings tells, and that the findings of a text are looked for once.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Hover } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { type HoverProvider, hoverOf } from '../../server/src/lsp/hovers.ts';
import { wordRule } from './toy-rules.ts';
import { createToyService } from './toy-service.ts';

const page = 'https://github.com/wheelhouse/wheelhouse/blob/main/docs/rules';

describe('findings at a place', () => {
  let visits = 0;
  const counting = wordRule('A1', 'a', undefined, { summary: 'A is there', why: 'It is a letter.' });
  const counted = {
    ...counting,
    create() {
      const own = counting.create();
      return {
        ...own,
        RUN(...visit: Parameters<NonNullable<typeof own.RUN>>) {
          visits++;
          own.RUN?.(...visit);
        },
      };
    },
  };
  const { service } = createToyService([counted, wordRule('W1', 'a'), wordRule('W2', 'b')]);
  const text = 'FROM x\nRUN a b\n# wheelhouse ignore=A1\nRUN a\n';
  const explain = (at: number, configuration = defaultConfiguration) =>
    service.explainFindings(text, at, configuration);

  it('are told with what the rule finds, why, and its page', () => {
    assert.deepEqual(explain(text.indexOf('a b')), {
      span: { start: 11, end: 12 },
      markdown: `**[A1](${page}/A1.md)** A is there\n\nIt is a letter.\n\n**[W1](${page}/W1.md)** a rule of the tests\n\nTo test the runner.`,
    });
    assert.match(explain(text.indexOf('b\n'))?.markdown ?? '', /^\*\*\[W2\][^[]*$/);
  });

  it('are none elsewhere, and none that is ignored or off', () => {
    assert.equal(explain(text.indexOf('RUN')), undefined);
    assert.equal(explain(text.indexOf('a b') + 1), undefined);
    assert.doesNotMatch(explain(text.lastIndexOf('a'))?.markdown ?? '', /A1/);
    const off = { ...defaultConfiguration, levels: new Map([['A1', 'off'] as const]) };
    assert.doesNotMatch(explain(text.indexOf('a b'), off)?.markdown ?? '', /A1/);
  });

  it('are looked for once', () => {
    service.lint(text, defaultConfiguration);
    const before = visits;
    explain(12);
    service.explainSource(text, 12, undefined, defaultConfiguration);
    explain(13);
    assert.equal(visits, before);
    service.lint(text, { ...defaultConfiguration });
    assert.equal(visits, before + 2);
  });
});

describe('a hover of several providers', () => {
  const document = TextDocument.create('untitled:a', 'dockerfile', 1, 'RUN abc\n');
  const place = [undefined as never, document, { line: 0, character: 5 }] as const;
  const range = (start: number, end: number) => ({
    start: { line: 0, character: start },
    end: { line: 0, character: end },
  });
  const says =
    (contents: Hover['contents'], ...ends: [number, number] | []): HoverProvider =>
    () => ({ contents, ...(ends.length > 0 ? { range: range(...(ends as [number, number])) } : {}) });
  const errors: unknown[] = [];
  const join = (...providers: HoverProvider[]) =>
    hoverOf(providers, [...place], (error) => errors.push(error));
  const markdown = (value: string) => ({ kind: 'markdown', value }) as const;

  it('joins what they say in their order, over the stretch that they share', async () => {
    const plain = { kind: 'plaintext', value: 'a_b' } as const;
    assert.deepEqual(
      await join(
        says(markdown('**A**'), 4, 7),
        () => null,
        says(plain, 2, 6),
        says(['c', { language: 'sh', value: 'ls' }]),
      ),
      {
        range: range(4, 6),
        contents: markdown('**A**\n\n---\n\na\\_b\n\n---\n\nc\n\n```sh\nls\n```'),
      },
    );
  });

  it('leaves one that is alone as it is', async () => {
    assert.deepEqual(await join(() => undefined, says('3.12')), { contents: '3.12' });
    assert.deepEqual(await join(says(''), says('3.12')), { contents: '3.12' });
    assert.equal(await join(() => undefined, says('')), undefined);
  });

  it('shows the others where one fails', async () => {
    const fails: HoverProvider = async () => {
      throw new Error('broken');
    };
    assert.deepEqual(await join(fails, says('a')), { contents: 'a' });
    assert.equal(errors.length, 1);
  });
});
