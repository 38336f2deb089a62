import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandLine } from '../runtime/command-line.ts';
import { readDockerfile } from '../runtime/dockerfile-facts.ts';
import { type Action, failed } from '../runtime/failures.ts';
import { type BuildOptions, buildImage, inspectImages } from '../runtime/image-commands.ts';
import { rememberPush } from '../runtime/registry-logins.ts';
import { dockerfileLimit } from '../runtime/text-file.ts';
import { buildPlatforms } from '../settings/settings.ts';
import { chosenBuilder } from '../ui/chosen-builder.ts';
import type { JobHost } from '../ui/jobs.ts';
import { ask, review } from '../ui/pickers.ts';
import { lastOfReference } from '../ui/short.ts';
import { isNode } from '../ui/tree.ts';
import { agreed as agreedTo } from '../ui/vouched.ts';
import { formatBytes } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { readText } from '../ui/workspace.ts';
import { type Builder, type BuildPlan, runBuild } from './build-work.ts';
import { buildPatterns, noDockerfile, notConfirmed, registryOf } from './failures.ts';
import { likelyPlatforms, rememberPlatforms } from './likely-platforms.ts';
import { chooseDockerfile, contextOf, defaultTag } from './locate.ts';
import { checkReference } from './model.ts';
import { askReference, likelyTargets, targetPrompt } from './push.ts';
import { checkTarget } from './push-targets.ts';
import { seenFrom } from './seen-from.ts';
import { shortId } from './tree.ts';

/** What a caller may give beforehand; the rest is derived. Paths are absolute. */
export type BuildRequest = Partial<Omit<BuildOptions, 'push'>>;
export type BuiltImage = { readonly imageId: string; readonly tag: string; readonly bytes?: number };

/** The plan of a build with nothing left open. Without a person to ask, what is open takes its default. */
export async function planBuild(
  workbench: Workbench,
  request: BuildRequest,
  dockerfile: vscode.Uri,
): Promise<BuildPlan> {
  const text = await readText(dockerfile, dockerfileLimit);
  if (text === undefined) throw failed(noDockerfile());
  const context = request.context ? vscode.Uri.file(request.context) : await contextOf(dockerfile);
  const platforms = request.platforms ?? buildPlatforms();
  const push = platforms.length > 1;
  const tag = request.tag ?? (await defaultTag(context, dockerfile));
  return {
    context: context.fsPath,
    dockerfile: dockerfile.fsPath,
    // An image for several platforms lives in a registry only, so its name has to name one.
    tag: (push && !request.tag && (await likelyTargets(workbench, tag, context))[0]) || tag,
    target: request.target,
    buildArgs: request.buildArgs,
    platforms,
    push,
    facts: readDockerfile(text),
  };
}

export async function buildCommand(
  builder: Builder,
  argument: unknown,
  severalPlatforms = false,
): Promise<BuiltImage | undefined> {
  const request = isRequest(argument) ? argument : undefined;
  const given = request?.dockerfile ? vscode.Uri.file(request.dockerfile) : undefined;
  const dockerfile = given ?? (await chooseDockerfile(request ? undefined : argument));
  if (!dockerfile) return undefined;
  const plan = await planBuild(builder.workbench, request ?? {}, dockerfile);
  if (request && plan.push && !(await agreedToPush(request, plan))) return undefined;
  const agreed = request ? plan : await agree(builder.workbench, plan, severalPlatforms);
  if (agreed && !request) await rememberPlatforms(builder.workbench.memory, agreed);
  return agreed && build(builder, agreed);
}

/** For a build whose result goes to a registry, asked for by something else than our own views. */
export function agreedToPush(request: BuildRequest, { tag, context }: BuildPlan): Promise<boolean> {
  const detail = l10n.t(
    'The image is built from {0} first. This was not asked for in a view of Wheelhouse.',
    context,
  );
  return agreedTo(request, l10n.t('Build {0} and push it?', tag), detail, l10n.t('Push'));
}

async function agree(
  workbench: Workbench,
  first: BuildPlan,
  severalPlatforms: boolean,
): Promise<BuildPlan | undefined> {
  const title = l10n.t('Build Image');
  const engine = await workbench.engine.get();
  let plan: BuildPlan | undefined = first;
  if (severalPlatforms) plan = await changePlan(workbench, title, plan, 'several');
  if (plan?.facts.openArgs.length) plan = await changePlan(workbench, title, plan, 'buildArgs');
  if (!plan) return undefined;
  const line = async (options: BuildOptions) =>
    commandLine(await buildImage(engine, { ...options, builder: chosenBuilder(workbench, engine) }));
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(plan.context));
  return review(
    title,
    plan,
    async (plan) => ({
      icon: 'tools',
      label: l10n.t('Build {0}', plan.tag),
      of: plan.tag,
      commandLine: await line(plan),
      // As it would be typed in a terminal of the window, where whole paths would take the room of all else.
      ...(folder && { shownLine: await line(seenFrom(folder.uri.fsPath, plan)) }),
      choices: [
        { label: l10n.t('Tag'), description: plan.tag, value: 'tag' },
        ...(plan.facts.stages.length > 1
          ? [{ label: l10n.t('Target'), description: plan.target ?? l10n.t('last stage'), value: 'target' }]
          : []),
        ...(plan.facts.openArgs.length
          ? [
              {
                label: l10n.t('Build Arguments'),
                description: Object.keys(plan.buildArgs ?? {}).join(', '),
                value: 'buildArgs',
              },
            ]
          : []),
        {
          label: l10n.t('Platforms'),
          description: plan.platforms?.join(', ') || engine.platform,
          value: 'platforms',
        },
      ],
    }),
    (plan, what) => changePlan(workbench, title, plan, what),
  );
}

