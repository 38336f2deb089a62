// Every form of leaving a finding out by a comment, and the two actions that write such comments.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { wordRule } from './toy-rules.ts';
import { createToyService } from './toy-service.ts';

const a = wordRule('DL9001', 'a', undefined, {
  name: 'first-word',
  aliases: ['buildkit/FirstWord', 'dockerfile-utils/FIRST_WORD'],
});
const b = wordRule('own-rule', 'b', undefined, { name: 'own-rule' });
const { service } = createToyService([a, b]);
const codes = (text: string, configuration = defaultConfiguration) =>
  service.lint(text, configuration).map(({ code }) => code);

describe('an ignore comment', () => {
  const silent: [string, string][] = [
    ['above the instruction', '# hadolint ignore=DL9001\nRUN a'],
    ['with other ids', '# hadolint ignore=DL3008,DL9001,SC1\nRUN a'],
    ['with blanks', '#  hadolint   ignore = DL1 , DL9001 \nRUN a'],
    ['with a reason', '# hadolint ignore=DL9001 # because\nRUN a'],
    ['in lower case', '# hadolint ignore=dl9001\nRUN a'],
    ['by the name of the rule', '# hadolint ignore=first-word\nRUN a'],
    ['by an alias', '# hadolint ignore=buildkit/FirstWord\nRUN a'],
    ['by an alias without its tool', '# wheelhouse ignore=FirstWord\nRUN a'],
    ['of wheelhouse', '# wheelhouse ignore=DL9001\nRUN a'],
    ['with further comments below it', '# hadolint ignore=DL9001\n# more\n  # and more\nRUN a'],
    ['with CRLF', '# hadolint ignore=DL9001\r\n# more\r\nRUN a\r\n'],
    ['indented', '  # hadolint ignore=DL9001\n  RUN a'],
    ['above a multi-line instruction', '# hadolint ignore=DL9001\nRUN x \\\n  # inner\n  a'],
    ['for the whole file, at its end', 'RUN a\n\n# hadolint global ignore=DL9001'],
    ['for a stage', '# hadolint stage ignore=DL9001\nFROM x\nRUN a\n\nRUN a'],
    ['as a check above the instruction', '# x\n# check=skip=FirstWord\nRUN a'],
    ['as the check directive', '# check=skip=Other,FirstWord;error=true\nFROM x\nRUN a'],
    ['of tally', '# tally ignore=DL9001\nRUN a'],
    ['of tally, with a reason', '# tally ignore = x , FirstWord;reason=tests\nRUN a'],
    ['of tally, for the whole file', '# tally global ignore=buildkit/FirstWord\nFROM x\nRUN a'],
    ['of tally, of all', '# tally ignore=all\nRUN a'],
    ['of tally, by its name for hadolint’s ids', '# tally ignore=hadolint/DL9001\nRUN a'],
    ['with tally’s reason', '# hadolint ignore=DL9001;reason=tests\nRUN a'],
    ['of dockerfile-utils', '# dockerfile-utils: ignore\nRUN a'],
    ['of dockerfile-utils, with further comments below it', '# dockerfile-utils: ignore\n# x\nRUN a'],
    ['as a check of all', '# check=skip=all\nFROM x\nRUN a'],
  ];
  for (const [name, text] of silent) it(`${name} silences`, () => assert.deepEqual(codes(text), []));

  const loud: [string, string][] = [
    ['of another rule', '# hadolint ignore=DL9002\nRUN a'],
    ['with a blank line below it', '# hadolint ignore=DL9001\n\nRUN a'],
    ['with a blank line below it, CRLF', '# hadolint ignore=DL9001\r\n\r\nRUN a'],
    ['of the instruction before', '# hadolint ignore=DL9001\nRUN x\nRUN a'],
    ['inside the instruction', 'RUN x \\\n# hadolint ignore=DL9001\n a'],
    ['of the stage before', '# hadolint stage ignore=DL9001\nFROM x\nFROM y\nRUN a'],
    ['for a stage, not above a FROM', '# hadolint stage ignore=DL9001\nRUN a'],
    ['with the id behind a reason', '# hadolint ignore=DL1 # not DL9001\nRUN a'],
    ['of tally, of another rule', '# tally ignore=tally/other\nRUN a'],
    ['with all among the words of a reason', '# hadolint ignore=DL1 after all\nRUN a'],
    ['of dockerfile-utils with more text', '# dockerfile-utils: ignore it\nRUN a'],
    ['of dockerfile-utils, of the line before', '# dockerfile-utils: ignore\nRUN x\nRUN a'],
    ['that is none', '# hadolint ignores=DL9001\nRUN a'],
  ];
  for (const [name, text] of loud)
    it(`${name} does not silence`, () => assert.deepEqual(codes(text), ['DL9001']));

  it('silences only what it names', () => {
    assert.deepEqual(codes('# hadolint ignore=DL9001\nRUN a b'), ['own-rule']);
    assert.deepEqual(codes('# hadolint global ignore=DL9001\nRUN a\nRUN a b'), ['own-rule']);
  });

  it('for a stage holds from the line behind its FROM', () => {
    const onFrom = wordRule('DL9002', '', undefined, {
      create: () => ({ FROM: (from, ctx) => ctx.report(from.span, 'found', { word: 'x' }) }),
    });
    const own = createToyService([a, onFrom]).service;
    const found = own.lint('# hadolint stage ignore=DL9001,DL9002\nFROM x\nRUN a', defaultConfiguration);
    assert.deepEqual(
      found.map(({ code }) => code),
      ['DL9002'],
    );
  });

  it('has no effect where the configuration says so', () => {
    const strict = { ...defaultConfiguration, ignoreCommentsDisabled: true };
    for (const [, text] of silent) assert.ok(codes(text, strict).includes('DL9001'), text);
  });

  it('silences syntax errors by any of their ids', () => {
    const { service } = createToyService();
    const found = (text: string) => service.lint(text, defaultConfiguration).map(({ code }) => code);
    const text = 'FROM a:1\nUSER 1\nRUNN b\nHEALTHCHECK x\n';
    assert.deepEqual(found(text), ['unknown-instruction', 'unknown-healthcheck-type']);
    assert.deepEqual(found(`# hadolint global ignore=UNKNOWN_TYPE\n${text}`), ['unknown-instruction']);
    assert.deepEqual(found(`# hadolint global ignore=DL1000\n${text}`), []);
  });
});

