// Texts on which a pattern that backtracks takes seconds or centuries: each repeats what some pattern may begin with, and ends
// otherwise than it must.
import { type HostileInput, harmlessFindings, repeated } from '../input.ts';

const small = 100_000;
/** What grows with the square of its length takes minutes at this one, and what does not takes seconds on a slow machine. */
const large = 500_000;
const base = 'FROM python:3.13-slim\n';

/** A Dockerfile that is slow to read where one of its instructions is; the one behind it must be judged all the same. */
const inDockerfile = (
  name: string,
  make: () => string,
  finds: readonly string[] = ['DL3000'],
): HostileInput => ({
  name: `patterns: ${name}`,
  files: () => ({ Dockerfile: `${base}${make()}\nWORKDIR app\n` }),
  finds,
});

/** A file beside a harmless Dockerfile. */
const beside = (name: string, file: string, make: () => string): HostileInput => ({
  name: `patterns: ${name}`,
  files: () => ({ [file]: make() }),
  finds: harmlessFindings,
});

const run = (part: string, length: number, before = '', behind = '') =>
  `RUN ${repeated(part, length, before, behind)}`;

const withIgnoreFile = (name: string, ignoreFile: () => string, copied: () => string): HostileInput => ({
  name: `patterns: ${name}`,
  files: () => ({
    Dockerfile: `${base}${copied()}\nWORKDIR app\n`,
    '.dockerignore': ignoreFile(),
  }),
  finds: ['DL3000'],
});

const deepPath = (length: number) => `${repeated('a/', length)}b`;

