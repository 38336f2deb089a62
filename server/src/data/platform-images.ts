/**
 * How images that hold one platform only say so in their name. Docker Hub publishes the official images of each
 * architecture under a namespace of its own (github.com/docker-library/official-images, "Architectures other than
 * amd64?"); manylinux and musllinux name it behind an underscore (github.com/pypa/manylinux); elsewhere it is the end of
 * the tag. Compilers for another architecture (`cross`) carry that one's name. Read 2026-11.
 */
export const platformNamespaces: Readonly<Record<string, string>> = {
  amd64: 'amd64',
  arm32v5: 'arm',
  arm32v6: 'arm',
  arm32v7: 'arm',
  arm64v8: 'arm64',
  i386: '386',
  mips64le: 'mips64le',
  ppc64le: 'ppc64le',
  riscv64: 'riscv64',
  s390x: 's390x',
};

/** The architecture at the end of a tag, or of the repository behind an underscore. */
export const platformTag =
  /(?:^|[-_.])(amd64|x86_64|arm64v8|arm64|aarch64|arm32v[567]|armhf|i386|ppc64le|riscv64|s390x)$/;
export const platformRepository =
  /linux(?:_\d+_\d+|\d{4}|\d)?_(x86_64|aarch64|i686|armv7l|ppc64le|s390x|riscv64)$/;
export const crossCompilers = /cross|toolchain|qemu|binfmt/;
