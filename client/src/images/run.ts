import * as l10n from '@vscode/l10n';
import { engineHost } from '../engine/host.ts';
import { namingHolder } from '../engine/port-holder.ts';
import {
  containerLogs,
  inspectContainers,
  listContainers,
  type RunOptions,
  removeContainers,
  runContainer,
} from '../runtime/container-commands.ts';
import type { Engine } from '../runtime/engine.ts';
import { withEnvFile } from '../runtime/env-file.ts';
import { type Failure, failed, failureOf } from '../runtime/failures.ts';
import { inspectImages } from '../runtime/image-commands.ts';
import type { JobHost, RunFacts } from '../ui/jobs.ts';
import { asText } from '../ui/plain-text.ts';
import { lastOfReference, shortImage } from '../ui/short.ts';
import { agreed as agreedTo } from '../ui/vouched.ts';
import { stepOf } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { registryOf, runPatterns } from './failures.ts';
import { containerName } from './model.ts';
import { offeringPort } from './other-port.ts';
import { draftOf, forgetDraft, keepDraft } from './run-draft.ts';
import { linesOfEnd, runEnded } from './run-end.ts';
import { recallRun, rememberRun } from './run-memory.ts';
import { agreeOnRun, type RunPlan } from './run-questions.ts';

export type RunRequest = Partial<RunOptions> & Pick<RunPlan, 'envNames'> & { readonly image: string };
export type StartedContainer = {
  readonly containerId: string;
  readonly name: string;
  readonly running: boolean;
  readonly exitCode?: number;
};

export async function runCommand(
  workbench: Workbench,
  image: string,
  request?: RunRequest,
): Promise<StartedContainer | undefined> {
  const plan = await planRun(workbench, request ?? { image, ...recallRun(workbench.memory, image) });
  if (request) return (await agreedToMounts(request, plan)) ? run(workbench, plan) : undefined;
  const keep = (typed: RunPlan) => keepDraft(image, plan, typed);
  const agreed = await agreeOnRun(workbench, { ...plan, ...draftOf(image) }, { changed: keep });
  if (!agreed) return undefined;
  await rememberRun(workbench.memory, agreed);
  const started = await run(workbench, agreed);
  if (started) forgetDraft(image);
  // A container that ended at once has that name.
  else keep({ ...agreed, name: plan.name });
  return started;
}

/** Files of this machine are handed to a container only where the person knows of it. */
function agreedToMounts(request: RunRequest, plan: RunPlan): Promise<boolean> {
  const { image, mounts = [], envFile, options = [] } = plan;
  const files = [
    ...mounts.map(({ source, destination }) => `${source} → ${destination}`),
    envFile ?? '',
    options.join(' '),
  ];
  const handed = files.filter(Boolean).map((file) => asText(file));
  if (!handed.length) return Promise.resolve(true);
  const detail = [l10n.t('This was not asked for in a view of Wheelhouse. It gets:'), ...handed].join('\n');
  return agreedTo(
    request,
    l10n.t('Run {0} with files of this machine?', shortImage(image)),
    detail,
    l10n.t('Run'),
  );
}

export async function planRun(workbench: Workbench, request: RunRequest): Promise<RunPlan> {
  const engine = await workbench.engine.get();
  const facts = runFacts(request.image);
  const taken = await workbench.run(await listContainers(engine), facts);
  const name =
    request.name ??
    containerName(
      request.image,
      taken.map(({ name }) => name),
    );
  const ports = request.ports ?? (await exposedPorts(workbench, engine, request.image));
  return { ...request, name, ports };
}

/** None where the image is not here yet: the engine will fetch it, or say that it does not exist. */
async function exposedPorts(workbench: Workbench, engine: Engine, image: string): Promise<RunPlan['ports']> {
  try {
    const [details] = await workbench.run(await inspectImages(engine, [image]), runFacts(image));
    return details?.ports.map((port) => ({ host: port, container: port }));
  } catch (error) {
    if (failureOf(error)?.id.startsWith('engine-')) throw error;
    return undefined;
  }
}

export function run(
  workbench: Workbench,
  plan: RunPlan,
  host?: JobHost,
): Promise<StartedContainer | undefined> {
  return workbench.job<StartedContainer>(
    {
      kind: 'images.run',
      title: l10n.t('Run {0}', shortImage(plan.image)),
      tab: l10n.t('{0}: run', lastOfReference(plan.image)),
      async work(job) {
        const engine = await workbench.engine.get();
        const facts = runFacts(plan.image);
        const before = await workbench.run(await listContainers(engine), facts);
        let containerId: string;
        try {
          containerId = await withEnvFile(plan.env, async (privateEnvFile) =>
            job.run(await runContainer(engine, { ...plan, privateEnvFile }), {
              ...facts,
              secrets: Object.values(plan.env ?? {}),
              progress: stepOf,
            }),
          );
        } catch (error) {
          // The engine creates the container before it finds a port taken; what we created half goes.
          if (!before.some(({ name }) => name === plan.name)) await discard(workbench, engine, plan.name);
          const failure = await namingHolder(workbench, error);
          throw failed(failure ? offeringPort(failure, plan) : asFailure(error));
        } finally {
          workbench.changed('container', 'image');
        }
        return settle(workbench, engine, plan, containerId);
      },
    },
    host,
  );
}

/** Some containers end at once: whether one runs is known a moment after its start. */
async function settle(workbench: Workbench, engine: Engine, plan: RunPlan, containerId: string) {
  await new Promise((resolve) => setTimeout(resolve, 500));
  const state = await stateOf(workbench, engine, containerId);
  const logs = {
    label: l10n.t('View Container Logs'),
    command: 'wheelhouse.containers.logs',
    arguments: [{ container: plan.name }],
  };
  if (state && !state.running && state.exitCode !== 0) {
    const command = await containerLogs(engine, containerId, { tail: linesOfEnd });
    const said = await workbench.run(command, runFacts(plan.image)).catch(() => undefined);
    throw failed(runEnded(plan.name, state, said, Object.values(plan.env ?? {}), logs));
  }
  const value = {
    containerId,
    name: plan.name,
    running: state?.running ?? false,
    exitCode: state?.running ? undefined : state?.exitCode,
  };
  const port = plan.ports?.[0]?.host;
  const message = !value.running
    ? l10n.t('{0} ran to its end.', plan.name)
    : port
      ? l10n.t('{0} is running, port {1}.', plan.name, port)
      : l10n.t('{0} is running.', plan.name);
  const page = `http://${await engineHost(workbench)}:${port}`;
  const open = { label: l10n.t('Open'), command: 'vscode.open', arguments: [page] };
  return { value, message, next: [...(state ? [logs] : []), ...(value.running && port ? [open] : [])] };
}

async function stateOf(workbench: Workbench, engine: Engine, id: string) {
  try {
    return (await workbench.run(await inspectContainers(engine, [id]), runFacts(id)))[0];
  } catch {
    // With --rm it may be gone already.
    return undefined;
  }
}

async function discard(workbench: Workbench, engine: Engine, name: string): Promise<void> {
  try {
    await workbench.run(await removeContainers(engine, [name], true), runFacts(name));
  } catch {
    // It was never created.
  }
}

function asFailure(error: unknown): Failure {
  return {
    id: 'unexpected',
    message: String(error),
    remedy: l10n.t('The Wheelhouse output channel has the details.'),
  };
}

function runFacts(image: string): RunFacts {
  return {
    step: l10n.t('Running {0}', shortImage(image)),
    tool: 'engine',
    image,
    registry: registryOf(image),
    patterns: runPatterns,
  };
}
