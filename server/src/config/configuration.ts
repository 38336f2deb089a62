import {
  type Level,
  type Options,
  type OptionTable,
  type OptionValue,
  type Rule,
  readOptions,
} from '../lint/rule.ts';

export type { Level } from '../lint/rule.ts';

/** How findings are judged in one file, from every source together; later sources were merged over earlier ones. */
export interface Configuration {
  /** Level of a rule by any of its ids; of several for one rule the last in order holds. */
  readonly levels: ReadonlyMap<string, Level>;
  /** Options of rules, by any of its ids. */
  readonly options: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** How the facts are derived: values of `factOptions` that differ from their defaults. */
  readonly facts: Readonly<Record<string, OptionValue>>;
  /** What the rest of the configuration is laid over; where none is chosen, each rule has its own severity. */
  readonly preset: Preset | undefined;
  /** Ignore comments have no effect (hadolint's `disable-ignore-pragma`). */
  readonly ignoreCommentsDisabled: boolean;
}

/**
 * `recommended`: the level says what happens. `strict`: each rule has its own severity, and those of taste count.
 * `hadolint`: what hadolint finds, where it finds it.
 */
export const presets = ['recommended', 'strict', 'hadolint'] as const;
export type Preset = (typeof presets)[number];
/** Where nobody chooses another one. */
export const defaultPreset: Preset = 'recommended';

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
  rule: Pick<Rule, 'code' | 'name' | 'aliases' | 'group'> & Parameters<typeof recommendedLevel>[0],
): Level {
  const ids = new Set(idsOf(rule));
  const preset = configuration.preset === 'recommended' ? recommendedLevel(rule) : ownLevel(rule);
  let level = configuration.levels.get(rule.group ?? '') ?? preset;
  for (const [id, configured] of configuration.levels) if (ids.has(id)) level = configured;
  return level;
}

/** The level that a rule has by itself, and so under the preset `strict`. */
export function ownLevel({ offByDefault, severity }: Pick<Rule, 'severity' | 'offByDefault'>): Level {
  return offByDefault ? 'off' : severity;
}

/** The level that a rule has under the preset `recommended`. */
export function recommendedLevel(rule: Pick<Rule, 'severity' | 'offByDefault' | 'recommended'>): Level {
  const own = ownLevel(rule);
  return rule.recommended?.level ?? (own === 'style' ? 'hint' : own);
}

/** A rule's options: its defaults, overlaid with the configured values of the right type. */
export function optionsOf<O extends OptionTable>(configuration: Configuration, rule: Rule): Options<O> {
  const ids = new Set(idsOf(rule));
  const configured = [...configuration.options].filter(([id]) => ids.has(id)).map(([, values]) => values);
  const preset = configuration.preset === 'recommended' ? recommendedOptions(rule) : {};
  return readOptions(rule.options as O, Object.assign({}, preset, ...configured));
}

function recommendedOptions({ options }: Rule): Readonly<Record<string, OptionValue>> {
  return Object.fromEntries(
    Object.entries(options as OptionTable).flatMap(([name, { recommended }]) =>
      recommended === undefined ? [] : [[name, recommended]],
    ),
  );
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
