import { expandedTexts } from '../../facts/expanded-texts.ts';
import { findWordFault } from '../../facts/word-faults.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  modifier:
    'Docker does not know `{modifier}` after the name of a variable, only shells do, and ends the build. Write the finished value here, or use it in a RUN.',
  assignment:
    'Docker does not know `{modifier}`. Write `{right}`, which gives the same value where the variable is not set.',
  substitution: '`{modifier}` names no variable. Write its name between the braces.',
  brace: 'Nothing closes this `${`. Write `}` after the name.',
} as const;

export default defineRule({
  code: 'invalid-variable-syntax',
  name: 'invalid-variable-syntax',
  aliases: ['dockerfile-utils/UNSUPPORTED_MODIFIER'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'A variable is written in a way that Docker does not read',
  why: 'In ENV, ARG, LABEL, COPY, FROM and others Docker puts variables in itself, and knows less than a shell: `${A:-b}`, `${A:+b}`, `${A:?b}`, `${A#b}`, `${A%b}` and `${A/b/c}`, but neither `${A:=b}` nor `${A:0:3}` nor `${A^^}` (BuildKit 0.34). The build ends at those. In RUN, CMD and ENTRYPOINT it is the shell that reads them.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: "FROM debian:12\nENV A=${B:-c} D=${E:+f} G=${H#i} J=${K%%l} M=${N/o/p} Q=\\${R:=s} T='${U:=v}'",
      },
      { code: 'FROM debian:12\nRUN echo ${A:=b} ${C^^}\nCMD echo ${D:0:3' },
      { code: "FROM debian:12\nCOPY <<'EOF' /x\n${A:=b}\nEOF" },
    ],
    bad: [
      { code: 'FROM debian:12\nENV A=${B⟦:=⟧c}' },
      { code: 'FROM debian:12\nARG V=1.2.3\nLABEL major=${V⟦:0⟧:1} v=${V}' },
      { code: 'FROM debian:12\nCOPY a ⟦${B⟧' },
      { code: 'FROM debian:12\nWORKDIR /⟦${}⟧' },
      {
        code: 'FROM debian:12\nCOPY <<EOF /x\necho ${A⟦^⟧^}\nEOF',
        note: 'quote the word EOF, and nothing is put in',
      },
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
  if (!node.text.includes('${')) return;
  for (const { from, to, text, quotes, isExact } of expandedTexts(node)) {
    // In the body of a heredoc it is the backslash that escapes, whatever the file says.
    const fault = findWordFault(text, quotes ? facts.file.escape : '\\', quotes);
    if (fault?.kind !== 'modifier' && fault?.kind !== 'brace') continue;
    const span = instruction.at(isExact ? { from: from + fault.from, to: from + fault.to } : { from, to });
    if (fault.kind === 'brace') report(span, 'brace');
    else {
      const modifier = text.slice(fault.from, fault.to);
      const right = modifier === ':=' ? ':-' : '-';
      if (/^:?=/.test(modifier)) report(span, 'assignment', { modifier, right });
      else report(span, modifier.startsWith('$') ? 'substitution' : 'modifier', { modifier });
    }
    return;
  }
}
