import type { Dice } from '../dice.ts';
import { yamlFile, yamlList, yamlMap, yamlValue } from './yaml.ts';

const words = [
  '.',
  './',
  '..',
  'Dockerfile',
  './Dockerfile',
  'a',
  '8gb',
  'host',
  '/dev/shm',
  '/dev/shm:/dev/shm',
  '8080:80',
  '${A:-b}',
  'GPU',
];
const keys = [
  'build',
  'image',
  'shm_size',
  'ipc',
  'volumes',
  'tmpfs',
  'ports',
  'environment',
  'deploy',
  'command',
  'extends',
  '<<',
  'x-a',
];

export function compose(dice: Dice): string {
  const service = () => {
    const pairs = dice.some(5, () => {
      const key = dice.pick(keys);
      if (key === 'build' && dice.chance(0.6)) {
        const context = [['context', dice.pick(words)] as const, ['dockerfile', dice.pick(words)] as const];
        return [key, yamlMap(context.slice(dice.below(2)), 6)] as const;
      }
      if (key === 'volumes' || key === 'tmpfs')
        return [key, yamlList(dice, () => dice.pick(words), 6)] as const;
      if (key === '<<') return [key, dice.pick(['*a', '[*a, *b]', '*missing', '{ipc: host}', '1'])] as const;
      return [key, yamlValue(dice, words, 6)] as const;
    });
    return `${dice.chance(0.2) ? '&a ' : ''}${yamlMap([['build', '.'] as const, ...pairs].slice(dice.below(2)), 4)}`;
  };
  const services = dice.some(
    4,
    () => [dice.pick(['web', 'train', 'a b', '"1"', '1', '? a', '__proto__', '']), service()] as const,
  );
  const others = dice.some(
    2,
    () => [dice.pick(['x-a', 'version', 'networks', 'name', 'volumes']), yamlValue(dice, words)] as const,
  );
  const anchored = ['x-base', '&a\n  ipc: host\n  build: .'] as const;
  const rest = [['services', yamlMap(services, 2)] as const, ...others];
  return yamlFile(dice, dice.chance(0.4) ? [anchored, ...rest] : rest);
}
