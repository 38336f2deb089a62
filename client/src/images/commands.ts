import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { images } from '../engine/images.ts';
import { uses } from '../engine/uses.ts';
import { cancelledId, failed } from '../runtime/failures.ts';
import { inspectImages, tagImage } from '../runtime/image-commands.ts';
import { createRegistryApi } from '../runtime/registry-api.ts';
import { createArranged } from '../ui/arranged.ts';
import type { AskServer } from '../ui/ask-server.ts';
import { copy } from '../ui/copy.ts';
import { type Given, registerHandlers } from '../ui/handlers.ts';
import type { RunFacts } from '../ui/jobs.ts';
import { meantOnes } from '../ui/members.ts';
import { ask } from '../ui/pickers.ts';
import { showRawJson } from '../ui/raw-json.ts';
import { refresh } from '../ui/refresh.ts';
import { shortImage } from '../ui/short.ts';
import { isNode } from '../ui/tree.ts';
import type { TryFiles } from '../ui/try-files.ts';
import { isVouched } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { type ImageAction, imageActions } from './actions.ts';
import { load, save } from './archive.ts';
import { imageFacets } from './arrange.ts';
import type { OpenRegistry } from './base.ts';
import { agreedToPush, type BuildRequest, build, buildCommand, planBuild } from './build.ts';
import { createBuildFindings } from './build-findings.ts';
import { imagePatterns, noDigest, noImage, requireImage, requireName, runPatterns } from './failures.ts';
import { compareImages } from './layers/compare.ts';
import { noOtherImage, twoImages } from './layers/failures.ts';
import { createLayerNodes, type FilesInLayers } from './layers/nodes.ts';
import { showLayers } from './layers/show.ts';
import { imageChoices, parseReference } from './model.ts';
import { checkForNewer } from './newer.ts';
import { choosePort } from './other-port.ts';
import { pull } from './pull.ts';
import {
  agreedToPush as agreedToPlan,
  askReference,
  type PushRequest,
  planPush,
  push,
  pushCommand,
} from './push.ts';
import { recreateCommand } from './recreate.ts';
import { remove } from './remove.ts';
import { planRun, type RunRequest, run, runCommand } from './run.ts';
import { forgetValues } from './run-memory.ts';
import { imageTasks } from './tasks.ts';
import { type ImageValue, imageNodes } from './tree.ts';
import { tryCommand } from './try.ts';
import { tryFirst } from './try-first.ts';
import { revealImageOf, showUses } from './uses.ts';

