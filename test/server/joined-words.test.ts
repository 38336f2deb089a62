// A line that goes on in the middle of a word changes nothing: every example of every rule is cut within words, and is found
// the same at the same places, with the same fix.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { fixAll } from '../../server/src/lint/fix.ts';
import { withoutMarkers } from '../../server/src/lint/markers.ts';
import type { Example, Rule } from '../../server/src/lint/rule.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { rules } from '../../server/src/rules/index.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';
import { createTestLinter } from './linter.ts';
import { createRandom } from './texts.ts';

const lint = await createTestLinter();
/** Each example is cut so often. */
const times = Number(process.env.WHEELHOUSE_CUTS ?? 4);
/** The offsets between two characters of a word that may be cut: outside of comments and bodies of heredocs. */
function placesToCut(text: string): number[] {
  const { instructions, escape } = parseDockerfile(text);
  return instructions.flatMap(({ span, node, at }) => {
    if (node.joins.length > 0) return [];
    const { end } = at({ from: 0, to: node.plain.length });
    const comments = node.comments.map(at);
    return Array.from({ length: Math.max(0, end - span.start - 1) }, (_, i) => span.start + i + 1).filter(
      (offset) => {
        const [before = '', behind = ''] = text.slice(offset - 1, offset + 1);
        const isWord = /[^\s\\`]/.test(before) && /[^\s\\`#]/.test(behind);
        return (
          isWord && escape === '\\' && !comments.some(({ start, end }) => start <= offset && offset <= end)
        );
      },
    );
  });
}

/** What is read of a text, whatever its lines: a fix adds one to what stands on several. */
const reading = (text: string) =>
  parseDockerfile(text).instructions.map(
    ({ node }) => node.plain.replace(/\s+/g, ' ') + node.text.slice(node.plain.length),
  );

const cutMark = '\\\n';

function check(
  rule: Rule,
  example: Example,
  random: () => number,
  context: Parameters<typeof lint>[3],
): void {
  const { text } = withoutMarkers(example.code);
  const places = placesToCut(text);
  if (places.length === 0) return;
  const levels = new Map([[rule.code, 'warning' as const]]);
  const options = new Map([[rule.code, example.options ?? {}]]);
  const configuration = { ...defaultConfiguration, levels, options };
  const company = 'unusedIgnores' in rule.create() ? rules : [rule];
  const find = (code: string) =>
    lint(code, company, configuration, context).filter(({ code }) => code === rule.code);
  const expected = find(text).map(({ span, message }) => ({ ...span, message }));
  const fixed = fixAll(text, find);
  for (let i = 0; i < times; i++) {
    const cut = places[Math.floor(random() * places.length)] ?? 0;
    const bent = text.slice(0, cut) + cutMark + text.slice(cut);
    const moved = (offset: number, isEnd: boolean) =>
      offset > cut || (offset === cut && !isEnd) ? offset + cutMark.length : offset;
    const found = find(bent).map(({ span, message }) => ({ ...span, message }));
    assert.deepEqual(
      found,
      expected.map(({ start, end, message }) => ({
        start: moved(start, false),
        end: moved(end, true),
        message,
      })),
      JSON.stringify(bent),
    );
    assert.deepEqual(reading(fixAll(bent, find)), reading(fixed), JSON.stringify(bent));
  }
}

describe('a word that is cut by a continuation', () => {
  for (const rule of rules) {
    it(`is one to ${rule.code} (${rule.name})`, async () => {
      const random = createRandom(5);
      for (const example of [...rule.examples.good, ...rule.examples.bad]) {
        check(rule, example, random, example.context && (await contextOfTexts(example.context)));
      }
    });
  }
});
