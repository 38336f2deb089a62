import { type HostileInput, harmlessDockerfile, harmlessFindings, repeated } from '../input.ts';

/** As many lines as have room, each made from its number. */
function numbered(line: (at: number) => string, length: number, before = ''): string {
  const lines = [before];
  for (let at = 0, size = before.length; size < length; at++) {
    const next = line(at);
    lines.push(next);
    size += next.length;
  }
  return lines.join('');
}

const start = 'FROM python:3.13-slim\nWORKDIR app\n';

/** What a tester from outside found, who did not know the other lists. */
export const inputs: readonly HostileInput[] = [
  {
    name: 'stages of which none is used',
    files: () => ({ Dockerfile: numbered((at) => `FROM a${at} AS s${at}\n`, 200_000) }),
    finds: ['DL3006'],
  },
  {
    name: 'stages that each copy from the next',
    files: () => ({
      Dockerfile: numbered((at) => `FROM x AS s${at}\nCOPY --from=s${at + 1} /a /b\n`, 200_000),
    }),
    finds: ['DL3006'],
  },
  {
    name: 'a misspelt stage in each COPY',
    files: () => ({
      Dockerfile:
        numbered((at) => `FROM x AS stage${at}\n`, 100_000) +
        numbered((at) => `COPY --from=stagg${at} /a /b\n`, 100_000),
    }),
    finds: ['DL3022'],
  },
  {
    name: 'a variable in each FROM',
    files: () => ({ Dockerfile: `ARG V=${'a'.repeat(100_000)}\n${'FROM $V\n'.repeat(12_000)}` }),
  },
  {
    name: 'an archive in each COPY, unpacked by a RUN of its own',
    files: () => ({
      Dockerfile: numbered((at) => `COPY a${at}.tar.gz /y/\nRUN tar -xf /y/a${at}.tar.gz\n`, 200_000, start),
    }),
    finds: ['DL3010', 'DL3000'],
  },
  {
    name: 'the same heredoc again and again, never closed',
    files: () => ({ Dockerfile: repeated('<<E ', 200_000, `${start}RUN `) }),
    finds: ['DL3000'],
  },
  {
    name: 'a find in each -exec of a find',
    files: () => ({ Dockerfile: repeated('find . -exec ', 200_000, `${start}RUN `, 'a') }),
    finds: ['DL3000'],
  },
  {
    name: 'a list of packages that thousands of entries of an environment have',
    files: () => ({
      'environment.yml': `${numbered((at) => `- p${at}\n`, 100_000, 'a: &a\n')}dependencies:\n${'- pip: *a\n'.repeat(10_000)}`,
    }),
    finds: harmlessFindings,
  },
  {
    name: 'a .gitignore of one pattern that is no regular expression of V8 any more',
    files: () => ({ '.gitignore': '*a'.repeat(75_000), 'a/Dockerfile': harmlessDockerfile }),
    finds: harmlessFindings,
  },
  {
    name: 'a .gitignore that tries each place of a long name',
    files: () => ({
      '.gitignore': `${'*?'.repeat(12)}b\n`.repeat(1000),
      [`${'a'.repeat(250)}/Dockerfile`]: harmlessDockerfile,
    }),
    finds: harmlessFindings,
  },
];
