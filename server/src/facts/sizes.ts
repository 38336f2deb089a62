import type { ContextFile } from './build-context.ts';

/** The sum of the sizes of files, in bytes. */
export const totalSize = (files: readonly ContextFile[]) => files.reduce((sum, { size }) => sum + size, 0);

/** A size in bytes with a unit that people read, in powers of ten as registries and `docker images` print it. */
export function printSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 10 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** The files and folders at the top of a context that hold the most, the largest first. */
export function largestParts(files: readonly ContextFile[], count: number) {
  const sizes = new Map<string, number>();
  for (const { path, size } of files) {
    const [top = ''] = path.split('/');
    sizes.set(top, (sizes.get(top) ?? 0) + size);
  }
  const parts = [...sizes].map(([path, size]) => ({ path, size }));
  return parts.sort((a, b) => b.size - a.size).slice(0, count);
}

/** Whether Docker reads a text as a size (`RAMInBytes` of docker/go-units 0.5): a number, and `b`, `k`, `mb`, `GiB`, … behind it. */
export function isGoSize(text: string): boolean {
  const number = text.replace(/(?:b|[kmgtp](?:i?b)?)$/i, '').replace(/ $/, '');
  if (!/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i.test(number)) return false;
  return Number(number) >= 0 && Number.isFinite(Number(number));
}
