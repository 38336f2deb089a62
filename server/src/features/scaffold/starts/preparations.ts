import type { Plan } from '../dockerfile.ts';
import { folderOf, nameOf } from '../paths.ts';
import { besideProgram } from '../sources/applications.ts';
import { programsOfStart } from './program-file.ts';

/** So many commands are told. */
const most = 4;

/** Commands that prepare what a program then finds (documentation of Alembic, Flask, Django, Prisma, Aerich and Celery). */
const prepares =
  /^(?:alembic\b.* upgrade\b|flask\b.* (?:db|upgrade|seed|init|create)|aerich upgrade\b|(?:python3? -m )?prisma (?:generate|migrate|db)\b|(?:python3? )?(?:\S*\/)?manage\.py (?!runserver|collectstatic|shell|test|makemigrations|startapp|createsuperuser)\w|(?:python3?|bash|sh) \S*\.(?:py|sh)\b)/;
/** Names of programs that do so. */
const isPreparing =
  /^(?:init|seed|create_?(?:db|data|table|admin|index)|setup_?(?:db|data)|populate|ingest|load_?(?:data|db)|import_?data|migrate|bootstrap|build_?(?:index|db|vector)|index(?:er|ing)?|embed|prestart|pre_start|prepare|db_|make_?db|train)/i;

/**
 * What is run before a program starts, by the words of the project, with the file that has it so: of a Procfile, scripts, Compose files and
 * what others host it with, and in README what the name of a program tells.
 */
export function preparations({ facts, start, kind }: Plan): readonly [command: string, by: string][] {
  const { texts, tree, present } = facts;
  const started = start.words.join(' ');
  const reached = new Set(programsOfStart(facts, start).map(({ path }) => path));
  const found = [...texts].flatMap(([path, text]) => {
    const isSaid = describes(path);
    if (!isSaid && !/^(?:readme|makefile)/i.test(path)) return [];
    // What the Dockerfile that is there has is told with it.
    if (present?.path === path || present?.scripts.includes(path)) return [];
    return text
      .replace(/\\\r?\n/g, ' ')
      .split(/&&|;|[\n`"']/)
      .map((line) => bare(line))
      .filter((line) => prepares.test(line) && !started.includes(line))
      .flatMap((line): [string, string][] => {
        const file = line
          .split(/\s+/)
          .find((word) => /\.(?:py|sh)$/.test(word))
          ?.replace(/^\.\//, '');
        if (file === undefined || nameOf(file) === 'manage.py') return isSaid ? [[line, path]] : [];
        const isTraining = kind === 'training' && /^train/i.test(nameOf(file));
        const isOwn = tree.paths.has(file) || texts.has(file);
        return isOwn && isPreparing.test(nameOf(file)) && !reached.has(file) && !isTraining
          ? [[line, path]]
          : [];
      });
  });
  const all = [...new Map(found.map((one) => [one[0], one])).values()];
  // The same with more behind it tells more.
  return all.filter(([line]) => !all.some(([other]) => other.startsWith(`${line} `))).slice(0, most);
}

/** What says how a program is started, by its path. */
const describes = (path: string) => path.split('/').length < 3 && isDescription.test(nameOf(path));
const isDescription =
  /^(?:procfile|(?:render|(?:docker-)?compose(?:\.\w+)?)\.ya?ml|(?:railway|nixpacks)\.(?:json|toml)|(?:docker-)?entrypoint\.sh|(?:pre-?start|start|run|serve)(?:[_-]\w+)?\.sh)$/i;

const bare = (line: string) =>
  line
    .trim()
    .replace(/^(?:[-$>%#@]\s+|@|\w+:\s+|(?:poetry|uv|pipenv|pdm) run\s+|exec\s+)+/, '')
    .split(/[|<>#]/, 1)[0]
    ?.replace(/\s+/g, ' ')
    .trim() ?? '';

/** How tables are made that a program finds (documentation of Alembic and Flask-Migrate). */
export function migrationOf(
  { context, direct, texts }: Plan['facts'],
  start?: Plan['start'],
): string | undefined {
  const paths = (context.files?.files ?? []).map(({ path }) => path);
  const made = paths.find((path) => makesTables.test(path));
  if (direct.has('flask-migrate') && paths.includes('migrations/env.py')) return 'flask db upgrade';
  if (paths.includes('alembic.ini')) return 'alembic upgrade head';
  const below = paths.find((path) => nameOf(path) === 'alembic.ini' && !besideProgram.test(path));
  if (below !== undefined) {
    // From where it is run it finds its scripts, unless their place is told by the file (Alembic documentation, "Editing the .ini File").
    const place = /^script_location *= *(\S+)/m.exec(texts.get(below) ?? '')?.[1];
    return place === undefined || /^%|:/.test(place)
      ? `alembic -c ${below} upgrade head`
      : `cd /app/${folderOf(below)} && alembic upgrade head`;
  }
  if (direct.has('aerich')) return 'aerich upgrade';
  for (const [path, text] of texts) {
    const command = flaskCommand.exec(text)?.[1] ?? flaskFunction(text);
    if (command === undefined || !direct.has('flask') || besideProgram.test(path)) continue;
    return text.includes('FlaskGroup(') ? `python ${path} ${command}` : `flask ${appOf(start)}${command}`;
  }
  return made === undefined ? undefined : `python ${made}`;
}

/** Flask finds app.py and wsgi.py alone by itself (Flask documentation, "Application Discovery"). */
function appOf(start: Plan['start'] | undefined): string {
  const target = start?.words.find((word) => /^[A-Za-z_][\w.]*:[A-Za-z_]\w*$/.test(word));
  return target === undefined || /^(?:app|wsgi):/.test(target) ? '' : `--app ${target} `;
}

const makesTables = /^(?:create|init|setup)_(?:db|database|tables)\.py$|^db_(?:create|init|setup)\.py$/;
const flaskCommand =
  /\b(?:click|cli)\.command\(\s*["']((?:init|create|setup)[-_]?(?:db|database|tables))["']/;
/** A command is called as its function where it is given no name (Click documentation, "Basic Concepts"). */
function flaskFunction(text: string): string | undefined {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    if (!line.includes('cli.command()')) return [];
    const head = lines.slice(at + 1).find((one) => !one.startsWith('@')) ?? '';
    const name = /^def (\w+)\(/.exec(head)?.[1] ?? '';
    return /^(?:init|create|setup)_?(?:db|database|tables)$/.test(name) ? name.replaceAll('_', '-') : [];
  })[0];
}
