import { osFamily } from '../../../facts/base-images.ts';
import { cacheFolder } from '../../../facts/cache-folders.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { frontendOf } from '../../../facts/frontend.ts';
import { runnerAt } from '../../../facts/home-folders.ts';
import { mountCaches } from '../../../facts/run-edits.ts';
import { variablesAt } from '../../../facts/scope.ts';
import { lineage, type Stage } from '../../../facts/stages.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { aboveComments, type Edit, editsConflict, insertLineAbove, likeKeyword } from '../../../text/edit.ts';
import type { Refactoring } from '../refactoring.ts';
import { baseVariable, isRootAt, leavesCaches } from './base-caches.ts';
import { withoutRemovals } from './cache-removals.ts';
import { cacheSwitches, type Mounted } from './cache-switches.ts';
import { isCacheUsed, isMountedOver } from './cache-users.ts';
import { compilesIn } from './compiled-here.ts';
import { cutWords } from './cut-command.ts';
import { isMadeAnew } from './hidden-environments.ts';
import type { Installer } from './installer.ts';
import { bringsInstallersOnly, installers } from './installers.ts';
import { linkByCopy } from './link-by-copy.ts';
import { canBeMounted } from './mounted-homes.ts';
import { conda } from './other-installers.ts';
import { isEnvironmentRemoved } from './removed-environments.ts';
import { makesUnkeptBuilds } from './unkept-builds.ts';

const cost = 'It needs BuildKit, which Docker has built with since version 23.';
/** pip and uv keep the wheels that they build, and know them by source and Python (pip documentation, "Caching"). */
const costOfBuilds = `${cost} A package that is compiled here is kept as well, also for other Dockerfiles with this Python, whose system may be another.`;

const gain = 'After a change of the dependencies only what is new is downloaded';

/** Mounts the caches of installers where they install, and lets them use them. */
export const cacheMounts: Refactoring = {
  id: 'cache-mounts',
  title: 'Keep downloads of Python packages in cache mounts',
  cost,
  gain: `${gain}, and no download stays in the image.`,
  propose({ facts, sources, around }) {
    const { minor = 2, isDocker } = frontendOf(facts.file);
    if (minor < 2 || !isDocker || facts.file.escape !== '\\') return undefined;
    const able = facts.stages.flatMap((stage) =>
      (stage.byKeyword.get('RUN') ?? []).flatMap((run) =>
        isMadeAnew(facts, stage, run, { sources, around })
          ? []
          : installers.flatMap((installer) => mountedIn(facts, stage, run, installer) ?? []),
      ),
    );
    const switches = installers.map((installer) => cacheSwitches(facts, installer, able));
    const mounted = able.filter(({ installer, run, stage }) => {
      if (!installer.off || !variablesAt(facts.file, stage, run).has(installer.off)) return true;
      return switches.some((one) => one.installer === installer && one.isTakenAway(stage, run));
    });
    // Where poetry and its kin alone are downloaded to the cache, nothing that changes is.
    if (mounted.every(({ run, installer }) => bringsInstallersOnly(facts, run, installer))) return undefined;
    const runs = [...new Set(mounted.map(({ run }) => run))];
    const edits = runs.flatMap((run) => editsOf(run, mounted));
    if (edits.length === 0) return undefined;
    const removals = switches.flatMap((one) =>
      mounted.some(({ installer }) => installer === one.installer) ? one.edits : [],
    );
    edits.push(
      ...removals.filter((edit, i) => removals.findIndex(({ span }) => span.start === edit.span.start) === i),
    );
    edits.push(...linkByCopy(facts, mounted));
    return {
      spans: runs.map(({ span }) => span),
      edits: [...edits, ...foldersMade(facts.file.text, mounted)],
      ...(mounted.some((one) => compilesIn(facts, one, sources)) && { cost: costOfBuilds }),
      // Where nothing was kept before, the image is as large as it was.
      ...((removals.length > 0 || mounted.every((one) => one.edits.length > 0)) && { gain: `${gain}.` }),
      ...assumed(mounted),
    };
  },
};

/** What holds for the image that the file names, and may not for another that a build is given. */
function assumed(mounted: readonly Mounted[]): { assumes?: string } {
  const name = mounted.map(({ stage }) => baseVariable(stage)).find((one) => one !== undefined);
  return name === undefined
    ? {}
    : { assumes: `other images in ${name} leave HOME and the caches as they are` };
}

