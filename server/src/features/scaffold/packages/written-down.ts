import type { Dependencies } from './dependencies.ts';

/** What others need and nobody lists by hand. */
const neverAsked = new Set(
  'certifi idna charset-normalizer chardet urllib3 six markupsafe typing-extensions pyparsing zipp soupsieve h11 sniffio anyio frozenlist multidict yarl aiosignal wcwidth pycparser cffi python-dateutil'.split(
    ' ',
  ),
);
const leastOfThese = 4;

/** Whether a list is all that an environment held (`pip freeze`): each has its version, and many are there for others alone. */
export const isWrittenDown = ({ source, asked }: Dependencies): boolean =>
  source === 'requirements' &&
  asked.every(({ exact }) => exact !== undefined) &&
  asked.filter(({ name }) => neverAsked.has(name)).length >= leastOfThese;
