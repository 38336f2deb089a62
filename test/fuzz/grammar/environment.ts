import type { Dice } from '../dice.ts';
import { requirements } from './pyproject.ts';
import { yamlFile, yamlList, yamlValue } from './yaml.ts';

const packages = [
  'python=3.12',
  'pytorch=2.5',
  'pytorch-cuda=12.4',
  'conda-forge::numpy',
  'a >=1,<2',
  'a=1=py_0',
  'pip',
  'cudatoolkit',
  '=',
];
const channels = ['conda-forge', 'defaults', 'nodefaults', 'pytorch', 'nvidia', 'https://x/y', 'a::b'];

/** A conda environment file. */
export function environment(dice: Dice): string {
  const pip = () => `pip:${yamlList(dice, () => JSON.stringify(dice.pick(requirements)), 6)}`;
  const dependency = () =>
    dice.chance(0.2) ? pip() : dice.chance(0.15) ? yamlValue(dice, packages, 4) : dice.pick(packages);
  const pairs = [
    ['name', yamlValue(dice, ['a', 'base'])] as const,
    ['channels', yamlList(dice, () => dice.pick(channels))] as const,
    ['dependencies', dice.chance(0.9) ? yamlList(dice, dependency) : yamlValue(dice, packages)] as const,
    ['variables', yamlValue(dice, packages)] as const,
    ['prefix', '/opt/x'] as const,
  ];
  return yamlFile(
    dice,
    pairs.filter(() => dice.chance(0.8)),
  );
}
