// What changes containers: done by the engine's command line, told once the engine shows that it is so.
import { t } from '@vscode/l10n';
import { loadContainers } from '../engine/containers.ts';
import { loadImages } from '../engine/images.ts';
import { namingHolder } from '../engine/port-holder.ts';
import { loadUses } from '../engine/uses.ts';
import {
  removeContainers,
  renameContainer,
  restartContainers,
  signalContainers,
  startContainers,
  stopContainers,
} from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import type { Engine } from '../runtime/engine.ts';
import type { Command } from '../runtime/exec.ts';
import { failed } from '../runtime/failures.ts';
import { removeImages } from '../runtime/image-commands.ts';
import { asksBeforeRemoval } from '../settings/settings.ts';
import type { Made, RunFacts } from '../ui/jobs.ts';
import { quietJob } from '../ui/quiet-job.ts';
import type { Workbench } from '../ui/workbench.ts';
import { confirmRemoval } from './choose.ts';
import { containerPatterns, endedAtOnce, notSo, otherPort, viewLogs } from './failures.ts';
import { findContainer, hasFailed, isActive, lastingWords } from './model.ts';
import { rememberStops } from './stops.ts';

/** Some containers end at once: whether one runs is known a moment after its start. */
const settleMs = 500;

export type ChangedContainers = { readonly containers: readonly string[] };
type Containers = readonly ContainerDetails[] | undefined;
type Told = Omit<Made<unknown>, 'value'>;

type Change = {
  readonly verb: string;
  readonly step: string;
  readonly act: (engine: Engine, ids: readonly string[]) => Promise<Command<unknown>>;
  /** Throws where the engine shows that it did not come to be. */
  readonly tell: () => Promise<Told> | Told;
};

/** Starts them, or starts them anew; says so once they have run for a moment. */
export function start(workbench: Workbench, containers: Containers, verb: 'start' | 'restart' = 'start') {
  const again = verb === 'restart';
  return change(workbench, containers, {
    verb,
    step: again ? t('Restarting {0}', names(containers)) : t('Starting {0}', names(containers)),
    act: again ? restartContainers : startContainers,
    async tell() {
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      const started = await now(workbench, containers);
      const bad = started.find(hasFailed);
      if (bad) throw failed(endedAtOnce(bad.name, lastingWords(bad)));
      const [only, ...others] = started;
      if (others.length || !only)
        return {
          message: again
            ? t('{0} containers were restarted.', started.length)
            : t('{0} containers were started.', started.length),
        };
      const words = lastingWords(only);
      return {
        message: again
          ? t('{0} was restarted: {1}.', only.name, words)
          : t('{0} was started: {1}.', only.name, words),
        next: [viewLogs(only.name)],
      };
    },
  });
}

type Ending = {
  readonly step: (names: string) => string;
  readonly act: Change['act'];
  readonly holds: (container: ContainerDetails) => boolean;
  readonly one: (name: string) => string;
  readonly many: (count: number) => string;
};
type EndingVerb = 'stop' | 'pause' | 'unpause' | 'kill';

/** What ends with the containers in another state than before. */
const endings: Readonly<Record<EndingVerb, Ending>> = {
  stop: {
    step: (names) => t('Stopping {0}', names),
    act: stopContainers,
    holds: (container) => !isActive(container),
    one: (name) => t('{0} was stopped.', name),
    many: (count) => t('{0} containers were stopped.', count),
  },
  pause: {
    step: (names) => t('Pausing {0}', names),
    act: (engine, ids) => signalContainers(engine, 'pause', ids),
    holds: ({ status }) => status === 'paused',
    one: (name) => t('{0} was paused.', name),
    many: (count) => t('{0} containers were paused.', count),
  },
  unpause: {
    step: (names) => t('Unpausing {0}', names),
    act: (engine, ids) => signalContainers(engine, 'unpause', ids),
    holds: ({ status }) => status !== 'paused',
    one: (name) => t('{0} goes on.', name),
    many: (count) => t('{0} containers go on.', count),
  },
  kill: {
    step: (names) => t('Killing {0}', names),
    act: (engine, ids) => signalContainers(engine, 'kill', ids),
    holds: (container) => !isActive(container),
    one: (name) => t('{0} was killed.', name),
    many: (count) => t('{0} containers were killed.', count),
  },
};

export function bring(workbench: Workbench, containers: Containers, verb: EndingVerb) {
  const { step, act, holds, one, many } = endings[verb];
  return change(workbench, containers, {
    verb,
    step: step(names(containers)),
    act,
    async tell() {
      // One that removes itself is not there any more.
      const ended = await now(workbench, containers);
      if (verb === 'stop' || verb === 'kill') await rememberStops(workbench, ended);
      const odd = ended.find((container) => !holds(container));
      if (odd) throw failed(notSo(odd.name, lastingWords(odd)));
      return { message: count(containers, one, many) };
    },
  });
}

