import {
  type Configuration,
  defaultConfiguration,
  type Level,
  mergeConfigurations,
  type Preset,
} from '../config/configuration.ts';
import { factOptions } from '../facts/options.ts';
import { syntaxError } from './report/report.ts';
import type { OptionTable, OptionValue, Rule } from './rule.ts';

const hadolintCode = /^DL\d{4}$/;

/**
 * What a preset sets. `hadolint`: its own rules only, each option that marks a difference from it turned back. The others
 * are known by their name (`severityOf`), so that nothing of them needs to be listed.
 * @param rules every rule there is
 */
export function presetConfiguration(preset: Preset | undefined, rules: readonly Rule[]): Configuration {
  if (preset !== 'hadolint') return { ...defaultConfiguration, preset };
  const levels = new Map<string, Level>();
  const options = new Map<string, Readonly<Record<string, OptionValue>>>();
  for (const rule of rules) {
    if (!hadolintCode.test(rule.code)) levels.set(rule.code, 'off');
    const turned = turnBack(rule.options);
    if (Object.keys(turned).length > 0) options.set(rule.code, turned);
  }
  // Set last, as a check that is off may have its name in common with an alias of one of hadolint's rules.
  for (const { code, severity, offByDefault } of rules) {
    if (hadolintCode.test(code)) levels.set(code, offByDefault ? 'off' : severity);
  }
  // Its own syntax errors, not those of Docker: the rule that is off elsewhere knows which.
  levels.set(syntaxError, 'error');
  for (const { code, aliases, offByDefault } of rules) {
    if (!aliases.includes(syntaxError) || offByDefault) continue;
    // The last of the ids of a rule decides.
    levels.delete(code);
    levels.set(code, 'off');
  }
  return { ...defaultConfiguration, preset, levels, options, facts: turnBack(factOptions) };
}

/** What is set, over what its preset sets. */
export function overPreset(configuration: Configuration, rules: readonly Rule[]): Configuration {
  return mergeConfigurations(presetConfiguration(configuration.preset, rules), configuration);
}

function turnBack(table: OptionTable): Record<string, OptionValue> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([name, { hadolint }]) => (hadolint ? [[name, hadolint.value]] : [])),
  );
}
