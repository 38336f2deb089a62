import { t } from '@vscode/l10n';
import { failed } from '../runtime/failures.ts';
import { inspectVolume } from '../runtime/volume-commands.ts';
import { choose, type Kind } from '../ui/choose.ts';
import { copy } from '../ui/copy.ts';
import { ask } from '../ui/pickers.ts';
import { showRawJson } from '../ui/raw-json.ts';
import { refresh } from '../ui/refresh.ts';
import { isNode } from '../ui/tree.ts';
import { isAgreed } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import type { VolumeAction } from './actions.ts';
import { create, measure, remove } from './changes.ts';
import { badVolumeName, noneUnused, noVolume, volumeGone, volumeInUse, volumePatterns } from './failures.ts';
import { checkVolumeName, isAnonymous, isUnused, parted, type Volume, volumeWords } from './model.ts';
import { askWhichUnused, confirmRemoval } from './questions.ts';
import { listVolumes, type Sizes, volumeNodes, withSizes } from './tree.ts';

type Given = readonly [argument?: unknown, selection?: unknown];

export function registerVolumes(workbench: Workbench): void {
  let sizes: Sizes = new Map();
  // Another engine has other volumes of the same names.
  workbench.engine.onDidMove(() => {
    sizes = new Map();
  });
  const load = () => listVolumes(workbench, sizes);
  const tree = workbench.tree(
    'wheelhouse.volumes',
    ['volume', 'container'],
    volumeNodes(workbench, () => sizes),
    { selectMany: true },
  );
  const kind: Kind<Volume> = {
    key: 'volume',
    title: t('Volume'),
    load,
    refs: ({ name }) => [name],
    choice: (volume) => ({ label: volume.name, description: volumeWords(volume) }),
    none: noVolume,
    gone: volumeGone,
  };
  const remeasure = async () => {
    const before = sizes;
    const measured = await measure(workbench);
    if (sizes === before) sizes = measured ?? sizes;
    workbench.changed('volume');
  };
  const handlers: Readonly<Record<VolumeAction, (...given: Given) => Promise<unknown>>> = {
    async inspect(...given) {
      const [volume] = (await choose(kind, { title: t('Inspect Volume') }, ...tree.meant(...given))) ?? [];
      return volume && inspect(workbench, volume.name);
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
      return isAgreed(given[0]) || (await confirmRemoval(measured, used))
        ? remove(workbench, measured)
        : undefined;
    },
    async prune(argument) {
      const onlyAnonymous =
        isNode(argument) || (argument as { anonymous?: unknown } | undefined)?.anonymous === true;
      await remeasure();
      const unused = (await load()).filter(
        (volume) => isUnused(volume) && (isAnonymous(volume) || !onlyAnonymous),
      );
      if (!unused.length) throw failed(noneUnused());
      const agreed = isAgreed(argument);
      const going = agreed ? unused : await askWhichUnused(unused);
      return going && (agreed || (await confirmRemoval(going, []))) ? remove(workbench, going) : undefined;
    },
  };
  for (const [name, handler] of Object.entries(handlers))
    workbench.command(`wheelhouse.volumes.${name}`, handler);
  workbench.command('wheelhouse.volumes.create', async (argument) => {
    const request = (argument ?? {}) as { name?: unknown; driver?: unknown };
    const name = typeof request.name === 'string' ? request.name : await askName();
    if (name === undefined) return undefined;
    const complaint = checkVolumeName(name);
    if (complaint) throw failed(badVolumeName(complaint));
    return create(workbench, name, typeof request.driver === 'string' ? request.driver : undefined);
  });
  workbench.command('wheelhouse.volumes.measure', async () => {
    await remeasure();
    return Object.fromEntries(sizes);
  });
  workbench.command('wheelhouse.volumes.refresh', () => refresh(workbench));
}

async function askName(): Promise<string | undefined> {
  const answers = await ask(t('Create Volume'), [
    () => ({
      key: 'name',
      kind: 'input',
      title: t('Name'),
      prompt: t('Letters, digits, and . _ - after the first.'),
      check: checkVolumeName,
    }),
  ]);
  return typeof answers?.name === 'string' ? answers.name : undefined;
}

async function inspect(workbench: Workbench, name: string): Promise<unknown> {
  const facts = { step: t('Inspecting {0}', name), tool: 'engine', patterns: volumePatterns } as const;
  const raw = await workbench.run(inspectVolume(await workbench.engine.get(), name), facts);
  await showRawJson(name, raw);
  return raw;
}
