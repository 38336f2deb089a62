import { findWrongValue, labelOptions } from '../../facts/labels.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3055',
  name: 'label-not-git-hash',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'labels',
  dependsOn: 'instruction',
  summary: 'A label that must be a git hash is none',
  why: 'The revision in `org.opencontainers.image.revision` finds the source of a running image only when it is the commit itself: 40 lower-case hexadecimal digits, or the first 7. Asked for by `label-schema` in `.hadolint.yaml`, `--require-label` or the option.',
  messages: {
    wrong:
      'The settings of the linter ask for the hash of a commit in the label `{key}`. Write what `git rev-parse HEAD` prints, or its first 7 digits.',
  },
  options: labelOptions('hash'),
  examples: {
    good: [
      { code: 'FROM debian:12\nLABEL a=abcdef0', options: { labels: ['a:hash'] } },
      { code: 'FROM debian:12\nARG VALUE\nLABEL a=$VALUE', options: { labels: ['a:hash'] } },
      { code: 'FROM debian:12\nLABEL a=main', note: 'nothing is asked of the label' },
    ],
    bad: [
      { code: 'FROM debian:12\nLABEL a=⟦main⟧', options: { labels: ['a:hash'] } },
      {
        code: 'FROM debian:12\nARG VALUE=main\nLABEL b=1 a=⟦$VALUE⟧',
        options: { labels: ['a:hash'] },
        note: 'by its value in the file',
      },
    ],
  },
  create: () => ({
    LABEL(label, { facts, options, report }) {
      const found = findWrongValue(facts, label, options, 'hash', isValid);
      if (found) report(label.at(found.word), 'wrong', { key: found.key });
    },
  }),
});

function isValid(value: string): boolean {
  return /^(?:[0-9a-f]{7}|[0-9a-f]{40})$/.test(value);
}
