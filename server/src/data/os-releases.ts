/** A distribution's release, by the name that tags of images use. */
export interface OsRelease {
  readonly distribution: 'ubuntu' | 'debian';
  /** `22.04` of Ubuntu, `12` of Debian. */
  readonly version: string;
  readonly codename: string;
}

/** Releases of the distributions that images of ML projects rest on (Docker Hub, official images ubuntu and debian, 2026-11). */
export const osReleases: readonly OsRelease[] = [
  { distribution: 'ubuntu', version: '14.04', codename: 'trusty' },
  { distribution: 'ubuntu', version: '16.04', codename: 'xenial' },
  { distribution: 'ubuntu', version: '18.04', codename: 'bionic' },
  { distribution: 'ubuntu', version: '20.04', codename: 'focal' },
  { distribution: 'ubuntu', version: '22.04', codename: 'jammy' },
  { distribution: 'ubuntu', version: '24.04', codename: 'noble' },
  { distribution: 'ubuntu', version: '26.04', codename: 'resolute' },
  { distribution: 'debian', version: '8', codename: 'jessie' },
  { distribution: 'debian', version: '9', codename: 'stretch' },
  { distribution: 'debian', version: '10', codename: 'buster' },
  { distribution: 'debian', version: '11', codename: 'bullseye' },
  { distribution: 'debian', version: '12', codename: 'bookworm' },
  { distribution: 'debian', version: '13', codename: 'trixie' },
];
