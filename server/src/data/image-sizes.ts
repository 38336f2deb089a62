// Read on 2026-11-25.

/** Sizes of published images by name and tag, compressed, as somebody measured them; there is no table of all. */
export const imageSizes: readonly {
  readonly image: RegExp;
  readonly size: string;
  readonly measured: string;
}[] = [
  {
    image: /^pytorch\/pytorch:.*-runtime$/,
    size: '3.2 GB',
    measured: 'January 2024, pytorch/pytorch#116696',
  },
  { image: /^pytorch\/pytorch:.*-devel$/, size: '8.3 GB', measured: 'January 2024, pytorch/pytorch#116696' },
];
