import type { Copy, Instruction } from '../syntax/tree.ts';
import { type Edit, insertLineAbove } from '../text/edit.ts';
import type { FileFacts } from './file-facts.ts';
import { readMounts } from './mounts.ts';
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
  const written = node.text.slice(command.from, command.to);
  const isPlain = !node.json && command.wrappers.length === 0;
  if (!isPlain || hasUvFlag(sync, ['directory', 'project'])) return undefined;
  const between = stage.instructions.filter(({ index }) => index > copy.index && index < run.index);
  if (!between.every(mayPass)) return undefined;
  const folder = workdirAt(facts.file, stage, copy);
  if (folder === undefined || folder !== workdirAt(facts.file, stage, run)) return undefined;
  if (!copiesInto(copy, folder)) return undefined;
  const mounts = node.flags.map(({ from, to }) => node.text.slice(from, to));
  if (
    readMounts(node).some(
      ({ type, target = '' }) => type === 'bind' && !/^\/(?:usr\/)?(?:local\/)?bin\//.test(target),
    )
  )
    return undefined;
  const missing = ['uv.lock', 'pyproject.toml'].filter((file) => !isCopiedBefore(stage, copy, file));
  const binds = missing.map((file) => `--mount=type=bind,source=${file},target=${file}`);
  const isWorkspace = facts.context?.project?.uv.isWorkspace === true;
  // uv cannot tell whether the lock file is up to date without the members.
  const base = isWorkspace ? written.replace(/(\s)--locked(?=\s|$)/, '$1--frozen') : written;
  const flag = isWorkspace ? '--no-install-workspace' : '--no-install-project';
  const line = [node.keywordWord.raw, ...mounts, ...binds, `${base.trimEnd()} ${flag}`].join(' ');
  return insertLineAbove(facts.file.text, copy.span.start, line);
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
