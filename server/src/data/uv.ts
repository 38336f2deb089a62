/** Newest release of uv when this was written. Source: PyPI, 2026-11-23. */
export const newestUv = '0.13.9';
