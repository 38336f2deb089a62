import type { Copy, Instruction } from '../syntax/tree.ts';
import { aboveComments, type Edit, insertLineAbove } from '../text/edit.ts';
import { sentFilesOf } from './context-sources.ts';
import type { FileFacts } from './file-facts.ts';
import { type Mount, readMounts } from './mounts.ts';
import { joinPath, workdirAt } from './paths.ts';
import type { Stage } from './stages.ts';
import { hasUvFlag, isUvInstall, type UvCommand, uvCommands } from './uv.ts';

/** With these, `uv sync` leaves out the code of the project. */
const partial = [
  ...['no-install-project', 'no-install-workspace', 'no-install-local', 'only-group', 'only-dev'],
  ...['script', 'only-install-project', 'package', 'all-packages'],
];

/** The first `uv sync` of a RUN that installs the dependencies together with the project. */
export function wholeSync(facts: FileFacts, run: Instruction): UvCommand | undefined {
  return uvCommands(facts, run).find(
    (uv) => uv.verb === 'sync' && isUvInstall(uv) && !hasUvFlag(uv, partial),
  );
}

/**
 * Puts a RUN above the COPY of a project's source that installs its dependencies alone, as the uv documentation has it
 * ("Using uv in Docker", "Intermediate layers"). Undefined where something between the two may have a say.
 */
export function syncAbove(
  facts: FileFacts,
  stage: Stage,
  copy: Instruction<Copy>,
  run: Instruction,
): Edit | undefined {
  const { node } = run;
  const sync = wholeSync(facts, run);
  if (node.keyword !== 'RUN' || run.onbuild || !sync || facts.commands(run)[0] !== sync.command)
    return undefined;
  const { command } = sync;
  const isPlain = !node.json && command.wrappers.length === 0;
  if (!isPlain || hasUvFlag(sync, ['directory', 'project'])) return undefined;
  const between = stage.instructions.filter(({ index }) => index > copy.index && index < run.index);
  if (!between.every(mayPass)) return undefined;
  const folder = workdirAt(facts.file, stage, copy);
  if (folder === undefined || folder !== workdirAt(facts.file, stage, run)) return undefined;
  if (!copiesInto(copy, folder)) return undefined;
  const line = syncOfDependencies(facts, stage, copy, run, sync);
  return line === undefined
    ? undefined
    : insertLineAbove(facts.file.text, aboveComments(facts.file.text, copy.span.start), line);
}

/** Files that steer a `uv sync` where they are there (uv documentation, "Python versions" and "Configuration files"). */
const steering = ['.python-version', 'uv.toml'];

/**
 * A RUN for a place above the COPY that installs what a `uv sync` of the project at its folder would, without its code.
 * Undefined where it would miss something.
 */
export function syncOfDependencies(
  facts: FileFacts,
  stage: Stage,
  copy: Instruction<Copy>,
  { node }: Instruction,
  sync: UvCommand,
): string | undefined {
  const isBound = ({ type, target = '' }: Mount) =>
    type === 'bind' && !/^\/(?:usr\/)?(?:local\/)?bin\//.test(target);
  if (readMounts(node).some(isBound)) return undefined;
  const { context } = facts;
  const isSent = (file: string) => !context?.files || sentFilesOf(context, file).length > 0;
  const manifests = ['uv.lock', 'pyproject.toml'];
  if (!manifests.every(isSent)) return undefined;
  const scope = scopeOf(facts);
  if (!scope) return undefined;
  const wanted = [...manifests, ...(context?.files ? steering.filter(isSent) : [])];
  const binds = wanted
    .filter((file) => !isCopiedBefore(stage, copy, file))
    .map((file) => `--mount=type=bind,source=${file},target=${file}`);
  const mounts = node.flags.map(({ from, to }) => node.text.slice(from, to));
  const written = node.text.slice(sync.command.from, sync.command.to).trimEnd();
  const call = scope.isFrozen ? asFrozen(written, sync) : written;
  return [node.keywordWord.raw, ...mounts, ...binds, call, scope.flag].join(' ');
}

/**
 * What leaves the code of the project out. uv looks for the manifest of each member and path source, and asks the build
 * backend for what it finds, to tell whether the lock file is up to date: `--frozen` leaves that to the sync behind the COPY
 * (measured with uv 0.13.9, which needs no backend where the version alone is dynamic).
 */
function scopeOf({ context, file }: FileFacts): { flag: string; isFrozen: boolean } | undefined {
  const { project, lock } = context ?? {};
  const members = new Set(lock?.members);
  const hasSources = lock?.packages.some(
    ({ name, isLocal, isFile, folder }) => isFile || (isLocal && folder !== '.' && !members.has(name)),
  );
  if (hasSources) return mayBeOldUv(file.text) ? undefined : { flag: '--no-install-local', isFrozen: true };
  if (project?.uv.isWorkspace) return { flag: '--no-install-workspace', isFrozen: true };
  return { flag: '--no-install-project', isFrozen: (project?.dynamic.length ?? 0) > 0 };
}

/** `--no-install-local` came with uv 0.8.14 (its changelog). */
const mayBeOldUv = (text: string) =>
  [...text.matchAll(/\buv(?:==|:)(\d+)\.(\d+)(?:\.(\d+))?/g)].some(
    ([, major, minor, patch = '99']) =>
      major === '0' && (Number(minor) < 8 || (minor === '8' && Number(patch) < 14)),
  );

function asFrozen(written: string, sync: UvCommand): string {
  if (hasUvFlag(sync, ['frozen'])) return written;
  return hasUvFlag(sync, ['locked'])
    ? written.replace(/(\s)--locked(?=\s|$)/, '$1--frozen')
    : `${written} --frozen`;
}

/** What may stand between the COPY and the RUN without a say over what the RUN does. */
const mayPass = ({ node }: Instruction): boolean =>
  (node.keyword === 'COPY' && !node.flags.some(({ name }) => name === 'from')) ||
  /^(?:LABEL|EXPOSE)$/.test(node.keyword);

/** Whether the files of the context lie below a folder as they do in the context. */
function copiesInto({ node }: Instruction<Copy>, folder: string): boolean {
  const target = node.destination?.value;
  if (target === undefined || /\$/.test(target) || node.flags.some(({ name }) => name === 'from'))
    return false;
  const path = joinPath(folder, target);
  return node.sources.every(({ value }) => {
    const name = joinPath('.', value);
    return path === joinPath(folder, '.') || path === joinPath(folder, name);
  });
}

/** Whether an earlier COPY of the stage brings a file of the context under its name. */
function isCopiedBefore(stage: Stage, copy: Instruction, file: string): boolean {
  return stage.instructions.some(
    ({ node, index }) =>
      index < copy.index &&
      node.keyword === 'COPY' &&
      !node.flags.some(({ name }) => name === 'from') &&
      node.sources.some(({ value }) => joinPath('.', value) === `./${file}`),
  );
}
