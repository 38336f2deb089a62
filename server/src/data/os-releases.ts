// Read on 2026-11-23.

/** A distribution's release, by the name that tags of images use. */
export interface OsRelease {
  readonly distribution: 'ubuntu' | 'debian';
  /** `22.04` of Ubuntu, `12` of Debian. */
  readonly version: string;
  readonly codename: string;
  /** Last day with free updates: of Ubuntu's standard support, of Debian's LTS. */
  readonly end: string;
  /** Its own Python 3, which its makers keep safe for as long as the release lives. */
  readonly python: string;
}

type Row = readonly [
  distribution: OsRelease['distribution'],
  version: string,
  codename: string,
  end: string,
  python: string,
];

/**
 * Releases of the distributions that images of ML projects rest on. Sources: Docker Hub, official images ubuntu and
 * debian, 2026-11; endoflife.date/ubuntu and /debian as of 2026-08-22; the `python3` package of each release.
 */
const rows: readonly Row[] = [
  ['ubuntu', '14.04', 'trusty', '2019-04-02', '3.4'],
  ['ubuntu', '16.04', 'xenial', '2021-04-02', '3.5'],
  ['ubuntu', '18.04', 'bionic', '2023-05-31', '3.6'],
  ['ubuntu', '20.04', 'focal', '2025-05-31', '3.8'],
  ['ubuntu', '22.04', 'jammy', '2027-04-01', '3.10'],
  ['ubuntu', '24.04', 'noble', '2029-05-31', '3.12'],
  ['ubuntu', '26.04', 'resolute', '2031-04-30', '3.14'],
  ['debian', '8', 'jessie', '2020-06-30', '3.4'],
  ['debian', '9', 'stretch', '2022-06-30', '3.5'],
  ['debian', '10', 'buster', '2024-06-30', '3.7'],
  ['debian', '11', 'bullseye', '2026-08-31', '3.9'],
  ['debian', '12', 'bookworm', '2028-06-30', '3.11'],
  ['debian', '13', 'trixie', '2030-06-30', '3.13'],
];

export const osReleases: readonly OsRelease[] = rows.map(
  ([distribution, version, codename, end, python]) => ({
    distribution,
    version,
    codename,
    end,
    python,
  }),
);
