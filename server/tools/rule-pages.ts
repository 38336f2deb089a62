import type { Rule } from '../src/lint/rule.ts';
import { renderRulePage } from '../src/lint/rule-page.ts';

/** The page of each rule, by its path: docs/rules/CODE.md. */
export function renderRulePages(rules: readonly Rule[]): Map<string, string> {
  return new Map(rules.map((rule) => [`docs/rules/${rule.code}.md`, renderRulePage(rule)]));
}
