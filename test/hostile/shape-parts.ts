// What the kinds of Dockerfiles in shapes.ts are built of.
import { repeated } from './input.ts';

/** Lines that a function makes from their number, up to a length. */
export function lines(
  size: number,
  make: (index: number) => string,
  before = 'FROM debian:12\n',
  behind = '',
): string {
  const parts = [before];
  let length = before.length + behind.length;
  for (let i = 0; length < size; i++) {
    const line = make(i);
    parts.push(line);
    length += line.length;
  }
  return parts.join('') + behind;
}
/** One instruction whose middle is repeated up to a length. */
export const long =
  (before: string, part: string, behind = '') =>
  (size: number) =>
    repeated(part, size, `FROM debian:12\n${before}`, `${behind}\n`);
/** One instruction with a middle whose parts are numbered. */
export const numbered =
  (before: string, part: (index: number) => string, behind = '') =>
  (size: number) =>
    lines(size, part, `FROM debian:12\n${before}`, `${behind}\n`);
/** Something opened many times and closed as often. */
export const nested = (before: string, open: string, inner: string, close: string) => (size: number) => {
  const depth = Math.max(1, Math.floor(size / (open.length + close.length)));
  return `FROM debian:12\n${before}${open.repeat(depth)}${inner}${close.repeat(depth)}\n`;
};
export const many = (make: (index: number) => string, before?: string, behind?: string) => (size: number) =>
  lines(size, make, before, behind);

export const keywords = [
  ...[
    'ADD',
    'ARG',
    'CMD',
    'COPY',
    'ENTRYPOINT',
    'ENV',
    'EXPOSE',
    'FROM',
    'HEALTHCHECK',
    'LABEL',
    'MAINTAINER',
  ],
  ...['ONBUILD', 'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR', 'NONSENSE'],
];
export const ofEachKeyword = (what: string, make: (keyword: string) => (size: number) => string) =>
  Object.fromEntries(keywords.map((keyword) => [`${keyword}: ${what}`, make(keyword)]));

export type Shape = (size: number) => string;