/** With `isAgreed`, one that is stopped goes without a question. */
export async function remove(
  workbench: Workbench,
  containers: Containers,
  isAgreed: boolean,
  force: boolean,
) {
  const running = (containers ?? []).filter(isActive).length;
  if (!containers?.length) return undefined;
  // Where nothing is asked, no image is offered.
  const isAsked = !force && (running > 0 || (!isAgreed && asksBeforeRemoval()));
  const image = !isAsked ? undefined : await imageLeft(workbench, containers);
  const answer = force || (await confirmRemoval(containers, running, isAgreed, image));
  if (!answer) return undefined;
  return change(workbench, containers, {
    verb: 'remove',
    step: t('Removing {0}', names(containers)),
    act: (engine, ids) => removeContainers(engine, ids, running > 0),
    async tell() {
      if (answer === 'image' && image !== undefined) {
        const facts = { step: t('Removing {0}', image), tool: 'engine', image } as const;
        await workbench
          .run(await removeImages(await workbench.engine.get(), [image], false), facts)
          .finally(() => workbench.changed('image'));
        return { message: t('{0} and its image {1} were removed.', names(containers), image) };
      }
      return {
        message: count(
          containers,
          (name) => t('{0} was removed.', name),
          (n) => t('{0} containers were removed.', n),
        ),
      };
    },
  });
}

/** The image of a container that goes alone, where no other container and no second name holds it. */
async function imageLeft(
  workbench: Workbench,
  [only, ...others]: readonly ContainerDetails[],
): Promise<string | undefined> {
  const id = only?.imageId;
  if (!only || others.length || !id) return undefined;
  try {
    const [all, made] = await Promise.all([loadUses(workbench), loadImages(workbench)]);
    const image = made.find((each) => each.id.replace(/^sha256:/, '') === id);
    const isHeld = all.some((use) => use.id !== only.id && use.image === id);
    return !image || isHeld || image.tags.length > 1 ? undefined : (image.tags[0] ?? image.id);
  } catch {
    // It is offered where it is known; the container can go without.
    return undefined;
  }
}

export function rename(workbench: Workbench, container: ContainerDetails, name: string) {
  return change(workbench, [container], {
    verb: 'rename',
    step: t('Renaming {0}', container.name),
    act: (engine, [id = '']) => renameContainer(engine, id, name),
    async tell() {
      const [renamed] = await now(workbench, [container]);
      if (renamed?.name !== name)
        throw failed(notSo(container.name, t('its name is {0}', renamed?.name ?? '')));
      return { message: t('{0} is called {1} now.', container.name, name) };
    },
  });
}

async function change(
  workbench: Workbench,
  containers: Containers,
  { verb, step, act, tell }: Change,
): Promise<ChangedContainers | undefined> {
  if (!containers?.length) return undefined;
  return quietJob<ChangedContainers>(workbench, 'wheelhouse.containers', {
    kind: `containers.${verb}`,
    title: step,
    async work() {
      const facts: RunFacts = { step, tool: 'engine', patterns: containerPatterns };
      const ids = containers.map(({ id }) => id);
      try {
        await workbench.run(await act(await workbench.engine.get(), ids), facts);
        return { ...(await tell()), value: { containers: containers.map(({ name }) => name) } };
      } catch (error) {
        const failure = await namingHolder(workbench, error);
        const [only, ...others] = containers;
        if (!failure || !only) throw error;
        // nerdctl does not tell how a container was made, so none can be made anew.
        const isAlone = !others.length && !(await workbench.engine.get()).nerdctl;
        throw failed(isAlone ? otherPort(failure, only) : failure);
      } finally {
        workbench.changed('container');
      }
    },
  });
}

/** As they are now; those that are gone are left out. */
async function now(workbench: Workbench, containers: Containers): Promise<readonly ContainerDetails[]> {
  const ids = (containers ?? []).map(({ id }) => id);
  const all = await loadContainers(workbench, ids);
  return (containers ?? []).flatMap(({ id }) => findContainer(all, id) ?? []);
}

function names(containers: Containers): string {
  return (containers ?? []).map(({ name }) => name).join(', ');
}

function count(
  containers: Containers,
  one: (name: string) => string,
  many: (count: number) => string,
): string {
  const [first, ...others] = containers ?? [];
  return others.length ? many(others.length + 1) : one(first?.name ?? '');
}
