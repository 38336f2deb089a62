import {
  type Options,
  type OptionTable,
  type OptionValue,
  type Rule,
  readOptions,
  type Severity,
} from '../lint/rule.ts';

export type Level = Severity | 'off';

/** How findings are judged in one file, from every source together; later sources were merged over earlier ones. */
export interface Configuration {
  /** Level of a rule by any of its ids; of several for one rule the last in order holds. */
  readonly levels: ReadonlyMap<string, Level>;
  /** Options of rules, by any of its ids. */
  readonly options: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** How the facts are derived: values of `factOptions` that differ from their defaults. */
  readonly facts: Readonly<Record<string, OptionValue>>;
  /** Judge as another linter does; the rest of the configuration is laid over it. */
  readonly preset: Preset | undefined;
  /** Ignore comments have no effect (hadolint's `disable-ignore-pragma`). */
  readonly ignoreCommentsDisabled: boolean;
}

export const presets = ['hadolint'] as const;
export type Preset = (typeof presets)[number];

export const defaultConfiguration: Configuration = {
  levels: new Map(),
  options: new Map(),
  facts: {},
  preset: undefined,
  ignoreCommentsDisabled: false,
};

/** Every id that names a rule: code, name, aliases with and without their tool's prefix. */
export function idsOf(rule: Pick<Rule, 'code' | 'name' | 'aliases'>): string[] {
  return [rule.code, rule.name, ...rule.aliases.flatMap((alias) => [alias, alias.replace(/^.*\//, '')])];
}

export function severityOf(
  configuration: Configuration,
  rule: Pick<Rule, 'code' | 'name' | 'aliases' | 'severity' | 'offByDefault'>,
): Level {
  const ids = new Set(idsOf(rule));
  let level: Level = rule.offByDefault ? 'off' : rule.severity;
  for (const [id, configured] of configuration.levels) if (ids.has(id)) level = configured;
  return level;
}

/** A rule's options: its defaults, overlaid with the configured values of the right type. */
export function optionsOf<O extends OptionTable>(configuration: Configuration, rule: Rule): Options<O> {
  const ids = new Set(idsOf(rule));
  const configured = [...configuration.options].filter(([id]) => ids.has(id)).map(([, values]) => values);
  return readOptions(rule.options as O, Object.assign({}, ...configured));
}

/** The order tells which entry is stronger, as one rule has several ids: an id set anew moves to the end. */
function layer<V>(base: ReadonlyMap<string, V>, over: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  return new Map([...[...base].filter(([id]) => !over.has(id)), ...over]);
}

function layerOptions(
  base: Configuration['options'],
  over: Configuration['options'],
): Configuration['options'] {
  return layer(base, new Map([...over].map(([id, values]) => [id, { ...base.get(id), ...values }])));
}

/** Lays one configuration over another. */
export function mergeConfigurations(base: Configuration, over: Configuration): Configuration {
  return {
    levels: layer(base.levels, over.levels),
    options: layerOptions(base.options, over.options),
    facts: { ...base.facts, ...over.facts },
    preset: over.preset ?? base.preset,
    ignoreCommentsDisabled: base.ignoreCommentsDisabled || over.ignoreCommentsDisabled,
  };
}
