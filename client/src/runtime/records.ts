// Reads what engines answer to `inspect`, which may be megabytes of what strangers wrote into labels, without keeping the
// extension host from its other work.
import { t } from '@vscode/l10n';
import { failed } from './failures.ts';

/** One record is read in one go. The configuration of an image that a registry takes is smaller than this. */
const largestRecord = 8_000_000;
/** After so many letters others get their turn. */
const portion = 500_000;

/** Docker writes one object a line, Podman one array. */
export async function parseRecords(stdout: string): Promise<readonly unknown[]> {
  const text = stdout.trim();
  const cuts = text.startsWith('[') ? elements(text) : lines(text);
  const records: unknown[] = [];
  let read = 0;
  for (const [start, end] of cuts) {
    if (end - start > largestRecord) throw failed(tooLarge());
    if (end > start) records.push(JSON.parse(text.slice(start, end)));
    if (end - read < portion) continue;
    read = end;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return records;
}

type Cut = readonly [start: number, end: number];

function* lines(text: string): Generator<Cut> {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    if (text.slice(start, end).trim()) yield [start, end];
    start = end + 1;
  }
}

/** The objects of an array, each where it stands; now and then an empty place, to take a breath. */
function* elements(text: string): Generator<Cut> {
  let depth = 0;
  let start = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    if (at % portion === 0) yield [at, at];
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === 0x5c) at++;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) {
      if (++depth === 2) start = at;
    } else if ((char === 0x7d || char === 0x5d) && --depth === 1) yield [start, at + 1];
  }
  // Cut off in the middle, it is no answer.
  if (depth !== 0) throw new SyntaxError('The array does not end.');
}

function tooLarge() {
  return {
    id: 'too-large',
    message: t('The engine says more of one thing than can be read.'),
    remedy: t('Remove the image or container whose labels or variables have megabytes, then refresh.'),
  };
}
