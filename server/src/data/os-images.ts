/** What an image is made from, as far as its name says it. */
export type OsFamily = 'alpine' | 'debian' | 'redhat' | 'windows' | 'none';

/**
 * Operating systems by repository and tag, first match wins. The shell follows: Alpine's /bin/sh is BusyBox ash, that of
 * Debian and Ubuntu is dash (policy 11.6, wiki.ubuntu.com/DashAsBinSh), that of Red Hat's family is bash; `none` has no shell.
 * Source: the images' own pages on Docker Hub, NGC and quay.io, 2026-11.
 */
export const osImages: readonly {
  readonly family: OsFamily;
  readonly repository?: RegExp;
  readonly tag?: RegExp;
}[] = [
  { family: 'none', repository: /^scratch$|distroless|^chainguard\// },
  { family: 'windows', repository: /^windows(?:\/|$)|nanoserver|servercore/ },
  { family: 'windows', tag: /windowsservercore|nanoserver/ },
  { family: 'alpine', tag: /(?:^|-)alpine/ },
  { family: 'alpine', repository: /(?:^|\/)(?:alpine|busybox)$/ },
  { family: 'redhat', tag: /(?:ubi|rockylinux|centos|oraclelinux|amzn|fedora)\d/ },
  {
    family: 'redhat',
    repository: /(?:^|\/)(?:centos|fedora|rockylinux|almalinux|oraclelinux|amazonlinux|ubi\d[^/]*)(?:\/|$)/,
  },
  { family: 'debian', tag: /ubuntu|debian|trixie|bookworm|bullseye|buster|stretch|(?:^|-)slim/ },
  {
    family: 'debian',
    repository:
      /(?:^|\/)(?:debian|ubuntu|python|pypy|node|golang|rust|ruby|php|openjdk|buildpack-deps|nginx|miniconda3|anaconda3|miniforge3|mambaforge)$/,
  },
  { family: 'debian', repository: /^(?:pytorch\/pytorch|tensorflow\/tensorflow|huggingface\/|nvidia\/)/ },
];
