import { givenPaths, takesGiven } from '../files/given-paths.ts';
import { foldersAbove, isOutside, nameOf, posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { literalsOf } from '../sources/literals.ts';
import { programsOfStart } from './program-file.ts';
import type { Start } from './start.ts';
import { toldFolder } from './told-folder.ts';

/** Started where what it opens is found: some programs are written to be started in their own folder. */
export function settled(facts: ProjectFacts, start: Start): Start {
  const { file, words, roots } = start;
  const folder = folderFor(facts, start);
  if (file === undefined || folder === undefined || folder === '') return start;
  const isNamed = words.includes(file);
  const short = file.slice(folder.length + 1);
  const hidden = words.find((word) => isHidden(facts, word, folder));
  // A module that looks for others beside it needs its whole name.
  if (hidden !== undefined && /^[ \t]*from[ \t]+\./m.test(facts.texts.get(file) ?? '')) return start;
  const module = short.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.');
  return {
    ...start,
    folder,
    words: words.map((word) =>
      word === file ? short : word === hidden ? word.replace(/^[\w.]+(?=:)/, module) : word,
    ),
    // What Python finds by the working folder lies elsewhere then.
    roots: isNamed ? roots : [...roots, ''],
  };
}

/**
 * Whether an application is named by a module that the folder has another of its name for, as `app.app:app` where `app/` holds `app.py`:
 * servers look in the working folder first (gunicorn 23.0, tried on 2026-11-29; uvicorn documentation, `--app-dir`).
 */
function isHidden({ tree }: ProjectFacts, word: string, folder: string): boolean {
  const [, first] = /^(\w+)\.[\w.]+:/.exec(word) ?? [];
  const place = posixJoin(folder, first ?? '');
  return first !== undefined && [`${place}.py`, `${place}/__init__.py`].some((path) => tree.paths.has(path));
}

/** What a program opens that is found in no one folder together, in a line. */
export function scatteredNote(facts: ProjectFacts, start: Start): string | undefined {
  if (!isOpen(facts, start) || folderFor(facts, start) === (start.folder ?? '')) return undefined;
  const [first] = opened(facts, start).filter(({ folders }) => !folders.includes(start.folder ?? ''));
  return first && `${first.by} finds ${first.path} wherever it is started.`;
}

/** Django finds its files by the folder of its settings. */
const isOpen = ({ texts }: ProjectFacts, { file, needsSources }: Start) =>
  file !== undefined && needsSources && !/\bDJANGO_SETTINGS_MODULE\b/.test(texts.get(file) ?? '');

/** The folder in which all is found that the program opens; undefined where there is none. */
function folderFor(facts: ProjectFacts, start: Start): string | undefined {
  if (!isOpen(facts, start)) return '';
  const all = opened(facts, start);
  return [toldFolder(facts, start) ?? '', '', ...foldersAbove(start.file ?? '')].find((folder) =>
    all.every(({ folders }) => folders.includes(folder)),
  );
}

/** Of what a call is given as its directory the path: others stand beside it, as in `mount("/static", …, name="static")`. */
const directory = /\bdirectory\s*=\s*(?:[\w.]{1,40}\(\s*)?[rf]?["'](?:\.\/)?([^"']*?)\/?["']/;

/** The files that a program opens by paths from where it is started, with the folders from which they are found. */
function opened(facts: ProjectFacts, start: Start) {
  const { context } = facts;
  const paths = (context.files?.files ?? []).map(({ path }) => path);
  const has = (path: string) =>
    !isOutside(path) && paths.some((one) => one === path || one.startsWith(`${path}/`));
  const above = foldersAbove(start.file ?? '');
  const programs = programsOfStart(facts, start);
  const byPlace = new Set(programs.flatMap(({ path, text }) => (text.includes('__file__') ? [path] : [])));
  const given = givenPaths(facts);
  return literalsOf(programs).flatMap(({ by, path, call, line }) => {
    // What containers are given stands there in place of it.
    if (takesGiven(line, given)) return [];
    if (path.startsWith('../') && !/__file__|sys\.path|\bjoin\(|\bhydra\b|config_path/.test(line)) {
      // Nothing of the image lies above its project.
      const folders = above.filter((folder) => !isOutside(posixJoin(folder, path)));
      return folders.length === 0 ? [] : [{ by, path, folders }];
    }
    const isDirectory = directory.exec(line)?.[1] === path || call === 'StaticFiles';
    const isFile = /\w\.\w/.test(nameOf(path));
    const isOpened =
      call !== '' &&
      // Streamlit finds its pages beside the program that is started (its documentation, "st.Page").
      !/^(?:join|joinpath|Path|Page|page_link|switch_page|render\w*|get_template|url_for|send_\w+|endswith|startswith|import_module)$/.test(
        call,
      );
    // A name may be put behind a folder that is found by `__file__`.
    const isAssigned = /^\s*\w+\s*(?::\s*\w+\s*)?=\s*r?["']/.test(line) && !byPlace.has(by);
    if (line.includes('__file__') || !(isDirectory || (isFile && (isOpened || isAssigned)))) return [];
    // What is put behind a folder lies where that does.
    if (/[/+]\s*$/.test(line.slice(0, Math.max(line.search(/["']/), 0)))) return [];
    const folders = above.filter((folder) => has(posixJoin(folder, path)));
    return folders.length === 0 ? [] : [{ by, path, folders }];
  });
}
