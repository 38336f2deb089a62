import { stripVTControlCharacters } from 'node:util';
import { t } from '@vscode/l10n';
import { type BuildRecord, buildLog, hasHistory, inspectBuild } from '../runtime/build-history-commands.ts';
import { inspectBuilder } from '../runtime/builder-commands.ts';
import { failed } from '../runtime/failures.ts';
import { choose, type Kind, type Wanted } from '../ui/choose.ts';
import { copy } from '../ui/copy.ts';
import { type Given, registerHandlers } from '../ui/handlers.ts';
import { showRawJson, showRawText } from '../ui/raw-json.ts';
import { refresh } from '../ui/refresh.ts';
import { isAgreed } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { type BuilderAction, builderActions } from './actions.ts';
import { prune, release, remove, start, stop } from './changes.ts';
import {
  builderGone,
  builderStays,
  buildGone,
  buildxOld,
  cannot,
  noBuild,
  noBuilder,
  notRunning,
  notUsable,
  stillBuilds,
} from './failures.ts';
import {
  type Builder,
  buildWords,
  isRemovable,
  isRunning,
  isStartable,
  isStoppable,
  isUsable,
} from './model.ts';
import { builderPatterns } from './patterns.ts';
import { confirmPruning, confirmRemoval, createCommand, useAsked } from './questions.ts';
import { builderNodes, choiceOf, loadBuilders, loadBuilds } from './tree.ts';

/** Of a log more than that is read nowhere. */
const longestLog = 8_000_000;

export function registerBuilders(workbench: Workbench): void {
  const tree = workbench.tree('wheelhouse.builders', ['builder', 'engine'], builderNodes(workbench), {
    selectMany: true,
    whileVisible: () => followContainers(workbench),
  });
  const kind: Kind<Builder> = {
    key: 'builder',
    title: t('Builder'),
    load: () => loadBuilders(workbench),
    refs: ({ name }) => [name],
    choice: choiceOf,
    none: noBuilder,
    gone: builderGone,
  };
  const builds: Kind<BuildRecord> = {
    key: 'build',
    title: t('Build'),
    load: () => allBuilds(workbench),
    refs: ({ ref }) => [ref, ref.split('/').at(-1) ?? ref],
    choice: (build) => ({
      label: build.name || build.ref,
      description: buildWords(build),
      detail: build.ref,
    }),
    none: noBuild,
    gone: buildGone,
  };
  const one = async (title: string, given: Given, fits: Omit<Wanted<Builder>, 'title'> = {}) =>
    (await choose(kind, { title, ...fits }, ...tree.meant(...given)))?.[0];
  const oneBuild = async (title: string, given: Given, fits: Omit<Wanted<BuildRecord>, 'title'> = {}) =>
    (await choose(builds, { title, ...fits }, ...tree.meant(...given)))?.[0];
  const handlers: Readonly<Record<BuilderAction, (...given: Given) => Promise<unknown>>> = {
    async use(...given) {
      const builder = await one(t('Use Builder'), given, { fits: isUsable, unfit: notUsable });
      return builder && useAsked(workbench, builder, given[0]);
    },
    release: async () => release(workbench),
    async start(...given) {
      const builder = await one(t('Start Builder'), given, { fits: isStartable, unfit: cannot('start') });
      return builder && start(workbench, builder);
    },
    async stop(...given) {
      const builder = await one(t('Stop Builder'), given, { fits: isStoppable, unfit: cannot('stop') });
      return builder && stop(workbench, builder);
    },
    async copyName(...given) {
      const wanted = { title: t('Copy Name of Builder'), many: true };
      return copy((await choose(kind, wanted, ...tree.meant(...given)))?.map(({ name }) => name));
    },
    async inspect(...given) {
      const builder = await one(t('Inspect Builder'), given);
      return builder && inspect(workbench, builder);
    },
    async openLog(...given) {
      const ended = { fits: ({ completed }: BuildRecord) => completed !== undefined, unfit: stillBuilds };
      const build = await oneBuild(t('Open Log of Build'), given, ended);
      return build && openLog(workbench, build);
    },
    async inspectBuild(...given) {
      const build = await oneBuild(t('Inspect Build'), given);
      if (!build) return undefined;
      const facts = {
        step: t('Inspecting {0}', build.name),
        tool: 'engine',
        patterns: builderPatterns,
      } as const;
      const raw = await workbench.run(inspectBuild(await workbench.engine.get(), build.ref), facts);
      await showRawJson(build.name || build.ref, raw);
      return raw;
    },
    async prune(...given) {
      const builder = await one(t('Prune Build Cache'), given, { fits: isRunning, unfit: notRunning });
      if (!builder) return undefined;
      const yes = isAgreed(given[0]) || (await confirmPruning(workbench, builder));
      return yes ? prune(workbench, builder) : undefined;
    },
    async remove(...given) {
      const wanted = { title: t('Remove Builder'), many: true, fits: isRemovable, unfit: builderStays };
      const going = await choose(kind, wanted, ...tree.meant(...given));
      if (!going?.length) return undefined;
      const yes = isAgreed(given[0]) || (await confirmRemoval(workbench, going));
      return yes ? remove(workbench, going) : undefined;
    },
  };
  registerHandlers(workbench, builderActions, tree, handlers);
  workbench.command('wheelhouse.builders.create', (argument) => createCommand(workbench, argument));
  workbench.command('wheelhouse.builders.refresh', () => refresh(workbench));
}

/** A builder in a container comes and goes with it; buildx calls it so (driver/docker-container/factory.go). */
function followContainers(workbench: Workbench): () => void {
  return workbench.watch(['container'], (events) => {
    if (events?.some(({ name }) => name?.startsWith('buildx_buildkit_'))) workbench.changed('builder');
  });
}

/** One that keeps no history does not hide those of the others. */
async function allBuilds(workbench: Workbench): Promise<readonly BuildRecord[]> {
  const running = (await loadBuilders(workbench)).filter(isRunning);
  if (!hasHistory(await workbench.engine.get())) throw failed(buildxOld());
  const lists = await Promise.allSettled(running.map(({ name }) => loadBuilds(workbench, name)));
  return lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : []));
}

async function inspect(workbench: Workbench, { name }: Builder): Promise<unknown> {
  const facts = { step: t('Inspecting {0}', name), tool: 'engine', patterns: builderPatterns } as const;
  const text = await workbench.run(inspectBuilder(await workbench.engine.get(), name), facts);
  // Variables of its BuildKit are options of the driver.
  await showRawText(`${name}.txt`, text, (whole) =>
    whole.replace(/(?<=\s)(env\.[^\s="]*=)"(?:[^"\\\n]|\\.)*"/g, '$1***'),
  );
  return text;
}

async function openLog(workbench: Workbench, build: BuildRecord): Promise<unknown> {
  const name = build.name || build.ref;
  const facts = {
    step: t('Reading the log of {0}', name),
    tool: 'engine',
    tail: longestLog,
    patterns: builderPatterns,
  } as const;
  const log = await workbench.run(buildLog(await workbench.engine.get(), build.ref), facts);
  const text = stripVTControlCharacters(log);
  if (!text.trim()) throw failed(buildGone(build.ref));
  await showRawText(`${name}.log`, text);
  return text;
}
