import type { Options, OptionTable, Rule, Severity } from '../lint/rule.ts';

export type Level = Severity | 'off';

/** How findings are judged in one file, from every source together; later sources were merged over earlier ones. */
export interface Configuration {
  /** Level of a rule by any of its ids; of several for one rule the last in order holds. */
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

export function severityOf(
  configuration: Configuration,
  rule: Pick<Rule, 'code' | 'name' | 'aliases' | 'severity'>,
): Level {
  const ids = new Set(idsOf(rule));
  let level: Level = rule.severity;
  for (const [id, configured] of configuration.levels) if (ids.has(id)) level = configured;
  return level;
}

/** A rule's options: its defaults, overlaid with the configured values of the right type. */
export function optionsOf<O extends OptionTable>(configuration: Configuration, rule: Rule): Options<O> {
  const ids = new Set(idsOf(rule));
  const configured = [...configuration.options].findLast(([id]) => ids.has(id))?.[1];
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

/** The order tells which entry is stronger, as one rule has several ids: an id set anew moves to the end. */
function layer<V>(base: ReadonlyMap<string, V>, over: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  return new Map([...[...base].filter(([id]) => !over.has(id)), ...over]);
}

/** Lays one configuration over another. */
export function mergeConfigurations(base: Configuration, over: Configuration): Configuration {
  return {
    levels: layer(base.levels, over.levels),
    options: layer(base.options, over.options),
    ignoreCommentsDisabled: base.ignoreCommentsDisabled || over.ignoreCommentsDisabled,
  };
}
