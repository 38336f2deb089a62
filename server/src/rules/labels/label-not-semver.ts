import { findWrongValue, labelOptions } from '../../facts/labels.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3056',
  name: 'label-not-semver',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'labels',
  dependsOn: 'instruction',
  summary: 'A label that must be a version is none',
  why: 'Tools compare `org.opencontainers.image.version` by the rules of semantic versioning: three numbers, then a pre-release behind `-` and build data behind `+`; a leading `v` belongs to tags, not to versions (semver.org). Asked for by `label-schema` in `.hadolint.yaml`, `--require-label` or the option.',
  messages: {
    wrong:
      'The settings of the linter ask for a version of three numbers in the label `{key}`. Write it as in `1.2.0`, without a leading `v`.',
  },
  options: labelOptions('semver'),
  examples: {
    good: [
      { code: 'FROM debian:12\nLABEL a=1.2.0', options: { labels: ['a:semver'] } },
      { code: 'FROM debian:12\nARG VALUE\nLABEL a=$VALUE', options: { labels: ['a:semver'] } },
      { code: 'FROM debian:12\nLABEL a=v1.2.0', note: 'nothing is asked of the label' },
    ],
    bad: [
      { code: 'FROM debian:12\nLABEL a=⟦v1.2.0⟧', options: { labels: ['a:semver'] } },
      {
        code: 'FROM debian:12\nARG VALUE=v1.2.0\nLABEL b=1 a=⟦$VALUE⟧',
        options: { labels: ['a:semver'] },
        note: 'by its value in the file',
      },
    ],
  },
  create: () => ({
    LABEL(label, { facts, options, report }) {
      const found = findWrongValue(facts, label, options, 'semver', isValid);
      if (found) report(label.at(found.word), 'wrong', { key: found.key });
    },
  }),
});

const name = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
/** As hadolint 2.15.1: leading zeros and an empty pre-release are let through. */
const version = new RegExp(`^\\d+\\.\\d+\\.\\d+(?:-(?:${name})?)?(?:\\+(?:${name})?)?$`);

function isValid(value: string): boolean {
  return version.test(value);
}
