import { readTomlPlaces, type TomlEntry, type TomlTable } from '../syntax/toml-places.ts';
import { type Edit, lineEnding } from '../text/edit.ts';
import type { Project } from './build-context.ts';
import { normalizeName } from './requirements.ts';
import { buildOf } from './torch.ts';

const uv = ['tool', 'uv'];
const sources = [...uv, 'sources'];

/**
 * Edits of a `pyproject.toml` with which uv takes packages from PyTorch's index of a build, written as the uv documentation
 * has it ("Using uv with PyTorch"): an index that is asked for nothing else, and a source for each package. Comments and
 * layout stay. Undefined where a source says something else that the edits would undo, or the file cannot be read.
 * @param packages dependencies of the project itself, as uv heeds no sources of others
 * @param from the build that they come from now, where an index of PyTorch is named for them
 */
export function takeFromIndex(
  text: string,
  { uv: known }: Project,
  packages: readonly string[],
  build: string,
  from: string | undefined,
): Edit[] | undefined {
  const tables = readTomlPlaces(text);
  const entries = tables?.flatMap((table) => table.entries) ?? [];
  // `tool = { … }` and `uv = { … }` have no place for more lines.
  if (!tables || entries.some(({ path }) => isPath(path, uv) || isPath(path, ['tool']))) return undefined;
  const named = known.indexes.find(({ name, url }) => name !== undefined && buildOf(url) === build);
  const name = named?.name ?? freeName(`pytorch-${build}`, known);
  const edits: Edit[] = [];
  const missing: string[] = [];
  const old = known.indexes.filter(({ url }) => from !== undefined && buildOf(url) === from);
  for (const wanted of packages) {
    const own = entries.filter(
      ({ path }) => startsWith(path, sources) && normalizeName(path[sources.length] ?? '') === wanted,
    );
    const inline = entries.find(({ path }) => isPath(path, sources));
    const written = inline ? (known.sources.has(wanted) ? [inline] : []) : own;
    if (written.length === 0) missing.push(wanted);
    else if (!known.sources.get(wanted)?.includes(name)) {
      // Of several sources, one for each platform or extra, that of the build in question changes.
      const places = inline ? [] : written.flatMap((entry) => indexNames(text, entry));
      const changed = places.filter((place) => old.some((index) => index.name === place.name));
      if (changed.length === 0) return undefined;
      for (const { span } of changed) edits.push({ span, text: name });
    }
  }
  if (!named) {
    const lines = [
      '[[tool.uv.index]]',
      `name = "${name}"`,
      `url = "https://download.pytorch.org/whl/${build}"`,
      'explicit = true',
    ];
    const list = entries.find(({ path }) => isPath(path, [...uv, 'index']));
    if (list) edits.push(intoArray(text, list, `{ ${lines.slice(1).join(', ')} }`));
    else edits.push(insertBlock(text, placeOf(tables, [...uv, 'index']), lines));
  }
  if (missing.length > 0) edits.push(...addSources(text, tables, entries, missing, name));
  return joined(edits, lineEnding(text));
}

function addSources(
  text: string,
  tables: readonly TomlTable[],
  entries: readonly TomlEntry[],
  packages: readonly string[],
  name: string,
): Edit[] {
  const lineOf = (key: string) => `${key} = { index = "${name}" }`;
  const inline = entries.find(({ path }) => isPath(path, sources));
  if (inline) {
    const at = inline.value.start + 1;
    const isEmpty = text.slice(at, inline.value.end - 1).trim() === '';
    return [
      { span: { start: at, end: at }, text: ` ${packages.map(lineOf).join(', ')}${isEmpty ? ' ' : ','}` },
    ];
  }
  const table = tables.find(({ path }) => isPath(path, sources));
  if (table)
    return [
      { span: { start: table.end, end: table.end }, text: below(text, table.end, packages.map(lineOf)) },
    ];
  // `sources.torch = …` in a table above: that is where the table of sources is written, and it has no other header.
  const owner = tables.find(
    (one) => !startsWith(one.path, sources) && one.entries.some(({ path }) => startsWith(path, sources)),
  );
  const dotted = owner?.entries.findLast(({ path }) => startsWith(path, sources));
  if (owner && dotted) {
    const newlineAt = text.indexOf('\n', dotted.value.end);
    const end = newlineAt < 0 ? text.length : newlineAt + 1;
    const prefix = sources.slice(owner.path.length).join('.');
    const lines = packages.map((one) => lineOf(`${prefix}.${one}`));
    return [{ span: { start: end, end }, text: below(text, end, lines) }];
  }
  const lines = ['[tool.uv.sources]', ...packages.map(lineOf)];
  return [insertBlock(text, placeOf(tables, sources), lines)];
}

