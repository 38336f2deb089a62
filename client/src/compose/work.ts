// What Compose does, as jobs: told once the engine shows that it is so.
import { t } from '@vscode/l10n';
import { composeMembers, type Member } from '../engine/compose-members.ts';
import {
  type Compose,
  type ComposeProject,
  composeDo,
  listMade,
  type Service,
  type Verb,
} from '../runtime/compose-commands.ts';
import type { Action, Failure } from '../runtime/failures.ts';
import { cancelledId, failed, failureOf, leaving } from '../runtime/failures.ts';
import { inspectImages } from '../runtime/image-commands.ts';
import { chosenBuilder } from '../ui/chosen-builder.ts';
import type { Job, JobHost, Made } from '../ui/jobs.ts';
import type { Workbench } from '../ui/workbench.ts';
import { cancelledUp, endedAtOnce, notSo, viewLogs } from './failures.ts';
import type { ComposeRequest } from './locate.ts';
import { browserPorts, builtName, hasEndedBadly, type Loss, lossWords, serviceOf, upWords } from './model.ts';
import { composePatterns } from './patterns.ts';

/** Some end at once: whether one runs is known a moment after its start. */
const settleMs = 700;
const mostBrowsers = 3;

export type Plan = {
  readonly compose: Compose;
  readonly project: ComposeProject;
  /** What its containers are found by. */
  readonly isOurs: (member: Member) => boolean;
  readonly name: string;
  readonly profiles?: readonly string[];
  readonly services?: readonly string[];
  /** How a button comes to the same project. */
  readonly request: ComposeRequest;
};

export type Composed = { readonly project: string; readonly services: readonly string[] };

type Does<T> = {
  readonly verb: Verb;
  readonly title: string;
  readonly step: string;
  readonly volumes?: boolean;
  readonly tell: () => Promise<Made<T>>;
  readonly cancelled?: (message: string) => Failure;
};

export function up(workbench: Workbench, plan: Plan, host?: JobHost, verb: 'up' | 'restart' = 'up') {
  const { name } = plan;
  const again = verb === 'restart';
  return perform<Composed>(
    workbench,
    plan,
    {
      verb,
      title: again ? t('Restarting {0}', name) : t('Bringing up {0}', name),
      step: again ? t('The restart of {0}', name) : t('Bringing up {0}', name),
      async tell() {
        await new Promise((resolve) => setTimeout(resolve, settleMs));
        const members = await membersOf(workbench, plan);
        const [first] = members;
        if (!first) throw failed(notSo(name, t('it has no containers')));
        const logs = viewLogs(members.map(({ id }) => id));
        const bad = members.find(hasEndedBadly);
        if (bad) throw failed(endedAtOnce(serviceOf(bad), endWords(bad), viewLogs([bad.id])));
        const project = first.compose.project;
        const services = [...new Set(members.map(serviceOf))].toSorted();
        return {
          value: { project, services },
          message: t('{0} is up: {1}.', project, upWords(members)),
          next: [...browsers(members), logs],
        };
      },
      cancelled: again ? undefined : (message) => cancelledUp(name, message),
    },
    host,
  );
}

function endWords({ outOfMemory, error, exitCode }: Member): string {
  return outOfMemory ? t('out of memory') : error || t('exited {0}', exitCode);
}

function browsers(members: readonly Member[]): readonly Action[] {
  const open = members.filter((member) => browserPorts(member).length);
  if (open.length > mostBrowsers)
    return [{ label: t('Open in Browser'), command: 'wheelhouse.containers.open' }];
  return open.map((member) => ({
    label: t('Open {0} in Browser', serviceOf(member)),
    command: 'wheelhouse.containers.open',
    arguments: [{ container: member.id }],
  }));
}

export function stop(workbench: Workbench, plan: Plan, host?: JobHost) {
  const { name } = plan;
  return perform<Composed>(
    workbench,
    plan,
    {
      verb: 'stop',
      title: t('Stopping {0}', name),
      step: t('Stopping {0}', name),
      async tell() {
        const members = await membersOf(workbench, plan);
        const running = members.filter((member) => member.running);
        if (running.length) throw failed(notSo(name, t('{0} runs', running.map(serviceOf).join(', '))));
        return {
          value: { project: name, services: [...new Set(members.map(serviceOf))].toSorted() },
          message: t('{0} was stopped: {1}.', name, members.map(serviceOf).join(', ')),
        };
      },
    },
    host,
  );
}

