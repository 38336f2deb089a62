import type { Dice } from '../dice.ts';
import { requirements } from './pyproject.ts';

const options = [
  '-r a.txt',
  '-r../b.txt',
  '--requirement=c.txt',
  '-c d.txt',
  '-i https://x',
  '--index-url=https://x/cu128',
  '--extra-index-url https://download.pytorch.org/whl/cpu',
  '-e .',
  '-',
  '--',
  '--hash=sha256:a',
];

/** A `requirements.txt`. */
export function requirementsFile(dice: Dice): string {
  const line = () => {
    if (dice.chance(0.2)) return dice.pick(options);
    const tail = dice.chance(0.2)
      ? dice.pick([' # c', '#c', ' \\\n    --hash=sha256:a', ' --hash=x', ';', ' ; a == "b"', '\\'])
      : '';
    return dice.pick(requirements) + tail;
  };
  return dice.some(8, line).join(dice.chance(0.1) ? '\r\n' : '\n');
}
