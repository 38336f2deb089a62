import { folderOf, foldersAbove, posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { requiredSettings } from '../settings/required-settings.ts';
import { code, type Imported } from '../sources/modules.ts';
import type { Program } from '../sources/program.ts';
import { reachOf } from '../sources/reach.ts';
import { programsFrom } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { unmigratedApps } from './django-migrations.ts';
import { settingsNotes } from './django-notes.ts';

/** What a project of Django needs before it serves (Django documentation, "How to deploy static files" and "Migrations"). */
export interface Django {
  /** The command that gathers the static files; undefined where none are gathered, or none can be in the image. */
  readonly collect: string | undefined;
  /** The settings can be read without variables of the environment, so it can run while the image is built. */
  readonly collectsEarly: boolean;
  /** Its static files are to be gathered, and the image does not do it. */
  readonly isUncollected: boolean;
  readonly migrate: string | undefined;
  /** The database is a file in the container, so the tables are made when it starts. */
  readonly migratesAtStart: boolean;
  /** What is to be known of its settings, a line for each. */
  readonly notes: readonly string[];
}

/** The module of settings that a program names. */
const settingsModule = ({ texts }: ProjectFacts, file: string | undefined) =>
  /DJANGO_SETTINGS_MODULE["']\s*,\s*["']([\w.]+)["']/.exec(texts.get(file ?? '') ?? '')?.[1];

const settingsFile = ({ tree }: ProjectFacts, file: string, module: string) =>
  foldersAbove(file)
    .map((folder) => posixJoin(folder, module.replaceAll('.', '/')))
    .flatMap((path) => [`${path}.py`, `${path}/__init__.py`])
    .find((path) => tree.paths.has(path));

/** The settings that a program of Django reads, and what they import. */
export function settingsRead(facts: ProjectFacts, file: string | undefined): Program[] {
  const module = settingsModule(facts, file);
  const settings = file === undefined || module === undefined ? undefined : settingsFile(facts, file, module);
  return settings === undefined ? [] : programsFrom(facts, settings);
}

/** Of these what is read whatever the environment says. */
export function neededSettings(facts: ProjectFacts, file: string | undefined): ReadonlySet<string> {
  const module = settingsModule(facts, file);
  const settings = file === undefined || module === undefined ? undefined : settingsFile(facts, file, module);
  const isNeeded = (one: Imported) => one.isNeeded;
  return settings === undefined ? new Set() : reachOf(settings, facts.tree, () => false, isNeeded).files;
}

export function djangoOf(facts: ProjectFacts, { file, needsSources, words }: Start): Django | undefined {
  const { tree, direct, texts } = facts;
  const module = settingsModule(facts, file);
  if (file === undefined || module === undefined) return undefined;
  const settings = settingsFile(facts, file, module);
  const manage = foldersAbove(file)
    .map((folder) => posixJoin(folder, 'manage.py'))
    .find((path) => tree.paths.has(path));
  const files = settings === undefined ? [] : [...reachOf(settings, tree, () => false).files];
  const text = files.map((path) => texts.get(path) ?? '').join('\n');
  // Below a condition it may not be there while the image is built.
  const root = /^STATIC_ROOT[ \t]*=(.*)/m.exec(text)?.[1];
  // Another place may be one that the user of the image cannot write, another storage one in a cloud.
  const isInside = root !== undefined && !/\.parent|dirname|\.\.|["']\//.test(root);
  const canCollect = needsSources && manage !== undefined && isInside && !/\bstorages\.backends\b/.test(text);
  const said =
    manage === undefined || (texts.get(manage) ?? '').includes(module) ? '' : ` --settings=${module}`;
  const hasDatabase = manage !== undefined && /^[ \t]*DATABASES\b/m.test(text);
  const apps = hasDatabase ? unmigratedApps(facts, folderOf(manage), text) : [];
  const makes = apps.length === 0 ? '' : `python ${manage} makemigrations ${apps.join(' ')} && `;
  const migratesAtStart = hasDatabase && needsSources && isFileAlone(text);
  return {
    collect: canCollect ? `python ${manage} collectstatic --noinput${said}` : undefined,
    collectsEarly: requiredSettings(files, facts).length === 0 && hasSecretKey(text),
    isUncollected: !canCollect && (root !== undefined || direct.has('whitenoise')),
    migrate: hasDatabase ? `${makes}python ${manage} migrate` : undefined,
    migratesAtStart,
    notes: [
      ...(migratesAtStart && apps.length > 0
        ? [
            `The container writes the migrations of ${apps.join(', ')} when it starts, as the project has none: write and keep them ("python ${manage} makemigrations ${apps.join(' ')}") before models change, as a database that is there is not changed otherwise.`,
          ]
        : []),
      ...settingsNotes(
        files.map((path) => ({ path, text: code(texts.get(path) ?? '').replace(/^[ \t]*#.*$/gm, '') })),
        [...texts].flatMap(([path, one]) => (path.endsWith('urls.py') ? one : [])).join('\n'),
        words[0] ?? '',
      ),
    ],
  };
}

/** Whether no other database than a file beside the settings can be meant. */
const isFileAlone = (text: string) =>
  /\bbackends\.sqlite3\b/.test(text) &&
  !/\bbackends\.(?:postgresql|mysql|oracle)|\bdj_database_url\b|\benv\.db|\bNAME["']\s*:\s*["']\//.test(text);

/** Django reads no settings without it: it is written there, or stands behind what the environment says. */
function hasSecretKey(text: string): boolean {
  const [, behind = ''] = text.split(/^[ \t]*SECRET_KEY[ \t]*=/m, 2);
  const value = behind.split(/\n(?![ \t)])/, 1)[0] ?? '';
  const asks = /\benv|getenv|config\(/i.test(value);
  return value !== '' && (!asks || /,|\bor\b/.test(value));
}
