import { mixedJson } from '../../facts/json-form.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import type { LocalSpan } from '../../text/span.ts';

const messages = {
  scalar: '`{item}` is no string, and Docker takes only strings in such a list. Put it in double quotes.',
  nested: 'A list stands in this list, and Docker takes strings only. Write one list, as in `["…", "…"]`.',
  other:
    '`{item}` is no string, and Docker takes only strings in such a list. Write words in double quotes there, as in `{keyword} ["…", "…"]`.',
} as const;

export default defineRule({
  code: 'json-not-strings',
  name: 'json-not-strings',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'A JSON array that holds something other than strings',
  why: 'Where an argument is a JSON array, Docker takes it as one and not as words for a shell, and each element must be a string, numbers such as a port among them: `["--port", "8000"]`. The build ends with `when using JSON array syntax, arrays must be comprised of strings only`.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nCMD ["serve", "--port", "8000"]\nRUN [ 1 = 1 ]\nVOLUME []' },
      { code: 'FROM debian:12\nCMD ["a", 42', note: 'left to DL3025, as it is no JSON' },
      { code: 'FROM debian:12\nLABEL a=[1]\nUSER [1]', note: 'these know no JSON' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nCMD ⟦["serve", "--port", 8000]⟧',
        fixed: 'FROM debian:12\nCMD ["serve", "--port", "8000"]',
      },
      { code: 'FROM debian:12\nENTRYPOINT ⟦[["serve"]]⟧' },
      { code: 'FROM debian:12\nRUN ⟦[null]⟧\nHEALTHCHECK --interval=5s CMD ⟦["true", {}]⟧' },
      { code: 'FROM debian:12\nSHELL ⟦[true]⟧', fixed: 'FROM debian:12\nSHELL ["true"]' },
      { code: 'FROM debian:12\nVOLUME ⟦[1]⟧\nCOPY ⟦["a", 1]⟧', note: 'names of files' },
    ],
  },
  create: () => {
    const check = (instruction: Instruction, ctx: Context) => judge(instruction, instruction.node.body, ctx);
    return {
      ADD: check,
      CMD: check,
      COPY: check,
      ENTRYPOINT: check,
      RUN: check,
      SHELL: check,
      VOLUME: check,
      HEALTHCHECK(healthcheck, ctx) {
        if (healthcheck.node.command) judge(healthcheck, healthcheck.node.command.body, ctx);
      },
    };
  },
});

type Context = RuleContext<typeof messages>;

function judge(instruction: Instruction, body: LocalSpan, { report }: Context): void {
  const { node } = instruction;
  const text = node.plain.slice(body.from, body.to);
  const items = mixedJson(text);
  const item = items?.find((one) => typeof one !== 'string');
  if (!items || item === undefined) return;
  const span = instruction.at(body);
  const isScalar = (one: unknown) => typeof one !== 'object';
  const fix = (): Fix | undefined => {
    if (!items.every(isScalar) || node.text.slice(body.from, body.to) !== text) return undefined;
    const json = `[${items.map((one) => JSON.stringify(String(one))).join(', ')}]`;
    return { title: 'Put it in double quotes', safety: 'unsafe', edits: [{ span, text: json }] };
  };
  if (Array.isArray(item)) report(span, 'nested');
  else
    report(
      span,
      isScalar(item) ? 'scalar' : 'other',
      { item: JSON.stringify(item), keyword: node.keyword === 'HEALTHCHECK' ? 'CMD' : node.keyword },
      fix,
    );
}
