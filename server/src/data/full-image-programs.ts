// Read on 2026-11-26.

/**
 * Programs that the full images of Python have and the slim ones lack, by the Debian package that brings them; `undefined`
 * where that is a compiler or what belongs to one, for which a slim image is not right. Source: the Dockerfiles of
 * docker-library/buildpack-deps (curl, scm and the whole) and docker-library/python, with what apt installs for their
 * packages in Debian 13 (`apt-get install --simulate`).
 */
const programsOf: Readonly<Record<string, string>> = {
  curl: 'curl',
  wget: 'wget',
  git: 'git git-lfs',
  mercurial: 'hg',
  subversion: 'svn svnadmin',
  'openssh-client': 'ssh scp sftp ssh-keygen ssh-keyscan ssh-agent ssh-add',
  procps: 'ps pgrep pkill pidof top free uptime watch vmstat sysctl pmap w',
  unzip: 'unzip zipinfo',
  patch: 'patch',
  file: 'file',
  'xz-utils': 'xz unxz xzcat',
  bzip2: 'bzip2 bunzip2 bzcat',
  gnupg: 'gpg gpg2 gpgv',
  imagemagick: 'convert magick identify mogrify montage composite',
};
const compilers =
  'gcc g++ cc c++ cpp make ld as ar nm objdump readelf strip autoconf automake libtool pkg-config dpkg-buildpackage gfortran cmake cargo rustc clang ninja pg_config mysql_config xml2-config xslt-config curl-config python3-config';

export const fullImagePrograms: ReadonlyMap<string, string | undefined> = new Map([
  ...Object.entries(programsOf).flatMap(([name, programs]) =>
    programs.split(' ').map((program) => [program, name] as const),
  ),
  ...compilers.split(' ').map((program) => [program, undefined] as const),
]);

/** Those whose names are words that a string of a program often begins with. */
export const wordsToo: ReadonlySet<string> = new Set(
  'as ar file free make patch strip top watch w convert identify composite cc ld'.split(' '),
);

/**
 * Debian packages of programs that a build calls and a service seldom does. No build needs those for a look at a container
 * that runs, or for pictures; Nextflow calls `ps` in each (its documentation, "Tasks and containers").
 */
export const programPackages: ReadonlySet<string> = new Set(
  Object.keys(programsOf).filter((name) => !/^(?:procps|imagemagick)$/.test(name)),
);
