import type { Dice } from '../dice.ts';

const programs = [
  ...[
    'apt-get',
    'apt',
    'apk',
    'dnf',
    'yum',
    'pip',
    'pip3',
    'python -m pip',
    'uv',
    'uv pip',
    'conda',
    'mamba',
  ],
  ...[
    'poetry',
    'npm',
    'yarn',
    'curl',
    'wget',
    'git clone',
    'tar',
    'cd',
    'rm -rf',
    'mkdir -p',
    'chmod',
    'chown',
  ],
  ...[
    'useradd',
    'ln -s',
    'echo',
    'cat',
    'export',
    'source',
    'huggingface-cli',
    'nvidia-smi',
    'sh',
    'ssh',
    ':',
  ],
];
const verbs = [
  'install',
  'update',
  'sync',
  'add',
  'run',
  'download',
  'upgrade',
  'clean',
  'create',
  '-c',
  'env',
];
const words = [
  ...[
    '-y',
    '--no-install-recommends',
    '--no-cache-dir',
    '-r requirements.txt',
    '--frozen',
    '-qq',
    '-fsSL',
    '--',
  ],
  ...[
    'torch==2.8.0',
    'torch[cuda]>=2,<3',
    'flash-attn',
    'numpy',
    '*',
    '?',
    '[a-z]*',
    '~',
    '/tmp/a',
    '../x',
    '{a,b}',
  ],
  ...[
    'https://example.org/a.tar.gz',
    'git+https://example.org/a.git@main',
    '--index-url=https://x/y',
    '-',
    '=',
    '!',
  ],
  ...[
    '$HOME',
    '${A}',
    '${A:-b}',
    '${A:-${B:-${C}}}',
    '${A//x/y}',
    '$((1+2))',
    '$1',
    '$@',
    '$',
    '${',
    '$(',
    '`',
    '\\',
  ],
  ...[
    '"',
    "'",
    '""',
    "''",
    '"a b"',
    "'$A'",
    '"$A"',
    '\\"',
    "\\'",
    '#',
    '# x',
    '😀',
    'é',
    '<<',
    '<<<',
    '<<EOF',
    '&',
  ],
];
const joints = [
  ' && ',
  ' || ',
  '; ',
  ' | ',
  ' & ',
  '\n',
  ' |& ',
  ' ;; ',
  ' && \\\n  ',
  ';',
  '&&',
  ' \\\n # c\n && ',
];
const redirects = [
  ' > /dev/null',
  ' 2>&1',
  ' < a',
  ' >> b',
  ' <<EOF\nx $A\nEOF\n',
  " <<'E'\nx\nE\n",
  ' <<< "a"',
  ' 3<&-',
];

/** A shell text: mostly what people write, sometimes torn. */
export function shell(dice: Dice, depth = 3): string {
  const parts = dice.some(4, () => (depth > 0 && dice.chance(0.25) ? nest(dice, depth - 1) : command(dice)));
  return parts.reduce((text, part) => text + dice.pick(joints) + part);
}

function command(dice: Dice): string {
  const assignment = dice.chance(0.15)
    ? `${dice.pick(['A', 'PATH', 'DEBIAN_FRONTEND'])}=${dice.pick(words)} `
    : '';
  const wrapper = dice.chance(0.1)
    ? dice.pick(['sudo ', 'env ', 'exec ', 'time ', 'xargs ', '! ', 'nohup '])
    : '';
  const rest = [dice.chance(0.6) ? dice.pick(verbs) : '', ...dice.some(5, () => dice.pick(words))];
  const end = dice.chance(0.15) ? dice.pick(redirects) : '';
  return `${assignment}${wrapper}${dice.pick(programs)} ${rest.filter(Boolean).join(' ')}${end}`;
}

function nest(dice: Dice, depth: number): string {
  const inner = () => shell(dice, depth);
  return dice.pick([
    () => `(${inner()})`,
    () => `{ ${inner()}; }`,
    () => `if ${inner()}; then ${inner()}; else ${inner()}; fi`,
    () => `for f in ${dice.pick(words)} *; do ${inner()}; done`,
    () => `while ${inner()}; do ${inner()}; done`,
    () => `case $A in ${dice.pick(words)}) ${inner()} ;; *) ${inner()};; esac`,
    () => `f() { ${inner()}; }`,
    () => `echo $(${inner()})`,
    () => `echo \`${inner()}\``,
    () => `bash -c "${inner()}"`,
    () => `sh -ec '${inner()}'`,
    () => `[ -z "$(${inner()})" ]`,
    () => `[[ a =~ ${dice.pick(words)} ]]`,
    () => `python - <<EOF\n${inner()}\nEOF\n`,
    () => `cat <(${inner()})`,
  ])();
}
