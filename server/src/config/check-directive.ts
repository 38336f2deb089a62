import type { Rule } from '../lint/rule.ts';
import type { Directive } from '../syntax/tree.ts';
import {
  type Configuration,
  defaultConfiguration,
  type Level,
  mergeConfigurations,
} from './configuration.ts';

/** What `check=skip=A,B;experimental=C;error=true` asks for. Names are in lower case; `all` stands for every check. */
export interface CheckOptions {
  readonly skip: readonly string[];
  readonly experimental: readonly string[];
  /** The build is to fail where a check finds something. */
  readonly error: boolean;
}

/**
 * Reads the value of a `check` directive or comment. More lenient than BuildKit (frontend/dockerfile/linter,
 * `ParseLintOptions`), which refuses the file: names may be in any case, and an option that it does not know counts for
 * nothing.
 */
export function readCheckOptions(value: string): CheckOptions {
  const list = (key: string) =>
    (findCheckList(value, key)?.text ?? '')
      .split(',')
      .map((id) => id.trim().toLowerCase())
      .filter(Boolean);
  return {
    skip: list('skip'),
    experimental: list('experimental'),
    error: /^(?:1|t|true)$/i.test(findCheckList(value, 'error')?.text ?? ''),
  };
}

/** What stands behind `key=` in the value of a `check` directive or comment, and where in the value it begins. */
export function findCheckList(value: string, key: string): { text: string; from: number } | undefined {
  let at = 0;
  for (const part of value.replace(/\s.*$/s, '').split(';')) {
    const from = key.length + 1;
    if (part.toLowerCase().startsWith(`${key}=`)) return { text: part.slice(from), from: at + from };
    at += part.length + 1;
  }
  return undefined;
}

/**
 * Lays a configuration over what the file's own `# check=…` directive asks for, as far as BuildKit's checks are
 * concerned: `experimental` turns on those that are off by default, `error=true` makes errors of what they find. What is
 * configured for a rule is stronger; a preset configures all of them.
 */
export function withCheckDirective(
  configuration: Configuration,
  directives: readonly Directive[],
  rules: readonly Rule[],
): Configuration {
  const directive = directives.find(({ name }) => name === 'check');
  if (!directive) return configuration;
  const { experimental, error } = readCheckOptions(directive.value);
  if (experimental.length === 0 && !error) return configuration;
  const levels = new Map<string, Level>();
  for (const { code, aliases, severity, offByDefault } of rules) {
    const checks = aliases.filter((alias) => alias.startsWith('buildkit/')).map((alias) => alias.slice(9));
    if (checks.length === 0) continue;
    const asked = checks.some((check) => experimental.includes(check.toLowerCase()));
    const isTurnedOn = asked || experimental.includes('all');
    if (offByDefault ? isTurnedOn : error) levels.set(code, error ? 'error' : severity);
  }
  return mergeConfigurations({ ...defaultConfiguration, levels }, configuration);
}
