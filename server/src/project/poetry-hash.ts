import { parse } from 'smol-toml';
import { type Table, tableOf } from './toml-values.ts';

const ofProject = ['requires-python', 'dependencies', 'optional-dependencies'];
const older = ['dependencies', 'source', 'extras', 'dev-dependencies'];

/**
 * Which hashes Poetry writes into a lock file that belongs to a `pyproject.toml`: that of today, and those of before 2.3 and 2.0. None
 * where one of its values may be printed in another way (Poetry 2.5.1, `Locker._get_content_hash`).
 */
export async function poetryHashes(text: string): Promise<readonly string[]> {
  const root = parse(text.replace(/^\ufeff/, ''));
  const project = picked(tableOf(root.project), ofProject);
  const poetry = tableOf(tableOf(root.tool).poetry);
  const groups = tableOf(root['dependency-groups']);
  const own = picked(poetry, [...older, 'group']);
  const flat = { ...Object.fromEntries(older.map((key) => [key, null])), ...own };
  const withProject = isEmpty(project) ? undefined : { project, tool: { poetry: own } };
  const withGroups = isEmpty(groups)
    ? undefined
    : { ...(isEmpty(project) ? {} : { project }), 'dependency-groups': groups, tool: { poetry: own } };
  const printed = [flat, withProject, withGroups].flatMap((one) => (one ? [print(one)] : []));
  return printed.some((one) => one.includes(unknown)) ? [] : Promise.all(printed.map(hashOf));
}

const isEmpty = (table: Table) => Object.keys(table).length === 0;
const picked = (table: Table, keys: readonly string[]) =>
  Object.fromEntries(keys.flatMap((key) => (table[key] === undefined ? [] : [[key, table[key]]])));

/** No text of JSON has it. */
const unknown = '\0';

/** As `json.dumps(…, sort_keys=True)` of Python does. */
function print(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`;
  if (typeof value === 'number' || value instanceof Date) return unknown;
  if (typeof value !== 'object' || value === null)
    return JSON.stringify(value).replace(
      /[\u007f-\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${print(key)}: ${print(one)}`).join(', ')}}`;
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
