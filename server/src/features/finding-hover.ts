import type { Finding } from '../lint/finding.ts';
import { type Rule, rulePage } from '../lint/rule.ts';
import { intersection, type Span } from '../text/span.ts';

/**
 * What the findings at an offset are about, one after the other; undefined where none is. What no rule of ours says, such
 * as a finding of ShellCheck, is left to the message.
 */
export function explainFindings(
  findings: readonly Finding[],
  ruleOf: (code: string) => Rule | undefined,
  offset: number,
): { span: Span; markdown: string } | undefined {
  let span: Span | undefined;
  const said = new Map<string, string>();
  for (const finding of findings) {
    if (!holds(finding.span, offset)) continue;
    const rule = ruleOf(finding.code);
    if (!rule) continue;
    span = span ? intersection(span, finding.span) : finding.span;
    // A rule that finds several things at one place is explained once.
    said.set(rule.code, explainRule(rule));
  }
  return span && { span, markdown: [...said.values()].join('\n\n') };
}

/** What a rule finds and why that matters, with a link to its page. */
export function explainRule({ code, summary, why }: Rule): string {
  return `**[${code}](${rulePage(code)})** ${summary}\n\n${why}`;
}

/** A span without length is shown at the character behind it. */
const holds = ({ start, end }: Span, offset: number) => start <= offset && (offset < end || offset === start);
