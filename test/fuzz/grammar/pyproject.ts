import type { Dice } from '../dice.ts';
import { array, otherTables, quote, tomlValue } from './toml.ts';

/** What stands in the strings of packages' files. */
export const requirements = [
  ...[
    'torch',
    'torch==2.8.0',
    'torch>=2,<3; python_version < "3.12"',
    'a[b,c]==1',
    'a @ https://x/y.whl',
    'a (>=1)',
  ],
  ...[
    'A.b_c--d',
    '',
    ' ',
    '==',
    'flash-attn',
    'fastapi[standard]',
    'a;',
    'a[',
    'nvidia-cuda-runtime-cu12==12.8.90',
  ],
  ...[
    '>=3.11',
    '3.12',
    '>=3.11,<3.13,!=3.12.1',
    '~=3.10',
    '.',
    '../x',
    'README.md',
    'LICEN[CS]E*',
    'main:app',
    '**',
  ],
  ...[
    'https://download.pytorch.org/whl/cu128',
    'https://pypi.org/simple',
    'pytorch-cpu',
    'dependencies',
    'version',
    'dev',
  ],
];

export function pyproject(dice: Dice): string {
  const value = () => tomlValue(dice, requirements);
  const list = () => (dice.chance(0.9) ? array(dice, () => quote(dice, dice.pick(requirements))) : value());
  const project = dice.some(9, () =>
    dice.pick([
      () => `name = ${quote(dice, dice.pick(['bikes', 'Cat.Finder', '', 'a b', 'é']))}`,
      () => `version = ${value()}`,
      () => `requires-python = ${quote(dice, dice.pick(requirements))}`,
      () => `dependencies = ${list()}`,
      () => `dynamic = ${list()}`,
      () => `readme = ${value()}`,
      () => `license = { file = ${value()} }`,
      () => `license-files = ${list()}`,
      () => `scripts.a = ${value()}`,
    ])(),
  );
  const tables = [
    () => `[project.scripts]\nrun = ${value()}\n"a b" = "a:b"\n`,
    () => `[build-system]\nrequires = ${list()}\nbuild-backend = "hatchling.build"\n`,
    () => `[dependency-groups]\ndev = ${list()}\nx = [{ include-group = "dev" }]\n`,
    () =>
      `[tool.uv]\ndefault-groups = ${dice.pick(['"all"', list()])}\npackage = ${value()}\nlink-mode = "copy"\n`,
    () => `[[tool.uv.index]]\nname = ${value()}\nurl = ${quote(dice, dice.pick(requirements))}\n`,
    () =>
      `[tool.uv.sources]\ntorch = ${dice.pick(['{ index = "pytorch-cpu" }', '[{ index = "a" }, 1]', value()])}\n`,
    () => `[tool.uv.workspace]\nmembers = ${list()}\n`,
    () => otherTables(dice, requirements),
  ];
  const rest = dice.some(5, () => dice.pick(tables)()).join('\n');
  return dice.chance(0.9)
    ? `[project]\n${[...new Set(project)].join('\n')}\n\n${rest}`
    : `${rest}\n[project]\n${project.join('\n')}`;
}