export const inputs: readonly HostileInput[] = [
  inDockerfile('a duration of fractions', () =>
    repeated('s000', small, 'HEALTHCHECK --interval=1.', 'x CMD true'),
  ),
  inDockerfile('a duration of digits', () => repeated('1', large, 'HEALTHCHECK --timeout=', 'x CMD true')),
  inDockerfile('a duration of units', () =>
    repeated('1m1.5s', large, 'HEALTHCHECK --start-period=', '! CMD true'),
  ),
  inDockerfile('variables in exec form', () => repeated('$aa', small, 'CMD ["uvicorn", "$HOME", "', '~"]')),
  inDockerfile('variables that are not closed in exec form', () =>
    repeated('${a:-', large, 'CMD ["uvicorn", "', '"]'),
  ),
  inDockerfile('variables that are not closed in ENV', () => repeated('${a:-', large, 'ENV A="', '"')),
  inDockerfile('variables that are not closed in FROM', () => repeated('${a:-', small, 'ARG a=b\nFROM x')),
  inDockerfile(
    'one variable for a pattern of many stars',
    () => `ARG A=${'a'.repeat(299)}\n${'ENV B=${A%*a*a*ab}\nENV C=${A//a*a*a*b/x}\n'.repeat(1500)}`,
  ),
  inDockerfile('words of one letter in exec form', () => repeated('a', large, 'ENTRYPOINT ["a', '~"]')),
  inDockerfile('slashes behind a target of COPY', () => repeated('/', large, 'COPY . /a', 'b')),
  inDockerfile('slashes in a source of COPY', () => repeated('/', large, 'COPY a', 'b /x')),
  inDockerfile('slashes in what a RUN removes', () =>
    run('/', large, 'apt-get update && rm -rf /var/lib/apt', 'x'),
  ),
  inDockerfile('slashes in the target of a mount', () =>
    repeated('/', large, 'RUN --mount=type=cache,target=/root/.cache', 'x pip install torch'),
  ),
  inDockerfile('braces in what a RUN removes', () => {
    const many = `{${','.repeat(5000)}}`;
    return `RUN apt-get update && rm -rf /var/${many}${many}${many}x`;
  }),
  inDockerfile('stars in what a RUN removes', () =>
    run('*a', small, 'apt-get update && rm -rf /var/lib/', 'b'),
  ),
  inDockerfile('stars in a source of COPY', () => repeated('*a', small, 'COPY ', 'b /x')),
  inDockerfile('classes in a source of COPY', () => repeated('[a-', small, 'COPY ', ' /x')),
  inDockerfile('blanks of a specifier in RUN', () => run('\t', small, 'pip install "a', '("')),
  inDockerfile('a requirement of dots in RUN', () => run('a.', large, 'pip install ', '!')),
  inDockerfile('an address of git in RUN', () => run('@git+https://a/b', large, 'pip install a', '#')),
  inDockerfile('substitutions in what pip installs', () => run('$(a', large, 'pip install ', '')),
  inDockerfile('redirections behind a heredoc', () => run('1', small, '<<EOF ', ' cat\nEOF')),
  inDockerfile('redirections without an end', () => run('<', small, 'cat <<EOF ', '\nEOF')),
  inDockerfile('heredocs without a name', () => run('<<', small, 'cat ', '')),
  inDockerfile('digits before a redirection', () => run('1 ', large, 'cat ', '<<EOF\nEOF')),
  inDockerfile('a key of AWS that is none', () => run(' ', large, 'export aws_secret_access_key', '!')),
  inDockerfile('many keys of AWS that are none', () => run('aws_secret_access_key = ', large)),
  inDockerfile('a login of Weights & Biases', () => run('--a ', large, 'wandb login ', '!')),
  inDockerfile('tokens of GitLab and Slack that are none', () => run('glpat-xoxa-1234567-', large)),
  inDockerfile('an address with a password that does not end', () => run('https://a:', large)),
  inDockerfile('headings of private keys', () => run('-----BEGIN A ', large)),
  inDockerfile('rm without what it removes', () => run('rm ', large, 'conda install x ', '')),
  inDockerfile('uv with flags', () => run('-uv ', large, 'uv ', '')),
  inDockerfile('apt without an end', () => run('apt-', large, 'apt-get install ', '')),
  inDockerfile('variables of pip', () => run('PIP_UV_', large, 'pip install torch ', '')),
  inDockerfile('COPY and ADD on one line', () => run('pip install ', large)),
  inDockerfile('an installer of conda', () => run('https://', large, 'curl ', 'Miniconda3')),
  inDockerfile('setup.py and blanks', () => run(' ', large, 'python setup.py', 'x')),
  inDockerfile('a name of a stage', () => repeated('dev_', large, 'FROM x AS ', '!')),
  inDockerfile('an image of dots', () => repeated('a.', small, 'FROM ', '/')),
  inDockerfile('an image of dashes', () => repeated('-', small, 'FROM a', '/b:c')),
  inDockerfile('an owner of colons', () => repeated(':', large, 'COPY --chown=', ' a /b')),
  inDockerfile('a URL in a label', () =>
    repeated('?', small, 'LABEL org.opencontainers.image.url="https://a/', '^"'),
  ),
  inDockerfile('an address of mail in a label', () => repeated('a.', small, 'LABEL maintainer="', '@"')),
  inDockerfile('a key of a label', () => repeated('-', large, 'LABEL A', 'B=1')),
  inDockerfile('quotes in JSON', () => repeated('"a",', large, 'CMD [', '"')),
  inDockerfile('brackets in JSON', () => repeated('[', small, 'CMD ', '')),
  inDockerfile('blank continuations', () => `RUN a ${repeated(' ', large, '\\\n', '\\\n')}b`),
  {
    name: 'patterns: a directive of blanks',
    files: () => ({ Dockerfile: `#${repeated(' ', large)}syntax = x\n${base}WORKDIR app\n` }),
    finds: ['DL3000'],
  },
  {
    name: 'patterns: the value of a directive of blanks',
    files: () => ({ Dockerfile: `# syntax=${repeated('\t', small)}\rb\n${base}WORKDIR app\n` }),
    finds: ['DL3000'],
  },
  {
    name: 'patterns: an ignore comment of commas',
    files: () => ({ Dockerfile: `# hadolint ignore=${repeated('DL,', small)}!\n${base}WORKDIR app\n` }),
    finds: ['DL3000'],
  },
  withIgnoreFile(
    'folders of any depth in an ignore file',
    () => repeated('**/', small, '', 'x\n'),
    () => `COPY ${deepPath(4000)} /x`,
  ),
  withIgnoreFile(
    'stars in an ignore file',
    () => repeated('*a', small, '', 'b\n'),
    () => `COPY ${'a'.repeat(4000)} /x`,
  ),
  withIgnoreFile(
    'a few stars in an ignore file',
    () => repeated('*a', 60, '', 'b\n'),
    () => `COPY ${'a'.repeat(200)} /x`,
  ),
  withIgnoreFile(
    'a few folders of any depth in an ignore file',
    () => repeated('**/a*', 100, '', 'b\n'),
    () => `COPY ${deepPath(400)} /x`,
  ),
  withIgnoreFile(
    'many patterns of stars',
    () => `${'*a*a*a*a*a*a*ab\n'.repeat(60_000)}`,
    () => `COPY ${'a'.repeat(200)} /x\n`.repeat(2000),
  ),
  withIgnoreFile(
    'many patterns of folders',
    () => `${'**/*/**/*/**/b\n'.repeat(60_000)}`,
    () => `COPY ${deepPath(400)} /x\n`.repeat(1000),
  ),
  withIgnoreFile(
    'exceptions of stars',
    () => `*\n${'!**/*a*a*a*b\n'.repeat(50_000)}`,
    () => 'COPY a/b/c /x\n'.repeat(5000),
  ),
  withIgnoreFile(
    'a deep path',
    () => '**/a/**/b/**/c\n',
    () => `COPY ${deepPath(large)} /x`,
  ),
  withIgnoreFile(
    'a long line of slashes',
    () => repeated('/', large, 'a', 'b\n'),
    () => 'COPY a /x',
  ),
  withIgnoreFile(
    'folders above',
    () => repeated('../', large, '', 'b\n'),
    () => 'COPY a /x',
  ),
  beside('classes in an ignore file', '.dockerignore', () => repeated('[', small, '', '\n')),
  beside('escapes in an ignore file', '.dockerignore', () => repeated('\\*', small, '', '\n')),
  beside('exclamation marks in an ignore file', '.dockerignore', () => repeated('!', large, '', '\n')),
  beside('a requirement of tabs', 'requirements.txt', () => repeated('\t', small, 'a', '(\n')),
  beside('requirements of tabs', 'requirements.txt', () => `${`a${'\t'.repeat(1000)}(\n`.repeat(900)}`),
  beside('a requirement of brackets', 'requirements.txt', () => repeated('[', large, 'a', '\n')),
  beside('a comment of marks', 'requirements.txt', () => repeated(' #', large, 'torch', '\r')),
  beside('options of dashes', 'requirements.txt', () => repeated(' --', large, 'torch==2.0', '\n')),
  beside('a requirement of one letter', 'requirements.txt', () => repeated('a-', large, '', '!\n')),
  beside('a specifier of tabs in pyproject.toml', 'pyproject.toml', () =>
    repeated('\\t', large, '[project]\nname = "a"\nversion = "1"\ndependencies = ["a', '("]\n'),
  ),
  beside('a Python of digits in pyproject.toml', 'pyproject.toml', () =>
    repeated('1', large, '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.', 'x"\n'),
  ),
  beside(
    'many dependencies of blanks in pyproject.toml',
    'pyproject.toml',
    () =>
      `[project]\nname = "a"\nversion = "1"\ndependencies = [\n${`"a${' '.repeat(900)}(",\n`.repeat(900)}]\n`,
  ),
];
