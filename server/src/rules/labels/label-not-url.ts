import { findWrongValue, labelOptions } from '../../facts/labels.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3052',
  name: 'label-not-url',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'labels',
  dependsOn: 'instruction',
  summary: 'A label that must be a URL is none',
  why: 'Registries and dashboards make links of labels such as `org.opencontainers.image.source` and `.documentation` (OCI image specification, annotations), and a value without a scheme leads nowhere. Asked for by `label-schema` in `.hadolint.yaml`, `--require-label` or the option.',
  messages: {
    wrong:
      'The settings of the linter ask for a URL in the label `{key}`. Write it with its scheme, as in `https://example.org/team/app`.',
  },
  options: labelOptions('url'),
  examples: {
    good: [
      { code: 'FROM debian:12\nLABEL a=https://example.org/a', options: { labels: ['a:url'] } },
      { code: 'FROM debian:12\nARG VALUE\nLABEL a=$VALUE', options: { labels: ['a:url'] } },
      { code: 'FROM debian:12\nLABEL a=example.org/a', note: 'nothing is asked of the label' },
    ],
    bad: [
      { code: 'FROM debian:12\nLABEL a=⟦example.org/a⟧', options: { labels: ['a:url'] } },
      {
        code: 'FROM debian:12\nARG VALUE=example.org/a\nLABEL b=1 a=⟦$VALUE⟧',
        options: { labels: ['a:url'] },
        note: 'by its value in the file',
      },
    ],
  },
  create: () => ({
    LABEL(label, { facts, options, report }) {
      const found = findWrongValue(facts, label, options, 'url', isValid);
      if (found) report(label.at(found.word), 'wrong', { key: found.key });
    },
  }),
});

const chars = "A-Za-z0-9._~!$&'()*+,;=:@/-";
const part = `(?:[${chars}]|%[0-9A-Fa-f]{2})*`;
const query = `(?:[${chars}?]|%[0-9A-Fa-f]{2})*`;
/** RFC 3986 with a scheme, without a look into the authority but for its port. */
const url = new RegExp(
  `^[A-Za-z][A-Za-z0-9+.-]*:(?://(?:\\[[0-9A-Fa-f:.]+\\]|(?:[A-Za-z0-9._~!$&'()*+,;=:%-]*@)?[A-Za-z0-9._~!$&'()*+,;=%-]*)(?::\\d*)?(?:/${part})?|(?!//)${part})(?:\\?${query})?(?:#${part})?$`,
);

function isValid(value: string): boolean {
  return url.test(value);
}
