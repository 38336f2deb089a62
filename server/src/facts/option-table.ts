export type OptionValue = boolean | number | string | readonly string[];

/** A deliberate difference from hadolint 2.15, and how to turn it back. `docs/differences.md` is made from these. */
export interface Difference {
  /** The option's value that judges as hadolint does; the preset `hadolint` sets it. */
  readonly value: OptionValue;
  /** What Wheelhouse does instead, and whom that helps: one or two sentences. */
  readonly reason: string;
  /** The request behind it, such as `hadolint#405`; left out where it comes from a measurement of ours. */
  readonly issue?: string;
  /** A Dockerfile that the two judge differently. */
  readonly example: string;
  /** Options of the rule under which they do so, where it finds nothing with its defaults. */
  readonly options?: Readonly<Record<string, OptionValue>>;
}

/** Options by name: the default gives the type. */
export type OptionTable = Readonly<
  Record<
    string,
    {
      readonly default: OptionValue;
      /** The value under the preset `recommended`, where it is another one. */
      readonly recommended?: OptionValue;
      readonly description: string;
      readonly hadolint?: Difference;
    }
  >
>;

type Widen<V> = V extends boolean
  ? boolean
  : V extends number
    ? number
    : V extends string
      ? string
      : readonly string[];
export type Options<O extends OptionTable> = { readonly [K in keyof O]: Widen<O[K]['default']> };

/** The values of a table of options: the configured ones that have the right type, else the defaults. */
export function readOptions<O extends OptionTable>(
  table: O,
  configured: Readonly<Record<string, unknown>>,
): Options<O> {
  const entries = Object.entries(table).map(([name, option]) => {
    const value = configured[name];
    return [name, sameType(value, option.default) ? value : option.default];
  });
  return Object.fromEntries(entries) as Options<O>;
}

function sameType(value: unknown, example: unknown): boolean {
  if (Array.isArray(example)) return Array.isArray(value) && value.every((item) => typeof item === 'string');
  return typeof value === typeof example;
}
