/**
 * Ends of the file names that ADD unpacks (Dockerfile reference, "Adding local tar archives"; by content it knows gzip,
 * bzip2, xz and zstd), with the spellings that hadolint 2.15.1 takes for archives too.
 */
export const archiveName = /\.(?:tar|Z|bz2|gz|lz|lzma|tZ|tb2|tbz|tbz2|tgz|tlz|tpz|txz|xz|zst|tzst)$/;

/** The ends of file names that hadolint 2.15.1 takes for archives. */
export const olderArchive = /\.(?:tar|Z|bz2|gz|lz|lzma|tZ|tb2|tbz|tbz2|tgz|tlz|tpz|txz|xz)$/;
