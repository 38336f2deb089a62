import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandLine, inSequence } from '../runtime/command-line.ts';
import type { Engine } from '../runtime/engine.ts';
import { failed } from '../runtime/failures.ts';
import { inspectImages, pushImage, removeImages, tagImage } from '../runtime/image-commands.ts';
import { lastUsedFirst, readLogins, rememberPush } from '../runtime/registry-logins.ts';
import type { JobHost, RunFacts } from '../ui/jobs.ts';
import { ask, review } from '../ui/pickers.ts';
import { lastOfReference } from '../ui/short.ts';
import { agreed as agreedTo } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { originOf } from '../ui/workspace.ts';
import { notConfirmed, pushPatterns, registryOf, requireName } from './failures.ts';
import { goingOn } from './going-on.ts';
import { countLayers } from './layer-progress.ts';
import { checkReference, packagePage, parseReference } from './model.ts';
import { checkTarget, pushTargets } from './push-targets.ts';
import { shortId } from './tree.ts';

export type PushRequest = { readonly image: string; readonly target?: string };
export type PushedImage = { readonly ref: string; readonly digest: string };
type Plan = { readonly image: string; readonly target: string };

export async function pushCommand(
  workbench: Workbench,
  image: string,
  request?: PushRequest,
): Promise<PushedImage | undefined> {
  const agreed = request ? await planPush(workbench, request) : await agree(workbench, image);
  if (!agreed || (request && !(await agreedToPush(request, agreed)))) return undefined;
  const { repository } = parseReference(agreed.target);
  await workbench.memory.update(memoryKey(agreed.image), repository);
  return push(workbench, agreed);
}

/** A push asked for by something else than our own views is one that the person may know nothing of. */
export function agreedToPush(request: PushRequest, { image, target }: Plan): Promise<boolean> {
  const question = l10n.t('Push {0} to {1}?', image, target);
  const detail = l10n.t('This was not asked for in a view of Wheelhouse.');
  return agreedTo(request, question, detail, l10n.t('Push'));
}

/** The target given, or the likeliest one. */
export async function planPush(workbench: Workbench, { image, target }: PushRequest): Promise<Plan> {
  return { image, target: target ?? (await likelyTargets(workbench, image))[0] ?? image };
}

/** @param folder whose git remote tells of a registry as well */
export async function likelyTargets(
  workbench: Workbench,
  image: string,
  folder = vscode.workspace.workspaceFolders?.[0]?.uri,
): Promise<readonly string[]> {
  const { kind } = await workbench.engine.get();
  return pushTargets(image, {
    last: workbench.memory.get<string>(memoryKey(image)),
    remote: folder && (await originOf(folder)),
    logins: lastUsedFirst(await readLogins(kind), workbench.globalMemory),
  });
}

function memoryKey(image: string): string {
  return `push:${parseReference(image).repository}`;
}

async function agree(workbench: Workbench, image: string): Promise<Plan | undefined> {
  const title = l10n.t('Push Image');
  const engine = await workbench.engine.get();
  const likely = await likelyTargets(workbench, image);
  const name = (value: string) => askReference(title, targetPrompt(), value, checkTarget);
  // What Enter takes is never a name that somebody has yet to fill in.
  const target = likely[0] ?? (await name(image));
  if (target === undefined) return undefined;
  return review<Plan>(
    title,
    { image, target },
    async (plan) => ({
      icon: 'cloud-upload',
      label: l10n.t('Push to {0}', plan.target),
      commandLine: inSequence(
        [
          ...(plan.target === plan.image ? [] : [await tagImage(engine, plan.image, plan.target)]),
          await pushImage(engine, plan.target),
        ].map((command) => commandLine(command)),
      ),
      choices: [
        ...likely
          .filter((other) => other !== plan.target)
          .map((other) => ({ label: l10n.t('To {0}', other), value: other })),
        { label: l10n.t('To Another Name…'), description: plan.target, value: another },
      ],
    }),
    async (plan, what) => {
      const target = what === another ? await name(plan.target) : what;
      return target === undefined ? undefined : { ...plan, target };
    },
  );
}

const another = '…';
export const targetPrompt = () => l10n.t('Registry, name and tag to push to');

export async function askReference(
  title: string,
  prompt: string,
  value: string,
  check = checkReference,
): Promise<string | undefined> {
  const answers = await ask(title, [
    () => ({ key: 'ref', kind: 'input', title: l10n.t('Name'), prompt, value, check }),
  ]);
  return answers && String(answers.ref);
}

export function push(workbench: Workbench, plan: Plan, host?: JobHost): Promise<PushedImage | undefined> {
  const facts: RunFacts = {
    step: l10n.t('The push of {0}', plan.target),
    tool: 'engine',
    image: plan.target,
    registry: registryOf(plan.target),
    patterns: pushPatterns,
  };
  return workbench.job<PushedImage>(
    {
      kind: 'images.push',
      repeats: true,
      title: l10n.t('Push {0}', plan.target),
      tab: l10n.t('{0}: push', lastOfReference(plan.target)),
      async work(job) {
        requireName(plan.target);
        const engine = await workbench.engine.get();
        const undo =
          plan.target === plan.image ? undefined : await tagForPush(workbench, engine, plan, facts);
        try {
          const reported = await job.run(await pushImage(engine, plan.target), {
            ...facts,
            progress: countLayers(),
          });
          const digest = reported ?? (await recordedDigest(workbench, engine, plan.target, facts));
          if (!digest) throw failed(notConfirmed('push-unconfirmed', plan.target));
          await rememberPush(workbench, registryOf(plan.target));
          const page = packagePage(plan.target);
          return {
            value: { ref: plan.target, digest },
            message: l10n.t('{0} was pushed, digest {1}.', plan.target, shortId(digest)),
            next: page
              ? [{ label: l10n.t('Open Package Page'), command: 'vscode.open', arguments: [page] }]
              : [],
          };
        } catch (error) {
          await undo?.();
          throw goingOn(error, 'wheelhouse.images.push', plan);
        } finally {
          workbench.changed('image', 'registry');
        }
      },
    },
    host,
  );
}

/** Gives the image its name in the registry; the answer takes that back, to what the name meant before. */
async function tagForPush(
  workbench: Workbench,
  engine: Engine,
  { image, target }: Plan,
  facts: RunFacts,
): Promise<() => Promise<void>> {
  const before = await idOf(workbench, engine, target, facts);
  await workbench.run(await tagImage(engine, image, target), { ...facts, image });
  return async () => {
    const back = before
      ? await tagImage(engine, before, target)
      : await removeImages(engine, [target], false);
    // The push has failed and that is what to tell; the tag that stays behind does no harm.
    await workbench.run(back, facts).catch(() => {});
  };
}

async function idOf(
  workbench: Workbench,
  engine: Engine,
  ref: string,
  facts: RunFacts,
): Promise<string | undefined> {
  const found = await workbench.run(await inspectImages(engine, [ref]), facts).catch(() => []);
  return found[0]?.id;
}

/** Podman prints no digest; it records it with the image. */
async function recordedDigest(
  workbench: Workbench,
  engine: Engine,
  ref: string,
  facts: RunFacts,
): Promise<string | undefined> {
  const [image] = await workbench.run(await inspectImages(engine, [ref]), facts);
  const { repository } = parseReference(ref);
  return image?.digests.find((digest) => digest.startsWith(`${repository}@`))?.split('@')[1];
}
