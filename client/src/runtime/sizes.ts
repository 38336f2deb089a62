// Amounts as command lines print them.

const units: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** `1.5MB`, `908KiB`, `12.0 GiB`; nothing for what is none. */
export function bytesOf(text: string): number | undefined {
  const [, amount, unit = ''] = /^\s?([\d.]{1,12})\s?([kKMGT]?i?B)\s?$/.exec(text) ?? [];
  const size = units[unit];
  return amount === undefined || size === undefined ? undefined : Number(amount) * size;
}
