import { lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

/** A project of one program. */
export const main = (text: string, more: Files = {}): Files => ({
  ...lists('six==1.17.0'),
  'main.py': `${text}\n`,
  ...more,
});
/** What is told of it, but for what its packages bring. */
export const notes = async (text: string, more: Files = {}) =>
  (await make(main(text, more), 'multi-stage'))?.assumes.filter((line) => !line.includes('along with what'));
