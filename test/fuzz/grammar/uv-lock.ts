import type { Dice } from '../dice.ts';
import { requirements } from './pyproject.ts';
import { array, otherTables, quote, tomlValue } from './toml.ts';

const sources = [
  ...[
    '{ registry = "https://pypi.org/simple" }',
    '{ registry = "https://download.pytorch.org/whl/cpu" }',
    '{ editable = "." }',
  ],
  ...[
    '{ virtual = "." }',
    '{ directory = "../x" }',
    '{ git = "https://x/y?rev=1#a" }',
    '{}',
    '1',
    '"x"',
    '{ url = "https://x" }',
  ],
];
const wheels = [
  ...[
    'a-1.0-py3-none-any.whl',
    'torch-2.8.0%2Bcpu-cp313-cp313-manylinux_2_28_x86_64.whl',
    'a-1-cp312-abi3-musllinux_1_2_x86_64.whl',
  ],
  ...['a-%E0%A4%A.whl', '%', '', '/', 'a-1-cp3-none-win_amd64.whl?x#y', '--.whl', 'a.tar.gz'],
];

/** A `uv.lock`, mostly as uv writes it: package by package. */
export function uvLock(dice: Dice): string {
  const head = dice.pick([
    'version = 1\n',
    'version = 1\nrequires-python = ">=3.11"\n',
    'requires-python = 1\n',
    '',
    '[[x]]\n',
  ]);
  const parts = dice.some(6, () =>
    dice.chance(0.9) ? lockedPackage(dice) : otherTables(dice, requirements),
  );
  const newline = dice.chance(0.1) ? '\r\n' : '\n';
  return [head, ...parts].join('\n').replaceAll('\n', newline);
}

function lockedPackage(dice: Dice): string {
  const value = () => tomlValue(dice, requirements);
  const requires = () => {
    const specifier = quote(dice, dice.pick(requirements));
    const marker = dice.chance(0.2) ? `, marker = "extra == 'a'"` : '';
    return `{ name = ${quote(dice, dice.pick(['torch', 'a_b', '']))}, specifier = ${specifier}${marker} }`;
  };
  const lines = [
    () => `version = ${dice.pick(['"2.8.0"', '"2.8.0+cpu"', '""', value()])}`,
    () => `source = ${dice.pick(sources)}`,
    () =>
      `wheels = ${array(dice, () => `{ url = ${quote(dice, `https://x/${dice.pick(wheels)}`)}, size = 1 }`)}`,
    () => `sdist = ${value()}`,
    () => `dependencies = ${array(dice, requires)}`,
    () => `\n[package.metadata]\nrequires-dist = ${array(dice, requires)}`,
    () => `\n[package.optional-dependencies]\na = ${value()}`,
    () => `x = ${value()}`,
  ].filter(() => dice.chance(0.6));
  const name = dice.pick([
    'torch',
    'triton',
    'nvidia-cuda-runtime-cu12',
    'opencv-python',
    'a',
    '',
    '__proto__',
  ]);
  return `[[package]]\nname = ${quote(dice, name)}\n${lines.map((line) => line()).join('\n')}\n`;
}