/** What a project has, and `down` would take. */
export async function lossOf(
  workbench: Workbench,
  members: readonly Member[],
  project: string,
): Promise<Loss> {
  const engine = await workbench.engine.get();
  const made = (kind: 'network' | 'volume') =>
    workbench.run(listMade(engine, kind, project), {
      step: t('Looking what {0} has', project),
      tool: 'engine',
    });
  const [networks, volumes] = await Promise.all([made('network'), made('volume')]);
  return {
    project,
    containers: members.map(({ name }) => name),
    running: members.filter(({ running }) => running).length,
    networks,
    volumes,
  };
}

export function down(workbench: Workbench, plan: Plan, volumes: boolean, loss: Loss) {
  const { name } = plan;
  return perform<Omit<Loss, 'running'>>(workbench, plan, {
    verb: 'down',
    title: t('Removing {0}', name),
    step: t('The removal of {0}', name),
    volumes,
    async tell() {
      const members = (await composeMembers(workbench, name)).filter(plan.isOurs);
      const left = await lossOf(workbench, members, name);
      const kept = volumes ? left : { ...left, volumes: [] };
      const words = lossWords(kept);
      if (words) throw failed(notSo(name, t('it still has {0}', words)));
      const { running: _, ...gone } = { ...loss, running: 0 };
      return { value: gone, message: t('{0} was removed: {1}.', name, lossWords({ ...gone, running: 0 })) };
    },
  });
}

/** What was pulled or built is there under its name. */
export function provide(
  workbench: Workbench,
  plan: Plan,
  verb: 'pull' | 'build',
  services: readonly Service[],
  host?: JobHost,
) {
  const { name, compose } = plan;
  return perform<{ images: readonly string[] }>(
    workbench,
    plan,
    {
      verb,
      title: verb === 'pull' ? t('Pulling the images of {0}', name) : t('Building the images of {0}', name),
      step: verb === 'pull' ? t('Pulling the images of {0}', name) : t('The build of {0}', name),
      async tell() {
        const engine = await workbench.engine.get();
        const joinsAsDocker = compose.full || engine.nerdctl !== undefined;
        const refs = services.map(
          ({ name: service, image }) => image ?? builtName(name, service, joinsAsDocker),
        );
        const images = [...new Set(refs)];
        // Where Compose does not tell the names, its word is all there is.
        const known = compose.full ? images : [];
        if (known.length) {
          const facts = { step: t('Looking for {0}', known.join(', ')), tool: 'engine' } as const;
          await workbench.run(await inspectImages(engine, known), facts);
        }
        const words = images.join(', ');
        return {
          value: { images },
          message: verb === 'pull' ? t('Pulled: {0}.', words) : t('Built: {0}.', words),
          next: [{ label: t('Compose Up'), command: 'wheelhouse.compose.up', arguments: [plan.request] }],
        };
      },
    },
    host,
  );
}

async function membersOf(workbench: Workbench, { isOurs, services = [] }: Plan): Promise<readonly Member[]> {
  const all = (await composeMembers(workbench)).filter((member) => isOurs(member) && !member.compose.once);
  return services.length ? all.filter((member) => services.includes(serviceOf(member))) : all;
}

function perform<T>(workbench: Workbench, plan: Plan, does: Does<T>, host?: JobHost): Promise<T | undefined> {
  const { verb, title, step, volumes, tell, cancelled } = does;
  const { compose, project, profiles, services } = plan;
  return workbench.job<T>(
    {
      kind: `compose.${verb}`,
      title,
      tab: `${plan.name}: ${verb}`,
      async work(job: Job) {
        const builder = chosenBuilder(workbench, await workbench.engine.get());
        try {
          await job.run(composeDo(compose, project, verb, { profiles, services, volumes }), {
            step,
            tool: 'engine',
            patterns: composePatterns,
            cwd: project.folder,
            // Only `build` has a flag for it, and `up` builds as well.
            env: builder === undefined ? undefined : { BUILDX_BUILDER: builder },
            progress: (line) => line.trim() || undefined,
          });
          return await tell();
        } catch (error) {
          const failure = failureOf(error);
          if (failure?.id === cancelledId && cancelled) throw failed(cancelled(failure.message));
          throw leaving(error, t('What was done until then stays; the view of containers shows it.'));
        } finally {
          workbench.changed('container', 'network', 'volume', 'image', 'builder');
        }
      },
    },
    host,
  );
}
