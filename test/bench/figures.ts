export const median = (values: readonly number[]) => quantile(values, 0.5);

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** One line of a table whose first column is a name. */
export function row(name: string, ...cells: readonly string[]): void {
  console.log(`${name.padEnd(34)} ${cells.map((cell) => cell.padStart(12)).join(' ')}`);
}

export const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
