import { settingsRead } from '../django/django.ts';
import { folderOf, foldersAbove, isOutside, nameOf, posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { placeIn } from '../sources/path-values.ts';
import type { Program } from '../sources/program.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

interface Database {
  /** Where it lies in the container, from its root; undefined where that is not known. */
  readonly path: string | undefined;
  /** The variable that names another one. */
  readonly variable: string | undefined;
}

const address = /\bsqlite(?:\+\w+)?:\/\/\/([\w./-]+)["']/;
const isFile = /["']\/?((?:[\w-]+\/)*[\w-]+\.(?:db|sqlite3?))["']/;
const opens = /\b(?:sqlite3|aiosqlite)\.connect\(/;
/** `os.getenv("X"`, `os.environ.get("X"`, `config("X"`, and a setting of Pydantic, which its variable is named as. */
const variableOf = /(?:getenv|environ\.get|\bconfig|\benv(?:\.\w+)?)\(\s*["']([A-Z][A-Z0-9_]*)["']/;
const ofSettings = /^[ \t]+([A-Za-z]\w*) *: *str *=/;

/** What becomes of a database that is a file, in a sentence; undefined where the programs have none. */
export function sqliteNote(facts: ProjectFacts, start: Start): string | undefined {
  const programs = readBy(facts, start);
  // What lies in memory alone is no file.
  const text = programs.map((one) => one.text.replace(/^.*:memory:.*$/gm, '')).join('\n');
  const hasOne =
    /\bsqlite(?:\+\w+)?:\/\/\/|\bbackends\.sqlite3\b/.test(text) ||
    // One that a person names at the time lies where that says.
    (opens.test(text) && /\.(?:db|sqlite3?)["']|\bconnect\( *(?:["'f]|[A-Z]|self\.|\w+\()/.test(text));
  if (!hasOne || needsPostgres(facts)) return undefined;
  const found = databasesIn(programs, facts, start);
  const [first] = found;
  const path = new Set(found.map((one) => one.path)).size === 1 ? first?.path : undefined;
  if (path === undefined)
    return 'The database of SQLite lies in the container, unless a volume is mounted where it is.';
  const variable = found.find((one) => one.variable !== undefined)?.variable;
  const folder = folderOf(path);
  const below = folder.replace(/^\/app\/?/, '');
  const holdsMore =
    folder === '/app' ||
    (folder.startsWith('/app/') && [...facts.tree.paths].some((one) => one.startsWith(`${below}/`)));
  const other = !holdsMore
    ? `a volume that user 10001 may write is mounted at ${folder}`
    : variable === undefined
      ? 'a file that user 10001 may write is mounted there'
      : `${variable} names one in a volume that user 10001 may write`;
  return `The database of SQLite lies in the container at ${path}, unless ${other}.`;
}

/** Models with fields that only PostgreSQL has (Django documentation, "PostgreSQL specific model fields"). */
export const needsPostgres = ({ texts }: ProjectFacts): boolean =>
  [...texts].some(
    ([path, text]) =>
      path.endsWith('.py') && /^[ \t]*(?:from|import) django\.contrib\.postgres\.fields\b/m.test(text),
  );

/** Whether its tables are made behind the start alone, as nothing else reaches a file in a container. */
export const isInContainer = (facts: ProjectFacts, start: Start): boolean =>
  sqliteNote(facts, start) !== undefined &&
  !readBy(facts, start).some(({ text }) =>
    /\b(?:postgres(?:ql)?|mysql|mariadb|mssql|oracle)(?:\+\w+)?:\/\//.test(text),
  );

/** What a start reads, with settings that Django and Flask read by their names (Flask documentation, "Configuration Handling"). */
function readBy(facts: ProjectFacts, start: Start): Program[] {
  const own = programsOfStart(facts, start);
  const named = new Set(
    own.flatMap(({ text }) =>
      [...text.matchAll(/\.from_pyfile\(\s*["']([\w./-]+)["']/g)].map(([, name = '']) => nameOf(name)),
    ),
  );
  const settings = [...facts.texts].flatMap(([path, text]) =>
    named.has(nameOf(path)) ? [{ path, text }] : [],
  );
  const all = [...own, ...settingsRead(facts, start.file), ...settings];
  return [...new Map(all.map((one) => [one.path, one])).values()];
}

function databasesIn(programs: readonly Program[], facts: ProjectFacts, start: Start): Database[] {
  const base = start.folder ?? '';
  return programs.flatMap(({ path: by, text }) =>
    text.split('\n').flatMap((line): Database[] => {
      if (/^\s*#/.test(line) || line.includes(':memory:')) return [];
      const variable = variableOf.exec(line)?.[1] ?? ofSettings.exec(line)?.[1]?.toUpperCase();
      const url = address.exec(line)?.[1];
      if (url !== undefined) return [{ path: besideFlask(url, programs, facts, base), variable }];
      const file = isFile.exec(line)?.[1];
      if (file === undefined || !/sqlite|connect\(|\bNAME\b|DB|database/i.test(line)) return [];
      const plain = line.replace(/["']sqlite(?:\+\w+)?:\/{3}["'] *\+ */, '');
      const place = placeIn(plain, nameOf(file), by, programs);
      if (place) return [{ path: inImage(place.isBesideFile ? '' : base, place.path), variable }];
      return [{ path: undefined, variable }];
    }),
  );
}

/** The image holds the project in /app. */
const inImage = (folder: string, path: string) =>
  isOutside(path) && !path.startsWith('..') ? path : `/${posixJoin(`app/${folder}`, path)}`;

/** Flask-SQLAlchemy 3 looks below the instance folder, which lies beside the module or the package (documentation of both). */
function besideFlask(
  url: string,
  programs: readonly Program[],
  { direct, dependencies, tree }: ProjectFacts,
  base: string,
): string | undefined {
  if (url.startsWith('/') || !direct.has('flask-sqlalchemy')) return inImage(base, url);
  const exact = [...dependencies.asked, ...(dependencies.locked ?? [])].find(
    ({ name }) => name === 'flask-sqlalchemy',
  )?.exact;
  const maker = programs.find(({ text }) => /\bFlask\(/.test(text));
  if (!maker || (exact !== undefined && /^[0-2]\./.test(exact)) || /\binstance_/.test(maker.text))
    return undefined;
  const folder = foldersAbove(maker.path).find((one) => !tree.paths.has(posixJoin(one, '__init__.py'))) ?? '';
  return inImage(folder, `instance/${url}`);
}
