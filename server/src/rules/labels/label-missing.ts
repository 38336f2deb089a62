import { readSchema, schemaOption } from '../../facts/labels.ts';
import { findStage, type Stage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { From, Instruction } from '../../syntax/tree.ts';
import { likeKeyword, lineEnding } from '../../text/edit.ts';

export default defineRule({
  code: 'DL3049',
  name: 'label-missing',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'labels',
  summary: 'A required label is missing',
  why: 'A team that finds its images by label, for clean-up, for billing or for the way back to the source, needs the label on every one. A stage has the labels of the stage that it builds on; one that only hands files to `COPY --from` needs none. Asked for by `label-schema` in `.hadolint.yaml`, `--require-label` or the option.',
  messages: {
    missing:
      'The settings of the linter require a label `{key}`, and this image has none. Add `LABEL {key}="…"` below this FROM.',
  },
  options: { labels: schemaOption },
  examples: {
    good: [
      { code: 'FROM debian:12\nLABEL a=1', options: { labels: ['a:text'] } },
      { code: 'FROM debian:12 AS base\nLABEL a=1\nFROM base', options: { labels: ['a:text'] } },
      {
        code: 'FROM debian:12 AS build\nFROM debian:12\nCOPY --from=build /a /a\nLABEL a=1',
        options: { labels: ['a:text'] },
      },
      { code: 'FROM debian:12', note: 'nothing is asked of labels' },
    ],
    bad: [
      {
        code: 'FROM ⟦debian:12⟧\nLABEL b=1',
        fixed: 'FROM debian:12\nLABEL a=""\nLABEL b=1',
        options: { labels: ['a:text'] },
      },
      { code: 'FROM debian:12 AS base\nLABEL a=1\nFROM ⟦debian:12⟧', options: { labels: ['a'] } },
    ],
  },
  create: () => ({
    end({ facts, options, report }) {
      for (const key of readSchema(options.labels).keys()) {
        const labelled = new Set<Stage>();
        const excused = new Set<Stage>();
        for (const stage of facts.stages) {
          if (stage.parent && labelled.has(stage.parent)) labelled.add(stage);
          const isSet = stage.byKeyword
            .get('LABEL')
            ?.some(
              ({ node }) => node.keyword === 'LABEL' && node.pairs.some((pair) => pair.key.value === key),
            );
          if (isSet) labelled.add(stage);
          // As hadolint 2.15.1: a stage without a name speaks for the one that it builds on.
          if (isSet && !stage.name && stage.parent) excused.add(stage.parent);
          for (const { node } of stage.byKeyword.get('COPY') ?? []) {
            const source = node.flags.find(({ name }) => name === 'from')?.value?.value;
            const from = source && findStage(facts.stages, source, facts.options, stage.index);
            if (from) excused.add(from);
          }
        }
        for (const stage of facts.stages) {
          if (labelled.has(stage) || excused.has(stage)) continue;
          const { from } = stage;
          const place = from.node.imageWord ?? from.node.keywordWord;
          report(from.at(place), 'missing', { key }, () => addLabel(from, key, facts.file.text));
        }
      }
    },
  }),
});

function addLabel(from: Instruction<From>, key: string, text: string): Fix {
  const { end } = from.span;
  const keyword = likeKeyword('LABEL', from.node.keywordWord.raw);
  return {
    title: `Add the label ${key}, to be filled in`,
    safety: 'unsafe',
    edits: [{ span: { start: end, end }, text: `${lineEnding(text)}${keyword} ${key}=""` }],
  };
}
