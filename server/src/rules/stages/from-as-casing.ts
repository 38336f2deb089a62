import { defineRule, type Fix } from '../../lint/rule.ts';

export default defineRule({
  code: 'FromAsCasing',
  name: 'from-as-casing',
  aliases: ['buildkit/FromAsCasing'],
  since: '0.2.0',
  severity: 'style',
  family: 'stages',
  dependsOn: 'instruction',
  summary: 'FROM and AS differ in case',
  why: 'Docker takes both cases; in one line they read better alike, and a search for ` AS ` then finds every stage. A FROM in mixed case is the matter of ConsistentInstructionCasing.',
  messages: {
    differs: '`{as}` does not match `{from}` in case. Write `{expected}`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12 AS build' },
      { code: 'from debian:12 as build' },
      { code: 'From debian:12 as build', note: 'FROM itself is mixed' },
    ],
    bad: [
      { code: 'FROM debian:12 ⟦as⟧ build', fixed: 'FROM debian:12 AS build' },
      { code: 'from debian:12 ⟦As⟧ build', fixed: 'from debian:12 as build' },
      {
        code: 'FROM --platform=$BUILDPLATFORM \\\n  debian:12 ⟦as⟧ build',
        fixed: 'FROM --platform=$BUILDPLATFORM \\\n  debian:12 AS build',
      },
    ],
  },
  create: () => ({
    FROM(from, { report }) {
      const { alias, args, keywordWord } = from.node;
      const as = args[1];
      const written = keywordWord.raw;
      if (!alias || !as) return;
      const isLower = written === written.toLowerCase();
      if (!isLower && written !== written.toUpperCase()) return;
      const expected = isLower ? 'as' : 'AS';
      if (as.raw === expected) return;
      const span = from.at(as);
      report(span, 'differs', { as: as.raw, from: written, expected }, (): Fix => {
        return { title: `Write ${expected}`, safety: 'safe', edits: [{ span, text: expected }] };
      });
    },
  }),
});
