import type { Options, OptionTable, Rule, Severity } from '../lint/rule.ts';

export type Level = Severity | 'off';

/** How findings are judged in one file, from every source together; later sources were merged over earlier ones. */
export interface Configuration {
  /** Level of a rule by any of its ids. */
  readonly levels: ReadonlyMap<string, Level>;
  /** Options of rules, by any of its ids. */
  readonly options: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Ignore comments have no effect (hadolint's `disable-ignore-pragma`). */
  readonly ignoreCommentsDisabled: boolean;
}

export const defaultConfiguration: Configuration = {
  levels: new Map(),
  options: new Map(),
  ignoreCommentsDisabled: false,
};

/** Every id that names a rule: code, name, aliases with and without their tool's prefix. */
export function idsOf(rule: Pick<Rule, 'code' | 'name' | 'aliases'>): string[] {
  return [rule.code, rule.name, ...rule.aliases.flatMap((alias) => [alias, alias.replace(/^.*\//, '')])];
}

export function severityOf(configuration: Configuration, rule: Rule): Level {
  for (const id of idsOf(rule)) {
    const level = configuration.levels.get(id);
    if (level) return level;
  }
  return rule.severity;
}

/** A rule's options: its defaults, overlaid with the configured values of the right type. */
export function optionsOf<O extends OptionTable>(configuration: Configuration, rule: Rule): Options<O> {
  const configured = idsOf(rule)
    .map((id) => configuration.options.get(id))
    .find((options) => options);
  const table = rule.options as OptionTable;
  const entries = Object.entries(table).map(([name, option]) => {
    const value = configured?.[name];
    return [name, sameType(value, option.default) ? value : option.default];
  });
  return Object.fromEntries(entries) as Options<O>;
}

function sameType(value: unknown, example: unknown): boolean {
  if (Array.isArray(example)) return Array.isArray(value) && value.every((item) => typeof item === 'string');
  return typeof value === typeof example;
}

/** Lays one configuration over another. */
export function mergeConfigurations(base: Configuration, over: Configuration): Configuration {
  return {
    levels: new Map([...base.levels, ...over.levels]),
    options: new Map([...base.options, ...over.options]),
    ignoreCommentsDisabled: base.ignoreCommentsDisabled || over.ignoreCommentsDisabled,
  };
}
