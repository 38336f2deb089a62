// What the page of processes is sent: all of it, each time.

/** How something came to be what it is, from the left to the right. */
export type Curve = { readonly name: string; readonly words: string; readonly values: readonly number[] };

export type ToProcesses = {
  readonly type: 'processes';
  readonly title: string;
  readonly caption: string;
  /** Why there is nothing to be seen. */
  readonly wrong: string;
  readonly curves: readonly Curve[];
  readonly heads: readonly string[];
  /** Those of the columns that hold numbers. */
  readonly numbers: readonly number[];
  readonly rows: readonly (readonly string[])[];
};
