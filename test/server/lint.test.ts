// The runner and the fixes: rules that throw, order, laziness, conflicts; and what the rule contract refuses to compile.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { collectSafeEdits, fixAll, safeFix } from '../../server/src/lint/fix.ts';
import { defineRule, type Rule } from '../../server/src/lint/rule.ts';
import { rules } from '../../server/src/rules/index.ts';
import missingArgument from '../../server/src/rules/syntax/missing-argument.ts';
import unknownInstruction from '../../server/src/rules/syntax/unknown-instruction.ts';
import unterminatedHeredoc from '../../server/src/rules/syntax/unterminated-heredoc.ts';
import type { Keyword } from '../../server/src/syntax/tree.ts';
import { createTestLinter } from './linter.ts';
import { sliceOf } from './texts.ts';
import { brokenRule, editRule, wordRule } from './toy-rules.ts';
import { createToyService } from './toy-service.ts';

const lint = await createTestLinter();
const codes = (rules: readonly Rule[], text: string) => lint(text, rules).map(({ code }) => code);

describe('a rule that throws', () => {
  for (const where of ['create', 'RUN', 'end'] as const) {
    it(`in ${where} is logged once and hides nothing`, () => {
      const { service, log } = createToyService([brokenRule('B1', where), wordRule('W1', 'a')]);
      const found = () => service.lint('RUN a\nRUN a', defaultConfiguration).map(({ code }) => code);
      const own = where === 'create' ? [] : ['B1', 'B1'];
      assert.deepEqual(found().sort(), [...own, 'W1', 'W1']);
      assert.deepEqual(found().sort(), [...own, 'W1', 'W1']);
      assert.equal(log.length, 1);
      assert.match(log[0] ?? '', /^error: Rule B1 failed: Error: B1 is broken/);
    });
  }

  it('in its fix has no fix, and is logged once', () => {
    const { service, log } = createToyService([brokenRule('B1', 'fix'), wordRule('W1', 'a', 'b')]);
    const [finding] = service.lint('RUN a', defaultConfiguration);
    assert.deepEqual(finding?.fixes(), []);
    assert.equal(service.fixAll('RUN a', defaultConfiguration), 'RUN b');
    assert.equal(log.length, 1);
  });
});

describe('findings', () => {
  it('come by position, then by code, whatever the order of the rules', () => {
    const rules = [wordRule('Z1', 'a'), wordRule('A1', 'b'), wordRule('M1', 'a')];
    assert.deepEqual(codes(rules, 'RUN a b\nRUN b a'), ['M1', 'Z1', 'A1', 'A1', 'M1', 'Z1']);
    assert.deepEqual(codes([...rules].reverse(), 'RUN a b\nRUN b a'), ['M1', 'Z1', 'A1', 'A1', 'M1', 'Z1']);
  });

  it('of sound instructions stay in a file with errors', () => {
    const text = 'FROM a\nRUNN x\nRUN a\nUSER\nRUN a\nRUN a <<EOF\nnever ended';
    const found = lint(text, [wordRule('W1', 'a')]).filter(({ code }) => code === 'W1');
    assert.deepEqual(
      found.map(({ span }) => span.start),
      [text.indexOf('a\nUSER\n'), text.indexOf('a\nRUN a <<'), text.indexOf('a <<')],
    );
    assert.deepEqual(
      lint(text, [missingArgument, unknownInstruction, unterminatedHeredoc]).map(({ code }) => code),
      ['unknown-instruction', 'missing-argument', 'unterminated-heredoc'],
    );
  });

  it('have their message filled', () => {
    assert.deepEqual(
      lint('RUN a', [wordRule('W1', 'a')]).map(({ message }) => message),
      ['Found `a`.'],
    );
  });

  it('are made of messages and fixes only when they survive and when they are asked for', () => {
    let messages = 0;
    let fixes = 0;
    const rule = defineRule({
      ...wordRule('W1', 'a'),
      messages: { found: '{x}' },
      create: () => ({
        RUN(run, ctx) {
          const data = {
            get x() {
              messages++;
              return 'x';
            },
          };
          ctx.report(run.at(run.node.body), 'found', data, () => {
            fixes++;
            return { title: 'Nothing', safety: 'safe', edits: [] };
          });
        },
      }),
    });
    const text = '# hadolint ignore=W1\nRUN a\nRUN a\n';
    const findings = lint(text, [rule]);
    assert.deepEqual([findings.length, messages, fixes], [1, 0, 0]);
    const [finding] = findings;
    assert.equal(finding?.message, 'x');
    assert.equal(finding?.fixes().length, 1);
    finding?.fixes();
    assert.deepEqual([messages, fixes], [1, 1], 'the fix is made once');
  });

  it('see instructions behind ONBUILD only where the rule asks for it', () => {
    const text = 'ONBUILD RUN a';
    assert.deepEqual(codes([wordRule('W1', 'a')], text), []);
    const [finding] = lint(text, [wordRule('W1', 'a', undefined, { onbuild: true })]);
    assert.deepEqual(finding?.span, { start: 12, end: 13 });
  });
});

