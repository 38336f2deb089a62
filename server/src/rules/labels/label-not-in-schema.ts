import { readSchema, schemaOption } from '../../facts/labels.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3050',
  name: 'label-not-in-schema',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'labels',
  dependsOn: 'instruction',
  summary: 'A label that the label schema does not know',
  why: 'Where `strict-labels` is set, images have the labels of the schema and no others, so that a misspelt key such as `org.opencontainers.image.sources` shows at once. Set by `strict-labels` in `.hadolint.yaml`, `--strict-labels` or the option.',
  messages: {
    unknown:
      'The label `{key}` is not among those that the settings of the linter allow. Take it out, or add it there to the option `labels`.',
  },
  options: {
    labels: schemaOption,
    strict: { default: false, description: 'Allow the labels of the schema alone.' },
  },
  examples: {
    good: [
      { code: 'FROM debian:12\nLABEL a=1', options: { labels: ['a:text'], strict: true } },
      { code: 'FROM debian:12\nLABEL a=1 b=1', options: { labels: ['a:text'] } },
    ],
    bad: [
      { code: 'FROM debian:12\nLABEL a=1 ⟦b⟧=1', options: { labels: ['a:text'], strict: true } },
      { code: 'FROM debian:12\nLABEL ⟦a⟧=1', options: { strict: true }, note: 'without a schema' },
    ],
  },
  create: () => ({
    LABEL(label, { options, report }) {
      if (!options.strict) return;
      const schema = readSchema(options.labels);
      const unknown = label.node.pairs.find(({ key, value }) => value && !schema.has(key.value));
      if (unknown) report(label.at(unknown.key), 'unknown', { key: unknown.key.value });
    },
  }),
});
