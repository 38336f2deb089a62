// Read on 2026-11-26.

/**
 * Releases of the tools that say their lock files in pip's words. Source: PyPI; tried with lock files of Poetry 1.5, 1.8 and
 * 2.5 and of pipenv.
 */
export const poetryRelease = '2.5.1';
export const pipenvRelease = '2026.10.3';
/** Those that still run on a Python before 3.10. */
export const olderExporters = { before: 10, poetry: '1.8.5', pipenv: '2024.4.1' };