describe('fixes', () => {
  it('that touch the same text: the first by position wins, and the next round has another look', () => {
    const grow = editRule('E1', ({ at, node }) => [{ span: at(node.body), text: 'b' }]);
    const rules = [wordRule('W1', 'a', 'c'), grow];
    const text = 'RUN a';
    const findings = lint(text, rules);
    assert.equal(findings.filter(safeFix).length, 2);
    assert.deepEqual(collectSafeEdits(findings), [{ span: { start: 4, end: 5 }, text: 'b' }]);
    assert.equal(
      fixAll(text, (current) => lint(current, [wordRule('W1', 'a', 'b'), wordRule('W2', 'b', 'c')])),
      'RUN c',
    );
  });

  it('apply together where they touch different text', () => {
    const text = 'RUN a\nRUN b a';
    const rules = [wordRule('W1', 'a', 'long-er'), wordRule('W2', 'b', '')];
    assert.equal(
      fixAll(text, (current) => lint(current, rules)),
      'RUN long-er\nRUN  long-er',
    );
  });

  it('that never come to rest end after ten rounds', () => {
    const rules = [editRule('E1', ({ span }) => [{ span: { start: span.end, end: span.end }, text: 'x' }])];
    let rounds = 0;
    const fixed = fixAll('RUN a', (current) => {
      rounds++;
      return lint(current, rules);
    });
    assert.deepEqual([fixed, rounds], ['RUN axxxxxxxxxx', 10]);
  });

  it('that are not safe stay out of fix-all', () => {
    const unsafe = defineRule({
      ...wordRule('W1', 'a'),
      messages: { found: 'Found.' },
      create: () => ({
        RUN: (run, ctx) =>
          ctx.report(run.span, 'found', undefined, () => ({
            title: 'Cut',
            safety: 'unsafe',
            edits: [{ span: run.span, text: '' }],
          })),
      }),
    });
    assert.equal(
      fixAll('RUN a', (current) => lint(current, [unsafe])),
      'RUN a',
    );
  });

  it('do not touch an instruction with a syntax error, be the finding there or elsewhere', () => {
    const text = 'RUN a\nRUN a <<EOF\nnever ended';
    const rules = [
      wordRule('W1', 'a', 'b'),
      editRule('E1', () => [{ span: { start: text.indexOf('a <<'), end: text.indexOf(' <<') }, text: 'c' }]),
    ];
    const found = lint(text, rules);
    assert.deepEqual(
      found.map(({ code, span, fixes }) => [code, sliceOf(text, span), fixes().length]),
      [
        ['E1', 'RUN', 0],
        ['W1', 'a', 1],
        ['E1', 'RUN', 0],
        ['W1', 'a', 0],
      ],
    );
    assert.equal(
      fixAll(text, (current) => lint(current, rules)),
      'RUN b\nRUN a <<EOF\nnever ended',
    );
  });

  it('of the syntax error itself are made by the rule that finds it', () => {
    const [found] = lint('FROM a\nRUN a <<EOF\nnever ended', [unterminatedHeredoc]);
    assert.deepEqual(
      found?.fixes().map(({ title }) => title),
      ['Close it at the end of the file'],
    );
  });

  it('are not made for a finding in an instruction with a syntax error, even where they edit another', () => {
    const above = editRule('E1', () => [{ span: { start: 0, end: 0 }, text: '# x\n' }]);
    const found = lint('FROM a\nRUN a <<EOF\nnever ended', [above]).filter(({ code }) => code === 'E1');
    assert.deepEqual(
      found.map(({ fixes }) => fixes()),
      [[]],
    );
  });
});