/** Whether one path is another. */
const isPath = (path: readonly string[], other: readonly string[]) =>
  path.length === other.length && startsWith(path, other);

const startsWith = (path: readonly string[], other: readonly string[]) =>
  other.every((part, at) => path[at] === part);

function freeName(name: string, { indexes }: Project['uv']): string {
  const taken = new Set(indexes.map((index) => index.name));
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name}-${i}`;
  return free;
}

/** The names behind `index =` of a source, or of the entry that is one by its key. */
function indexNames(
  text: string,
  { path, value }: TomlEntry,
): { name: string; span: { start: number; end: number } }[] {
  const written = text.slice(value.start, value.end);
  const pattern = path.at(-1) === 'index' ? /^(["'])([\w.-]*)\1$/g : /\bindex[ \t]?=[ \t]?(["'])([\w.-]*)\1/g;
  return [...written.matchAll(pattern)].map(({ 0: all, 2: name = '', index }) => {
    const end = value.start + index + all.length - 1;
    return { name, span: { start: end - name.length, end } };
  });
}

/** An element in front of those that an array has. */
function intoArray(text: string, { value }: TomlEntry, element: string): Edit {
  const at = value.start + 1;
  const inside = text.slice(at, value.end - 1);
  const indentation = /^[ \t]*(?:#[^\n]*)?\r?\n([ \t]*)/.exec(inside)?.[1];
  const isEmpty = inside.trim() === '';
  if (indentation !== undefined) {
    return { span: { start: at, end: at }, text: `${lineEnding(text)}${indentation || '    '}${element},` };
  }
  return { span: { start: at, end: at }, text: isEmpty ? element : `${element}, ` };
}

/** Behind the last table of the same name, else behind the last one of uv, else at the end of the file. */
function placeOf(tables: readonly TomlTable[], path: readonly string[]): number | undefined {
  const last = (prefix: readonly string[]) => tables.findLast((table) => startsWith(table.path, prefix))?.end;
  return last(path) ?? last(uv);
}

/** Lines below one that may lack its end. */
function below(text: string, at: number, lines: readonly string[]): string {
  const newline = lineEnding(text);
  const start = at > 0 && text[at - 1] !== '\n' ? newline : '';
  return start + lines.map((line) => line + newline).join('');
}

function insertBlock(text: string, place: number | undefined, lines: readonly string[]): Edit {
  const at = place ?? text.length;
  const newline = lineEnding(text);
  const block = below(text, at, lines);
  const isFirst = text.slice(0, at).trim() === '';
  const isApart = /\n\r?\n$/.test(text.slice(0, at));
  return { span: { start: at, end: at }, text: isFirst || isApart ? block : newline + block };
}

/** Insertions at one place as one edit, as two would have no order: what belongs to the table above comes first. */
function joined(edits: readonly Edit[], newline: string): Edit[] {
  const result: Edit[] = [];
  const opensTable = ({ text }: Edit) => text.trimStart().startsWith('[');
  for (const edit of [...edits.filter((one) => !opensTable(one)), ...edits.filter(opensTable)]) {
    const { start, end } = edit.span;
    const at = start === end ? result.findIndex(({ span }) => span.start === start && span.end === end) : -1;
    const same = result[at];
    const apart = edit.text.startsWith(newline) ? '' : newline;
    if (same) result[at] = { span: same.span, text: same.text + apart + edit.text };
    else result.push(edit);
  }
  return result;
}
