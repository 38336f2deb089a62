import { findWrongValue, labelOptions } from '../../facts/labels.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3058',
  name: 'label-not-email',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'labels',
  dependsOn: 'instruction',
  summary: 'A label that must be an e-mail address is none',
  why: 'Whoever finds a fault in an image writes to the address in its labels. Asked for by `label-schema` in `.hadolint.yaml`, `--require-label` or the option.',
  messages: {
    wrong:
      'The settings of the linter ask for an e-mail address in the label `{key}`. Write it as in `team@example.org`.',
  },
  options: labelOptions('email'),
  examples: {
    good: [
      { code: 'FROM debian:12\nLABEL a=a@example.org', options: { labels: ['a:email'] } },
      { code: 'FROM debian:12\nARG VALUE\nLABEL a=$VALUE', options: { labels: ['a:email'] } },
      { code: 'FROM debian:12\nLABEL a=Ada', note: 'nothing is asked of the label' },
    ],
    bad: [
      { code: 'FROM debian:12\nLABEL a=⟦Ada⟧', options: { labels: ['a:email'] } },
      {
        code: 'FROM debian:12\nARG VALUE=Ada\nLABEL b=1 a=⟦$VALUE⟧',
        options: { labels: ['a:email'] },
        note: 'by its value in the file',
      },
    ],
  },
  create: () => ({
    LABEL(label, { facts, options, report }) {
      const found = findWrongValue(facts, label, options, 'email', isValid);
      if (found) report(label.at(found.word), 'wrong', { key: found.key });
    },
  }),
});

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const host = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
/** The addresses of RFC 5322 that are in use: no comments, and the domain as names or a number in brackets. */
const address = new RegExp(
  `^\\s*(?:${atom}(?:\\.${atom})*|"[^"\\\\\\r\\n]*")@(?:${host}(?:\\.${host})*\\.?|\\[[0-9A-Fa-f:.]+\\])\\s*$`,
);

function isValid(value: string): boolean {
  return address.test(value);
}
