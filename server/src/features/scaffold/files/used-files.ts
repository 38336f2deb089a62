import { weightsFile } from '../../../data/ml-artifacts.ts';
import type { ScaffoldKind } from '../../../protocol/requests.ts';
import { settingsRead } from '../django/django.ts';
import { folderOf, isOutside, nameOf, posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { openedSecrets, pageSecrets } from '../settings/looked-up.ts';
import { type Literal, literalsOf } from '../sources/literals.ts';
import { placeIn } from '../sources/path-values.ts';
import type { Program } from '../sources/program.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { copiedExamples } from '../surroundings/surroundings.ts';
import { isMounted } from './copied.ts';
import { cacheFolders, fetchedFiles } from './downloads.ts';
import { homeState, stateFolders } from './kept-state.ts';
import { besideFile, madeBy } from './made-folders.ts';
import { isBelowOutput, outputOptions, resultFiles } from './output-places.ts';
import { savedFolders } from './saved-folders.ts';

/** Data that a program reads or makes, by the ends of the names. */
const isDataFile =
  /\.(?:csv|tsv|parquet|feather|npy|npz|pickle|h5|hdf5|jsonl|xlsx?|caffemodel|weights|bin|prototxt|names)$/i;
/** Files of many uses, of which the call tells more. */
const isAnyFile = /\.(?:json|ya?ml|toml|ini|cfg|conf|txt|xml|png|jpe?g|wav|mp[34])$/i;
const reads =
  /^(?:open|load|safe_load|read|read_\w+|imread|loadtxt|Path|CascadeClassifier|from_\w+|load_\w+|FileInput|OmegaConf|Certificate|service_account)$/;
/** What is given to these is read by a person. */
const shows =
  /^(?:file_uploader|print|write|markdown|title|header|subheader|caption|text|error|warning|info|success|debug|label|\w*Error|\w*Exception)$/;
/** Where a module says what others are to read. */
const says = /(?:PATH|FILE|MODEL|WEIGHTS|DATA)\w{0,20} {0,2}=/i;
/** A model that lies in a folder, or in a file without an ending, by a path and not by a name of a hub. */
const loadsModel =
  /\b(?:torch|joblib|saved_model)\.load\(\s*r?["']|\b(?:keras|models|pyfunc)\.load_model\(\s*r?["']|\bfrom_pretrained\(\s*["']\.\/|\b(?:model|checkpoint|weights)\w*\s*=\s*["']\.\//i;
/** What these are given is a folder that is there (Python documentation, "os" and "pathlib"; of torchvision, `ImageFolder`). */
const lists = /^(?:listdir|scandir|iterdir|ImageFolder)$/;
const isDefault = /\bdefault\s*=/;
const isDatabase = /\.(?:db|sqlite3?)$/i;
const makesTables =
  /\bcreate\s+(?:virtual\s+)?(?:temp\w*\s+)?table\b|\bcreate_all\(|\bexecutescript\(|\bto_sql\(/i;

/** Whether a path stands where a model is loaded, and is no key beside it. */
function isLoaded(path: string, line: string): boolean {
  const at = line.indexOf(path);
  const before = line.slice(0, Math.max(at, 0)).replace(/\.\/$/, '');
  return /[(=]\s*r?["']$/.test(before) && !/^["']\s*:/.test(line.slice(at + path.length));
}

/** By what name a browser keeps what it is sent (documentation of Streamlit and Flask). */
const isSentName = /\b(?:file_name|download_name|attachment_filename)\s*=/;

/** Where the files of the image lie: those that go there, and are kept out of it by nothing. */
function isHeldBy({ context, files }: ProjectFacts, kind: ScaffoldKind) {
  const held = (context.files?.files ?? [])
    .filter(
      (file) =>
        files.belongs(file) && !context.ignoreFile?.keepsOut(file.path) && !isMounted(file.path, kind),
    )
    .map(({ path }) => path);
  return {
    hasFile: (path: string) => held.some((one) => one === path || one.endsWith(`/${path}`)),
    hasFolder: (folder: string) => held.some((one) => one.startsWith(`${folder}/`)),
  };
}

/** Files that a program names and the image does not hold, each once; with "/" those that it looks for above the project. */
export function missingFiles(facts: ProjectFacts, start: Start, kind: ScaffoldKind): string[] {
  const { hasFile, hasFolder } = isHeldBy(facts, kind);
  const programs = programsOfStart(facts, start);
  // What a call is given may begin on the next line.
  const lines = programs.flatMap(({ text }) => text.replace(/\([ \t]*\r?\n[ \t]*/g, '(').split('\n'));
  const saved = savedFolders(facts.texts);
  const isMade = madeBy(programs);
  const isFolder = (path: string) => !nameOf(path).includes('.') && !hasFolder(path);
  const isFilled = programs.some(({ text }) => makesTables.test(text));
  const found = literalsOf(programs).flatMap(({ by, path: said, call, line, raw, isWritten }) => {
    // From the folder that it is started in.
    const path = said.startsWith('../') ? posixJoin(start.folder ?? '', said) : said;
    // Modules name what they have fetched from somewhere.
    // What another program is given where it is started itself.
    if (by !== programs[0]?.path && isDefault.test(line)) return [];
    const isPlace = path.includes('/') || by === programs[0]?.path || reads.test(call) || says.test(line);
    const isRead =
      weightsFile.test(path) ||
      isDataFile.test(path) ||
      (isAnyFile.test(path) && (reads.test(call) || isOpened(path, line, lines))) ||
      (saved.has(path) && !hasFolder(path) && (reads.test(call) || isOpened(path, line, lines))) ||
      (loadsModel.test(line) && isLoaded(path, line) && !nameOf(path).includes('.') && !hasFolder(path)) ||
      (isFolder(path) && !isMade(path) && (lists.test(call) || isOpened(path, line, lines, lists))) ||
      // One that is empty has no tables.
      (isDatabase.test(path) && call === 'connect' && !isFilled);
    // Neither an ending alone nor a pattern.
    const isName = !/^\.\w+$|[\\()+^]|non-?_?exist/i.test(path) && !shows.test(call);
    // Its values are in no variable of the environment (documentation of python-dotenv).
    if (path === '.env' && call === 'dotenv_values') return [path];
    if (
      !isRead ||
      !isPlace ||
      isWritten ||
      isSentName.test(line) ||
      isOnlyWritten(path, line, lines) ||
      isBelowOutput({ path, line }) ||
      isOutside(path) ||
      !isName
    )
      return [];
    const place = placeIn(raw, nameOf(path), by, programs);
    if (place?.isBesideFile && isOutside(place.path)) return [place.path.replace(/^(?:\.\.\/)+/, '/')];
    return hasFile(path) ? [] : [path];
  });
  const made = new Set([
    ...copiedExamples(facts).map(([path]) => path),
    ...outputOptions(programs).map(({ value }) => value),
    ...cacheFolders(facts, start),
    ...fetchedFiles(programs),
    ...resultFiles(literalsOf(programs), programs),
  ]);
  return [...new Set(found)].filter((path) => !made.has(path));
}

/** The name that is given a path: `def read(path="a.yaml")`, `CONFIG = "a.yaml"`, `self.file = os.path.join(folder, "a.json")`. */
function nameGiven(path: string, line: string): string | undefined {
  const before = line
    .slice(0, Math.max(line.indexOf(`${path}"`), line.indexOf(`${path}'`), 0))
    .replace(/["'][./]*$/, '');
  const at = before.lastIndexOf('=');
  const [head = ''] = before.slice(0, Math.max(at, 0)).split(/[,(]/).at(-1)?.split(':', 1) ?? [];
  // What is put together is one value.
  if ((before.slice(at).split('join(', 1)[0] ?? '').includes(',')) return undefined;
  const name = head
    .trim()
    .split(/[\s.]+/)
    .at(-1);
  return name === '' || name === 'default' ? undefined : name;
}

/** Whether what is given a path is opened to read it. */
function isOpened(path: string, line: string, lines: readonly string[], calls = reads): boolean {
  const name = nameGiven(path, line);
  if (name === undefined) return false;
  const words = [`(${name}`, `(self.${name}`];
  // What is looked for first need not be there.
  if (lines.some((one) => words.some((word) => isReadBy(one, word, looks)))) return false;
  const uses = lines.filter((one) => words.some((word) => isReadBy(one, word, calls)));
  return uses.length > 0 && uses.every((one) => !opensToWrite.test(one));
}

const opensToWrite = /["'][wax]b?\+?["']|["']r\+/;
const writers = /^(?:to_\w+|savefig|imwrite|save|save_\w+|write_\w+)$/;

/** Whether what is given a path is only written there. */
function isOnlyWritten(path: string, line: string, lines: readonly string[]): boolean {
  const name = nameGiven(path, line);
  if (name === undefined) return false;
  const words = [`(${name}`, `(self.${name}`];
  const uses = lines.filter(
    (one) =>
      one.includes(`${name}.write_`) ||
      words.some((word) => isReadBy(one, word, reads) || isReadBy(one, word, writers)),
  );
  return (
    uses.length > 0 &&
    uses.every(
      (one) =>
        opensToWrite.test(one) ||
        one.includes(`${name}.write_`) ||
        words.some((word) => isReadBy(one, word, writers)),
    )
  );
}

const looks = /^(?:exists|isfile|is_file|isdir|is_dir)$/;

/** Whether a line gives a name to one of these calls, before others: `open(CONFIG, ...)`, `Certificate(KEY)`. */
function isReadBy(line: string, word: string, calls: RegExp): boolean {
  const at = line.indexOf(word);
  if (at < 1) return false;
  const [call = '', behind] = [line.slice(0, at).split(/\W/).at(-1), line.slice(at + word.length)];
  const asked = call === 'Path' ? (/^\)\.(\w+)\(/.exec(behind)?.[1] ?? '') : call;
  return calls.test(asked) && !/^\w/.test(behind);
}

/** The folders above one that a program makes below its home, which `os.mkdir` takes for there (Python documentation, "os"). */
const homeParents = (programs: readonly Program[]): string[] =>
  programs.some(({ text }) => /\bos\.mkdir\(/.test(text))
    ? programs.flatMap(({ text }) =>
        [...text.matchAll(/["'](?:~|\$HOME)\/(\.[\w.-]{1,60}(?:\/[\w.-]{1,60}){1,6})\/?["']/g)].map(
          ([, path = '']) => folderOf(path),
        ),
      )
    : [];

/** Folders that a program writes into, and that neither the image holds nor the program makes. */
export function foldersToMake(facts: ProjectFacts, start: Start, kind: ScaffoldKind): string[] {
  const own = programsOfStart(facts, start);
  const read = new Set(own.map(({ path }) => path));
  const programs = [...own, ...settingsRead(facts, start.file).filter(({ path }) => !read.has(path))];
  const literals = literalsOf(programs);
  const { hasFolder } = isHeldBy(facts, kind);
  const isMade = madeBy(programs);
  const databases = programs.flatMap(({ text }) =>
    [...text.matchAll(/\bsqlite(?:\+\w+)?:\/\/\/(?:\.\/)?([\w.-]+(?:\/[\w.-]+)+)/g)].flatMap(
      ([, path = '']) => folderOf(path),
    ),
  );
  // Flask-SQLAlchemy 3 looks for it in the instance folder (documentation, "Configuration").
  const ofInstance = facts.direct.has('flask-sqlalchemy')
    ? databases.map((folder) => `instance/${folder}`)
    : [];
  const folders = [
    ...ofInstance,
    ...volumesOf(facts),
    ...literals.flatMap((one) =>
      folderWritten(one).map((folder) => besideFile(one, folder, programs, start.folder)),
    ),
    ...databases,
  ].filter(
    (folder) =>
      /^(?:\/app\/)?[\w.-]+(?:\/[\w.-]+)*$/.test(folder) &&
      folder !== '.' &&
      !folder.startsWith('..') &&
      !hasFolder(posixJoin(start.folder ?? '', folder).replace(/^\/app\//, '')) &&
      !isMade(folder),
  );
  // A volume takes the owner of what the image has there, though the program would make it (Docker documentation, "Volumes").
  const kept = [
    ...homeParents(own).map((folder) => `/app/${folder}`),
    ...stateFolders(facts, start).filter((folder) => !hasFolder(posixJoin(start.folder ?? '', folder))),
    ...[
      ...homeState(facts, start),
      ...pageFolder(own).filter((folder) => !hasFolder(folder)),
      ...cacheFolders(facts, start).filter((folder) => !isOutside(folder) && !hasFolder(folder)),
    ].map((folder) => (start.folder === undefined ? folder : `/app/${folder}`)),
  ];
  return [...new Set([...folders, ...kept])].sort();
}

/**
 * The folder that secrets of a page are mounted in: Docker makes one as root's for a file that is mounted, and Streamlit shows nothing
 * where it cannot write there (`machine_id_v4`; Streamlit 1.67, tried on 2026-11-29).
 */
const pageFolder = (programs: readonly Program[]) =>
  programs.some(({ text }) => pageSecrets(text).length > 0 || openedSecrets(text) !== undefined)
    ? ['.streamlit']
    : [];

/** What a line takes for a folder that is there. */
function folderWritten({ path, call, line, isWritten }: Literal): string[] {
  if (
    /UPLOAD_(?:FOLDER|DIR)|\bupload_(?:folder|dir)\b/i.test(line) &&
    !nameOf(path).includes('.') &&
    path.includes('/')
  )
    return [path];
  if (/(?:UPLOAD|LOG|OUTPUT)_(?:FOLDER|DIR)\w{0,9} {0,2}=/.test(line) && !nameOf(path).includes('.'))
    return [path];
  if (/UPLOAD_FOLDER["']\]\s*=/.test(line)) return path === 'UPLOAD_FOLDER' ? [] : [path];
  const directory = /\bStaticFiles\(\s*directory\s*=(.*)/.exec(line)?.[1]?.split(/\bname\s*=/, 1)[0] ?? '';
  if (call === 'StaticFiles' || [`"${path}"`, `'${path}'`].some((one) => directory.includes(one)))
    return path.includes('.') ? [] : [path];
  const isFile = nameOf(path).includes('.') && path.includes('/');
  const isLog = /FileHandler$/.test(call) || /\bfilename["']?\s*[=:]/.test(line) || call === 'connect';
  return isFile && (isWritten || isLog) ? [folderOf(path)] : [];
}

/** Where Compose files mount volumes below /app: one takes the owner of what the image has there (Docker documentation, "Volumes"). */
const volumesOf = ({ texts }: ProjectFacts): string[] =>
  [...texts].flatMap(([path, text]) =>
    /^(?:docker-)?compose[\w.-]*\.ya?ml$/.test(path)
      ? [...text.matchAll(/^[ \t]*-[ \t]+["']?[A-Za-z][\w-]*:\/app\/([\w./-]+)/gm)].map(([, folder = '']) =>
          folder.replace(/\/$/, ''),
        )
      : [],
  );
