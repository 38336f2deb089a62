/** Newest release of uv when this was written. Source: PyPI, 2026-11-23. */
export const newestUv = '0.13.9';

/** The last release with images of Debian 12, Alpine 3.21 and Python 3.8, of 2026-02 (uv 0.10.0, release notes). */
export const lastUvOfOldSystems = '0.9.30';

/** What such images are named in tags, and what comes next; Python 3.8 has no successor of its own. */
export const oldUvSystems: Readonly<Record<string, string | undefined>> = {
  bookworm: 'trixie',
  'alpine3.21': 'alpine3.22',
  'python3.8': undefined,
};
