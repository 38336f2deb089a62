import { defineRule, type Fix } from '../../lint/rule.ts';

export default defineRule({
  code: 'directive-casing',
  name: 'directive-casing',
  aliases: ['dockerfile-utils/CASING_DIRECTIVE'],
  since: '0.2.0',
  severity: 'style',
  family: 'syntax',
  summary: 'The name of a directive is not in lower case',
  why: 'Docker reads `# Syntax=…` as well, yet the reference writes directives in lower case, and other programs that look for `# syntax=` or `# escape=` may miss the other forms.',
  messages: { upper: 'Directives are written in lower case. Write `{name}`.' },
  options: {},
  examples: {
    good: [
      { code: '# syntax=docker/dockerfile:1\n# escape=\\\nFROM debian:12' },
      { code: 'FROM debian:12\n# Escape=x', note: 'a comment' },
    ],
    bad: [
      { code: '# ⟦Escape⟧=`\nFROM debian:12', fixed: '# escape=`\nFROM debian:12' },
      {
        code: '#⟦SYNTAX⟧ = docker/dockerfile:1\nFROM debian:12',
        fixed: '#syntax = docker/dockerfile:1\nFROM debian:12',
      },
    ],
  },
  create: () => ({
    end({ facts: { file }, report }) {
      for (const { name, span } of file.directives) {
        const start = file.text.toLowerCase().indexOf(name, span.start);
        const place = { start, end: start + name.length };
        if (file.text.slice(start, place.end) === name) continue;
        report(place, 'upper', { name }, (): Fix => {
          return { title: `Write ${name}`, safety: 'safe', edits: [{ span: place, text: name }] };
        });
      }
    },
  }),
});
