import { removePair } from '../../facts/pair-edits.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction, KeyValue, KeyValues } from '../../syntax/tree.ts';

export default defineRule({
  code: 'duplicate-label-key',
  name: 'duplicate-label-key',
  aliases: ['tally/labels/no-duplicate-keys'],
  since: '0.2.0',
  severity: 'warning',
  family: 'labels',
  summary: 'A label is set twice in one stage',
  why: 'An image has one value for each label, and the last one wins (Dockerfile reference, "LABEL"): the one above is never seen. Mostly a line was copied, and its key should have become another.',
  messages: {
    again: 'The label `{key}` is set again below, so this value is lost. Leave one of them out.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nLABEL version=1 vendor=a\nLABEL Version=2' },
      {
        code: 'FROM debian:12 AS a\nLABEL version=1\nFROM a\nLABEL version=2',
        note: 'another stage may change it',
      },
      { code: 'FROM debian:12\nLABEL "$KEY"=1 "$KEY"=2' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nLABEL ⟦version=1⟧\nRUN true\nLABEL version=2',
        fixed: 'FROM debian:12\nRUN true\nLABEL version=2',
      },
      {
        code: 'FROM debian:12\nLABEL ⟦"a.b"="1"⟧ \\\n      c=2 \\\n      a.b=3',
        fixed: 'FROM debian:12\nLABEL \\\n      c=2 \\\n      a.b=3',
      },
    ],
  },
  create: () => {
    let seen = new Map<string, { label: Instruction<KeyValues>; pair: KeyValue }>();
    return {
      FROM() {
        seen = new Map();
      },
      LABEL(label, { facts, report }) {
        if (label.onbuild) return;
        for (const pair of label.node.pairs) {
          const key = pair.key.value;
          if (key.includes('$')) continue;
          const earlier = seen.get(key);
          seen.set(key, { label, pair });
          if (!earlier) continue;
          const related = [{ span: label.at(pair), message: 'Here it is set again.' }];
          const fix = (): Fix | undefined => {
            const edit = removePair(facts.file, earlier.label, earlier.pair);
            return edit && { title: `Remove the first ${key}`, safety: 'safe', edits: [edit] };
          };
          report(earlier.label.at(earlier.pair), 'again', { key }, fix, { tag: 'unnecessary', related });
        }
      },
    };
  },
});
