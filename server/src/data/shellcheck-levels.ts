/**
 * Checks of ShellCheck that say something else of a RUN than of a script that people start with arguments of their own: the
 * words that are split there come from the Dockerfile. Others keep ShellCheck's level.
 *
 * Counts: 183 public hadolint configurations and the Dockerfiles of their repositories, 2026-11; ShellCheck 0.11 at
 * https://www.shellcheck.net/wiki/ for what each check is about.
 */
export const shellcheckLevels: Readonly<
  Record<string, { readonly level: 'info' | 'hint'; readonly because: string }>
> = {
  SC2015: { level: 'hint', because: '`A && B || C` is meant so in a RUN.' },
  SC2016: {
    level: 'hint',
    because: '3 of 6 repositories silence it: text in single quotes is written to a file.',
  },
  SC2035: {
    level: 'hint',
    because: 'No file name of an image begins with a dash unless the Dockerfile makes it.',
  },
  SC2046: {
    level: 'info',
    because: '3 of 7 repositories silence it: what `$(nproc)` and its like print has no blanks.',
  },
  SC2086: {
    level: 'hint',
    because: '6 of 15 repositories silence it: the values stand in the Dockerfile and have no blanks.',
  },
  SC2102: {
    level: 'hint',
    because: '`pip install package[extra]` is a pattern only where a file has such a name.',
  },
};
