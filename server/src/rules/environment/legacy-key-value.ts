import { hasSecretName } from '../../facts/secret-variables.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { Instruction, KeyValues } from '../../syntax/tree.ts';

const messages = {
  legacy: 'This is the old form of {keyword}, which takes one pair only. Write `{keyword} {key}={value}`.',
} as const;

export default defineRule({
  code: 'LegacyKeyValueFormat',
  name: 'legacy-key-value',
  aliases: ['buildkit/LegacyKeyValueFormat'],
  since: '0.2.0',
  severity: 'style',
  recommended: { level: 'hint', because: 'The build reads both forms alike.' },
  family: 'environment',
  summary: 'ENV or LABEL with a blank instead of an equals sign',
  why: 'In `ENV ONE TWO= THREE=world` the whole rest is the value of ONE, which hardly anyone expects. Docker keeps the form without an equals sign for old files only, advises against it and may remove it (Dockerfile reference, "ENV").',
  messages,
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nENV LANG=C.UTF-8 GREETING="good morning"\nLABEL title="a b"' },
      { code: 'FROM debian:12\nARG VERSION' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nENV ⟦LANG⟧ C.UTF-8\nLABEL ⟦title⟧ a model server',
        fixed: 'FROM debian:12\nENV LANG=C.UTF-8\nLABEL title="a model server"',
      },
      {
        code: 'FROM debian:12\nENV ⟦PATH⟧   /opt/conda/bin:$PATH',
        fixed: 'FROM debian:12\nENV PATH=/opt/conda/bin:$PATH',
      },
      {
        code: 'FROM debian:12\nENV ⟦FLAGS⟧ -O2 \\\n    -g',
        fixed: 'FROM debian:12\nENV FLAGS="-O2 \\\n    -g"',
        note: 'blanks at the beginning of a line belong to the value in both forms',
      },
      { code: 'FROM debian:12\nENV ⟦NAME⟧ "a b"', fixed: 'FROM debian:12\nENV NAME="a b"' },
      {
        code: 'FROM debian:12\nENV ⟦NAME⟧ a "b c"',
        note: 'no fix, as quotes in the midst of a text need a look',
      },
    ],
  },
  create: () => {
    const check = (instruction: Instruction<KeyValues>, { report }: RuleContext<typeof messages>) => {
      const { node, at } = instruction;
      const pair = node.pairs[0];
      if (!pair?.legacy || !pair.value) return;
      const { key, value } = pair;
      const isPlain = !/["'\\`]/.test(value.raw);
      const isQuoted = /^(?:"[^"\\`]*"|'[^'\\`]*')$/.test(value.raw);
      const quote = isPlain && /\s/.test(value.raw) ? '"' : '';
      // A report may go where the file does not.
      const isShort =
        !hasSecretName(key.value, false) && (isPlain || isQuoted) && /^.{1,60}$/.test(value.raw);
      const example = isShort ? quote + value.raw + quote : '"…"';
      const data = { keyword: node.keyword, key: key.value, value: example };
      report(at(key), 'legacy', data, (): Fix | undefined => {
        const hidesComment = node.comments.some(({ from }) => from > key.to && from < value.from);
        if ((!isPlain && !isQuoted) || hidesComment) return undefined;
        const end = at({ from: value.to, to: value.to });
        return {
          title: 'Write it with an equals sign',
          safety: 'safe',
          edits: [
            { span: at({ from: key.to, to: value.from }), text: `=${quote}` },
            ...(quote ? [{ span: end, text: quote }] : []),
          ],
        };
      });
    };
    return { ENV: check, LABEL: check };
  },
});