describe('the ignore actions', () => {
  const texts: [string, string][] = [
    ['a plain file', 'FROM x\nRUN a b a\nRUN b a'],
    ['CRLF', 'FROM x\r\nRUN a \\\r\n  b\r\n'],
    ['an indented instruction', 'FROM x\n\tRUN a b'],
    ['a byte order mark', '\ufeffRUN a b'],
    ['directives', '# syntax=docker/dockerfile:1\n# escape=`\nFROM x\nRUN a `\n b'],
    ['a directive and nothing between', '# escape=`\nRUN a b'],
    ['an ignore comment', 'FROM x\n# hadolint ignore=DL1 # why\nRUN a b'],
    ['an ignore comment of ours', 'FROM x\n# wheelhouse ignore=x\nRUN a b'],
    ['an empty ignore comment', '# hadolint ignore=\nRUN a b'],
    ['another comment', '# note\nRUN a b'],
    ['an ignore comment and a blank line', '# hadolint ignore=DL1\n\nRUN a b'],
    ['a comment for the whole file', 'FROM x\n# hadolint global ignore=DL1\nRUN a b'],
    ['a heredoc', 'RUN x a <<EOF\na\nEOF\n'],
    ['ONBUILD', 'FROM x\nONBUILD RUN c\nRUN a b'],
  ];
  for (const [name, text] of texts) {
    it(`silence one finding after the other: ${name}`, () => {
      for (const action of ['ignoreHere', 'ignoreInFile'] as const) {
        let current = text;
        const before = codes(text).length;
        for (let step = 0; step < before; step++) {
          const [finding] = service.lint(current, defaultConfiguration);
          if (!finding) break;
          const edit = service[action](current, finding);
          assert.ok(edit, `${action} has an edit`);
          const next = applyEdits(current, [edit]);
          const left = codes(next);
          assert.ok(left.length < codes(current).length, `${action}: ${JSON.stringify(next)}`);
          if (text.includes('\r\n')) assert.doesNotMatch(next, /[^\r]\n/);
          assert.equal(next.lastIndexOf('\ufeff') > 0, false, 'a byte order mark stays at the beginning');
          current = next;
        }
        assert.deepEqual(codes(current), [], `${action}: ${JSON.stringify(current)}`);
      }
    });
  }

  it('add to the comment that is there, each tool to its own', () => {
    const here = (text: string) => {
      const [finding] = service.lint(text, defaultConfiguration);
      const edit = finding && service.ignoreHere(text, finding);
      return edit && applyEdits(text, [edit]);
    };
    assert.equal(here('# hadolint ignore=DL1 # why\nRUN a'), '# hadolint ignore=DL1,DL9001 # why\nRUN a');
    assert.equal(
      here('# hadolint ignore=DL1\nRUN b'),
      '# wheelhouse ignore=own-rule\n# hadolint ignore=DL1\nRUN b',
      'hadolint reads the line above alone',
    );
    assert.equal(
      here('# wheelhouse ignore=x\n# hadolint ignore=DL1\nRUN b'),
      '# wheelhouse ignore=x,own-rule\n# hadolint ignore=DL1\nRUN b',
    );
    assert.equal(
      here('# wheelhouse ignore=x\nRUN a'),
      '# wheelhouse ignore=x\n# hadolint ignore=DL9001\nRUN a',
    );
    assert.equal(here('  RUN b'), '  # wheelhouse ignore=own-rule\n  RUN b');
  });

  it('keep the directives first', () => {
    const text = '# escape=`\nRUN a';
    const [finding] = service.lint(text, defaultConfiguration);
    assert.ok(finding);
    const edited = applyEdits(text, [service.ignoreInFile(text, finding)]);
    assert.equal(edited, '# escape=`\n# hadolint global ignore=DL9001\nRUN a');
  });
});
