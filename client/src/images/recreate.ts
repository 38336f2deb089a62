// Makes a container anew with other options. The old one is put aside and goes only when the new one runs.
import * as l10n from '@vscode/l10n';
import { changesIn, mountPoints } from '../engine/changed-paths.ts';
import { insideOf } from '../engine/inside.ts';
import {
  containerLogs,
  inspectContainers,
  listContainers,
  removeContainers,
  renameContainer,
  runContainer,
  startContainers,
  stopContainers,
} from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { type Engine, engineNames } from '../runtime/engine.ts';
import { withEnvFile } from '../runtime/env-file.ts';
import { type Failure, failed, failureOf, notByNerdctl, type Pattern } from '../runtime/failures.ts';
import { inspectImages } from '../runtime/image-commands.ts';
import { readInspectedRun } from '../runtime/inspected-run.ts';
import { type Remade, remadeFrom } from '../runtime/run-line.ts';
import { noContainer } from '../ui/container-failures.ts';
import type { RunFacts } from '../ui/jobs.ts';
import { ask, type Choice } from '../ui/pickers.ts';
import { asText } from '../ui/plain-text.ts';
import { confirm } from '../ui/say.ts';
import { isNode } from '../ui/tree.ts';
import { isAgreed } from '../ui/vouched.ts';
import { stepOf } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { requireImage, runPatterns } from './failures.ts';
import { draftOf, forgetDraft, keepDraft } from './run-draft.ts';
import { agreeOnRun, type RunPlan, type Wording } from './run-questions.ts';

export type RecreateRequest = Partial<Omit<RunPlan, 'envNames'>> & {
  readonly container: string;
  /** Of a button: with the form and the question. */
  readonly ask?: boolean;
};
export type RecreatedContainer = { readonly containerId: string; readonly name: string };

const settleMs = 500;
const lastLines = 5;

export const recreating = (): Wording => ({
  title: l10n.t('Recreate Container'),
  label: ({ name }) => l10n.t('Recreate {0}', name),
  of: ({ name }) => name,
});

export async function recreateCommand(
  workbench: Workbench,
  argument: unknown,
  /** In place of the form. */
  change?: (plan: Remade & RunPlan) => Promise<(Remade & RunPlan) | undefined>,
): Promise<RecreatedContainer | undefined> {
  const engine = await workbench.engine.get();
  // What is not told would be lost.
  if (engine.nerdctl)
    throw failed(notByNerdctl(engineNames[engine.nerdctl], l10n.t('all options of a container')));
  const ref = containerRef(argument) ?? (await chooseRef(workbench, l10n.t('Recreate Container')));
  if (ref === undefined) return undefined;
  const facts = factsOf(l10n.t('Inspecting {0}', ref));
  const [old] = await workbench.run(await inspectContainers(engine, [ref]), facts);
  if (!old) return undefined;
  const { Image: imageId, HostConfig: host } = readInspectedRun(old.raw);
  const images = await workbench.run(await inspectImages(engine, [imageId ?? '']), facts).catch(() => []);
  const first = remadeFrom(old.raw, images[0]?.raw, { kind: engine.kind, takesVolumes: true });
  const { connections } = first;
  const isOwn = isNode(argument) || argument === undefined;
  const asked = { ...first, ...(isOwn ? draftOf(old.id) : given(argument as RecreateRequest)) };
  const changed = isOwn ? (typed: typeof first) => keepDraft(old.id, first, typed) : undefined;
  // What a link or a key asks for is seen before it is done.
  const isSettled = isAgreed(argument) && !(argument as RecreateRequest).ask;
  const plan = isSettled
    ? asked
    : await (change ?? ((begun) => agreeOnRun(workbench, begun, { wording: recreating(), changed })))(asked);
  if (!plan) return undefined;
  requireImage(plan.image);
  const question = l10n.t('Recreate {0}?', old.name);
  const detail = await losses(workbench, old, host.AutoRemove ?? false);
  if (!isSettled && !(await confirm(question, detail, l10n.t('Recreate')))) return undefined;
  const made = await recreate(workbench, old, { ...plan, connections });
  if (made) forgetDraft(old.id);
  return made;
}

