import { defineRule, type Fix } from '../../lint/rule.ts';
import { likeKeyword } from '../../text/edit.ts';
import { nearest } from '../../text/nearest.ts';

export default defineRule({
  code: 'unknown-healthcheck-type',
  name: 'unknown-healthcheck-type',
  aliases: ['DL1000', 'dockerfile-utils/UNKNOWN_TYPE'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  dependsOn: 'instruction',
  summary: 'HEALTHCHECK without CMD or NONE',
  why: 'HEALTHCHECK takes its flags, then CMD and the command, or NONE to drop the check of the base image. A command that stands there by itself ends the build.',
  messages: {
    typo: '`{word}` is neither CMD nor NONE. Did you mean {other}?',
    unknown: 'HEALTHCHECK takes CMD and a command, or NONE. Write CMD before `{word}`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nHEALTHCHECK --interval=5m cmd ["true"]' },
      { code: 'FROM debian:12\nHEALTHCHECK none' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nHEALTHCHECK --interval=5m ⟦curl⟧ -f http://localhost/',
        fixed: 'FROM debian:12\nHEALTHCHECK --interval=5m CMD curl -f http://localhost/',
      },
      {
        code: 'FROM debian:12\nHEALTHCHECK ⟦CDM⟧ ["true"]',
        fixed: 'FROM debian:12\nHEALTHCHECK CMD ["true"]',
      },
      {
        code: 'FROM debian:12\nHEALTHCHECK ⟦["curl",⟧ "localhost"]',
        fixed: 'FROM debian:12\nHEALTHCHECK CMD ["curl", "localhost"]',
      },
    ],
  },
  create: () => ({
    HEALTHCHECK(healthcheck, { report }) {
      const { args, keywordWord } = healthcheck.node;
      const [type] = args;
      if (!type || /^(?:cmd|none)$/i.test(type.raw)) return;
      const span = healthcheck.at(type);
      const other = nearest(type.raw, ['CMD', 'NONE']);
      const fix =
        (text: string, replaced = span) =>
        (): Fix => {
          const title = `Write ${text.trim()}`;
          return { title, safety: 'unsafe', edits: [{ span: replaced, text }] };
        };
      if (other) report(span, 'typo', { word: type.raw, other }, fix(likeKeyword(other, keywordWord.raw)));
      else {
        const text = `${likeKeyword('CMD', keywordWord.raw)} `;
        report(span, 'unknown', { word: type.raw }, fix(text, { start: span.start, end: span.start }));
      }
    },
  }),
});