export function registerImages(
  workbench: Workbench,
  askServer: AskServer,
  openRegistry: OpenRegistry = async (host, signal) => createRegistryApi(host, { signal }),
  files?: FilesInLayers,
): { readonly tryFiles: TryFiles } {
  void forgetValues(workbench.memory);
  const arranged = createArranged(workbench, 'images', l10n.t('Images'), imageFacets());
  const layers = files && createLayerNodes(workbench, files);
  const nodes = imageNodes(workbench, arranged.nodes, layers?.below);
  const tree = workbench.tree('wheelhouse.images', [images, uses], nodes, {
    selectMany: true,
    showAll: arranged.showAll,
  });
  arranged.shownIn(tree);
  files?.alsoIn(tree);
  const findings = createBuildFindings();
  workbench.own(findings);
  const note: typeof findings.note = (dockerfile, said, failure, again) => {
    if (failure.id !== cancelledId) tree.flag(`build ${dockerfile}`, failure.message);
    return findings.note(dockerfile, said, failure, again);
  };
  const builder = { workbench, askServer, findings: { ...findings, note, dispose: findings.dispose } };
  const folder = { folder: true };
  workbench.command('wheelhouse.images.build', (argument) => buildCommand(builder, argument), folder);
  workbench.command(
    'wheelhouse.images.buildPlatforms',
    (argument) => buildCommand(builder, argument, true),
    folder,
  );
  workbench.command('wheelhouse.images.try', (argument) => tryCommand(builder, argument), folder);
  const one = <T>(title: string, given: Given, act: (ref: string, request: unknown) => Promise<T>) =>
    withImage(workbench, title, tree.meant(...given)[0], act);
  type Handlers<Id extends string> = Readonly<Record<Id, (...given: Given) => Promise<unknown>>>;
  const handlers: Handlers<Exclude<ImageAction, 'removeAll'>> = {
    run: (...given) =>
      one(l10n.t('Run Container'), given, (ref, request) =>
        runCommand(workbench, ref, request as RunRequest),
      ),
    push: (...given) =>
      one(l10n.t('Push Image'), given, (ref, request) => pushCommand(workbench, ref, request as PushRequest)),
    tag: (...given) =>
      one(l10n.t('Tag Image'), given, (ref, request) =>
        tag(workbench, ref, (request as { target?: string })?.target),
      ),
    async copyName(...given) {
      const selected = selectedRefs(...tree.meant(...given));
      if (selected.length) return copy(selected);
      return one(l10n.t('Copy Name of Image'), given, (ref) => copy([ref]));
    },
    async copyDigest(...given) {
      return one(l10n.t('Copy Digest of Image'), given, (ref) => copyOf(workbench, ref, 'digest'));
    },
    copyId: (...given) => one(l10n.t('Copy Id of Image'), given, (ref) => copyOf(workbench, ref, 'id')),
    update: (...given) =>
      one(l10n.t('Check for Newer'), given, (ref) => checkForNewer(workbench, openRegistry, ref)),
    uses: (...given) => one(l10n.t('Show Containers of Image'), given, (ref) => showUses(workbench, ref)),
    async save(...given) {
      const selected = selectedRefs(...tree.meant(...given));
      if (selected.length) return save(workbench, selected, undefined);
      const { images } = (given[0] ?? {}) as { images?: unknown };
      if (Array.isArray(images)) return save(workbench, images.map(String), given[0]);
      return one(l10n.t('Save Image'), given, (ref, request) => save(workbench, [ref], request));
    },
    layers: (...given) =>
      one(l10n.t('What Makes an Image Large'), given, (ref) => showLayers(workbench, ref)),
    async compare(...given) {
      const selected = selectedRefs(...tree.meant(...given));
      const title = l10n.t('Compare Images');
      if (!selected.length && isNode(given[0])) return undefined;
      const { image, with: other } = (given[0] ?? {}) as { image?: unknown; with?: unknown };
      const first =
        selected[0] ??
        (typeof image === 'string' ? requireImage(image) : await chooseImage(workbench, title));
      if (first === undefined) return undefined;
      if (selected.length > 2) throw failed(twoImages(selected.length));
      const named = selected[1] ?? (typeof other === 'string' ? requireImage(other) : undefined);
      const second =
        named ?? (await chooseImage(workbench, l10n.t('Compare {0} With', shortImage(first)), first));
      return second === undefined ? undefined : compareImages(workbench, [first, second]);
    },
    async inspect(...given) {
      const selected = selectedRefs(...tree.meant(...given));
      for (const ref of selected.length > 1 ? selected : []) await inspect(workbench, ref, true);
      if (selected.length > 1) return selected;
      return one(l10n.t('Inspect Image'), given, (ref) => inspect(workbench, ref));
    },
    async remove(...given) {
      const selected = selectedRefs(...tree.meant(...given));
      if (selected.length) return remove(workbench, selected, false);
      return one(l10n.t('Remove Image'), given, (ref, request) =>
        remove(workbench, [ref], request !== undefined && isVouched(request)),
      );
    },
  };
  registerHandlers(workbench, imageActions, tree, { ...handlers, removeAll: handlers.remove });
  workbench.command('wheelhouse.images.readLayers', (id, node) => {
    layers?.again(String(id));
    tree.redraw([String(node)]);
  });
  workbench.command('wheelhouse.images.pull', (argument) => pull(workbench, argument));
  workbench.command('wheelhouse.images.load', (argument) => load(workbench, argument));
  workbench.command('wheelhouse.images.choosePort', (argument) =>
    choosePort(workbench, argument, {
      run: (plan) => run(workbench, plan),
      ask: (image) => runCommand(workbench, image),
    }),
  );
  workbench.command('wheelhouse.images.recreate', (argument) => recreateCommand(workbench, argument));
  workbench.command('wheelhouse.images.ofContainer', (argument) => revealImageOf(workbench, tree, argument));
  workbench.command('wheelhouse.images.refresh', () => refresh(workbench));
  workbench.command('wheelhouse.images.openFile', openFile);
  for (const kind of imageTasks({
    build: async (dockerfile, request: BuildRequest, host) => {
      const plan = await planBuild(workbench, request, dockerfile);
      if (plan.push && !(await agreedToPush(request, plan))) return undefined;
      return build(builder, plan, host);
    },
    run: async (request: RunRequest, host) => run(workbench, await planRun(workbench, request), host),
    push: async (request: PushRequest, host) => {
      const plan = await planPush(workbench, request);
      return (await agreedToPlan(request, plan)) ? push(workbench, plan, host) : undefined;
    },
  })) {
    workbench.task(kind);
  }
  return { tryFiles: (files) => tryFirst(builder, files) };
}

