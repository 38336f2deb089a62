import { mendJson, mixedJson } from '../../facts/json-form.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

export default defineRule({
  code: 'shell-not-json',
  name: 'shell-not-json',
  aliases: ['dockerfile-utils/SHELL_JSON_FORM', 'tally/invalid-json-form'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  dependsOn: 'instruction',
  summary: 'SHELL is no JSON array',
  why: 'SHELL names a program and its arguments, and takes them as a JSON array only: strings in double quotes, with commas between them and none at the end. Anything else ends the build.',
  messages: {
    words: 'SHELL takes a JSON array. Write {json}.',
    broken: 'This is no valid JSON, which SHELL asks for. Write `["…", "…"]` with double quotes.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]' },
      { code: 'FROM debian:12\nSHELL [ \\\n  "/bin/bash", "-c" \\\n]' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nSHELL ⟦/bin/bash -c⟧',
        fixed: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]',
      },
      {
        code: "FROM debian:12\nSHELL ⟦['/bin/bash', '-c']⟧",
        fixed: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]',
      },
      {
        code: 'FROM debian:12\nSHELL ⟦["/bin/bash", "-c",]⟧',
        fixed: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]',
      },
      { code: 'FROM debian:12\nSHELL ⟦["/bin/bash" "-c"]⟧' },
    ],
  },
  create: () => ({
    SHELL(shell, { report }) {
      const { args, body, json, text } = shell.node;
      if (json || args.length === 0) return;
      const span = shell.at(body);
      const written = text.slice(body.from, body.to);
      if (mixedJson(written)) return; // the matter of json-not-strings
      const looksLikeJson = written.startsWith('[');
      const words = JSON.stringify(args.map(({ value }) => value)).replaceAll('","', '", "');
      const mended = looksLikeJson ? mendJson(written) : words;
      const fix = (): Fix | undefined =>
        mended === undefined
          ? undefined
          : { title: 'Write it as JSON', safety: 'unsafe', edits: [{ span, text: mended }] };
      if (looksLikeJson) report(span, 'broken', undefined, fix);
      else report(span, 'words', { json: words }, fix);
    },
  }),
});
