import { settingsRead } from '../django/django.ts';
import { listed } from '../packages/no-dependencies.ts';
import { folderOf, isOutside, nameOf, posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { linesByWord, wordOf } from '../sources/lines-by-word.ts';
import { type Literal, literalsOf } from '../sources/literals.ts';
import { placeIn } from '../sources/path-values.ts';
import type { Program } from '../sources/program.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { besideFile } from './made-folders.ts';

/** So many are told. */
const most = 4;
/** So many files have a line each. */
const mostFiles = 2;
/** Files that programs keep what they know in. */
const isState = /\.(?:json|jsonl|pkl|pickle|csv|txt|ya?ml|toml|dat|session|shelve|xml)$/i;
/** What keeps what it is given by itself (documentation of TinyDB, python-telegram-bot, Chroma, Telethon, SqliteDict and Python, "shelve"). */
const keepers =
  /\b(TinyDB|shelve\.open|PicklePersistence|PersistentClient|TelegramClient|SqliteDict)\(\s*(?:\w+\s*=\s*)?["']([\w./-]+)["']|\b(persist_directory)\s*=\s*["']([\w./-]+)["']/g;
const opensToWrite =
  /,\s*(?:mode\s*=\s*)?["'][wa]b?\+?["']|\.write_(?:text|bytes)\(|\bdump\(|\.to_(?:csv|json|pickle)\(|\b(?:save|write|store)_\w+\(/;
const opensToRead = /\bopen\(|\.read_(?:text|bytes)\(|\bload\(|\b(?:read|load)_\w+\(/;

/** What programs keep for their next start, below the folder that they work in: files, and folders that end with a slash. */
function keptState(facts: ProjectFacts, start: Start): string[] {
  const programs = programsOfStart(facts, start);
  const linesOf = linesByWord(programs.flatMap(({ text }) => text.split('\n')));
  const named = literalsOf(programs).flatMap((one) => {
    if (!isState.test(one.path) || isOutside(one.path) || liesElsewhere(one, programs)) return [];
    // What was read from a file is not its path.
    const name =
      /^\w+$/.test(one.call) && /^open$|load|read/i.test(one.call)
        ? undefined
        : /^\s*([A-Za-z_]\w*) *(?::[^=]*)?=(?!=)/.exec(one.line)?.[1];
    const held = linesOf(wordOf(one.path)).filter((line) =>
      [`"${one.path}"`, `'${one.path}'`, `/${one.path}"`, `/${one.path}'`].some((word) =>
        line.includes(word),
      ),
    );
    const uses = [...held, ...(name === undefined ? [] : linesOf(name).filter((line) => line !== one.line))];
    const isWritten = uses.some((line) => opensToWrite.test(line));
    const isRead = uses.some((line) => opensToRead.test(line) && !opensToWrite.test(line));
    return isWritten && isRead ? [besideFile(one, one.path, programs, start.folder)] : [];
  });
  const found = [...named, ...byKeepers(programs), ...byClasses(programs), ...uploads(facts, start)].map(
    (path) => path.replace(/^(?:\.\/)+/, ''),
  );
  return [...new Set(found)].filter(
    (path) =>
      /^[\w.-]+(?:\/[\w.-]+)*\/?$/.test(path) &&
      !path.startsWith('..') &&
      // Of `name + ".csv"` the end alone is no name.
      !(nameOf(path).startsWith('.') && isState.test(nameOf(path)) && nameOf(path).split('.').length === 2),
  );
}

/** `folder / "a.json"`, where nothing tells that the folder is one of the project. */
function liesElsewhere({ by, line, raw, path }: Literal, programs: readonly Program[]): boolean {
  const place = placeIn(raw, nameOf(path), by, programs);
  if (place) return isOutside(place.path);
  const before = line
    .slice(0, Math.max(line.indexOf(`"${path}`), line.indexOf(`'${path}`), 0))
    .replace(/[rf]$/, '')
    .trimEnd();
  const isJoined = before.endsWith('/') || (before.endsWith(',') && /\bjoin\([^()]*$/.test(before));
  const base = /^\w+/.exec(
    before
      .slice(0, -1)
      .split(/[\s(=,/]/)
      .findLast((word) => word !== '') ?? '',
  )?.[0];
  if (!isJoined || base === undefined) return false;
  const own = programs.find((one) => one.path === by)?.text.split('\n') ?? [];
  const given = own.find((one) => /^\s*([A-Za-z_]\w*) *(?::[^=]*)?=(?!=)/.exec(one)?.[1] === base);
  return !/__file__|\bcwd\(|\bgetcwd\(/.test(`${before}${given ?? ''}`);
}

/** Where Django keeps what visitors upload, if a model has a field for it (Django documentation, `MEDIA_ROOT`). */
function uploads(facts: ProjectFacts, { file, folder }: Start): string[] {
  const isKept = [...facts.tree.texts.values()].some((text) => /\bmodels\.(?:File|Image)Field\(/.test(text));
  if (!isKept || folder !== undefined) return [];
  return settingsRead(facts, file).flatMap(({ path, text }) => {
    // As `startproject` writes it, the folder above that of the settings.
    const isUsual =
      /^BASE_DIR *= *(?:Path\(__file__\)\.resolve\(\)\.parent\.parent|os\.path\.dirname\(os\.path\.dirname\()/m.test(
        text,
      );
    const [, place] =
      /^MEDIA_ROOT *= *(?:BASE_DIR *\/|os\.path\.join\(BASE_DIR,) *["']\/?([\w.-]+(?:\/[\w.-]+)*)\/?["']\)?\s*$/m.exec(
        text,
      ) ?? [];
    return isUsual && place !== undefined ? [`${posixJoin(folderOf(folderOf(path)), place)}/`] : [];
  });
}

const byKeepers = (programs: readonly Program[]) =>
  programs.flatMap(({ text }) =>
    [...text.matchAll(keepers)].flatMap(([, call, given = '', , folder]) =>
      folder !== undefined || call === 'PersistentClient'
        ? [`${(folder ?? given).replace(/\/$/, '')}/`]
        : [call === 'TelegramClient' && !given.endsWith('.session') ? `${given}.session` : given],
    ),
  );

/** `User(name, f"users/{name}.json")`, where a class opens what it was given to read and to write. */
function byClasses(programs: readonly Program[]): string[] {
  const all = programs.map(({ text }) => text).join('\n');
  const opened = [...all.matchAll(/\bopen\(\s*self\.(\w+)([^\n]{0,60})/g)];
  const keeps = opened.some(
    ([, name, rest = '']) =>
      opensToWrite.test(rest) &&
      opened.some(([, other, more = '']) => other === name && !opensToWrite.test(more)),
  );
  return keeps
    ? [
        ...all.matchAll(
          /\b[A-Z]\w*\([^()\n]*\bf["']([\w-]+(?:\/[\w-]+)*)\/[^"'/{}]*\{[^"'{}/]*\}[^"'/{}]*\.(?:json|pkl|pickle|csv|txt|ya?ml)["']/g,
        ),
      ].map(([, folder = '']) => `${folder}/`)
    : [];
}

const dashed = /["']~\/(\.[\w-][\w./-]*)["']/;
const joined =
  /(?:\bPath\.home\(\)|\bexpanduser\(\s*["']~["']\s*\)\)?|\bHOME["']\s*[\])]+)((?:\s*[/,]\s*["'][\w.-]+["'])+)/;
/** Where these keep what is named (documentation of platformdirs, on Linux, and of Click, `get_app_dir`). */
const places: Readonly<Record<string, string>> = {
  user_config_dir: '.config',
  user_config_path: '.config',
  get_app_dir: '.config',
  user_data_dir: '.local/share',
  user_data_path: '.local/share',
  user_state_dir: '.local/state',
};
const placed = /\b(user_(?:config|data)_(?:dir|path)|user_state_dir|get_app_dir)\(\s*["']([\w.-]+)["']/;

/** Folders below a person's home that a program keeps something in. */
export function homeState(facts: ProjectFacts, start: Start): string[] {
  const found = programsOfStart(facts, start).flatMap(({ text }) => {
    const lines = text.split('\n');
    const writes = lines.some(
      (line) => /\b(?:mkdir|makedirs)\b|\.touch\(/.test(line) || opensToWrite.test(line),
    );
    return lines.flatMap((line) => {
      const [, call = '', name] = placed.exec(line) ?? [];
      const parts = [...(joined.exec(line)?.[1] ?? '').matchAll(/["']([\w.-]+)["']/g)].map(
        ([, part]) => part,
      );
      const path =
        dashed.exec(line)?.[1] ??
        (parts.length > 0 ? parts.join('/') : undefined) ??
        (name === undefined ? undefined : `${places[call]}/${name}`);
      const isKept = writes && path?.startsWith('.') && !/^\.(?:cache|ssh|aws|kube|netrc|gnupg)\b/.test(path);
      return isKept && path !== undefined && path.includes('..') === false ? [path.replace(/\/$/, '')] : [];
    });
  });
  const folders = found.map((path) => (/\.\w+$/.test(path.slice(1)) ? folderOf(path) : path));
  const all = [...new Set(folders)].filter(
    (path) => path !== '' && !/^\.(?:config|local(?:\/share)?)$/.test(path),
  );
  // One that lies in another is kept with it.
  return all.filter((path) => !all.some((other) => path.startsWith(`${other}/`)));
}

/** What a volume is mounted at, a folder from the top of the project each. */
export function stateFolders(facts: ProjectFacts, start: Start): string[] {
  const kept = keptState(facts, start).map((path) => placeOf(path, facts, start));
  return [...new Set(kept.filter((path) => path.endsWith('/')).map((path) => path.slice(0, -1)))];
}

/** A folder that holds programs is none to be hidden by a volume, so of these the file is told. */
function placeOf(path: string, { tree }: ProjectFacts, { folder = '' }: Start): string {
  if (path.endsWith('/')) return path;
  const own = folderOf(path);
  const below = posixJoin(folder, own);
  const hasPrograms = [...tree.paths].some((one) => folderOf(one) === below);
  return own === '' || hasPrograms ? path : `${own}/`;
}

/** What goes with a container, and where something is mounted to keep it, a line for each. */
export function keptStateNotes(facts: ProjectFacts, start: Start): string[] {
  const base = start.folder === undefined ? '/app' : `/app/${start.folder}`;
  const kept = [...new Set(keptState(facts, start).map((path) => placeOf(path, facts, start)))];
  const folders = kept.filter((path) => path.endsWith('/'));
  const files = kept.filter((path) => !path.endsWith('/'));
  return [
    ...folders.map(
      (path) =>
        `What the program keeps in ${path} goes with its container, unless a volume that user 10001 may write is mounted at ${base}/${path.slice(0, -1)}.`,
    ),
    ...(files.length > mostFiles
      ? [
          `What the program keeps in ${listed(files)} goes with its container, unless files that user 10001 may write are mounted in their places below ${base}.`,
        ]
      : files.map(
          (path) =>
            `What the program keeps in ${path} goes with its container, unless a file that user 10001 may write is mounted at ${base}/${path}.`,
        )),
    ...homeState(facts, start).map(
      (path) =>
        `What the program keeps in ~/${path} goes with its container, unless a volume that user 10001 may write is mounted at /app/${path}, as /app is the home folder of the image.`,
    ),
  ].slice(0, most);
}
