import { argumentsIn } from './calls.ts';

/** What looks a setting up, or says that one is. */
const readers = /(?<=\b(?:getenv|environ\.get|config|env(?:\.\w{1,20})?|Field)\()/;

/** A program in which each call that looks a setting up stands in one line. */
export function withWholeCalls(text: string): string {
  const [first = '', ...others] = text.split(readers);
  return [
    first,
    ...others.map((part) => {
      const all = argumentsIn(part);
      const whole = all
        .split('\n')
        .map((line) => line.trim())
        .join(' ')
        .trim();
      return `${whole.endsWith(',') ? whole.slice(0, -1) : whole}${part.slice(all.length)}`;
    }),
  ].join('');
}
