import type { FileFacts } from '../../../facts/file-facts.ts';
import { pathAt, workdirAt } from '../../../facts/paths.ts';
import { pipArgs, readPipTargets } from '../../../facts/pip.ts';
import { lineage, type Stage } from '../../../facts/stages.ts';
import { startOf } from '../../../facts/start-command.ts';
import { hasUvFlag, uvCommands } from '../../../facts/uv.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import type { Copy, Instruction } from '../../../syntax/tree.ts';
import type { Edit } from '../../../text/edit.ts';
import { trimEnd } from '../../../text/trim.ts';
import { runningPrograms } from '../project-programs.ts';
import { canBeOwned, folderAbove, isOwned, type Writable, writableFolders } from './owned-folders.ts';
import { writesOf } from './program-writes.ts';

/** What a program writes to beside its home folder and `/tmp`; undefined where some of it cannot be its own. */
export function foldersToOwn(
  facts: FileFacts,
  stage: Stage,
  start: Instruction,
  sources: SourceTexts | undefined,
): Writable[] | undefined {
  const known = writableFolders(facts, stage, start);
  const workdir = workdirAt(facts.file, stage, start);
  if (!known || workdir === undefined) return undefined;
  const paths = known.map(({ path }) => path);
  const writes = writesOf(runningPrograms(facts, sources));
  const given = startPaths(stage).filter((path) => !isCopied(facts, stage, path));
  // What is mounted there may belong to anybody.
  if (given.some((path) => /^\/mnt(?:\/|$)/.test(path))) return undefined;
  const named = [...writes.paths, ...given]
    .map((path) => (/\.\w+$/.test(path) ? folderAbove(path) : path.replace(/(?<=.)\/$/, '')))
    .filter((path) => !/^\/(?:tmp|dev|proc)(?:\/|$)/.test(path) && !isOwned(path, paths));
  if (!named.every(canBeOwned)) return undefined;
  if (writes.isRelative && !isOwned(workdir, paths) && workdir !== '/tmp') return undefined;
  if (writes.isBesideCode && runsFromElsewhere(facts, stage, paths)) return undefined;
  const more = [...new Set(named)].map((path) => ({ path, isThere: false }));
  return [...known, ...more].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Absolute paths that the start hands to a program, but for files that are only read by their kind. */
function startPaths(stage: Stage): string[] {
  const { entrypoint, cmd } = startOf(stage);
  return [entrypoint, cmd].flatMap((one) => {
    const words = (one?.node.json ?? one?.node.args ?? []).flatMap(({ value }) => value.split(/\s+/));
    return words.slice(one === entrypoint || !entrypoint ? 1 : 0).flatMap((word, i, all) => {
      const path = /(?:^|=|sqlite\S{0,12}:\/\/\/)(\/[\w.-]+(?:\/[\w.-]+)*)\/?$/.exec(word)?.[1] ?? '';
      const isRead =
        /\.(?:py|sh|ya?ml|toml|json|ini|cfg|conf|txt|jar|so|pem|key|crt)$|^\/(?:usr|bin|sbin|lib|etc|dev)\//;
      const isOfUrl = /root-?path|prefix|url|route/i.test(`${all[i - 1] ?? ''} ${word}`);
      return path === '' || isRead.test(path) || isOfUrl ? [] : path;
    });
  });
}

/** Whether a COPY brings a path, so that the program may only read it. */
const isCopied = (facts: FileFacts, stage: Stage, path: string) =>
  lineage(stage).some((one) =>
    one.instructions.some((it) => isCopy(it) && targetOf(facts, one, it) === path),
  );

/** Whether code lies where root alone can write: where an installer put it, or where a COPY does beside these folders. */
function runsFromElsewhere(facts: FileFacts, stage: Stage, owned: readonly string[]): boolean {
  return lineage(stage).some((one) =>
    one.instructions.some((it) => {
      if (it.node.keyword === 'RUN') return installsCode(facts, it);
      const to = bringsCode(it) ? targetOf(facts, one, it) : undefined;
      return bringsCode(it) && !(to && isOwned(to, owned));
    }),
  );
}

/** Whether a RUN installs code of the project to where root alone can write. */
function installsCode(facts: FileFacts, run: Instruction): boolean {
  const isCode = ({ value }: { value: string }) => /^\.|^\/|\.whl$/.test(value);
  return (
    facts.commands(run).some((command) => readPipTargets(pipArgs(command) ?? []).packages.some(isCode)) ||
    uvCommands(facts, run).some((uv) => uv.verb === 'sync' && hasUvFlag(uv, ['no-editable']))
  );
}

const isCopy = (it: Instruction): it is Instruction<Copy> =>
  it.node.keyword === 'COPY' || it.node.keyword === 'ADD';

const targetOf = ({ file }: FileFacts, stage: Stage, it: Instruction<Copy>) =>
  it.node.destination && pathAt(file, stage, it, it.node.destination);

/** Files that an install reads, and environments, which stay as the build made them. */
const notWritten =
  /requirements|constraints|pyproject|^(?:uv|poetry)\.lock|^setup\.|^readme|^licen[cs]e|^\.?venv$/i;

const baseName = (path: string) => trimEnd(path, /\//).replace(/^.*\//s, '');

const bringsCode = (it: Instruction): it is Instruction<Copy> =>
  isCopy(it) &&
  !(it.node.sources.length > 0 && it.node.sources.every(({ value }) => notWritten.test(baseName(value))));

/** Gives a user what is copied to some folders; undefined where that belongs to another one. */
export function copiesToOwn(
  facts: FileFacts,
  stage: Stage,
  folders: readonly string[],
  owner: string,
): Edit[] | undefined {
  const copies = lineage(stage).flatMap((one) =>
    one.instructions.filter(bringsCode).filter((it) => {
      const to = targetOf(facts, one, it);
      return to !== undefined && isOwned(to, folders);
    }),
  );
  if (copies.some(({ node }) => node.flags.some(({ name }) => name === 'chown'))) return undefined;
  return copies.map((it) => {
    const { end } = it.at(it.node.keywordWord);
    return { span: { start: end, end }, text: ` --chown=${owner}` };
  });
}
