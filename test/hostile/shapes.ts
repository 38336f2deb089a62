// Kinds of Dockerfiles that make work grow faster than the file, each for any size in characters.
import { repeated } from './input.ts';

/** Lines that a function makes from their number, up to a length. */
function lines(
  size: number,
  make: (index: number) => string,
  before = 'FROM debian:12\n',
  behind = '',
): string {
  const parts = [before];
  let length = before.length + behind.length;
  for (let i = 0; length < size; i++) {
    const line = make(i);
    parts.push(line);
    length += line.length;
  }
  return parts.join('') + behind;
}
/** One instruction whose middle is repeated up to a length. */
const long =
  (before: string, part: string, behind = '') =>
  (size: number) =>
    repeated(part, size, `FROM debian:12\n${before}`, `${behind}\n`);
/** One instruction with a middle whose parts are numbered. */
const numbered =
  (before: string, part: (index: number) => string, behind = '') =>
  (size: number) =>
    lines(size, part, `FROM debian:12\n${before}`, `${behind}\n`);
/** Something opened many times and closed as often. */
const nested = (before: string, open: string, inner: string, close: string) => (size: number) => {
  const depth = Math.max(1, Math.floor(size / (open.length + close.length)));
  return `FROM debian:12\n${before}${open.repeat(depth)}${inner}${close.repeat(depth)}\n`;
};
const many = (make: (index: number) => string, before?: string, behind?: string) => (size: number) =>
  lines(size, make, before, behind);

const keywords = [
  ...[
    'ADD',
    'ARG',
    'CMD',
    'COPY',
    'ENTRYPOINT',
    'ENV',
    'EXPOSE',
    'FROM',
    'HEALTHCHECK',
    'LABEL',
    'MAINTAINER',
  ],
  ...['ONBUILD', 'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR', 'NONSENSE'],
];
const ofEachKeyword = (what: string, make: (keyword: string) => (size: number) => string) =>
  Object.fromEntries(keywords.map((keyword) => [`${keyword}: ${what}`, make(keyword)]));

export type Shape = (size: number) => string;

