import { t } from '@vscode/l10n';
import { volumeUses } from '../engine/uses.ts';
import { volumes as volumeKind } from '../engine/volumes.ts';
import { failed } from '../runtime/failures.ts';
import { inspectVolume } from '../runtime/volume-commands.ts';
import { createArranged } from '../ui/arranged.ts';
import { choose, type Kind } from '../ui/choose.ts';
import { copy } from '../ui/copy.ts';
import { type Given, registerHandlers } from '../ui/handlers.ts';
import { showRawJson } from '../ui/raw-json.ts';
import { refresh } from '../ui/refresh.ts';
import { isNode, type Node, type Tree } from '../ui/tree.ts';
import { isAgreed } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { type VolumeAction, volumeActions } from './actions.ts';
import { volumeFacets } from './arrange.ts';
import { create, remove } from './changes.ts';
import { badVolumeName, noneUnused, noVolume, volumeGone, volumeInUse, volumePatterns } from './failures.ts';
import { checkVolumeName, isAnonymous, isUnused, parted, type Volume, volumeWords } from './model.ts';
import { askWhichUnused, confirmRemoval } from './questions.ts';
import { createSizes } from './sizes.ts';
import {
  askVolumeName,
  cloneCommand,
  exportCommand,
  importCommand,
  takenNames,
} from './transfer-commands.ts';
import { type InVolume, listVolumes, volumeNodes, volumesNow, withSizes } from './tree.ts';

/** What another room shows below each volume. */
export type FilesInVolumes = {
  readonly inVolume: InVolume;
  alsoIn(tree: Tree): void;
  drop(node: Node, files: readonly string[]): unknown;
  /** Lets a volume go that is to be removed. */
  release(volume: string): Promise<void>;
};

export function registerVolumes(workbench: Workbench, files?: FilesInVolumes): void {
  const sizes = createSizes(workbench);
  const arranged = createArranged(workbench, 'volumes', t('Volumes'), volumeFacets());
  const tree = workbench.tree(
    'wheelhouse.volumes',
    [volumeKind, volumeUses],
    volumeNodes(workbench, sizes.now, arranged.nodes, files?.inVolume),
    { selectMany: true, showAll: arranged.showAll, drop: files?.drop },
  );
  arranged.shownIn(tree);
  files?.alsoIn(tree);
  const kind: Kind<Volume> = {
    key: 'volume',
    title: t('Volume'),
    load: async (now) => (now ? volumesNow : listVolumes)(workbench, await sizes.now()),
    refs: ({ name }) => [name],
    choice: (volume) => ({ label: volume.name, description: volumeWords(volume) }),
    none: noVolume,
    gone: volumeGone,
  };
  const letGo = (volumes: readonly Volume[]) => Promise.all(volumes.map(({ name }) => files?.release(name)));
  const handlers: Readonly<
    Record<Exclude<VolumeAction, 'removeAll'>, (...given: Given) => Promise<unknown>>
  > = {
    async inspect(...given) {
      const volumes = (await choose(kind, { title: t('Inspect Volume') }, ...tree.meant(...given))) ?? [];
      const raws: unknown[] = [];
      for (const { name } of volumes) raws.push(await inspect(workbench, name, volumes.length > 1));
      return raws.length > 1 ? raws : raws[0];
    },
    async clone(...given) {
      const [volume] = (await choose(kind, { title: t('Clone Volume') }, ...tree.meant(...given))) ?? [];
      return volume && cloneCommand(workbench, volume, given[0]);
    },
    async export(...given) {
      const [volume] = (await choose(kind, { title: t('Export Volume') }, ...tree.meant(...given))) ?? [];
      return volume && exportCommand(workbench, volume, given[0]);
    },
    async importInto(...given) {
      const title = t('Import Archive into Volume');
      const [volume] = (await choose(kind, { title }, ...tree.meant(...given))) ?? [];
      return volume && importCommand(workbench, given[0], volume.name);
    },
    async copyName(...given) {
      const volumes = await choose(
        kind,
        { title: t('Copy Name of Volume'), many: true },
        ...tree.meant(...given),
      );
      return copy(volumes?.map(({ name }) => name));
    },
    async remove(...given) {
      const named = await choose(kind, { title: t('Remove Volume'), many: true }, ...tree.meant(...given));
      if (!named?.length) return undefined;
      const { unused, used } = parted(named);
      if (!unused.length && used[0]) throw failed(volumeInUse(used[0]));
      const measured = await withSizes(workbench, unused);
      if (!isAgreed(given[0]) && !(await confirmRemoval(measured, used))) return undefined;
      await letGo(measured);
      return remove(workbench, measured);
    },
    async prune(argument) {
      const onlyAnonymous =
        isNode(argument) || (argument as { anonymous?: unknown } | undefined)?.anonymous === true;
      const unused = (await volumesNow(workbench, await sizes.measure())).filter(
        (volume) => isUnused(volume) && (isAnonymous(volume) || !onlyAnonymous),
      );
      if (!unused.length) throw failed(noneUnused());
      const agreed = isAgreed(argument);
      const going = agreed ? unused : await askWhichUnused(unused);
      if (!going || !(agreed || (await confirmRemoval(going, [])))) return undefined;
      await letGo(going);
      return remove(workbench, going);
    },
  };
  registerHandlers(workbench, volumeActions, tree, { ...handlers, removeAll: handlers.remove });
  workbench.command('wheelhouse.volumes.create', async (argument) => {
    const request = (argument ?? {}) as { name?: unknown; driver?: unknown };
    const name =
      typeof request.name === 'string'
        ? request.name
        : await askVolumeName(t('Create Volume'), '', await takenNames(workbench));
    if (name === undefined) return undefined;
    const complaint = checkVolumeName(name);
    if (complaint) throw failed(badVolumeName(complaint));
    return create(workbench, name, typeof request.driver === 'string' ? request.driver : undefined);
  });
  workbench.command('wheelhouse.volumes.import', (argument) => importCommand(workbench, argument));
  workbench.command('wheelhouse.volumes.measure', async () => Object.fromEntries(await sizes.measure()));
  workbench.command('wheelhouse.volumes.refresh', () => refresh(workbench));
}

async function inspect(workbench: Workbench, name: string, isOneOfSeveral: boolean): Promise<unknown> {
  const facts = { step: t('Inspecting {0}', name), tool: 'engine', patterns: volumePatterns } as const;
  const raw = await workbench.run(inspectVolume(await workbench.engine.get(), name), facts);
  await showRawJson(name, raw, isOneOfSeveral);
  return raw;
}
