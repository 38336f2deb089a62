/**
 * Repositories, without `library/`, whose images hold no Python 3 by themselves, with the tags that do: those on
 * `buildpack-deps`, which brings Debian’s (Docker Hub, official images; uv documentation, "Using uv in Docker", "Available
 * images"). As known 2026-11.
 */
export const basesWithoutPython: readonly { readonly repository: RegExp; readonly tag: RegExp }[] = [
  {
    repository: /^(?:astral-sh|astral)\/uv$/,
    tag: /(?:^|-)(?:(?:debian|bookworm|trixie)-slim|alpine[\d.]*)$/,
  },
  { repository: /^(?:debian|ubuntu|alpine|nvidia\/cuda)$/, tag: /^/ },
  { repository: /^(?:rust|golang|node)$/, tag: /slim|alpine/ },
];

/**
 * Packages of Debian, Ubuntu and Alpine that bring no Python 3 along; of others that is not known. By their dependencies in
 * Debian 13 and Alpine 3.22, as known 2026-11.
 */
export const packagesWithoutPython: ReadonlySet<string> = new Set(
  `apt-transport-https bash build-essential build-base ca-certificates cargo cmake coreutils curl file g++ gcc gcompat git
  git-lfs gnupg gnupg2 jq less libc-dev libc6-dev libffi-dev libgl1 libglib2.0-0 libglib2.0-0t64 libgomp1 libmagic1
  libpq-dev libpq5 libsm6 libsndfile1 libssl-dev libstdc++ libxext6 libxml2-dev libxrender1 libxslt1-dev linux-headers
  make musl-dev nano netcat-openbsd openssh-client openssl patchelf pkg-config postgresql-client postgresql-dev procps
  tini tzdata unzip vim-tiny wget xz-utils zip zlib1g-dev`.split(/\s+/),
);
