// Read on 2026-11-26.

/** Releases of the tools that say their lock files in pip's words, for a lock that names no release. Source: PyPI. */
export const poetryRelease = '2.5.1';
export const pipenvRelease = '2026.10.3';
