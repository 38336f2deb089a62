// Read on 2026-11-26.

/**
 * Last day of each minor release of Python; where only the month is settled, the last day of it. Source: python/peps,
 * release_management/python-releases.toml of 2026-08-22, from which devguide.python.org/versions is made;
 * `npm run check-tables -- --peps FOLDER` compares them.
 */
export const pythonEnds: ReadonlyMap<string, string> = new Map([
  ['2.6', '2013-10-29'],
  ['2.7', '2020-01-01'],
  ['3.3', '2017-09-29'],
  ['3.4', '2019-03-18'],
  ['3.5', '2020-09-30'],
  ['3.6', '2021-12-23'],
  ['3.7', '2023-06-27'],
  ['3.8', '2024-10-07'],
  ['3.9', '2025-10-31'],
  ['3.10', '2026-10-31'],
  ['3.11', '2027-10-31'],
  ['3.12', '2028-10-31'],
  ['3.13', '2029-10-31'],
  ['3.14', '2030-10-31'],
]);

/**
 * The Python that fixes write: supported until 2028-10, and torch, tensorflow, jax and their like have wheels for it.
 * Its official images are built on the two newest releases of Debian (docker-library/python, versions.json, 2026-06-23).
 */
export const suggestedPython = '3.12';
export const pythonImageRelease = 'bookworm';

/**
 * Last day of each release of CentOS (centos.org, "CentOS Linux EOL"; CentOS Stream 8 ended on 2024-05-31). Source:
 * endoflife.date, products/centos.md and centos-stream.md of 2026-08-22.
 */
export const centosEnds: ReadonlyMap<string, string> = new Map([
  ['5', '2017-03-31'],
  ['6', '2020-11-30'],
  ['7', '2024-06-30'],
  ['8', '2021-12-31'],
]);
