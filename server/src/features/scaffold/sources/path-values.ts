import { folderOf, nameOf, posixJoin } from '../paths.ts';
import type { Program } from './program.ts';

/** Where an expression leads: from the top of the project, or from the folder that the program works in. */
export interface Place {
  readonly path: string;
  readonly isBesideFile: boolean;
}

/** So many names are followed, one behind the other. */
const deepest = 6;
const word = /[A-Za-z_][\w.]*/y;
const literal = /([rbfRBF]{0,2})(?:"([^"\n]*)"|'([^'\n]*)')/y;
/** They change nothing of where a path leads (documentation of os.path and pathlib). */
const same = /(?:^|\.)(?:abspath|realpath|normpath|fspath|str|Path|PurePath|PosixPath)$/;
const sameMethod = /^(?:resolve|absolute|as_posix|expanduser|strip|__str__)$/;

/** Where the text ending with a name that stands in a line leads, by what Python puts together there; undefined where that is not known. */
export function placeIn(
  line: string,
  name: string,
  by: string,
  programs: readonly Program[],
): Place | undefined {
  const at = Math.max(line.indexOf(`${name}"`), line.indexOf(`${name}'`));
  if (at < 0) return undefined;
  for (const { index } of line.matchAll(/(?<![\w."'])(?:[A-Za-z_(]|["'])/g)) {
    if (index > at) return undefined;
    // What is put behind something that is not known leads anywhere.
    if (/^[rbf]{0,2}["']/i.test(line.slice(index)) && /[/+,]$/.test(line.slice(0, index).trimEnd()))
      return undefined;
    const reader = readerOf(line, by, programs, 0);
    const found = reader.read(index);
    if (found && reader.end() >= at + name.length) return found;
  }
  return undefined;
}

/** Where the expression leads that a text begins with; undefined where that is not known, or more is done with it. */
export function placeAt(text: string, by: string, programs: readonly Program[]): Place | undefined {
  const reader = readerOf(text, by, programs, 0);
  const found = reader.read(0);
  return /^\s*(?:[,)}\]#]|$)/.test(text.slice(reader.end())) ? found : undefined;
}

/** Where the value of a name leads that a program sets at its left margin, or one of the others. */
function placeOf(name: string, by: string, programs: readonly Program[], depth: number): Place | undefined {
  const last = name.split('.').at(-1) ?? '';
  const own = programs.filter(({ path }) => path === by);
  for (const { path, text } of [...own, ...programs]) {
    const line = text.split('\n').find((one) => assigned(one) === last);
    if (line === undefined) continue;
    // What begins empty is given a value later.
    if (/=\s*(?:""|'')\s*$/.test(line)) return undefined;
    const reader = readerOf(line, path, programs, depth + 1);
    return reader.read(line.search(/=(?!=)/) + 1);
  }
  return undefined;
}

const assigned = (line: string) => /^([A-Za-z_]\w*) *(?::[^=]*)?=(?!=)/.exec(line)?.[1];

function readerOf(text: string, by: string, programs: readonly Program[], depth: number) {
  let at = 0;
  const blanks = () => {
    while (text[at] === ' ') at += 1;
  };
  const take = (sign: string) => {
    blanks();
    if (!text.startsWith(sign, at)) return false;
    at += sign.length;
    return true;
  };
  const match = (pattern: RegExp) => {
    blanks();
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const read = (): Place | undefined => {
    let left = primary();
    for (;;) {
      const before = at;
      const isJoined = take('/');
      if (!isJoined && !take('+')) return left;
      if (text[at] === '=' || text[at] === '/') {
        at = before;
        return left;
      }
      const right = primary();
      left = isJoined ? joined(left, right) : behind(left, right);
    }
  };
  const given = () => {
    const all: (Place | undefined)[] = [];
    while (!take(')')) {
      const before = at;
      all.push(read());
      take(',');
      if (at === before) return undefined;
    }
    return all;
  };
  const primary = (): Place | undefined => {
    if (take('(')) {
      const inner = read();
      return take(')') ? methods(inner) : undefined;
    }
    const said = match(literal);
    if (said) return methods(textOf(said[2] ?? said[3] ?? '', /f/i.test(said[1] ?? '')));
    const name = match(word)?.[0];
    if (name === undefined) return undefined;
    return methods(valueOf(name));
  };
  const textOf = (said: string, isFormat: boolean): Place | undefined => {
    const [, held, rest = ''] = (isFormat ? /^\{([A-Za-z_][\w.]*)\}(.*)$/ : /^(?!)/).exec(said) ?? [];
    if (held === undefined)
      return isFormat && said.includes('{') ? undefined : { path: said, isBesideFile: false };
    if (rest.includes('{') || depth >= deepest) return undefined;
    const before = placeOf(held, by, programs, depth);
    const more = { path: rest.replace(/^\//, ''), isBesideFile: false };
    return rest.startsWith('/') || rest === '' ? joined(before, more) : behind(before, more);
  };
  const valueOf = (name: string): Place | undefined => {
    // `X.parent` and `X.parents[1]` are of the value, and no names of their own.
    const names = name.split('.');
    const own = names.findLastIndex((one) => one !== 'parent') + 1;
    return up(plainValue(names.slice(0, own).join('.')), names.length - own);
  };
  const plainValue = (name: string): Place | undefined => {
    if (name === '__file__') return { path: by, isBesideFile: true };
    const before = at;
    if (take('(')) {
      const all = given();
      if (all === undefined) return undefined;
      const [first, ...rest] = all;
      if (same.test(name)) return all.length === 0 ? { path: '', isBesideFile: false } : all.reduce(joined);
      if (/(?:^|\.)dirname$/.test(name)) return up(first, 1);
      if (/(?:^|\.path\.)join$|^join$/.test(name)) return rest.reduce(joined, first);
      if (/(?:^|\.)(?:getcwd|cwd)$/.test(name)) return { path: '', isBesideFile: false };
      // What stands there where the environment says nothing.
      if (/(?:^|\.)(?:getenv|environ\.get)$/.test(name)) return rest[0];
      const [, owner = '', method = ''] = /^(.*)\.(\w+)$/.exec(name) ?? [];
      if (method === 'joinpath') return all.reduce(joined, plainName(owner));
      return sameMethod.test(method) ? plainName(owner) : undefined;
    }
    at = before;
    if (text[at] === '[') {
      const [, owner = ''] = /^(.*)\.parents$/.exec(name) ?? [];
      const level = match(/\[(\d)\]/y)?.[1];
      return owner === '' || level === undefined ? undefined : up(plainName(owner), Number(level) + 1);
    }
    return plainName(name);
  };
  const plainName = (name: string): Place | undefined => {
    if (name === '__file__') return { path: by, isBesideFile: true };
    return depth >= deepest ? undefined : placeOf(name, by, programs, depth);
  };
  const methods = (start: Place | undefined): Place | undefined => {
    let place = start;
    for (;;) {
      const [, name, level] = match(/\.(parents?|[a-z_]\w*)(?:\[(\d)\])?/y) ?? [];
      if (name === undefined) return place;
      if (name === 'parent') place = up(place, 1);
      else if (name === 'parents') place = up(place, Number(level ?? 0) + 1);
      else if (!take('(')) return undefined;
      else {
        const all = given();
        if (all === undefined) return undefined;
        if (name === 'joinpath') place = all.reduce(joined, place);
        else if (!sameMethod.test(name)) place = undefined;
      }
    }
  };
  return {
    read: (from: number) => {
      at = from;
      return read();
    },
    end: () => at,
  };
}

function joined(left: Place | undefined, right: Place | undefined): Place | undefined {
  if (!left || !right || right.isBesideFile || left.path.startsWith('/')) return undefined;
  if (right.path.startsWith('/')) return undefined;
  return { path: posixJoin(left.path, right.path), isBesideFile: left.isBesideFile };
}

/** `os.getcwd() + "/data"`. */
function behind(left: Place | undefined, right: Place | undefined): Place | undefined {
  if (!left || !right || right.isBesideFile) return undefined;
  const path = left.path === '' ? right.path.replace(/^\//, '') : posixJoin('', left.path + right.path);
  return { path, isBesideFile: left.isBesideFile };
}

function up(place: Place | undefined, levels: number): Place | undefined {
  if (!place) return undefined;
  let { path } = place;
  for (let left = levels; left > 0; left--) {
    // Above the project.
    path = path === '' || nameOf(path) === '..' ? posixJoin(path, '..') : folderOf(path);
  }
  return { ...place, path };
}