/** Makes the folders for mounts of another user, as the engine would make them for root. */
function foldersMade(text: string, mounted: readonly Mounted[]): Edit[] {
  const own = mounted.filter(({ uid }) => uid !== undefined);
  const isThere = (one: Mounted, other: Mounted) =>
    one.folder === other.folder && lineage(one.stage).includes(other.stage);
  return own
    .filter((one, i) => !own.slice(0, i).some((other) => isThere(one, other)))
    .map(({ run, folder }) => {
      const keyword = likeKeyword('RUN', run.node.keywordWord.raw);
      return insertLineAbove(text, aboveComments(text, run.span.start), `${keyword} mkdir -p ${folder}`);
    });
}

/** The mounts of a RUN, and what its commands no longer do. */
function editsOf(run: Instruction, mounted: readonly Mounted[]): Edit[] {
  const own = mounted.filter((one) => one.run === run);
  const edits: Edit[] = [mountCaches(run, own)];
  for (const one of own) {
    // `rm -rf ~/.cache` may be taken away for both.
    const more = one.edits.filter((edit) => !edits.some((known) => isSame(known, edit)));
    if (editsConflict(edits, more)) return [];
    edits.push(...more);
  }
  return edits;
}

const isSame = (a: Edit, b: Edit) => a.span.start === b.span.start && a.span.end === b.span.end;

function mountedIn(
  facts: FileFacts,
  stage: Stage,
  run: Instruction,
  installer: Installer,
): Mounted | undefined {
  const installs = installer.installsBy(facts, run);
  if (installs.length === 0 || run.node.json || !isDoneByUser(run, installs)) return undefined;
  if (isEnvironmentRemoved(facts, stage, run, installs)) return undefined;
  const cache = cacheFolder(facts, run, installer);
  if (!cache || isMountedOver(facts, run, cache.folder)) return undefined;
  if (!leavesCaches(stage)) return undefined;
  const { folder, uid } = cache;
  if (uid === undefined && !isRootAt(facts, stage, run)) return undefined;
  if (!canBeMounted(facts, stage, run, cache)) return undefined;
  if ((installer.off && run.node.text.includes(`${installer.off}=`)) || installer.isBarred(facts, stage, run))
    return undefined;
  if (isCacheUsed(facts, folder) || (installer !== conda && makesUnkeptBuilds(facts, stage, run)))
    return undefined;
  const home = runnerAt(facts, stage, run).home ?? '/root';
  const removals = withoutRemovals(facts, run, { folder, home, installer });
  if (!removals) return undefined;
  const flags = installs.flatMap((command) =>
    cutWords(
      run,
      command,
      command.args.filter(({ value }) => installer.flags.test(value)),
    ),
  );
  const id = cacheId(stage, installer);
  const isShared = manyWriters.test(installer.name);
  return { stage, run, installer, folder, uid, id, isShared, edits: [...removals, ...flags] };
}

/**
 * Their caches take several builds at once, so that those for other platforms need not wait (uv documentation, "Cache
 * safety"; pip writes beside the file and moves it there, `_internal/network/cache.py` of pip 20).
 */
const manyWriters = /^(?:pip|uv)$/;

/**
 * Keeps what is compiled for musl from the builds for glibc: a cache is known by its folder, also to other files (Dockerfile
 * reference, "RUN --mount=type=cache", `id`), and pip knows what it has built by source and Python alone, under the tag
 * `linux_x86_64` of both (`_internal/cache.py` of pip 23).
 */
const cacheId = (stage: Stage, { name }: Installer) =>
  osFamily(stage) === 'alpine' ? `${name.replace('/', '-')}-musl` : undefined;

/** Whether the installs are those of the user of the RUN, into the cache of that user. */
function isDoneByUser({ node }: Instruction, installs: ReturnType<Installer['installsBy']>): boolean {
  const switches = /^(?:su|runuser|chroot|gosu|su-exec|setpriv|doas)$/;
  const isOther = installs.some(
    ({ wrappers, from, to }) =>
      wrappers.some((name) => switches.test(name)) || /^sudo\s+-\S*[ugiH]/.test(node.plain.slice(from, to)),
  );
  return (
    !isOther && installs.every(({ args }) => !args.some(({ value }) => /^--cache-dir(?:=|$)/.test(value)))
  );
}
