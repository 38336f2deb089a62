import { looksLikeJson, mendJson, mixedJson } from '../../facts/json-form.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  broken:
    'This begins like a JSON array but is not valid JSON, so Docker takes it for {taken}. Write `["…", "…"]` with double quotes.',
} as const;

const taken: Readonly<Record<string, string>> = {
  RUN: 'a shell command',
  VOLUME: 'the names of folders',
};

export default defineRule({
  code: 'broken-json-array',
  name: 'broken-json-array',
  aliases: ['tally/invalid-json-form', 'dockerfile-utils/JSON_IN_SINGLE_QUOTES'],
  since: '0.2.0',
  severity: 'error',
  family: 'commands',
  summary: 'RUN, COPY, ADD or VOLUME with a JSON array that is not valid',
  why: 'Docker reads an argument as JSON only where it is valid JSON: strings in double quotes, commas between them, none at the end. Anything else is read as plain words, brackets and quotes included: `VOLUME [\'/data\']` makes a folder named `[/data]`, and `RUN ["make",]` starts a program named `[make,]`. CMD, ENTRYPOINT and HEALTHCHECK are the matter of DL3025, SHELL is that of shell-not-json, and an array of more than strings that of json-not-strings.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN ["make", "install"]\nVOLUME ["/data"]\nCOPY ["a b", "/x/"]' },
      {
        code: 'FROM debian:12\nRUN [ "$A" = "b" ] && make\nRUN [ -f x ]\nRUN [ \'a\' ]',
        note: 'tests of the shell',
      },
      { code: 'FROM debian:12\nCOPY [ab].txt /x/' },
    ],
    bad: [
      { code: "FROM debian:12\nVOLUME ⟦['/data']⟧", fixed: 'FROM debian:12\nVOLUME ["/data"]' },
      { code: 'FROM debian:12\nRUN ⟦["make", install]⟧' },
      { code: "FROM debian:12\nCOPY ⟦['a b', '/x/']⟧", fixed: 'FROM debian:12\nCOPY ["a b", "/x/"]' },
    ],
  },
  create: () => {
    const check = (instruction: Instruction, { report }: RuleContext<typeof messages>) => {
      const { node } = instruction;
      if (node.keyword === 'ONBUILD' || ('json' in node && node.json)) return;
      const { from, to } = node.body;
      const text = node.plain.slice(from, to);
      if (!looksLikeJson(text) || !hasItems(text, node.keyword) || mixedJson(text)) return;
      const span = instruction.at(node.body);
      report(span, 'broken', { taken: taken[node.keyword] ?? 'names of files' }, () => {
        const mended = mendJson(text);
        if (mended === undefined || node.text.slice(from, to) !== text) return undefined;
        return { title: 'Write it as JSON', safety: 'unsafe', edits: [{ span, text: mended }] };
      });
    };
    return { ADD: check, COPY: check, RUN: check, VOLUME: check };
  },
});

/** `[ "$A" = b ]` is a test in a RUN, and `[ab].txt` a pattern in a COPY: a list has quotes, and commas between. */
function hasItems(text: string, keyword: string): boolean {
  if (keyword === 'RUN') return /^\[\s*(["'])[^"']*\1\s*,/.test(text);
  return /^\[\s*["']/.test(text);
}
