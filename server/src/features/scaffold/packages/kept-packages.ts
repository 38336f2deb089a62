import { bookwormNames } from '../../../data/bookworm-names.ts';
import type { PresentDockerfile } from '../present-dockerfile.ts';
import type { SourceBuilds } from './source-builds.ts';

/** What builds need and programs do not; the full images of Python have it (docker-library/python, buildpack-deps). */
const tools =
  /^(?:build-essential|gcc|g\+\+|make|pkg-config|pkgconf|python.*|libc6-dev|build-base|musl-dev|linux-headers|libc-dev|libffi-dev|libssl-dev|ca-certificates|gnupg\d?|dirmngr|apt-.*|software-properties-common|sudo|vim|nano|less|locales|lsb-release|patch)$/;
/** What builds may need beside those. */
const buildTools =
  /^(?:cmake|swig|rustc|cargo|gfortran|ninja-build|protobuf-compiler|autoconf|automake|libtool|nasm)$|-dev$/;
/** Programs for the image itself, unless the project's own sources call them. */
const programs = /^(?:git|curl|wget|unzip|zip|procps|netcat.*|htop|jq)$/;

/** Packages of Debian that the present Dockerfile installs, as far as the names are those of our release. */
export interface KeptPackages {
  readonly build: readonly string[];
  readonly final: readonly string[];
  /** What is left out without being known to be of no use. */
  readonly dropped: readonly string[];
}

export const isForBuilds = (name: string) => buildTools.test(name);

/** Without what an image has anyway or a program has no use for. */
export const wantedPackages = (names: readonly string[], isCalled: (program: string) => boolean): string[] =>
  names.filter((name) => !tools.test(name) && (!programs.test(name) || isCalled(name)));

/** @param listed of another list than the present Dockerfile */
export function keptPackages(
  present: PresentDockerfile | undefined,
  builds: SourceBuilds,
  isCalled: (program: string) => boolean,
  listed: readonly string[] = [],
): KeptPackages {
  const own = present?.apt ?? [];
  const known = listed.filter((name) => bookwormNames.has(name) && !own.includes(name));
  const wanted = wantedPackages([...own, ...known], isCalled);
  const isSure = (name: string) => present?.isOfRelease === true || bookwormNames.has(name);
  const sure = wanted.filter(isSure);
  const compiled = sure.filter((name) => buildTools.test(name));
  const others = sure.filter((name) => !buildTools.test(name));
  return {
    build: builds === 'none' ? [] : compiled,
    // What was compiled with a library loads it.
    final: builds === 'none' ? others : [...others, ...compiled.filter((name) => /-dev$/.test(name))],
    dropped: wanted.filter((name) => !isSure(name) && !(builds === 'none' && buildTools.test(name))),
  };
}
