import type { ContextFiles } from '../facts/build-context.ts';
import { type Ports, usualLimit } from '../ports/ports.ts';
import { fromUtf16 } from '../text/utf16.ts';
import { encodePath } from './context-files.ts';
import { isRequirementFile } from './requirement-files.ts';

/** Texts of a project by their paths below the build context. */
export type SourceTexts = ReadonlyMap<string, string>;

/** Of these texts, those that lie in the build context, as against `../docker-compose.yml`. */
export const ownTexts = (texts: SourceTexts | undefined): SourceTexts | undefined =>
  texts && new Map([...texts].filter(([path]) => !path.startsWith('../')));

/** So many files are read, the least deep first. */
const mostFiles = 400;
/** None larger is read as a whole, in bytes, but a lock file: of a program its two ends are, as it imports at one and starts at the other. */
const largest = 200_000;
/** And so many bytes of all of them. */
const mostBytes = 8_000_000;

/** Files of Compose, also those that people give with `--file`: `compose.prod.yml`, `docker-stack.yml`, `production.yml`. */
export const namesCompose =
  /^(?:docker-)?(?:compose|stack|swarm|dev(?:elopment)?|prod(?:uction)?|local|staging)[\w.-]*\.ya?ml$/i;

/** What tells how a project starts, what it calls and where it writes: programs, and descriptions of how they are run. */
function tells(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (/\.(?:py|sh|bash|cfg|ini)$/.test(name) || toldBy.has(name)) return true;
  if (/\.(?:txt|in)$/.test(name))
    return isRequirementFile(path) || /require|constraint|deps|depend|packages/.test(path.toLowerCase());
  if (/\.ya?ml$/.test(name))
    return namesCompose.test(name) || name.startsWith('action.') || path.startsWith('.github/');
  return /entrypoint|dockerfile|containerfile/.test(name);
}
const toldBy: ReadonlySet<string> = new Set(
  'procfile makefile runtime.txt .dvcignore .gitmodules .gitattributes .python-version .gitignore pyproject.toml pipfile pipfile.lock poetry.lock pdm.lock'.split(
    ' ',
  ),
);
const isLock = /(?:^|\/)(?:poetry|pdm|pipfile)\.lock$/i;
/** Folders of others, in which nothing is the project's own. */
const foreign = new Set(
  '.git .venv venv env node_modules site-packages __pycache__ .tox .nox build dist'.split(' '),
);

/** Projects have files of their images in a folder of that name. */
const ofImages = /dockerfile|containerfile/i;

/** What is written for readers of a project, and names what its programs are given. */
export const tellsReaders = (path: string) =>
  /^(?:(?:[\w-]+\/)?readme(?:\.md|\.rst|\.txt)?|justfile|\.?env\.(?:example|sample|template|dist)|\.flaskenv|render\.ya?ml|railway\.(?:json|toml)|nixpacks\.toml|(?:\.devcontainer\/)?\.?devcontainer\.json)$/i.test(
    path,
  ) || startedBy.test(path);

/** What hosts, supervisors and editors are told to start. */
const startedBy =
  /^(?:fly\.toml|heroku\.ya?ml|(?:\.do\/)?app\.ya?ml|\.replit|ecosystem(?:\.config)?\.json|package\.json|\.vscode\/launch\.json|(?:run|start)[\w-]*\.(?:bat|cmd|ps1))$|(?:^|\/)supervisor[\w.-]*\.conf$|\.service$/i;

/** Reads those of a project's own files that tell what its container needs. */
export async function readSourceTexts(
  files: ContextFiles | undefined,
  folder: string,
  readFile: Ports['readFile'],
  isAlsoRead: (path: string) => boolean = () => false,
): Promise<SourceTexts> {
  const depth = (path: string) => path.split('/').length;
  const paths = (files?.files ?? [])
    .filter(
      ({ path, size }) =>
        size > 0 &&
        size <= (path.endsWith('.py') || isLock.test(path) ? usualLimit : largest) &&
        (tells(path) || isAlsoRead(path)),
    )
    .filter(
      ({ path }) =>
        !path
          .split('/')
          .slice(0, -1)
          .some((folder) => foreign.has(folder) && !(folder === 'build' && ofImages.test(path))),
    )
    .sort((a, b) => depth(a.path) - depth(b.path) || (a.path < b.path ? -1 : 1));
  const texts = new Map<string, string>();
  let bytes = 0;
  for (const { path, size } of paths.slice(0, mostFiles)) {
    const isWhole = isLock.test(path);
    bytes += isWhole ? size : Math.min(size, largest);
    if (bytes > mostBytes) break;
    const text = await readFile(`${folder}/${encodePath(path)}`);
    if (text !== undefined)
      texts.set(path, isWhole ? text : endsOf(path.endsWith('.txt') ? fromUtf16(text) : text));
  }
  return texts;
}

/** Whole lines from both ends of a large text. */
function endsOf(text: string): string {
  if (text.length <= largest) return text;
  const end = text.lastIndexOf('\n', largest / 2) + 1;
  const start = text.indexOf('\n', text.length - largest / 2) + 1 || text.length;
  const between = text.slice(end, start);
  // A long string that begins between them ends behind.
  const open = ['"""', "'''"].filter((quotes) => between.split(quotes).length % 2 === 0);
  return [text.slice(0, end), ...open.map((quotes) => `${quotes}\n`), text.slice(start)].join('');
}
