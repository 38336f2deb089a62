// What changes volumes: done by the engine's command line, told once the engine shows that it is so.
import { t } from '@vscode/l10n';
import { loadVolumes, volumeSizes } from '../engine/volumes.ts';
import { failed } from '../runtime/failures.ts';
import { createVolume, removeVolumes } from '../runtime/volume-commands.ts';
import { changesOf } from '../ui/quiet-job.ts';
import { removeEach } from '../ui/remove-each.ts';
import { formatBytes } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { volumeExists, volumeGone, volumePatterns } from './failures.ts';
import { sizeOf, type Volume } from './model.ts';
import type { Sizes } from './tree.ts';

const change = changesOf({ name: 'volumes', topic: 'volume', patterns: volumePatterns });

export function create(workbench: Workbench, name: string, driver?: string) {
  const step = t('Creating the volume {0}', name);
  return change(workbench, 'create', step, async (facts) => {
    // Docker says the same of one that was there as of one that it made.
    if ((await names(workbench)).includes(name)) throw failed(volumeExists(name));
    await workbench.run(createVolume(await workbench.engine.get(), name, driver), facts);
    if (!(await names(workbench)).includes(name)) throw failed(volumeGone(name));
    return { value: { volume: name }, message: t('The volume {0} was created.', name) };
  });
}

/** The person has agreed to these. */
export function remove(workbench: Workbench, volumes: readonly Volume[]) {
  const refs = volumes.map(({ name }) => name);
  const [only = '', ...others] = refs;
  const step = others.length ? t('Removing {0} volumes', refs.length) : t('Removing the volume {0}', only);
  return change(workbench, 'remove', step, async (facts) => {
    const engine = await workbench.engine.get();
    await removeEach(
      refs,
      (some) => workbench.run(removeVolumes(engine, some), facts),
      () => names(workbench),
    );
    const bytes = sizeOf(volumes);
    const done = others.length
      ? t('{0} volumes were removed.', refs.length)
      : t('The volume {0} was removed.', only);
    const freed = bytes ? t('{0} are free again.', formatBytes(bytes)) : '';
    return { value: { volumes: refs }, message: [done, freed].filter(Boolean).join(' ') };
  });
}

/** How much is in each, as the engine counts now. */
export function measure(workbench: Workbench) {
  return change(workbench, 'measure', t('Measuring the volumes'), async () => {
    const sizes: Sizes = await volumeSizes(workbench, volumePatterns);
    const bytes = formatBytes([...sizes.values()].reduce((sum, each) => sum + each, 0));
    return { value: sizes, message: t('{0} volumes hold {1}.', sizes.size, bytes) };
  });
}

async function names(workbench: Workbench): Promise<readonly string[]> {
  return (await loadVolumes(workbench)).map(({ name }) => name);
}
