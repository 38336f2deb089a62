// What changes builders, and which one this workspace uses. The machine's own choice stays as it is.
import { t } from '@vscode/l10n';
import {
  builderCache,
  createBuilder,
  type NewBuilder,
  pruneBuilder,
  removeBuilders,
  startBuilder,
  stopBuilder,
} from '../runtime/builder-commands.ts';
import { failed } from '../runtime/failures.ts';
import { chooseBuilder } from '../ui/chosen-builder.ts';
import { changesOf } from '../ui/quiet-job.ts';
import { removeEach } from '../ui/remove-each.ts';
import { formatBytes } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { builderExists, builderGone, notRunning } from './failures.ts';
import { type Builder, isRunning } from './model.ts';
import { builderPatterns } from './patterns.ts';
import { loadBuilders } from './tree.ts';

const change = changesOf({ name: 'builders', topic: 'builder', patterns: builderPatterns });
/** What is pruned may be tens of gigabytes. */
const longest = { timeoutMs: 30 * 60_000 };

export function use(workbench: Workbench, { name }: Builder) {
  return change(workbench, 'use', t('Using {0}', name), async () => {
    await chooseBuilder(workbench, await workbench.engine.get(), name);
    return { value: { builder: name }, message: t('This workspace builds with {0} now.', name) };
  });
}

export function release(workbench: Workbench) {
  return change(workbench, 'release', t('Using the builder of the machine'), async () => {
    await chooseBuilder(workbench, await workbench.engine.get(), undefined);
    const now = (await loadBuilders(workbench)).find(({ inUse }) => inUse)?.name;
    const message = t('This workspace builds with {0} now, as the machine does.', now ?? '');
    return { value: { builder: now }, message };
  });
}

export function create(workbench: Workbench, { name, network }: NewBuilder) {
  return change(workbench, 'create', t('Creating the builder {0}', name), async (facts) => {
    // Names are kept in small letters.
    const made = name.toLowerCase();
    const named = async () =>
      (await loadBuilders(workbench)).find((each) => each.name === made && each.driver);
    if (await named()) throw failed(builderExists(made));
    await workbench.run(createBuilder(await workbench.engine.get(), { name: made, network }), facts);
    if (!(await named())) throw failed(builderGone(made));
    return { value: { builder: made }, message: t('The builder {0} was created.', made) };
  });
}

/** Long work, as the image of BuildKit may have to be pulled. */
export function start(workbench: Workbench, { name }: Builder) {
  return workbench.job({
    kind: 'builders.start',
    title: t('Start {0}', name),
    tab: t('{0}: start', name),
    async work(job) {
      const facts = {
        step: t('Starting the builder {0}', name),
        tool: 'engine',
        patterns: builderPatterns,
      } as const;
      try {
        await job.run(startBuilder(await workbench.engine.get(), name), facts);
        const now = (await loadBuilders(workbench)).find((each) => each.name === name);
        if (!now || !isRunning(now)) throw failed(notRunning({ name }));
        return { value: { builder: name }, message: t('The builder {0} is running.', name) };
      } finally {
        workbench.changed('builder');
      }
    },
  });
}

export function stop(workbench: Workbench, { name }: Builder) {
  return change(workbench, 'stop', t('Stopping the builder {0}', name), async (facts) => {
    await workbench.run(stopBuilder(await workbench.engine.get(), name), facts);
    return { value: { builder: name }, message: t('The builder {0} was stopped.', name) };
  });
}

/** The person has agreed to it. */
export function prune(workbench: Workbench, { name }: Builder) {
  return change(workbench, 'prune', t('Pruning the build cache of {0}', name), async (facts) => {
    const engine = await workbench.engine.get();
    const taken = async () => (await workbench.run(builderCache(engine, name), facts)).own;
    const before = await taken();
    await workbench.run(pruneBuilder(engine, name), { ...facts, ...longest });
    const freed = Math.max(0, before - (await taken()));
    const message = t('{0} of the build cache of {1} are free again.', formatBytes(freed), name);
    return { value: { builder: name, freed }, message };
  });
}

/** The person has agreed to these. */
export function remove(workbench: Workbench, builders: readonly Builder[]) {
  const names = builders.map(({ name }) => name);
  const [only = '', ...others] = names;
  const step = others.length ? t('Removing {0} builders', names.length) : t('Removing the builder {0}', only);
  return change(workbench, 'remove', step, async (facts) => {
    const engine = await workbench.engine.get();
    await removeEach(
      names,
      (some) => workbench.run(removeBuilders(engine, some), { ...facts, ...longest }),
      async () => (await loadBuilders(workbench)).filter(({ driver }) => driver).map(({ name }) => name),
    );
    if (builders.some(({ chosen }) => chosen)) await chooseBuilder(workbench, engine, undefined);
    const message = others.length
      ? t('{0} builders were removed.', names.length)
      : t('The builder {0} was removed.', only);
    return { value: { builders: names }, message };
  });
}
