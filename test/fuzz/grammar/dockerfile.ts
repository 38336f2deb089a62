import { rules } from '../../../server/src/rules/index.ts';
import type { Dice } from '../dice.ts';
import { shell } from './shell.ts';

/** What rules show in their examples: it grows with the rules, so a new rule is tried without a word here. */
const examples = rules.flatMap(({ examples: { bad, good } }) =>
  [...bad, ...good].map(({ code }) => code.replace(/[⟦⟧]/g, '')),
);
const exampleLines = examples.flatMap((code) => code.split(/(?<!\\)\n/)).filter((line) => line.trim() !== '');
const codes = rules.map(({ code }) => code);

const images = [
  ...[
    'python:3.12-slim',
    'nvidia/cuda:12.4.1-devel-ubuntu22.04',
    'pytorch/pytorch',
    'alpine:3.20',
    'scratch',
    'a',
  ],
  ...[
    'ubuntu',
    'continuumio/miniconda3:latest',
    'ghcr.io/astral-sh/uv:0.8',
    'x.y:5000/a/b:c@sha256:abc',
    '${BASE}',
  ],
  ...['${A:-python}:${V:+x}', '$A', '${', 'a:b:c', '@', ':', '/', 'A/B', '--platform=$BUILDPLATFORM a', '😀'],
];
const paths = [
  '.',
  './',
  'a',
  '/app',
  'src/',
  'pyproject.toml',
  'uv.lock',
  '*.whl',
  '../x',
  '"a b"',
  '$A',
  '[',
  '~',
  '\\',
];
const flags = [
  ...[
    '--from=build',
    '--from=0',
    '--chown=1:1',
    '--chmod=755',
    '--link',
    '--parents',
    '--exclude=*.md',
    '--x',
    '--',
  ],
  ...[
    '--mount=type=cache,target=/root/.cache/uv',
    '--mount=type=bind,source=.,target=/x',
    '--mount=type=secret,id=a',
  ],
  ...[
    '--network=none',
    '--security=insecure',
    '--mount=',
    '--mount=type',
    '--interval=30s',
    '--keep-git-dir=true',
    '--=',
  ],
];
const names = [
  'A',
  'PATH',
  'BASE',
  'HF_TOKEN',
  'NVIDIA_VISIBLE_DEVICES',
  'UV_LINK_MODE',
  'a.b',
  '1',
  '"',
  'é',
  '',
];
const values = [
  '1',
  '"a b"',
  "'$A'",
  '${A}',
  '${A:-${B}}',
  '$A:$PATH',
  '\\ ',
  '"',
  '"${A',
  '',
  '=',
  'a=b',
  '${A%%*}',
];

/** A Dockerfile: stages of instructions, bent where people bend them. */
export function dockerfile(dice: Dice): string {
  const head = dice.chance(0.3) ? dice.some(3, () => directive(dice)).join('\n') : '';
  const lines = dice.some(14, () => {
    if (dice.chance(0.12)) return comment(dice);
    if (dice.chance(0.1)) return dice.pick(examples);
    if (dice.chance(0.3)) return dice.pick(exampleLines);
    return instruction(dice);
  });
  const from = dice.chance(0.9) ? [instructionOf(dice, 'FROM')] : [];
  const bent = [head, ...from, ...lines]
    .filter(Boolean)
    .map((line) => (dice.chance(0.2) ? bend(dice, line) : line));
  const newline = dice.chance(0.1) ? '\r\n' : '\n';
  return bent.join('\n').replaceAll('\n', newline) + (dice.chance(0.8) ? newline : '');
}

const directive = (dice: Dice) =>
  dice.pick([
    '# syntax=docker/dockerfile:1',
    '# escape=`',
    '# escape=\\',
    '# escape=x',
    `# check=skip=${dice.pick(['all', 'StageNameCasing', 'a,b', ''])};error=true`,
    '#syntax = x',
    '\ufeff# a=b',
  ]);

function comment(dice: Dice): string {
  const tool = dice.pick([
    'hadolint',
    'wheelhouse',
    'tally',
    'hadolint global',
    'hadolint stage',
    '  hadolint',
  ]);
  const ids = dice
    .some(4, () => dice.pick([...codes, 'SC2086', 'x', '', '*']))
    .join(dice.pick([',', ', ', ' ', ',,']));
  return dice.pick([
    `# ${tool} ignore=${ids}`,
    `#${tool} ignore = ${ids} # why`,
    '# x',
    '#',
    '   # y',
    `# ${ids}`,
  ]);
}

