import { readSchema, schemaOption } from '../../facts/labels.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3051',
  name: 'label-empty',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'labels',
  dependsOn: 'instruction',
  summary: 'A required label is empty',
  why: 'A label that must be there is there for somebody who filters images by it or reads it, and an empty one tells them nothing. Asked for by `label-schema` in `.hadolint.yaml`, `--require-label` or the option.',
  messages: {
    empty:
      'The settings of the linter require the label `{key}`, and it is empty here. Write `{key}="<value>"`.',
  },
  options: { labels: schemaOption },
  examples: {
    good: [
      { code: 'FROM debian:12\nLABEL a=1 b=""', options: { labels: ['a:text'] } },
      { code: 'FROM debian:12\nLABEL a=""', note: 'nothing is asked of the label' },
    ],
    bad: [{ code: 'FROM debian:12\nLABEL b="" ⟦a⟧=""', options: { labels: ['a:text'] } }],
  },
  create: () => ({
    LABEL(label, { options, report }) {
      if (options.labels.length === 0) return;
      const schema = readSchema(options.labels);
      const empty = label.node.pairs.find(({ key, value }) => value?.value === '' && schema.has(key.value));
      if (empty) report(label.at(empty.key), 'empty', { key: empty.key.value });
    },
  }),
});
