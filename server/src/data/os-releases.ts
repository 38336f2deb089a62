// Read on 2026-11-26.

/** A distribution's release, by the name that tags of images use. */
export interface OsRelease {
  readonly distribution: 'ubuntu' | 'debian';
  /** `22.04` of Ubuntu, `12` of Debian. */
  readonly version: string;
  readonly codename: string;
  /** Last day with free updates for everyone: of Ubuntu's standard support (`eol`), of Debian's LTS (`eol-lts`). */
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
 * Releases of the distributions that images of ML projects rest on. Ends: Debian's package distro-info-data
 * 0.58+deb12u7 of 2026-11, its columns `eol` for Ubuntu and `eol-lts` for Debian; `npm run check-tables` compares them. The
 * `python3` package of each release: Debian's and Ubuntu's package pages, as known 2026-11, not compared by a program.
 */
const rows: readonly Row[] = [
  ['ubuntu', '12.04', 'precise', '2017-04-28', '3.2'],
  ['ubuntu', '12.10', 'quantal', '2014-05-16', '3.2'],
  ['ubuntu', '13.04', 'raring', '2014-01-27', '3.3'],
  ['ubuntu', '13.10', 'saucy', '2014-07-17', '3.3'],
  ['ubuntu', '14.04', 'trusty', '2019-04-25', '3.4'],
  ['ubuntu', '14.10', 'utopic', '2015-07-23', '3.4'],
  ['ubuntu', '15.04', 'vivid', '2016-02-04', '3.4'],
  ['ubuntu', '15.10', 'wily', '2016-07-28', '3.4'],
  ['ubuntu', '16.04', 'xenial', '2021-04-30', '3.5'],
  ['ubuntu', '16.10', 'yakkety', '2017-07-20', '3.5'],
  ['ubuntu', '17.04', 'zesty', '2018-01-13', '3.5'],
  ['ubuntu', '17.10', 'artful', '2018-07-19', '3.6'],
  ['ubuntu', '18.04', 'bionic', '2023-05-31', '3.6'],
  ['ubuntu', '18.10', 'cosmic', '2019-07-18', '3.6'],
  ['ubuntu', '19.04', 'disco', '2020-01-23', '3.7'],
  ['ubuntu', '19.10', 'eoan', '2020-07-17', '3.7'],
  ['ubuntu', '20.04', 'focal', '2025-05-29', '3.8'],
  ['ubuntu', '20.10', 'groovy', '2021-07-22', '3.8'],
  ['ubuntu', '21.04', 'hirsute', '2022-01-20', '3.9'],
  ['ubuntu', '21.10', 'impish', '2022-07-14', '3.9'],
  ['ubuntu', '22.04', 'jammy', '2027-06-01', '3.10'],
  ['ubuntu', '22.10', 'kinetic', '2023-07-20', '3.10'],
  ['ubuntu', '23.04', 'lunar', '2024-01-25', '3.11'],
  ['ubuntu', '23.10', 'mantic', '2024-07-11', '3.11'],
  ['ubuntu', '24.04', 'noble', '2029-05-31', '3.12'],
  ['ubuntu', '24.10', 'oracular', '2025-07-10', '3.12'],
  ['ubuntu', '25.04', 'plucky', '2026-01-15', '3.13'],
  ['ubuntu', '25.10', 'questing', '2026-07-09', '3.13'],
  ['ubuntu', '26.04', 'resolute', '2031-05-29', '3.14'],
  ['debian', '7', 'wheezy', '2018-05-31', '3.2'],
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