/** The kinds by name. */
export const shapes: Readonly<Record<string, Shape>> = {
  ...ofEachKeyword('many', (keyword) => many((i) => `${keyword} a${i}\n`)),
  ...ofEachKeyword('many alike', (keyword) => many(() => `${keyword} a b\n`)),
  ...ofEachKeyword('a long word', (keyword) => long(`${keyword} `, 'a')),
  ...ofEachKeyword('many words', (keyword) => numbered(`${keyword} `, (i) => `a${i} `)),
  ...ofEachKeyword('many pairs', (keyword) => numbered(`${keyword} `, (i) => `a${i}=b${i} `)),
  ...ofEachKeyword('many flags', (keyword) => numbered(`${keyword} `, (i) => `--a${i}=b `, 'x y')),
  ...ofEachKeyword('many flags without a value', (keyword) =>
    numbered(`${keyword} `, (i) => `--a${i} `, 'x y'),
  ),
  ...ofEachKeyword('many references', (keyword) => numbered(`${keyword} a=`, (i) => `$V${i}`)),
  ...ofEachKeyword('many braces', (keyword) => numbered(`${keyword} a=`, (i) => `\${V${i}:-x}`)),
  ...ofEachKeyword('many dollars', (keyword) => long(`${keyword} a=`, '$')),
  ...ofEachKeyword('open braces', (keyword) => long(`${keyword} a=`, '${a:-')),
  ...ofEachKeyword('nested expansions', (keyword) => nested(`${keyword} a=`, '${a:-', 'x', '}')),
  ...ofEachKeyword('double quotes', (keyword) => long(`${keyword} `, '" ')),
  ...ofEachKeyword('single quotes', (keyword) => long(`${keyword} a`, "'")),
  ...ofEachKeyword('unclosed quotes', (keyword) => long(`${keyword} `, '"a\' ')),
  ...ofEachKeyword('one open quote in front of many words', (keyword) => long(`${keyword} "`, 'a ')),
  ...ofEachKeyword('backslashes', (keyword) => long(`${keyword} a`, '\\')),
  ...ofEachKeyword('backslashes and blanks', (keyword) => long(`${keyword} a`, '\\ ')),
  ...ofEachKeyword('blanks', (keyword) => long(`${keyword} a`, ' ', 'b')),
  ...ofEachKeyword('tabs', (keyword) => long(`${keyword} a`, '\t', 'b')),
  ...ofEachKeyword('continuations', (keyword) => long(`${keyword} a `, '\\\n', 'b')),
  ...ofEachKeyword('continuations with words', (keyword) =>
    numbered(`${keyword} `, (i) => `a${i}=b \\\n  `, 'b'),
  ),
  ...ofEachKeyword('continuations with CRLF', (keyword) => long(`${keyword} a `, 'b \\\r\n', 'b')),
  ...ofEachKeyword('comments in a continuation', (keyword) =>
    long(`${keyword} a \\\n`, '# hadolint ignore=DL3008\n', 'b'),
  ),
  ...ofEachKeyword('empty lines in a continuation', (keyword) => long(`${keyword} a \\\n`, '\n', 'b')),
  ...ofEachKeyword('a JSON array', (keyword) => numbered(`${keyword} [`, (i) => `"a${i}",`, '"z"]')),
  ...ofEachKeyword('a broken JSON array', (keyword) => numbered(`${keyword} [`, (i) => `"a${i}",`, 'z]')),
  ...ofEachKeyword('brackets', (keyword) => long(`${keyword} `, '[')),
  ...ofEachKeyword('NUL', (keyword) => long(`${keyword} a`, '\0')),
  ...ofEachKeyword('control characters', (keyword) => long(`${keyword} a`, '\x01\x7f\x0b\x0c')),
  ...ofEachKeyword('lone surrogates', (keyword) => long(`${keyword} a`, '\ud800')),
  ...ofEachKeyword('emoji', (keyword) => long(`${keyword} a`, '😀')),
  ...ofEachKeyword('slashes', (keyword) => long(`${keyword} a`, '/')),
  ...ofEachKeyword('dot dot', (keyword) => long(`${keyword} a`, '/..')),
  ...ofEachKeyword('colons', (keyword) => long(`${keyword} a`, ':')),
  ...ofEachKeyword('equals signs', (keyword) => long(`${keyword} a`, '=')),
  ...ofEachKeyword('stars', (keyword) => long(`${keyword} a`, '*')),
  ...ofEachKeyword('digits', (keyword) => long(`${keyword} `, '1')),
  ...ofEachKeyword('dots', (keyword) => long(`${keyword} a`, '.a')),
  ...ofEachKeyword('hyphens', (keyword) => long(`${keyword} `, '-')),
  ...ofEachKeyword('commas', (keyword) => long(`${keyword} a`, ',')),
  ...ofEachKeyword('heredoc markers', (keyword) => long(`${keyword} a `, '<<E ')),
  ...ofEachKeyword('behind ONBUILD', (keyword) => many((i) => `ONBUILD ${keyword} a${i} b\n`)),

  // Variables
  'ENV: each builds on the one before': many((i) => `ENV a${i}=$a${i - 1}\n`),
  'ENV: each builds on the one before, on an unknown image': many(
    (i) => `ENV a${i}=$a${i - 1}\n`,
    'FROM team/x\n',
  ),
  'ENV: one name, ever longer': many(() => 'ENV PATH=/opt/x:$PATH\n'),
  'ENV: one name twice itself': many(() => 'ENV A=$A$A\n', 'FROM debian:12\nENV A=abc\n'),
  'ENV: pairs build on each other': numbered('ENV ', (i) => `a${i}=$a${i - 1} `),
  'ENV: pairs all of one name': numbered('ENV ', () => 'a=$a '),
  'ENV: typos of many names': many((i) => `ENV name${i}=x\nENV other${i}=$nam${i}\n`),
  'ARG: each builds on the one before, above FROM': many(
    (i) => `ARG a${i}=$a${i - 1}\n`,
    '',
    'FROM debian:$a5\n',
  ),
  'ARG: twice the one before, above FROM': many(
    (i) => `ARG a${i}=$a${i - 1}$a${i - 1}\n`,
    'ARG a=b\n',
    'FROM debian:$a5\n',
  ),
  'ARG: each builds on the one before': many((i) => `ARG a${i}=$a${i - 1}\n`),
  'ARG: many, and a FROM for each': many((i) => `ARG a${i}=b\n`, '', 'FROM debian:$a5\n'),
  'FROM: patterns at the start': many(
    (i) => `FROM \${V${i > 1 ? '' : ''}#a*b*c}\n`,
    `ARG V=${'a'.repeat(250)}\n`,
  ),
  'FROM: patterns at the end': many(() => 'FROM ${V%%a*b*c}\n', `ARG V=${'a'.repeat(250)}\n`),
  'FROM: replacements': many(() => 'FROM ${V//a*b*c/x}\n', `ARG V=${'a'.repeat(250)}\n`),
  'FROM: a long replacement': (size) => `ARG V=${'a'.repeat(250)}\nFROM \${V//a/${'b'.repeat(size)}}\n`,
  'FROM: many replacements in one': (size) =>
    `ARG V=${'ab'.repeat(120)}\nFROM a${repeated('${V//a/b}', size)}\n`,
  'FROM: patterns in patterns': (size) => `ARG V=${'a'.repeat(250)}\nFROM ${repeated('${V#', size)}\n`,
  'FROM: a long ARG many times': (size) => `ARG V=${'a'.repeat(size / 2)}\n${'FROM x$V\n'.repeat(size / 20)}`,
  'LABEL: a long ENV many times': (size) =>
    `FROM debian:12\nENV V=${'a'.repeat(size / 2)}\n${'LABEL a=$V$V$V\n'.repeat(size / 32)}`,
  'WORKDIR: one below the other': many(() => 'WORKDIR a\nCOPY b c\n'),
  'WORKDIR: with variables': many((i) => `ENV D${i}=/a\nWORKDIR $D${i}/x\nRUN cd y && ls\n`),
  'USER: with variables': many((i) => `ARG U${i}=a\nUSER $U${i}\nRUN pip install x\nCOPY a b\n`),
  'SHELL: before each RUN': many((i) => `SHELL ["/bin/bash", "-c"]\nRUN a${i} | b\n`),
  'uv: settings': many(
    (i) => `ENV UV_LINK_MODE=$X${i}\nRUN uv sync --frozen\n`,
    'FROM python:3.12\nENV UV_COMPILE_BYTECODE=$A\n',
  ),

  // Comments
  ...Object.fromEntries(
    [
      'hadolint ignore=DL3008',
      'hadolint ignore=DL3008,DL3009',
      'wheelhouse ignore=all',
      'check=skip=StageNameCasing',
      'tally ignore=DL3006',
      'dockerfile-utils: ignore',
      'hadolint global ignore=DL3006',
      'hadolint stage ignore=DL3006',
      'hadolint shell=bash',
      'x',
    ].flatMap((comment) => [
      [`# ${comment}: above each RUN`, many((i) => `# ${comment}\nRUN apt-get install a${i}\n`)],
      [
        `# ${comment}: in a block`,
        many(() => `# ${comment}\n`, 'FROM debian:12\n', 'RUN apt-get install x\n'),
      ],
      [
        `# ${comment}: each with a blank line`,
        many(() => `# ${comment}\n\n`, 'FROM debian:12\n', 'RUN apt-get install x\n'),
      ],
      [`# ${comment}: above each FROM`, many((i) => `# ${comment}\nFROM x${i}\n`, '')],
    ]),
  ),
  'ignore comment: many ids': numbered('# hadolint ignore=', (i) => `DL${i},`, '\nRUN apt-get install x'),
  'ignore comment: many ids with blanks': numbered(
    '# hadolint ignore=',
    (i) => `DL${i} `,
    '\nRUN apt-get install x',
  ),
  'ignore comment: many typos': numbered(
    '# hadolint ignore=',
    (i) => `DL30x${i},`,
    '\nRUN apt-get install x',
  ),
  'ignore comment: blanks': long('# hadolint ignore=DL3008', ' ', 'x\nRUN a'),
  'check comment: many ids': numbered('# check=skip=', (i) => `Stage${i},`, '\nRUN apt-get install x'),
  'check directive: many ids': (size) =>
    lines(size, (i) => `Stage${i},`, '# check=skip=', '\nFROM x\nRUN y\n'),
  'check directive: semicolons': (size) => lines(size, () => ';', '# check=skip=A', '\nFROM x\nRUN y\n'),
  'directives: many': (size) => lines(size, () => '# escape=`\n', '', 'FROM x\n'),
  'a comment of blanks': long('#', ' ', 'x'),
  'comments with blanks at the end': many(() => `#x${' '.repeat(200)}\n`),
  'shell comments': many((i) => `# hadolint shell=a${i}\n`, 'FROM debian:12\n', 'RUN a\n'),

  // Heredocs
  'RUN heredocs: many in one': (size) =>
    `FROM debian:12\nRUN ${'<<E '.repeat(size / 8)}\n${'E\n'.repeat(size / 8)}`,
  'RUN heredocs: many': many((i) => `RUN <<E\napt-get install a${i}\nE\n`),
  'RUN heredoc: long': many((i) => `apt-get install -y a${i}\n`, 'FROM debian:12\nRUN <<E\n', 'E\n'),
  'RUN heredoc: of bash beside commands': (size) =>
    `FROM debian:12\nRUN ${'bash <<E && '.repeat(size / 40)} true\n${'echo a\nE\n'.repeat(size / 40)}`,
  'RUN heredoc: of Python': many((i) => `print(${i})\n`, 'FROM debian:12\nRUN <<E python3\n', 'E\n'),
  'RUN heredoc: unterminated': many((i) => `RUN <<E${i}\nx\n`),
  'RUN heredoc: many unterminated names': (size) =>
    `FROM debian:12\n${lines(size / 2, (i) => `<<E${i} `, 'RUN ')}\n${'a\n'.repeat(size / 4)}`,
  'COPY heredoc: long': many(
    (i) => `key${i} = value $V${i}\n`,
    'FROM debian:12\nCOPY <<EOF /etc/conf\n',
    'EOF\n',
  ),
  'COPY heredoc: many short lines': many(() => 'a\n', 'FROM debian:12\nCOPY <<EOF /etc/conf\n', 'EOF\n'),
  'COPY heredoc: one long line': (size) =>
    `FROM debian:12\nCOPY <<EOF /x\n${'a $V '.repeat(size / 5)}\nEOF\n`,
  'COPY heredocs: many in one': (size) =>
    `FROM debian:12\nCOPY ${'<<E '.repeat(size / 8)} /x/\n${'E\n'.repeat(size / 8)}`,
  'COPY heredocs: many': many((i) => `COPY <<E /etc/a${i}\nx=$V${i}\nE\n`),
  'COPY heredoc: of quotes': many(() => '"\'\n', 'FROM debian:12\nCOPY <<EOF /etc/conf\n', 'EOF\n'),
  'COPY heredoc: with CRLF': many(
    (i) => `key${i} = v\r\n`,
    'FROM debian:12\r\nCOPY <<EOF /etc/conf\r\n',
    'EOF\r\n',
  ),

  // Stages
  'stages: each on the one before': many(
    (i) => `FROM ${i ? `s${i - 1}` : 'debian:12'} AS s${i}\nRUN pip install x\n`,
    '',
  ),
  'stages: each copies of the one before': many(
    (i) => `FROM debian:12 AS s${i}\nCOPY --from=s${i - 1} /a /b\n`,
    '',
  ),
  'stages: each copies of the one before by number': many(
    (i) => `FROM debian:12\nCOPY --from=${i - 1} /a /b\n`,
    '',
  ),
  'stages: all on the first': many((i) => `FROM s0 AS s${i}\nRUN pip install x\n`, 'FROM debian:12 AS s0\n'),
  'stages: all of one name': many(() => 'FROM debian:12 AS s\nRUN pip install x\n', ''),
  'stages: without a name': many((i) => `FROM debian:12\nRUN apt-get install -y a${i}\nUSER x\n`, ''),
  'stages: the last copies of all': (size) => {
    const count = Math.floor(size / 60);
    const each = (make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i)).join('');
    return `${each((i) => `FROM debian:12 AS s${i}\n`)}FROM debian:12\n${each((i) => `COPY --from=s${i} /a /b${i}\n`)}`;
  },
  'stages: each copies of the one below': many(
    (i) => `FROM debian:12 AS s${i}\nCOPY --from=s${i + 1} /a /b\n`,
    '',
  ),
  'stages: mounts of others': many(
    (i) => `FROM debian:12 AS s${i}\nRUN --mount=type=bind,from=s${i - 1},target=/x ls\n`,
    '',
  ),
  'stages: much in each': many(
    (i) =>
      `FROM python:3.12 AS s${i}\nENV A=$A${i}\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nUSER app\nCMD ["python", "x.py"]\n`,
    '',
  ),
  'stages: a chain with ENV': many(
    (i) => `FROM ${i ? `s${i - 1}` : 'debian:12'} AS s${i}\nENV A${i}=$A${i - 1}\nWORKDIR $A${i}\n`,
    '',
  ),
  'COPY --from an unknown stage': many((i) => `COPY --from=s${i} /a /b\n`),
  'RUN: many mounts': numbered('RUN ', (i) => `--mount=type=cache,target=/c${i} `, 'pip install x'),
  'RUN: a mount of many parts': numbered('RUN --mount=type=cache', (i) => `,a${i}=b`, ' pip install x'),
  'RUN: many with mounts': many((i) => `RUN --mount=type=cache,target=/root/.cache/pip pip install a${i}\n`),

  // Shell
  ...Object.fromEntries(
    [' && ', ' | ', ' ; ', ' || ', ' & ', '\\\n && ', ' |& ', ' > /x && '].map((joint) => [
      `RUN: commands joined by ${JSON.stringify(joint)}`,
      numbered('RUN a', (i) => `${joint}echo a${i}`),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries({
      'apt-get install -y': 'pkg',
      'apt-get update && apt-get install -y': 'pkg=1.',
      'pip install': 'pkg==1.',
      'npm install': 'p@',
      'apk add': 'p=',
      'yum install -y': 'p-',
      'conda install': 'p=',
      'uv pip install': 'p',
      'uv sync': '--extra p',
      wget: 'http://x/',
      'curl -L': 'http://x/',
      cd: 'd',
      'rm -rf': '/d',
      'chmod 777': '/d',
      useradd: '-m ',
      'git clone': 'http://x/',
      export: 'A',
      'set -e': 'x',
      'find . -exec': 'x',
      sudo: 'x',
      'bash -c': '"x"',
      'tar xf': 'f',
      'gem install': 'x:',
      'go install': 'x@',
      env: 'A=',
      'poetry install': '--x',
      'python -c': '"x"',
      'ln -s': '/x',
      'dnf install': '@x',
      'zypper install': 'x',
      'yarn add': 'x@',
      'huggingface-cli download': 'x',
      source: 'x',
    }).flatMap(([command, word]) => [
      [`RUN ${command}: many words`, numbered(`RUN ${command} `, (i) => `${word}${i} `)],
      [`RUN ${command}: many of them`, numbered('RUN true', (i) => ` && ${command} ${word}${i}`)],
      [`RUN ${command}: in many RUNs`, many((i) => `RUN ${command} ${word}${i}\n`)],
      [`RUN ${command}: in many stages`, many((i) => `FROM python:3.12\nRUN ${command} ${word}${i}\n`, '')],
    ]),
  ),
  'RUN: find with many -exec': numbered('RUN find . ', (i) => `-exec echo a${i} \\; `),
  'RUN: find with many -exec without an end': numbered('RUN find . ', (i) => `-exec echo a${i} `),
  'RUN: subshells': nested('RUN ', '(', 'a', ')'),
  'RUN: open subshells': long('RUN ', '('),
  'RUN: substitutions': nested('RUN a ', '$(a ', 'b', ')'),
  'RUN: open substitutions': long('RUN a ', '$('),
  'RUN: backticks': long('RUN a ', '`a ', '`'),
  'RUN: escaped backticks': long('RUN a ', '\\`'),
  'RUN: braces': nested('RUN ', '{ ', 'a;', ' }'),
  'RUN: arithmetic': nested('RUN a ', '$((', '1', '))'),
  'RUN: expansions': nested('RUN a ', '${a:-', 'b', '}'),
  'RUN: ifs': nested('RUN ', 'if a; then ', 'b', '; fi'),
  'RUN: open ifs': long('RUN ', 'if a; then '),
  'RUN: fi fi': nested('RUN ', 'if a; then ', 'b;', ' fi'),
  'RUN: fors': nested('RUN ', 'for a in b; do ', 'c', '; done'),
  'RUN: whiles': nested('RUN ', 'while a; do ', 'c', '; done'),
  'RUN: cases': nested('RUN ', 'case a in b) ', 'c', ';; esac'),
  'RUN: a case with many branches': numbered('RUN case $a in ', (i) => `b${i}) echo a ;; `, 'esac'),
  'RUN: functions': numbered('RUN ', (i) => `f${i}() { echo a; }; `, 'f1'),
  'RUN: nested shells': long('RUN ', 'bash -c "'),
  'RUN: many nested shells': numbered('RUN true', (i) => ` && bash -c "echo a${i} && pip install b"`),
  'RUN: evals': long('RUN ', 'eval '),
  'RUN: wrappers': long('RUN ', 'sudo env ', 'ls'),
  'RUN: times': long('RUN ', 'time ', 'ls'),
  'RUN: assignments': numbered('RUN ', (i) => `a${i}=b `, 'c'),
  'RUN: redirections': numbered('RUN a ', (i) => `> f${i} `),
  'RUN: here strings': numbered('RUN a ', (i) => `<<< f${i} `),
  'RUN: process substitutions': nested('RUN a ', '<(a ', 'b', ')'),
  'RUN: tests': numbered('RUN true', (i) => ` && [ -f a${i} ]`),
  'RUN: double tests': numbered('RUN true', (i) => ` && [[ a =~ b${i} ]]`),
  'RUN: negations': long('RUN ', '! ', 'a'),
  'RUN: double quotes with substitutions': long('RUN echo ', '"$(a "', 'b'),
  'RUN: quotes in a line': long('RUN ', '"'),
  'RUN: errors': long('RUN ', ') '),
  'RUN: semicolons': long('RUN a', ';'),
  'RUN: ampersands': long('RUN a', '&'),
  'RUN: pipes': long('RUN a', '|'),
  'RUN: double semicolons': long('RUN a', ';; '),
  'RUN: lt': long('RUN a ', '<'),
  'RUN: closing braces': long('RUN a; ', '} '),
  'RUN: hashes': long('RUN a ', '# '),
  'RUN: a function in a function': nested('RUN ', 'f() { ', 'a;', ' }; '),
  'RUN: array of strings': numbered('RUN a=(', (i) => `b${i} `, ')'),
  'RUN: brace expansions': long('RUN echo ', '{a,b}'),
  'RUN: globs': long('RUN echo ', '*?[a]'),
  'RUN: a line of printf': long("RUN printf '", 'a\\n', "'"),
  'RUN: exec form of bash -c': numbered('RUN ["bash", "-c", "true', (i) => ` && echo a${i}`, '"]'),
  'RUN: cd in each command': numbered('RUN true', (i) => ` && cd a${i} && rm -rf b${i}`),
  'RUN: echo > f': many((i) => `RUN echo a > /f${i}\n`),
  'RUN: consecutive': many((i) => `RUN echo a${i} && echo b\n`),
  'RUN: tmp archives': many((i) => `COPY a${i}.tar.gz /tmp/\nRUN tar xf /tmp/a${i}.tar.gz\n`),
  'RUN: pipe in each': many((i) => `RUN a${i} | b\n`),
  'RUN: torch in each': many(
    (i) => `RUN pip install torch==2.${i} --index-url https://download.pytorch.org/whl/cu121\n`,
    'FROM nvidia/cuda:12.1.0-devel-ubuntu22.04\n',
  ),
  'RUN: export and PATH': numbered('RUN true', (i) => ` && export PATH=/a${i}:$PATH`),

  // Files
  'nothing but newlines': (size) => '\n'.repeat(size),
  'nothing but CRLF': (size) => '\r\n'.repeat(size / 2),
  'nothing but CR': (size) => '\r'.repeat(size),
  'nothing but blanks': (size) => ' '.repeat(size),
  'nothing but tabs': (size) => '\t'.repeat(size),
  'nothing but NUL': (size) => '\0'.repeat(size),
  'nothing but backslashes': (size) => '\\'.repeat(size),
  'nothing but continuations': (size) => '\\\n'.repeat(size / 2),
  'nothing but comments': (size) => '#\n'.repeat(size / 2),
  'nothing but one comment': (size) => `#${'a'.repeat(size)}`,
  'nothing but letters': (size) => 'a'.repeat(size),
  'nothing but words': (size) => 'a '.repeat(size / 2),
  'nothing but BOMs': (size) => '\ufeff'.repeat(size),
  'nothing but FROM': (size) => 'FROM '.repeat(size / 5),
  'lines of blanks': (size) => `${' '.repeat(100)}\n`.repeat(size / 101),
  'lines of one letter': (size) => 'a\n'.repeat(size / 2),
  'continuations with blanks behind': long('RUN a ', '\\   \n', 'b'),
  'a long line with a continuation of blanks': long('RUN a ', ' ', '\\\n b'),
  'a line separator': long('RUN a', '\u2028'),
  'CR without LF': many((i) => `RUN a${i}\r`),
  'ONBUILD: a chain': long('', 'ONBUILD ', 'RUN a'),
  'ONBUILD: ENV chain': many((i) => `ONBUILD ENV a${i}=$a${i - 1}\n`),
  'ONBUILD: ARG and RUN': many((i) => `ONBUILD ARG a${i}=b\nONBUILD RUN echo $a${i}\n`),
  'EXPOSE: ports': numbered('EXPOSE ', (i) => `${i}/tcp `),
  'EXPOSE: ranges': numbered('EXPOSE ', (i) => `${i}-65535 `),
  'LABEL: one key': numbered('LABEL ', () => 'a=b '),
  'LABEL: many with one key': many(() => 'LABEL a=b\n'),
  'LABEL: many keys': many((i) => `LABEL org.x.a${i}="b c"\n`),
  'HEALTHCHECK: durations': long('HEALTHCHECK --interval=', '1h1m', ' CMD a'),
  'HEALTHCHECK: a command': numbered('HEALTHCHECK CMD ', (i) => `a${i} || exit 1; `),
  'VOLUME: many': numbered('VOLUME ', (i) => `/a${i} `),
  'COPY: many sources': numbered('COPY ', (i) => `a${i}.tar.gz `, '/x/'),
  'COPY: --chown of many': many((i) => `COPY --chown=u${i}:g a b\n`),
  'COPY: archives': many((i) => `COPY a${i}.tar.gz /x/\n`),
  'COPY: excludes': numbered('COPY ', (i) => `--exclude=*.a${i} `, 'a b/'),
  'ADD: many URLs': many((i) => `ADD https://x/a${i}.tar.gz /x/\n`),
  'CMD: many of them': many((i) => `CMD ["a${i}"]\nENTRYPOINT ["b"]\n`),
  'several kinds': many(
    (i) => `USER x${i}\nWORKDIR y\nRUN echo $A\nCMD a\nENTRYPOINT b\nENV A=$A:b\nCOPY a b\n`,
  ),
};
