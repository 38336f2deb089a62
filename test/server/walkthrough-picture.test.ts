// What the walkthrough's picture of a finding shows is what one sees of that very Dockerfile.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';

test('the picture of the walkthrough shows a finding of its Dockerfile, with a fix before all else', async () => {
  const picture = readFileSync(new URL('../../media/walkthrough/lint.svg', import.meta.url), 'utf8');
  const texts = [...picture.matchAll(/<text x="(\d+)"[^>]*>(.*?)<\/text>/g)].map(([, x, inner = '']) => ({
    x,
    words: inner.replace(/<[^>]+>/g, ''),
  }));
  const at = (wanted: string) => texts.flatMap(({ x, words }) => (x === wanted ? [words] : []));
  const lines = at('64');
  const [message = '', ...rows] = at('80');
  const [code = ''] = at('456');
  const service = createService({
    ports: { readFile: async () => undefined, log: (_level, message) => assert.fail(message) },
    parseShell: await loadTestShellParser(),
  });
  const found = service.lint(`${lines.join('\n')}\n`, defaultConfiguration);
  const finding = found.find((one) => one.code === code);
  assert.ok(finding, code);
  assert.ok(finding.message.startsWith(message.replace(/,? …$/, '')), finding.message);
  assert.deepEqual(rows, [
    ...finding.fixes().map(({ title }) => title),
    `Ignore ${code} here`,
    `Open the page of ${code}`,
  ]);
  assert.ok(finding.fixes().length > 0);
});
