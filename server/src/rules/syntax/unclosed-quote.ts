import { expandedTexts } from '../../facts/expanded-texts.ts';
import { isTemplate, ofTemplate } from '../../facts/templates.ts';
import { findWordFault } from '../../facts/word-faults.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction, InstructionNode } from '../../syntax/tree.ts';

const messages = {
  unclosed:
    'Nothing closes this {quote}, so the build stops. Close it, or write {escape}{sign} for the sign itself.',
  pair: '{keyword} splits `{word}` at its `=`, so each half has one quote, and the build stops. Write `{right}`.',
  blank:
    'Docker cuts the words of {keyword} at every blank, also between quotes. Write `["…", "…"]` for names with blanks.',
  template: ofTemplate,
} as const;

const quotes: Readonly<Record<string, readonly [name: string, sign: string]>> = {
  'single-quote': ['single quote', "'"],
  'double-quote': ['double quote', '"'],
};

const takesJson = new Set(['ADD', 'COPY', 'VOLUME']);

export default defineRule({
  code: 'unclosed-quote',
  name: 'unclosed-quote',
  aliases: [
    'DL1000',
    'dockerfile-utils/SYNTAX_MISSING_SINGLE_QUOTE',
    'dockerfile-utils/SYNTAX_MISSING_DOUBLE_QUOTE',
  ],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'A quote is opened and not closed',
  why: 'Where Docker puts variables in, it reads quotes as a shell does, and ends the build at one that nothing closes. COPY, ADD and VOLUME it cuts at blanks first, so `COPY "a b" /c` has two words with half a quote each; a name with a blank needs the form of a JSON array there. An apostrophe counts as a quote, in `LABEL a=it\'s` and in `COPY ["it\'s", "/"]` alike.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nENV A="it\'s" B=it\\\'s C=\'"\' D="a \\" b"\nLABEL e="a \\\n  b"' },
      { code: "FROM debian:12\nRUN echo it\\'s\nCMD echo \"\nMAINTAINER O'Brien" },
      { code: "FROM debian:12\nCOPY <<EOF /x\nit's\nEOF" },
      { code: 'FROM debian:12\nCOPY ["a b", "/c"]\nWORKDIR "/a b"' },
      { code: 'FROM debian:12\nVOLUME ["/data]', note: 'left to broken-json-array' },
    ],
    bad: [
      { code: 'FROM debian:12\nENV A=⟦"b⟧' },
      { code: "FROM debian:12\nLABEL a=it⟦'s⟧ b=c" },
      { code: 'FROM debian:12\nENV A=1 ⟦"B⟧=2"', note: 'the quotes belong around the value' },
      { code: 'FROM debian:12\nCOPY ⟦"a⟧ b" /c', note: 'needs a JSON array' },
      { code: 'FROM debian:12\nCOPY [⟦"it\'s"⟧, "/c"]' },
      { code: "FROM debian:12\nWORKDIR ⟦'/a⟧" },
    ],
  },
  create: () => ({
    ADD: check,
    ARG: check,
    COPY: check,
    ENV: check,
    EXPOSE: check,
    FROM: check,
    LABEL: check,
    STOPSIGNAL: check,
    USER: check,
    VOLUME: check,
    WORKDIR: check,
  }),
});

function check(instruction: Instruction, { facts, report }: RuleContext<typeof messages>): void {
  const { node } = instruction;
  if (!/["']/.test(node.plain)) return;
  // A broken JSON array is the matter of broken-json-array.
  if (!node.json && takesJson.has(node.keyword) && /^\[\s*["']/.test(node.plain.slice(node.body.from)))
    return;
  const { escape } = facts.file;
  for (const { from, to, text, quotes: reads, isExact } of expandedTexts(node)) {
    const fault = reads ? findWordFault(text, escape) : undefined;
    const [quote, sign] = quotes[fault?.kind ?? ''] ?? [];
    if (!fault || !quote || !sign) continue;
    const span = instruction.at(isExact ? { from: from + fault.from, to: from + fault.to } : { from, to });
    const isCut = node.args.some((word) => word.from <= from && to < word.to && /\s/.test(word.raw));
    if (isTemplate(facts.file)) {
      report(span, 'template', { word: node.text.slice(from, to).slice(0, 60) });
    } else if (
      isCut &&
      isExact &&
      node.keyword !== 'ENV' &&
      node.keyword !== 'LABEL' &&
      node.keyword !== 'ARG'
    ) {
      report(span, 'blank', { keyword: node.keyword });
    } else {
      const pair = quotedPair(node, from);
      if (pair) report(span, 'pair', { keyword: node.keyword, ...pair });
      // JSON takes one of two backslashes.
      else report(span, 'unclosed', { quote, sign, escape: node.json ? escape + escape : escape });
    }
    return;
  }
}

/** A pair that stands in quotes as a whole, `"NAME=value"`, and how it is meant. */
function quotedPair(node: InstructionNode, at: number) {
  if (node.keyword !== 'ENV' && node.keyword !== 'LABEL' && node.keyword !== 'ARG') return undefined;
  const found = node.pairs.find(({ key, value }) => key.from <= at && at < (value ?? key).to);
  const [, quote, name] = /^(["'])([\w.-]{1,60})$/.exec(found?.key.raw ?? '') ?? [];
  const value = found?.value?.raw ?? '';
  if (!quote || !value.endsWith(quote) || value.length > 60) return undefined;
  return { word: `${quote}${name}=${value}`, right: `${name}=${quote}${value}` };
}
