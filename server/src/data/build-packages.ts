// Read on 2026-11-26.

/** Debian packages of compilers and what belongs to them: of use only while something is built. */
export const buildPackages =
  /^(?:build-essential|(?:gcc|g\+\+|cpp|clang|llvm|gfortran)(?:-\d+)?|make|cmake|ninja-build|meson|ccache|pkg-config|pkgconf|cargo|rustc|autoconf|automake|libtool|patchelf|nasm|yasm|bison|flex|swig|dpkg-dev|(?:lib)?python3?(?:\.\d+)?-dev|(?:libc6|linux-libc|libstdc\+\+-\d+)-dev)$/;

/**
 * The libraries to packages of headers, which a compiled package loads; none where the slim images of Python have it. Source:
 * the dependencies of the header packages in Debian 12 and 13 (`apt-cache show`, `apt-get install --simulate`); each name can
 * be installed in both. Headers whose library has another name in each release are left out.
 */
export const headerLibraries: Readonly<Record<string, readonly string[]>> = {
  'libpq-dev': ['libpq5'],
  'default-libmysqlclient-dev': ['libmariadb3'],
  'libmariadb-dev': ['libmariadb3'],
  'libxml2-dev': ['libxml2'],
  'libxslt1-dev': ['libxslt1.1'],
  'libxslt-dev': ['libxslt1.1'],
  'libjpeg-dev': ['libjpeg62-turbo'],
  'libjpeg62-turbo-dev': ['libjpeg62-turbo'],
  'libpng-dev': ['libpng16-16'],
  'libfreetype6-dev': ['libfreetype6'],
  'libcairo2-dev': ['libcairo2'],
  'libcurl4-openssl-dev': ['libcurl4'],
  'libyaml-dev': ['libyaml-0-2'],
  'libgmp-dev': ['libgmp10'],
  'libsasl2-dev': ['libsasl2-2'],
  'libopenblas-dev': ['libopenblas0'],
  'liblapack-dev': ['liblapack3'],
  'libsndfile1-dev': ['libsndfile1'],
  'portaudio19-dev': ['libportaudio2'],
  'libasound2-dev': ['libasound2'],
  'librdkafka-dev': ['librdkafka1'],
  'libsnappy-dev': ['libsnappy1v5'],
  'libev-dev': ['libev4'],
  'libzmq3-dev': ['libzmq5'],
  'libgl1-mesa-dev': ['libgl1'],
  'libglib2.0-dev': ['libglib2.0-0'],
  'libmagic-dev': ['libmagic1'],
  'unixodbc-dev': ['unixodbc'],
  'libkrb5-dev': ['libkrb5-3', 'libgssapi-krb5-2'],
  'libffi-dev': [],
  'libssl-dev': [],
  'zlib1g-dev': [],
  'libbz2-dev': [],
  'liblzma-dev': [],
  'libsqlite3-dev': [],
  'libreadline-dev': [],
  'libncurses-dev': ['libncurses6'],
  'libncurses5-dev': ['libncurses6'],
  'libncursesw5-dev': [],
  'uuid-dev': [],
};
