import { lateLicences, licences } from '../../data/licences.ts';
import { findWrongValue, labelOptions } from '../../facts/labels.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3054',
  name: 'label-not-spdx',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'labels',
  dependsOn: 'instruction',
  summary: 'A label that must be a licence is not one of SPDX',
  why: 'Scanners read `org.opencontainers.image.licenses` by the short identifiers of the SPDX License List, as `Apache-2.0`; `Apache 2.0` or `apache-2.0` is none to them. One identifier, as for hadolint: no expression. Asked for by `label-schema` in `.hadolint.yaml`, `--require-label` or the option.',
  messages: {
    wrong:
      'The settings of the linter ask for a licence of the SPDX License List in the label `{key}`. Write it as in `Apache-2.0`.',
  },
  options: {
    ...labelOptions('spdx'),
    lateLicences: {
      default: true,
      description: 'Accept licences that came into the SPDX License List lately.',
      hadolint: {
        value: false,
        reason: 'The list grows by some licences a year; hadolint 2.15 has one of 2023 built in.',
        example: 'FROM debian:12\nLABEL a=FSL-1.1-MIT\n',
        options: { labels: ['a:spdx'] },
      },
    },
  },
  examples: {
    good: [
      { code: 'FROM debian:12\nLABEL a=Apache-2.0', options: { labels: ['a:spdx'] } },
      { code: 'FROM debian:12\nARG VALUE\nLABEL a=$VALUE', options: { labels: ['a:spdx'] } },
      { code: 'FROM debian:12\nLABEL a=ours', note: 'nothing is asked of the label' },
    ],
    bad: [
      { code: 'FROM debian:12\nLABEL a=⟦"Apache 2.0"⟧', options: { labels: ['a:spdx'] } },
      { code: 'FROM debian:12\nLABEL b=1 a=⟦mit⟧', options: { labels: ['a:spdx'] } },
    ],
  },
  create: () => ({
    LABEL(label, { facts, options, report }) {
      const isValid = (value: string) => {
        const id = value.trimEnd();
        return licences.has(id) && (options.lateLicences || !lateLicences.has(id));
      };
      const found = findWrongValue(facts, label, options, 'spdx', isValid);
      if (found) report(label.at(found.word), 'wrong', { key: found.key });
    },
  }),
});
