import { findWrongValue, labelOptions } from '../../facts/labels.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3053',
  name: 'label-not-rfc3339',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'labels',
  dependsOn: 'instruction',
  summary: 'A label that must be a time is none',
  why: 'Tools that sort images by `org.opencontainers.image.created` read RFC 3339, as in `2026-01-31T12:00:00Z` (OCI image specification, annotations). Asked for by `label-schema` in `.hadolint.yaml`, `--require-label` or the option.',
  messages: {
    wrong:
      'The settings of the linter ask for a time by RFC 3339 in the label `{key}`. Write it as in `2026-01-31T12:00:00Z`.',
  },
  options: labelOptions('rfc3339'),
  examples: {
    good: [
      { code: 'FROM debian:12\nLABEL a=2026-01-31T12:00:00Z', options: { labels: ['a:rfc3339'] } },
      { code: 'FROM debian:12\nARG VALUE\nLABEL a=$VALUE', options: { labels: ['a:rfc3339'] } },
      { code: 'FROM debian:12\nLABEL a=2026-01-31', note: 'nothing is asked of the label' },
    ],
    bad: [
      { code: 'FROM debian:12\nLABEL a=⟦2026-01-31⟧', options: { labels: ['a:rfc3339'] } },
      {
        code: 'FROM debian:12\nARG VALUE=2026-01-31\nLABEL b=1 a=⟦$VALUE⟧',
        options: { labels: ['a:rfc3339'] },
        note: 'by its value in the file',
      },
    ],
  },
  create: () => ({
    LABEL(label, { facts, options, report }) {
      const found = findWrongValue(facts, label, options, 'rfc3339', isValid);
      if (found) report(label.at(found.word), 'wrong', { key: found.key });
    },
  }),
});

const time = /^\s*-?(\d+)-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d*)?(?:[Zz]|[+-]\d\d:?\d\d)\s*$/;

/** As hadolint 2.15.1: blanks at the ends and any number of digits of the year are let through. */
function isValid(value: string): boolean {
  const match = time.exec(value);
  if (!match) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  if ((match[1]?.length ?? 0) < 2 || hour > 23 || minute > 59 || second > 60) return false;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
