/** Where a package manager keeps what it downloads, and what fills and empties it. */
export interface PackageCache {
  readonly program: string;
  /** Sub-commands that fill it. */
  readonly fills: readonly string[];
  /** Its folders; which of them is in use depends on the release. */
  readonly folders: readonly string[];
  /** Programs that empty it, and their sub-commands for that. */
  readonly cleaners: readonly string[];
  readonly cleans: readonly string[];
  /** By which words hadolint 2.15 takes it for emptied, and which mounts it accepts. */
  readonly byWord: {
    readonly cleans: readonly string[];
    readonly removals: readonly string[];
    readonly mounts: readonly string[];
  };
}

const dnf = {
  program: 'dnf',
  fills: ['install', 'in', 'upgrade', 'up', 'upgrade-minimal', 'up-min', 'reinstall', 'rei'],
  folders: ['/var/cache/dnf', '/var/cache/libdnf5'],
  cleaners: ['dnf', 'dnf5', 'yum'],
  cleans: ['clean'],
  byWord: {
    cleans: ['clean', 'all'],
    removals: ['-rf', '/var/cache/libdnf5*'],
    mounts: ['/var/cache/libdnf5', '.cache/libdnf5'],
  },
} as const satisfies PackageCache;

/**
 * Sources: yum.conf(5) of CentOS 7, dnf.conf(5) of DNF 4.19 and of DNF5 5.2 (`cachedir`), zypper(8) 1.14, and for microdnf
 * the images of UBI 8 and 9; 2026-11. From RHEL 8 on, yum is a link to dnf.
 */
export const packageCaches = {
  yum: {
    program: 'yum',
    fills: ['install'],
    folders: ['/var/cache/yum', '/var/cache/dnf'],
    cleaners: ['yum', 'dnf'],
    cleans: ['clean'],
    byWord: { cleans: ['clean', 'all'], removals: ['-rf', '/var/cache/yum/*'], mounts: [] },
  },
  dnf,
  microdnf: {
    ...dnf,
    program: 'microdnf',
    folders: ['/var/cache/yum', ...dnf.folders],
    cleaners: ['microdnf'],
  },
  zypper: {
    program: 'zypper',
    fills: ['install', 'in'],
    folders: ['/var/cache/zypp'],
    cleaners: ['zypper'],
    cleans: ['clean', 'cc'],
    byWord: { cleans: ['clean', 'cc'], removals: [], mounts: ['/var/cache/zypp'] },
  },
} as const satisfies Record<string, PackageCache>;