const keywords = [
  ...['FROM', 'RUN', 'RUN', 'RUN', 'RUN', 'COPY', 'COPY', 'ADD', 'ENV', 'ARG', 'LABEL', 'CMD', 'ENTRYPOINT'],
  ...[
    'HEALTHCHECK',
    'USER',
    'WORKDIR',
    'EXPOSE',
    'VOLUME',
    'STOPSIGNAL',
    'SHELL',
    'MAINTAINER',
    'ONBUILD',
    'FRM',
  ],
];
const instruction = (dice: Dice) => instructionOf(dice, dice.pick(keywords));

function instructionOf(dice: Dice, keyword: string): string {
  const flag = dice.chance(0.2) ? `${dice.some(3, () => dice.pick(flags)).join(' ')} ` : '';
  return `${dice.chance(0.1) ? keyword.toLowerCase() : keyword} ${flag}${body(dice, keyword)}`;
}

function body(dice: Dice, keyword: string): string {
  if (keyword === 'FROM') {
    return (
      dice.pick(images) +
      (dice.chance(0.5) ? ` ${dice.pick(['AS', 'as'])} ${dice.pick(['build', 'b', '$A', '0'])}` : '')
    );
  }
  if (keyword === 'RUN')
    return dice.chance(0.2) ? heredoc(dice) : dice.chance(0.1) ? json(dice) : shell(dice);
  if (keyword === 'CMD' || keyword === 'ENTRYPOINT' || keyword === 'SHELL')
    return dice.chance(0.6) ? json(dice) : shell(dice);
  if (keyword === 'COPY' || keyword === 'ADD') {
    if (dice.chance(0.15)) return heredoc(dice);
    return dice.chance(0.1) ? json(dice) : dice.some(4, () => dice.pick(paths)).join(' ');
  }
  if (keyword === 'ENV' || keyword === 'ARG' || keyword === 'LABEL') {
    return dice
      .some(4, () => `${dice.pick(names)}${dice.pick(['=', '=', ' ', ''])}${dice.pick(values)}`)
      .join(' ');
  }
  if (keyword === 'HEALTHCHECK')
    return dice.pick(['NONE', `CMD ${shell(dice, 1)}`, `CMD ${json(dice)}`, 'CMD', '']);
  if (keyword === 'ONBUILD') return instruction(dice);
  return dice
    .some(2, () => dice.pick([...values, ...paths, 'root', '1000:1000', '80/tcp', '1-65536', 'SIGKILL']))
    .join(' ');
}

function heredoc(dice: Dice): string {
  const markers = dice.some(2, () => dice.pick(['EOF', 'E', "'EOF'", '"E"', '-EOF', '-"E"', '', '3']));
  const first = markers.map((marker) => `<<${marker}`).join(dice.pick([' ', ' && cat ', '']));
  const rest = dice.pick(['', ' /app/x', ' bash -e', ' > a', ' | sh', ' \\']);
  const bodies = markers.map((marker) => {
    const end = dice.chance(0.9) ? marker.replace(/['"-]/g, '') : 'NOT';
    return `${dice.chance(0.2) ? '#!/usr/bin/env python\n' : ''}${dice.chance(0.2) ? '\t' : ''}${shell(dice, 1)}\n${end}`;
  });
  return `${dice.chance(0.3) ? `${dice.pick(['cat', 'python', '3', '0'])}` : ''}${first}${rest}\n${bodies.join('\n')}`;
}

function json(dice: Dice): string {
  const parts = dice.some(5, () => {
    const word = dice.pick([
      'sh',
      '-c',
      'python',
      'main.py',
      '$A',
      'a b',
      '😀',
      '\\u0041',
      '\\',
      '\\n',
      'uvicorn',
      '',
      '\\"',
    ]);
    return dice.chance(0.9) ? `"${word}"` : dice.pick([`'${word}'`, word, 'null', '1', '[]', `"${word}`]);
  });
  return `${dice.chance(0.95) ? '[' : ''}${parts.join(dice.pick([', ', ',', ' , ', ' ']))}${dice.chance(0.95) ? ']' : ''}`;
}

/** Continuations, comments, blank lines and odd blanks between words. */
function bend(dice: Dice, line: string): string {
  const gaps = [
    ' \\\n    ',
    ' \\\n# c\n  ',
    ' \\\n\n ',
    '\\\n',
    '  ',
    '\t',
    ' \\ \n',
    '\u00a0',
    ' `\n',
    ' \\\r\n',
    '\u2028',
  ];
  return line.replace(/ /g, (blank) => (dice.chance(0.15) ? dice.pick(gaps) : blank));
}
