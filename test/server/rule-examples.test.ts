// Every example of every rule: good is silent, bad fires on the marked spans, `fixed` is the exact result of the fix and
// silent again. The variations repeat them with CRLF, lower-case keywords, continuation lines, in a heredoc and under
// ONBUILD, where that keeps the meaning.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { BuildContext } from '../../server/src/facts/build-context.ts';
import { type Finding, spansOf } from '../../server/src/lint/finding.ts';
import { fixAll, safeFix } from '../../server/src/lint/fix.ts';
import { withoutMarkers } from '../../server/src/lint/markers.ts';
import type { Example, Rule } from '../../server/src/lint/rule.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { rules } from '../../server/src/rules/index.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { createTestLinter } from './linter.ts';
import { variations } from './variations.ts';

const lint = await createTestLinter();
/** Lints with one rule, under an example's options. */
const contexts = new Map<Example, BuildContext>();
for (const example of rules.flatMap(({ examples }) => [...examples.good, ...examples.bad])) {
  if (example.context) contexts.set(example, await contextOfTexts(example.context));
}
const linterOf = (rule: Rule, example: Example) => {
  const { options = {} } = example;
  const context = contexts.get(example);
  const levels = new Map([[rule.code, 'warning' as const]]);
  const configuration = { ...defaultConfiguration, levels, options: new Map([[rule.code, options]]) };
  // What ignore comments are there for, all rules together tell.
  const company = 'unusedIgnores' in rule.create() ? rules : [rule];
  return (code: string) =>
    lint(code, company, configuration, context).filter((finding) => finding.code === rule.code);
};
type Lint = ReturnType<typeof linterOf>;

/** Those of a finding that is reported once for several places are all marked. */
const placesOf = (findings: readonly Finding[]) =>
  findings
    .flatMap(spansOf)
    .map(({ start, end }) => [start, end] as const)
    .sort(([a], [b]) => a - b);

for (const rule of rules) {
  describe(`${rule.code} (${rule.name})`, () => {
    for (const example of rule.examples.good) {
      it(`is silent: ${title(example)}`, () => {
        const only = linterOf(rule, example);
        assert.deepEqual(only(example.code), []);
        for (const [name, vary] of variations(rule)) {
          const varied = vary(example.code);
          if (varied !== undefined) assert.deepEqual(only(varied), [], name);
        }
      });
    }
    for (const example of rule.examples.bad) {
      it(`fires: ${title(example)}`, () => {
        const only = linterOf(rule, example);
        checkSpans(only, example.code, 'as written');
        for (const [name, vary] of variations(rule)) {
          const varied = vary(example.code);
          if (varied !== undefined) checkSpans(only, varied, name);
        }
      });
      const { fixedManifest } = example;
      if (fixedManifest !== undefined) {
        it(`fixes pyproject.toml: ${title(example)}`, async () => {
          const [finding] = linterOf(rule, example)(withoutMarkers(example.code).text);
          const edits = finding?.fixes()[0]?.manifestEdits ?? [];
          const manifest = contexts.get(example)?.manifest?.text ?? '';
          assert.equal(applyEdits(manifest, edits), fixedManifest);
        });
      }
      if (example.fixed === undefined) continue;
      const { fixed } = example;
      it(`fixes: ${title(example)}`, () => {
        const only = linterOf(rule, example);
        assert.equal(applyFix(only, withoutMarkers(example.code).text), fixed);
        assert.deepEqual(only(fixed), [], 'the fixed text is silent');
        for (const [name, vary] of variations(rule)) {
          if (name === 'ONBUILD') continue;
          const varied = vary(example.code);
          if (varied === undefined) continue;
          const mended = applyFix(only, withoutMarkers(varied).text);
          assert.deepEqual(only(mended), [], `${name}: ${mended}`);
          if (name === 'CRLF') assert.ok(!/[^\r]\n/.test(mended), 'line endings stay CRLF');
        }
      });
    }
  });
}

function title({ code }: Example): string {
  return withoutMarkers(code).text.split('\n').slice(1).join(' ⏎ ').slice(0, 70);
}

function checkSpans(only: Lint, marked: string, name: string): void {
  const { text, spans } = withoutMarkers(marked);
  assert.ok(spans.length > 0, 'a bad example marks what is found');
  const findings = only(text);
  assert.deepEqual(
    placesOf(findings),
    spans.map(({ start, end }) => [start, end]),
    `${name}: ${JSON.stringify(text)}`,
  );
  for (const { message } of findings)
    assert.doesNotMatch(message, /[{}]\w+\}/, 'every placeholder is filled');
}

/** What the safe fixes make of a text, or the first fix of each finding where none is safe. */
function applyFix(only: Lint, text: string): string {
  const findings = only(text);
  if (findings.some(safeFix)) return fixAll(text, (current) => only(current));
  const fixes = findings.flatMap((finding) => finding.fixes().slice(0, 1));
  return applyEdits(
    text,
    fixes.flatMap((fix) => [...fix.edits]),
  );
}