const keywords: Record<Keyword, true> = {
  ...{
    FROM: true,
    RUN: true,
    CMD: true,
    ENTRYPOINT: true,
    COPY: true,
    ADD: true,
    ENV: true,
    LABEL: true,
    ARG: true,
  },
  ...{
    HEALTHCHECK: true,
    ONBUILD: true,
    USER: true,
    WORKDIR: true,
    EXPOSE: true,
    VOLUME: true,
    STOPSIGNAL: true,
  },
  ...{ SHELL: true, MAINTAINER: true, UNKNOWN: true },
};

describe('the rule contract', () => {
  it('has visitors for instructions that there are (the compiler lets a misspelt one pass)', () => {
    for (const rule of rules) {
      const others = ['end', 'unusedIgnores'];
      const visitors = Object.keys(rule.create()).filter(
        (key) => !others.includes(key) && !(key in keywords),
      );
      assert.deepEqual(visitors, [], rule.code);
    }
  });

  it('refuses wrong message ids, data and options when it compiles', () => {
    const { code, name, aliases, since, severity, family, summary, why, examples } = wordRule('T1', 'a');
    defineRule({
      ...{ code, name, aliases, since, severity, family, summary, why, examples },
      messages: { bare: 'No data.', filled: '`{word}` and {count}.' },
      options: {
        limit: { default: 3, description: 'A number.' },
        names: { default: ['a'], description: 'Names.' },
      },
      create: () => ({
        RUN({ span }, ctx) {
          ctx.report(span, 'bare');
          ctx.report(span, 'filled', { word: 'x', count: ctx.options.limit });
          // @ts-expect-error there is no such message
          ctx.report(span, 'other');
          // @ts-expect-error a placeholder has no value
          ctx.report(span, 'filled', { word: 'x' });
          // @ts-expect-error a value has no placeholder
          ctx.report(span, 'filled', { word: 'x', count: 1, more: 2 });
          // @ts-expect-error this message takes no data
          ctx.report(span, 'bare', { word: 'x' });
          // @ts-expect-error the option is a number
          const text: string = ctx.options.limit;
          // @ts-expect-error there is no such option
          const none = ctx.options.other;
          const names: readonly string[] = ctx.options.names;
          return void [text, none, names];
        },
        USER({ node }) {
          // @ts-expect-error only FROM has an alias
          return void node.alias;
        },
      }),
    });
    // What counts here is `tsc -p .`: each expected error must be one.
  });

  it('refuses a local place where one of the file belongs', () => {
    defineRule({
      ...wordRule('T2', 'a'),
      messages: { found: 'Found.' },
      create: () => ({
        RUN(run, ctx) {
          // @ts-expect-error positions inside an instruction are converted with run.at(…)
          ctx.report(run.node.body, 'found');
        },
      }),
    });
  });
});

describe('a file without a word', () => {
  for (const text of ['', '\n \n', '\uFEFF']) {
    it(`is an error at its beginning: ${JSON.stringify(text)}`, () => {
      const [finding] = lint(text, rules);
      assert.equal(finding?.code, 'missing-from');
      assert.deepEqual(finding.span, { start: 0, end: 0 });
    });
  }
});
