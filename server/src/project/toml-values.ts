/** A table of TOML, and what stands in it where it has the type that one wants. */
export type Table = Readonly<Record<string, unknown>>;
export const stringOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
export const tableOf = (value: unknown): Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
export const tablesOf = (value: unknown): Table[] => (Array.isArray(value) ? value.map(tableOf) : []);
export const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
