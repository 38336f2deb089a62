import type { Edit } from '../text/edit.ts';
import type { PythonVersion } from './base-python.ts';
import type { Stage } from './stages.ts';

/** Writes another tag into a FROM; undefined where the tag is not written there, or a digest outweighs it. */
export function replaceTag({ from, base }: Stage, tag: string): Edit | undefined {
  const word = from.node.imageWord;
  const old = base.image.tag;
  if (!word || old === undefined || !word.raw.endsWith(`:${old}`)) return undefined;
  return { span: from.at({ from: word.to - old.length, to: word.to }), text: tag };
}

/** Writes another Python into the tag of a FROM, as a fix that needs a look; undefined where the tag is not written there. */
export function replacePython({ from }: Stage, { major, minor }: PythonVersion, better: PythonVersion) {
  const word = from.node.imageWord;
  const colon = Math.max(0, word?.raw.indexOf(':') ?? 0);
  const version = new RegExp(`(?<=[:-](?:python)?)${major}\\.${minor}(?:\\.\\d+)?(?=$|-)`);
  const match = version.exec(word?.raw.slice(colon) ?? '');
  if (!word || !match) return undefined;
  const start = word.from + colon + match.index;
  const text = `${better.major}.${better.minor}`;
  const edits: readonly Edit[] = [{ span: from.at({ from: start, to: start + match[0].length }), text }];
  return { title: `Use Python ${text}`, safety: 'unsafe' as const, edits };
}
