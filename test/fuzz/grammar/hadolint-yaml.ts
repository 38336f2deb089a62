import { hadolintYamlKeys } from '../../../server/src/config/hadolint-yaml.ts';
import { rules } from '../../../server/src/rules/index.ts';
import type { Dice } from '../dice.ts';
import { yamlFile, yamlList, yamlMap, yamlValue } from './yaml.ts';

const ids = [...rules.map(({ code }) => code), 'SC2086', 'DL9999', '', 'x'];
const words = [
  'docker.io',
  '*.gcr.io',
  '*',
  'true',
  'false',
  'error',
  'none',
  'sarif',
  'tty',
  'text',
  'url',
  'semver',
  'hadolint',
  '1',
];

export function hadolintYaml(dice: Dice): string {
  const list = (indent = 2) => yamlList(dice, () => dice.pick(ids), indent);
  const level = () => [dice.pick(['error', 'warning', 'info', 'style', 'ignore', 'x']), list(4)] as const;
  const known = new Map(
    Object.entries({
      ignored: list,
      override: () => yamlMap(dice.some(4, level), 2),
      trustedRegistries: () => yamlList(dice, () => dice.pick(words)),
      'label-schema': () =>
        yamlMap(
          dice.some(3, () => [dice.pick(['a', 'a.b', '"é"', '']), dice.pick(words)] as const),
          2,
        ),
    }),
  );
  const pairs = dice.some(6, () => {
    const key = dice.chance(0.9)
      ? dice.pick(hadolintYamlKeys)
      : dice.pick(['ignore', 'rules', '<<', '__proto__', '1', '[a]']);
    const value = dice.chance(0.8) ? known.get(key) : undefined;
    return [key, value ? value() : yamlValue(dice, words)] as const;
  });
  return yamlFile(dice, pairs);
}