export function containerRef(argument: unknown): string | undefined {
  const value = (isNode(argument) ? argument.value : argument) as { container?: unknown } | null | undefined;
  return typeof value?.container === 'string' ? requireImage(value.container) : undefined;
}

/** Only what the form can change, too. */
function given({ container: _container, ask: _ask, ...request }: RecreateRequest): Partial<RunPlan> {
  const entries = Object.entries(request).filter(
    ([key, value]) => key !== 'privateEnvFile' && value !== undefined,
  );
  return Object.fromEntries(entries) as Partial<RunPlan>;
}

export async function chooseRef(workbench: Workbench, title: string): Promise<string | undefined> {
  const engine = await workbench.engine.get();
  const facts = factsOf(l10n.t('Listing the containers'));
  const all = await workbench.run(await listContainers(engine), facts);
  const choices: readonly Choice[] = all.map(({ id, name, image }) => ({
    label: name,
    description: image.originalName,
    value: id,
  }));
  if (!choices.length) throw failed(noContainer());
  const answers = await ask(title, [
    () => ({ key: 'ref', kind: 'pick', title: l10n.t('Container'), choices }),
  ]);
  return answers && String(answers.ref);
}

async function losses(workbench: Workbench, old: ContainerDetails, removesItself: boolean): Promise<string> {
  const changes = await insideOf(workbench, old.id)
    .changes()
    .catch(() => undefined);
  // As many as Changed Files lists.
  const own = changes && changesIn(changes, mountPoints(old));
  const count = own?.length;
  return [
    l10n.t('A new container takes its name and its volumes, and starts.'),
    count === 0
      ? l10n.t('It changed nothing outside of its mounts, so nothing is lost.')
      : count === undefined
        ? l10n.t('What it changed outside of its mounts is lost.')
        : count === 1
          ? l10n.t('What it changed outside of its mounts is lost: {0}', asText(own?.[0]?.path ?? '', 200))
          : l10n.t('What it changed outside of its mounts is lost: {0} files and folders.', count),
    removesItself
      ? l10n.t('It removes itself when it stops, so it cannot come back where the new one fails.')
      : l10n.t('Where the new one fails, the old one comes back as it was.'),
  ].join('\n\n');
}

function recreate(
  workbench: Workbench,
  old: ContainerDetails,
  plan: RunPlan & Pick<Remade, 'connections'>,
): Promise<RecreatedContainer | undefined> {
  const step = l10n.t('Recreating {0}', old.name);
  const facts = factsOf(step, plan.image);
  return workbench.job<RecreatedContainer>({
    kind: 'images.recreate',
    title: step,
    tab: l10n.t('{0}: recreate', old.name),
    async work(job) {
      const engine = await workbench.engine.get();
      const aside = `${old.name}-before-${old.id.slice(0, 12)}`;
      const before = await workbench.run(await listContainers(engine), facts);
      const wasActive = old.running || old.status === 'paused' || old.status === 'restarting';
      let stopped = false;
      try {
        await job.run(await renameContainer(engine, old.id, aside), facts);
        // What the engine does not take is said before the old one stops.
        const containerId = await withEnvFile(plan.env, async (privateEnvFile) =>
          job.run(await runContainer(engine, { ...plan, privateEnvFile }, 'create'), {
            ...facts,
            secrets: Object.values(plan.env ?? {}),
            progress: stepOf,
          }),
        );
        for (const connection of plan.connections) {
          const args = ['network', 'connect', ...connection.slice(0, -1), plan.name];
          await job.run({ file: engine.file, args }, facts);
        }
        stopped = wasActive;
        if (wasActive) await job.run(await stopContainers(engine, [old.id]), facts);
        await job.run(await startContainers(engine, [containerId]), facts);
        await settle(workbench, engine, plan.name, containerId, facts);
        await workbench.run(await removeContainers(engine, [old.id], true), facts).catch(() => undefined);
        return {
          value: { containerId, name: plan.name },
          message: l10n.t('{0} was recreated.', plan.name),
          next: [viewLogs(plan.name)],
        };
      } catch (error) {
        const isNew = !before.some(({ name }) => name === plan.name) || plan.name === old.name;
        throw await comeBack(
          workbench,
          engine,
          { old, aside, starts: stopped, created: isNew && plan.name },
          error,
        );
      } finally {
        workbench.changed('container');
      }
    },
  });
}

