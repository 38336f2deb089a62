import {
  type Configuration,
  defaultConfiguration,
  mergeConfigurations,
  severityOf,
} from './config/configuration.ts';
import { createConfigurationFinder } from './config/find-configuration.ts';
import { configurationOf, type Settings } from './config/settings.ts';
import { createFacts, type FileFacts } from './facts/file-facts.ts';
import { readOptions } from './facts/option-table.ts';
import { factOptions } from './facts/options.ts';
import { createScriptReader } from './facts/scripts.ts';
import { ignoreHere, ignoreInFile } from './features/ignore.ts';
import { shellcheckFindings, shellcheckScripts } from './features/shellcheck.ts';
import { createShellcheckRuns } from './features/shellcheck-runs.ts';
import { validateDockerfile } from './features/validate.ts';
import { byPlace, type Finding } from './lint/finding.ts';
import { fixAll } from './lint/fix.ts';
import { presetConfiguration } from './lint/presets.ts';
import type { Rule } from './lint/rule.ts';
import { type Plan, planRules, runRules } from './lint/run.ts';
import { createSuppression } from './lint/suppress.ts';
import type { Ports } from './ports/ports.ts';
import { rules as allRules } from './rules/index.ts';
import { createInstructionCache } from './syntax/instruction-cache.ts';
import { parseDockerfile } from './syntax/parse.ts';
import type { ShellParser } from './syntax/shell.ts';
import type { Edit } from './text/edit.ts';

/** Everything that Wheelhouse knows about a Dockerfile, without an editor around it. */
export interface Service {
  /** How findings are judged in a file: its `.hadolint.yaml`, overlaid with the settings. */
  configurationFor(uri: string, settings: Settings): Promise<Configuration>;
  /** Call when a `.hadolint.yaml` changed, came or went. */
  forgetConfigurations(): void;
  /** The first pass: findings of the rules and the parser, sorted by position. */
  lint(text: string, configuration: Configuration): Finding[];
  /** The second pass: slower validations that no rule covers. */
  validate(text: string, configuration: Configuration): Finding[];
  /**
   * The slow end of the second pass: what ShellCheck says of the shell text, sorted by position. None where there is
   * no ShellCheck. Texts may be asked for at the same time, which is faster.
   */
  shellcheck(text: string, configuration: Configuration, signal?: AbortSignal): Promise<Finding[]>;
  /** Offset at which each instruction begins. */
  instructionStarts(text: string, configuration: Configuration): number[];
  /** The text with every safe fix applied. */
  fixAll(text: string, configuration: Configuration): string;
  ignoreHere(text: string, finding: Finding): Edit | undefined;
  ignoreInFile(text: string, finding: Finding): Edit;
}

export interface ServiceParts {
  readonly ports: Ports;
  readonly parseShell: ShellParser;
  readonly rules?: readonly Rule[];
}

export function createService({ ports, parseShell, rules = allRules }: ServiceParts): Service {
  const cache = createInstructionCache();
  const readScript = createScriptReader(parseShell);
  const finder = createConfigurationFinder(ports);
  const plans = new WeakMap<Configuration, Plan>();
  const broken = new Set<Rule>();
  let latest: FileFacts | undefined;
  let latestOptions: Configuration['facts'] | undefined;

  /** Facts of a text; those of the latest text are kept, as a change asks for several things in a row. */
  const factsOf = (text: string, { facts }: Configuration = defaultConfiguration): FileFacts => {
    if (latest?.file.text !== text || latestOptions !== facts) {
      latest = createFacts(parseDockerfile(text, cache), readScript, readOptions(factOptions, facts));
      latestOptions = facts;
    }
    return latest;
  };
  const planOf = (configuration: Configuration): Plan => {
    let plan = plans.get(configuration);
    if (!plan) {
      plan = planRules(rules, configuration);
      plans.set(configuration, plan);
    }
    return plan;
  };
  const onError = (rule: Rule, error: unknown) => {
    if (broken.has(rule)) return;
    broken.add(rule);
    ports.log('error', `Rule ${rule.code} failed: ${error instanceof Error ? error.stack : String(error)}`);
  };
  const runs = ports.runShellcheck && createShellcheckRuns(ports.runShellcheck);
  /** Findings of other tools at the levels of the configuration, without those that are off or ignored. */
  const judge = (findings: readonly Finding[], facts: FileFacts, configuration: Configuration): Finding[] => {
    const suppressed = createSuppression(facts, configuration);
    return findings.flatMap((finding) => {
      const severity = severityOf(configuration, finding);
      return severity === 'off' || suppressed(finding) ? [] : [{ ...finding, severity }];
    });
  };
  const lint = (text: string, configuration: Configuration) =>
    runRules(planOf(configuration), factsOf(text, configuration), configuration, onError);

  return {
    async configurationFor(uri, settings) {
      const chosen = mergeConfigurations(await finder.find(uri), configurationOf(settings));
      return mergeConfigurations(presetConfiguration(chosen.preset, rules), chosen);
    },
    forgetConfigurations() {
      finder.forget();
      runs?.forget();
    },
    lint,
    validate(text, configuration) {
      // None of them is a rule of hadolint's.
      if (configuration.preset === 'hadolint') return [];
      const facts = factsOf(text, configuration);
      try {
        return judge(validateDockerfile(facts, rules), facts, configuration);
      } catch (error) {
        // dockerfile-utils follows variables that name themselves until the call stack ends.
        ports.log('warn', `The second pass failed: ${error}`);
        return [];
      }
    },
    async shellcheck(text, configuration, signal) {
      if (!runs) return [];
      const facts = factsOf(text, configuration);
      const answers = shellcheckScripts(facts).map(async (script) =>
        shellcheckFindings(script, (await runs.ask(script.text, signal)) ?? []),
      );
      return judge((await Promise.all(answers)).flat(), facts, configuration).sort(byPlace);
    },
    instructionStarts: (text, configuration) =>
      factsOf(text, configuration).file.instructions.map(({ span }) => span.start),
    fixAll: (text, configuration) => fixAll(text, (current) => lint(current, configuration)),
    ignoreHere: (text, finding) => ignoreHere(factsOf(text), finding),
    ignoreInFile: (text, finding) => ignoreInFile(factsOf(text), finding),
  };
}
