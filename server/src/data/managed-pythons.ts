/**
 * The first releases whose own Python carries the mark EXTERNALLY-MANAGED, for which pip and uv refuse to install into it
 * (PEP 668). Source: the packages libpython3.9-stdlib of Debian 11, which lacks the file, libpython3.11-stdlib of 12 and
 * libpython3.13-stdlib of 13, which have it, all three unpacked; for Ubuntu public pages and issue threads. As known 2026-11.
 */
export const firstManaged = { debian: 12, ubuntu: 23.04 } as const;

/**
 * Images on Debian and Ubuntu that bring no Python of their own beside the distribution's and leave its mark where it is;
 * those of python build theirs into /usr/local, those of frameworks have conda, a venv or a setting of pip.
 * Written from memory, not read off the Dockerfiles of these images; as known 2026-11.
 */
export const imagesWithoutPython =
  /^(?:debian|ubuntu|buildpack-deps|node|golang|rust|eclipse-temurin|nvidia\/(?:cuda|opengl))$/;