/** Some containers end at once; what they said goes with them. */
async function settle(workbench: Workbench, engine: Engine, name: string, id: string, facts: RunFacts) {
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  const inspect = await inspectContainers(engine, [id]);
  const found = await workbench.run(inspect, facts).catch((error) => {
    // With --rm it may be gone already.
    if (failureOf(error)?.id === 'image-unknown' || failureOf(error)?.id === 'unknown') return [];
    throw error;
  });
  const [now] = found;
  if (!now || now.running || now.exitCode === 0) return;
  const logs = await workbench
    .run(await containerLogs(engine, id, { tail: lastLines }), facts)
    .catch(() => '');
  throw failed({
    id: 'container-exited',
    message: [l10n.t('The new {0} ended with exit code {1}.', name, now.exitCode), logs.trim()]
      .filter(Boolean)
      .join(' '),
    remedy: '',
  });
}

type Aside = {
  readonly old: ContainerDetails;
  readonly aside: string;
  readonly starts: boolean;
  /** The name of the new one, where it may be there. */
  readonly created: string | false;
};

/** The reason, with what became of the old container. */
async function comeBack(
  workbench: Workbench,
  engine: Engine,
  { old, aside, starts, created }: Aside,
  reason: unknown,
): Promise<unknown> {
  const facts = factsOf(l10n.t('Bringing back {0}', old.name));
  const failure: Failure = failureOf(reason) ?? { id: 'unexpected', message: String(reason), remedy: '' };
  const told = (words: string) =>
    failed({ ...failure, remedy: [words, failure.remedy].filter(Boolean).join(' ') });
  try {
    const now = async () => workbench.run(await listContainers(engine), facts);
    const fresh = (await now()).find(
      ({ id, name }) => name === created && !id.startsWith(old.id.slice(0, 12)),
    );
    if (fresh) await workbench.run(await removeContainers(engine, [fresh.id], true), facts);
    const kept = (await now()).find(({ id }) => old.id.startsWith(id.slice(0, 12)));
    if (!kept) return told(l10n.t('The old one removed itself when it stopped, and is gone.'));
    if (kept.name === aside) await workbench.run(await renameContainer(engine, old.id, old.name), facts);
    if (starts) await workbench.run(await startContainers(engine, [old.id]), facts);
    return told(l10n.t('{0} is as it was.', old.name));
  } catch (error) {
    return told(l10n.t('The old one is kept as {0}, and could not come back: {1}', aside, String(error)));
  }
}

const viewLogs = (container: string) => ({
  label: l10n.t('View Container Logs'),
  command: 'wheelhouse.containers.logs',
  arguments: [{ container }],
});

/** Options can be typed. */
const wrongOption: Pattern = {
  id: 'option-wrong',
  when: [
    /unknown (?:shorthand )?flag: ([^\n]{1,100})/i,
    /invalid argument ("[^"\n]{0,200}" for "[^"\n]{1,100}")/i,
  ],
  say: (match) => ({
    message: l10n.t('The engine does not take this option: {0}', match[1] ?? ''),
    remedy: l10n.t('Correct it under Other Options.'),
  }),
};

function factsOf(step: string, image?: string): RunFacts {
  return { step, tool: 'engine', image, patterns: [wrongOption, ...runPatterns] };
}
