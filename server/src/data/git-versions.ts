// Read on 2026-11-26.

/**
 * Build requirements that ask git for the version or the files of a project, as names are compared. Source: the README of
 * each on PyPI, as known 2026-11.
 */
export const gitVersions =
  /^(?:setuptools-scm(?:-git-archive)?|hatch-vcs|flit-scm|versioningit|versioneer|pbr|setuptools-git(?:-versioning|-version|-ver)?|setuptools-vcs-version|poetry-dynamic-versioning|uv-dynamic-versioning|dunamai|better-setuptools-git-version|miniver)$/;