async function changePlan(
  workbench: Workbench,
  title: string,
  plan: BuildPlan,
  what: string,
): Promise<BuildPlan | undefined> {
  if (what === 'tag') {
    const answers = await ask(title, [
      () => ({
        key: 'tag',
        kind: 'input',
        title: l10n.t('Tag'),
        prompt: l10n.t('Name and tag of the image'),
        value: plan.tag,
        check: plan.push ? checkTarget : checkReference,
      }),
    ]);
    return answers && { ...plan, tag: String(answers.tag) };
  }
  if (what === 'target') {
    const last = { label: l10n.t('Last stage'), value: '' };
    const choices = [last, ...plan.facts.stages.map((stage) => ({ label: stage, value: stage }))];
    const answers = await ask(title, [
      () => ({ key: 'target', kind: 'pick', title: l10n.t('Target'), choices, value: plan.target ?? '' }),
    ]);
    return answers && { ...plan, target: String(answers.target) || undefined };
  }
  if (what === 'buildArgs') {
    const steps = plan.facts.openArgs.map((name) => () => {
      const prompt = l10n.t(
        'Value of the build argument {0}, which has no default. It stays readable in the image: no secrets.',
        name,
      );
      return { key: name, kind: 'input', title: name, prompt, value: plan.buildArgs?.[name] } as const;
    });
    const answers = await ask(title, steps);
    return (
      answers && {
        ...plan,
        buildArgs: Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, String(value)])),
      }
    );
  }
  const isSeveral = what === 'several';
  const named = plan.platforms?.length ? plan.platforms : await likelyPlatforms(workbench.memory, plan);
  // Without others it is for that of the engine.
  const likely = named.length || !isSeveral ? named : [(await workbench.engine.get()).platform];
  const known = [...new Set(['linux/amd64', 'linux/arm64', ...likely])];
  const choices = known.map((platform) => ({ label: platform, value: platform }));
  const answers = await ask(title, [
    () => ({
      key: 'platforms',
      kind: 'pick-many',
      title: l10n.t('Platforms'),
      choices,
      values: likely,
      none: isSeveral ? l10n.t('Tick at least one platform.') : undefined,
    }),
  ]);
  if (!answers) return undefined;
  const platforms = answers.platforms as readonly string[];
  const push = platforms.length > 1;
  if (!push) return { ...plan, platforms, push };
  const [target] = await likelyTargets(workbench, plan.tag, vscode.Uri.file(plan.context));
  const tag = target ?? (await askReference(title, targetPrompt(), plan.tag, checkTarget));
  return tag === undefined ? undefined : { ...plan, platforms, push, tag };
}

export function build(builder: Builder, plan: BuildPlan, host?: JobHost): Promise<BuiltImage | undefined> {
  const { workbench } = builder;
  return workbench.job<BuiltImage>(
    {
      kind: 'images.build',
      repeats: true,
      title: l10n.t('Build {0}', plan.tag),
      tab: l10n.t('{0}: build', lastOfReference(plan.tag)),
      async work(job) {
        const facts = {
          step: l10n.t('The build of {0}', plan.tag),
          tool: 'engine',
          image: plan.tag,
          registry: registryOf(plan.tag),
          patterns: buildPatterns,
        } as const;
        const engine = await workbench.engine.get();
        const pushed = await runBuild(builder, engine, plan, job, facts, again(plan));
        workbench.changed('image');
        if (plan.push) {
          if (!pushed) throw failed(notConfirmed('push-unconfirmed', plan.tag));
          await rememberPush(workbench, registryOf(plan.tag));
          workbench.changed('registry');
          const message = l10n.t(
            '{0} was built for {1} and pushed, digest {2}.',
            plan.tag,
            plan.platforms?.join(', ') ?? '',
            shortId(pushed),
          );
          return { value: { imageId: pushed, tag: plan.tag }, message };
        }
        const [image] = await workbench.run(await inspectImages(engine, [plan.tag]), facts);
        if (!image) throw failed(notConfirmed('image-not-made', plan.tag));
        return {
          value: { imageId: image.id, tag: plan.tag, bytes: image.bytes },
          message: l10n.t('{0} was built, {1}, {2}.', plan.tag, formatBytes(image.bytes), image.platform),
          next: [
            { label: l10n.t('Run'), command: 'wheelhouse.images.run', arguments: [{ ref: plan.tag }] },
            { label: l10n.t('Push'), command: 'wheelhouse.images.push', arguments: [{ ref: plan.tag }] },
          ],
        };
      },
    },
    host,
  );
}

/** The same build, of what the files are then. */
function again({ context, dockerfile, tag, target, buildArgs, platforms }: BuildPlan): Action {
  const request: BuildRequest = { context, dockerfile, tag, target, buildArgs, platforms };
  return { label: l10n.t('Build Again'), command: 'wheelhouse.images.build', arguments: [request] };
}

function isRequest(argument: unknown): argument is BuildRequest {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    !(argument instanceof vscode.Uri) &&
    !isNode(argument)
  );
}

/** Paths of a task are relative to its workspace folder. */
export function absolute(folder: vscode.WorkspaceFolder, file: unknown): string | undefined {
  return typeof file === 'string' ? path.resolve(folder.uri.fsPath, file) : undefined;
}
