import { settingsRead } from '../django/django.ts';
import { folderOf, nameOf } from '../paths.ts';
import type { ImageFacts } from '../project.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** What reads catalogs of translations; aiogram ends where one is not compiled (its `I18nMiddleware`). */
const reads = /\bgettext\b|\bI18n|\bflask_babel|\bBabel\(|\bLOCALE_PATHS\b|\bUSE_I18N\b/;
/** Packages that need Babel, aiogram before 3.0 (the metadata of each). */
const bringBabel = ['babel', 'flask-babel', 'quart-babel', 'fastapi-babel', 'starlette-babel'];

interface Catalogs {
  /** What `<folder>/<language>/LC_MESSAGES/<domain>.po` lie in. */
  readonly folder: string;
  readonly domain: string;
}

/** Catalogs of the image that are not compiled, each folder and domain once. */
function uncompiled(facts: ImageFacts, start: Start): Catalogs[] {
  const { context, files } = facts;
  const programs = [...programsOfStart(facts, start), ...settingsRead(facts, start.file)];
  if (!programs.some(({ text }) => reads.test(text))) return [];
  const held = (context.files?.files ?? []).filter(
    (file) =>
      files.belongs(file) &&
      !context.ignoreFile?.keepsOut(file.path) &&
      (!facts.isInPackage(file.path) || facts.staysInPlace),
  );
  const paths = new Set(held.map(({ path }) => path));
  const found = [...paths].flatMap((path): [string, Catalogs][] => {
    const folder = /^([\w./-]+)\/[\w@-]+\/LC_MESSAGES\/[\w.-]+\.po$/.exec(path)?.[1];
    const domain = nameOf(path).replace(/\.po$/, '');
    return folder === undefined || paths.has(`${folderOf(path)}/${domain}.mo`)
      ? []
      : [[`${folder} ${domain}`, { folder, domain }]];
  });
  return [...new Map(found).values()];
}

function hasBabel({ packages, dependencies, limit }: ImageFacts): boolean {
  if (bringBabel.some((name) => packages.has(name))) return true;
  const aiogram = dependencies.asked.find(({ name }) => name === 'aiogram');
  return (
    aiogram !== undefined &&
    (aiogram.extras.includes('i18n') ||
      /^(?:==|~=|<=?) *2|< *3/.test(aiogram.specifier) ||
      // The month of aiogram 3.0 (its release notes).
      (limit !== null && limit.date < '2023-09'))
  );
}

/** The commands that compile the translations of an image, from where it works (Babel documentation, "Command-Line Interface"). */
export const translationCommands = (facts: ImageFacts, start: Start): string[] =>
  hasBabel(facts)
    ? uncompiled(facts, start).map(
        ({ folder, domain }) =>
          `pybabel compile -d ${start.folder === undefined ? folder : `/app/${folder}`}${domain === 'messages' ? '' : ` -D ${domain}`}`,
      )
    : [];

/** What is missed where nothing that is installed compiles them, in a sentence. */
export function translationNote(facts: ImageFacts, start: Start): string | undefined {
  const [first] = hasBabel(facts) ? [] : uncompiled(facts, start);
  return (
    first &&
    `The program does without the translations of ${first.folder}, of which there are no compiled ones (.mo): add babel to the dependencies and the image compiles them.`
  );
}