/** Shows a file, at a line counted from 1 where one is given. */
function openFile(file: unknown, line: unknown): Thenable<unknown> {
  const at = typeof line === 'number' ? new vscode.Position(line - 1, 0) : undefined;
  const selection = at && new vscode.Range(at, at);
  return vscode.window.showTextDocument(vscode.Uri.file(String(file)), { selection });
}

/**
 * Calls with the image of the tree node, the one named in an options object (then nothing is asked), the one
 * a button of ours names, or the one chosen.
 */
async function withImage<T>(
  workbench: Workbench,
  title: string,
  argument: unknown,
  act: (ref: string, request: unknown) => Promise<T>,
): Promise<T | undefined> {
  if (isNode(argument)) {
    const ref = (argument.value as ImageValue | undefined)?.ref;
    // A row below an image, or above several, is none.
    return ref ? act(ref, undefined) : undefined;
  }
  const given = argument as { image?: string; ref?: string } | undefined;
  if (typeof given?.image === 'string') return act(requireImage(given.image), given);
  const ref = typeof given?.ref === 'string' ? requireImage(given.ref) : await chooseImage(workbench, title);
  return ref === undefined ? undefined : act(ref, undefined);
}

async function chooseImage(workbench: Workbench, title: string, but?: string): Promise<string | undefined> {
  const all = await workbench.resources.all(images);
  const choices = imageChoices(all).filter(({ value }) => value !== but);
  if (!choices.length) throw failed(but === undefined ? noImage() : noOtherImage());
  const answers = await ask(title, [() => ({ key: 'ref', kind: 'pick', title: l10n.t('Image'), choices })]);
  return answers && String(answers.ref);
}

function facts(step: string, image: string): RunFacts {
  return { step, tool: 'engine', image, patterns: [...imagePatterns, ...runPatterns] };
}

async function tag(
  workbench: Workbench,
  ref: string,
  given: string | undefined,
): Promise<{ ref: string } | undefined> {
  const target =
    given ??
    (await askReference(
      l10n.t('Tag Image'),
      l10n.t('New name and tag of {0}', shortImage(ref)),
      ref.startsWith('sha256:') ? '' : ref,
    ));
  if (target === undefined) return undefined;
  requireName(target);
  const engine = await workbench.engine.get();
  await workbench.run(await tagImage(engine, ref, target), facts(l10n.t('Tagging {0}', ref), ref));
  workbench.changed('image');
  return { ref: target };
}

async function inspect(workbench: Workbench, ref: string, isOneOfSeveral = false): Promise<unknown> {
  const engine = await workbench.engine.get();
  const [image] = await workbench.run(
    await inspectImages(engine, [ref]),
    facts(l10n.t('Inspecting {0}', ref), ref),
  );
  await showRawJson(ref, image?.raw, isOneOfSeveral);
  return image?.raw;
}

async function copyOf(workbench: Workbench, ref: string, what: 'id' | 'digest') {
  const engine = await workbench.engine.get();
  const [image] = await workbench.run(
    await inspectImages(engine, [ref]),
    facts(l10n.t('Inspecting {0}', ref), ref),
  );
  if (!image) return undefined;
  if (what === 'id') return copy([image.id]);
  const { repository } = parseReference(ref);
  const digest = image.digests.find((each) => each.startsWith(`${repository}@`)) ?? image.digests[0];
  if (!digest) throw failed(noDigest(ref));
  return copy([digest]);
}

/** What a node of the view names, or with it the whole selection; of a group, all that is below. */
function selectedRefs(argument: unknown, selection: unknown): readonly string[] {
  const refs = meantOnes(argument, selection).flatMap((node) => {
    const ref = isNode(node) ? (node.value as ImageValue | undefined)?.ref : undefined;
    return typeof ref === 'string' ? [ref] : [];
  });
  return [...new Set(refs)];
}
