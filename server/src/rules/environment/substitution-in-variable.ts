import type { RuleContext } from '../../lint/rule.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Instruction, KeyValues } from '../../syntax/tree.ts';

const messages = {
  literal:
    'No shell reads {keyword}, so `{name}` holds the text `{text}` and not what the command prints. Run it in a RUN that needs the value, or write the value.',
} as const;

export default defineRule({
  code: 'substitution-in-variable',
  name: 'substitution-in-variable',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'environment',
  summary: 'A variable is set by a command that nothing runs',
  why: 'The builder puts variables into the values of ENV and ARG, and nothing else: `$(nproc)` and text in backticks stay as they are (Dockerfile reference, "Environment replacement"). A program that reads the variable gets the text. Where a RUN uses it, its shell does not run the text either, as what a variable holds is not read again. A value in single quotes or behind the escape character is left alone, as it was meant so.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN MAX_JOBS="$(nproc)" make' },
      { code: "FROM debian:12\nENV PROMPT='$(date) > '", note: 'meant for a shell' },
      { code: 'FROM debian:12\nENV A=$B C="${D:-e}" F="f(x)"' },
      { code: 'FROM debian:12\nENV PS1="\\$(pwd) $"' },
      { code: 'FROM debian:12\nENV PROMPT_COMMAND="$(date)"\nRUN eval "$PROMPT_COMMAND"' },
    ],
    bad: [
      { code: 'FROM debian:12\nARG JOBS=⟦"$(nproc)"⟧\nRUN make -j$JOBS' },
      { code: 'FROM debian:12\nENV A=1 PREFIX=⟦"$(dirname $(which conda))/../"⟧' },
      { code: 'FROM debian:12\nENV NOW ⟦`date`⟧' },
      { code: 'ARG TAG=⟦$(date)⟧\nFROM debian:12' },
    ],
  },
  create: () => {
    const visit = (it: Instruction<KeyValues>, { facts, report }: RuleContext<typeof messages>) => {
      for (const { key, value } of it.node.pairs) {
        if (!value || !/\$\(|`/.test(value.raw)) continue;
        // A variable that a shell is to read again, as `eval` and the prompt of bash do.
        if (/^(?:PS\d|PROMPT|PROMPT_COMMAND)$/.test(key.value) || /\beval\b/.test(facts.file.joined))
          continue;
        const open = value.raw.replace(/'[^']*'/g, '').replace(/\\[\s\S]/g, '');
        const text = substitutionIn(open);
        // In files for Windows a backtick is the escape character.
        if (text === undefined || (text.startsWith('`') && facts.file.escape === '`')) continue;
        report(it.at(value), 'literal', { keyword: it.node.keyword, name: key.value, text });
      }
    };
    return { ENV: visit, ARG: visit };
  },
});

/** The first substitution of a text, to the last bracket where there are several. */
function substitutionIn(text: string): string | undefined {
  const at = text.indexOf('$(');
  if (at < 0) return /`[^`]+`/.exec(text)?.[0];
  const end = text.lastIndexOf(')');
  return text.slice(at, end > at ? end + 1 : undefined);
}
