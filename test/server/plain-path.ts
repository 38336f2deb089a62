import {
  type Configuration,
  defaultConfiguration,
  optionsOf,
  severityOf,
} from '../../server/src/config/configuration.ts';
import { createFacts } from '../../server/src/facts/file-facts.ts';
import { readOptions } from '../../server/src/facts/option-table.ts';
import { factOptions } from '../../server/src/facts/options.ts';
import { createScriptReader } from '../../server/src/facts/scripts.ts';
import { byPlace, type Finding } from '../../server/src/lint/finding.ts';
import { joinRepairs } from '../../server/src/lint/join.ts';
import type { Rule } from '../../server/src/lint/rule.ts';
import { createContext, judgeUnused, planRules } from '../../server/src/lint/run.ts';
import { createSuppression } from '../../server/src/lint/suppress.ts';
import { isShellcheckId } from '../../server/src/lint/unused-ignores.ts';
import { parseDockerfile, triggerOf } from '../../server/src/syntax/parse.ts';
import type { ShellParser } from '../../server/src/syntax/shell.ts';
import type { Instruction } from '../../server/src/syntax/tree.ts';

/**
 * The linter without anything that makes it fast: every rule gets its own tree and facts, parsed anew, and walks every
 * instruction by itself. An error of a rule is not caught. A rule that has no visit for what the file holds gets nothing.
 */
export function createPlainLinter(
  parseShell: ShellParser,
  rules: readonly Rule[],
): (text: string, configuration?: Configuration) => Finding[] {
  return (text, configuration = defaultConfiguration) => {
    const factsOf = () =>
      createFacts(
        parseDockerfile(text),
        createScriptReader(parseShell),
        readOptions(factOptions, configuration.facts),
      );
    const fail = (error: unknown) => {
      throw error;
    };
    const findings: Finding[] = [];
    const ofSuppression = factsOf();
    const suppression = createSuppression(ofSuppression, configuration);
    const keywords = ofSuppression.file.instructions.flatMap((instruction) => {
      const trigger = triggerOf(instruction);
      return trigger ? [instruction.node.keyword, trigger.node.keyword] : [instruction.node.keyword];
    });
    const met = new Set<string>(['end', ...keywords]);
    for (const rule of rules) {
      const severity = severityOf(configuration, rule);
      if (severity === 'off') continue;
      const visitor = rule.create() as Partial<Record<string, (it: unknown, of: unknown) => void>>;
      if (!Object.keys(visitor).some((keyword) => met.has(keyword))) continue;
      const facts = factsOf();
      const add = (finding: Finding) => {
        if (!suppression.covers(finding)) findings.push(finding);
      };
      const ctx = createContext(rule, severity, facts, optionsOf(configuration, rule), add, fail);
      const visit = (instruction: Instruction) => visitor[instruction.node.keyword]?.(instruction, ctx);
      for (const instruction of facts.file.instructions) {
        visit(instruction);
        const trigger = triggerOf(instruction);
        if (trigger && rule.onbuild) visit(trigger);
      }
      (visitor.end as ((of: unknown) => void) | undefined)?.(ctx);
    }
    const unused = suppression.unused().filter(({ id }) => !isShellcheckId(id));
    const plan = planRules(rules, configuration);
    const pass = { plan, facts: factsOf(), suppression, onError: (_: Rule, error: unknown) => fail(error) };
    const all = [...findings, ...judgeUnused(unused, pass)];
    return (configuration.preset === 'hadolint' ? all : joinRepairs(all, pass.facts)).sort(byPlace);
  };
}
