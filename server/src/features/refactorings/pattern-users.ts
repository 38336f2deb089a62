import type { BuildContext } from '../../facts/build-context.ts';
import { filesOf } from '../../facts/context-sources.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import type { SourceTexts } from '../../project/source-texts.ts';
import { needsRepository } from './git-users.ts';
import { isOfAnyFolder, nestedIn } from './nested-folders.ts';
import { runningPrograms } from './project-programs.ts';
import { areSettingsRead, isOfOthers } from './settings-read.ts';

/** Whether something that is built or run in the image needs what a pattern would keep out. */
export function isUsed(facts: FileFacts, sources: SourceTexts | undefined, pattern: string): boolean {
  const { context } = facts;
  if (context?.ignoreFile?.text.split('\n').some((line) => line.trim().startsWith(`!${pattern}`)))
    return true;
  if (pattern === '.git') return needsRepository(facts, sources);
  const isFolder = pattern !== '.env' && !pattern.includes('*');
  if (isFolder && context && filesOf(context, pattern).length === 0) return false;
  if (pattern === '**/*.py[cod]') return shipsCompiled(context);
  const own = facts.file.instructions.flatMap(({ node }) =>
    /^(?:RUN|CMD|ENTRYPOINT|ENV|HEALTHCHECK)$/.test(node.keyword) ? node.text : [],
  );
  if (isOfAnyFolder(pattern)) {
    const folder = pattern.slice('**/'.length);
    // Programs may serve what npm brought.
    const programs = folder === 'node_modules' ? runningPrograms(facts, sources).values() : [];
    return (
      (!own.some(makesEnvironment) && names([...own, ...programs], folder)) ||
      // A repository that holds them means them.
      (context !== undefined && nestedIn(context, folder, sources).length > 0)
    );
  }
  // An environment that the image uses is one that it makes.
  if (/venv$|^node_modules$/.test(pattern)) return !own.some(makesEnvironment) && names(own, pattern);
  if (pattern === '.dvc/cache') return own.some((text) => /\bdvc\b/.test(text));
  if (pattern.includes('*') || isBound(sources, pattern)) return false;
  if (pattern === '.env') return isOfOthers(facts) || areSettingsRead(own, sources);
  const programs = [...runningPrograms(facts, sources).values()];
  return names([...own, ...otherDockerfiles(sources), ...programs], pattern);
}

const environmentMakers =
  /\b(?:venv|virtualenv|pipenv|poetry|pdm|hatch)\b(?!\/)|\buv (?:sync|venv|run)\b|\bUV_PROJECT_ENVIRONMENT\b|\b(?:npm|yarn|pnpm)\b/;
/** Flags may stand before the verb of uv. */
const makesEnvironment = (text: string) => environmentMakers.test(text.replace(/ --[a-z-]+/g, ''));
/** A folder that a text names as a path: `data/`, `join(root, "data")`, `directory="data"`. */
const paths = /(?<![\w.-])([\w.][\w.-]*)\/|(?:[,=/]|(?<!\b(?:get|pop))\() ?[rf]?["']([\w.-]+)["']/g;
const names = (texts: readonly string[], folder: string) =>
  texts.some((text) => [...text.matchAll(paths)].some(([, path, quoted]) => (path ?? quoted) === folder));

/** Compose mounts it from the machine, or reads it there, so that the image need not hold it. */
export const isBound = (sources: SourceTexts | undefined, path: string) =>
  [...(sources ?? [])].some(
    ([file, text]) =>
      /\.ya?ml$/.test(file) &&
      [...text.matchAll(bound)].some(([, mount, settings]) => (mount ?? settings) === path),
  );
const bound =
  /(?:^|["' ])(?:\.\/)?([\w.][\w.-]*)\/?:\/|env_file:[ \t]*(?:\n[ \t]*-[ \t]*)?["']?(?:\.\/)?([\w.][\w.-]*)["']?[ \t]*$/gm;

/** Those of other images, which are built from the same context. */
const otherDockerfiles = (sources: SourceTexts | undefined) =>
  [...(sources ?? [])].flatMap(([path, text]) => (/(?:docker|container)file/i.test(path) ? [text] : []));

/** Whether compiled modules lie in the context without their source. */
function shipsCompiled(context: BuildContext | undefined): boolean {
  const paths = new Set(context?.files?.files.map(({ path }) => path));
  return [...paths].some(
    (path) => /\.py[cod]$/.test(path) && !path.includes('__pycache__/') && !paths.has(path.slice(0, -1)),
  );
}
