import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { lineEnding } from '../../text/edit.ts';

const messages = {
  open: 'No line `{name}` ends this heredoc, so the rest of the file belongs to it. Write `{name}` alone on a line below its text.',
} as const;

export default defineRule({
  code: 'unterminated-heredoc',
  name: 'unterminated-heredoc',
  aliases: ['DL1000'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'A heredoc has no closing line',
  why: 'A heredoc goes on to a line that holds its word and nothing else: no blank before or behind it, and before it tabs only where it was opened with `<<-`. Without that line the build ends with `unterminated heredoc`.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN <<EOF\ntrue\nEOF' },
      { code: 'FROM debian:12\nCOPY <<-A <<B /x/\na\n\tA\nb\nB' },
      { code: 'FROM debian:12\nRUN cat <<< "EOF"' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN ⟦<<EOF⟧\ntrue\n',
        fixed: 'FROM debian:12\nRUN <<EOF\ntrue\nEOF\n',
      },
      { code: 'FROM debian:12\nRUN ⟦<<EOF⟧\ntrue\n  EOF\n' },
      {
        code: 'FROM debian:12\nONBUILD COPY ⟦<<A⟧ ⟦<<B⟧ /x/\na',
        fixed: 'FROM debian:12\nONBUILD COPY <<A <<B /x/\na\nA\nB',
      },
    ],
  },
  create: () => ({ ADD: check, COPY: check, RUN: check }),
});

function check(instruction: Instruction, { facts, report }: RuleContext<typeof messages>): void {
  const { text } = facts.file;
  const open = instruction.node.heredocs.filter(({ terminated }) => !terminated);
  for (const heredoc of open) {
    report(instruction.at(heredoc), 'open', { name: heredoc.name }, () => {
      if (heredoc !== open[0]) return undefined;
      // Where such a line is there with blanks around it, it is that line which wants mending.
      const body = text.slice(instruction.at(heredoc.body).start);
      if (body.split('\n').some((line) => line.trim() === heredoc.name)) return undefined;
      const end = text.length;
      const newline = lineEnding(text);
      const lines = open.map(({ name }) => name).join(newline);
      const edit = text.endsWith('\n') ? lines + newline : newline + lines;
      return {
        title: `Close it at the end of the file`,
        safety: 'unsafe',
        edits: [{ span: { start: end, end }, text: edit }],
      };
    });
  }
}
