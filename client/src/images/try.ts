// Builds the image of a Dockerfile, starts it as a person would, and tells what came of it; nothing that was made for it stays.
import { randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { sweepOnce } from '../engine/stand-in.ts';
import { containerLogs, runContainer } from '../runtime/container-commands.ts';
import type { Engine } from '../runtime/engine.ts';
import { withEnvFile } from '../runtime/env-file.ts';
import { type Action, type Failure, failed, failureOf } from '../runtime/failures.ts';
import { inspectImages, removeImages } from '../runtime/image-commands.ts';
import { removeStandIns, standInFlags } from '../runtime/stand-in-commands.ts';
import { buildPlatforms } from '../settings/settings.ts';
import type { Job, Made, RunFacts } from '../ui/jobs.ts';
import { confirm } from '../ui/say.ts';
import { buildImageOf } from '../ui/try-files.ts';
import { isAgreed } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { isThere } from '../ui/workspace.ts';
import { planBuild } from './build.ts';
import { type Builder, type BuildPlan, runBuild } from './build-work.ts';
import { buildPatterns, imagePatterns, notConfirmed, runPatterns } from './failures.ts';
import { chooseDockerfile, readContext } from './locate.ts';
import { readEnd } from './try-end.ts';
import { outcomeOf, type Seen, type Tried } from './try-outcome.ts';
import { asksSoon, watchContainer } from './try-watch.ts';

/** A path; the context is derived from it. */
type TryRequest = { readonly dockerfile: string };

export async function tryCommand(builder: Builder, argument: unknown): Promise<Tried | undefined> {
  const title = l10n.t('Try Container Files');
  const dockerfile = isRequest(argument)
    ? vscode.Uri.file(argument.dockerfile)
    : await chooseDockerfile(argument, title);
  if (!dockerfile) return undefined;
  const what = vscode.workspace.asRelativePath(dockerfile);
  // The button of a message of ours has said it; a file may be a stranger's, and so may a link.
  if (!isAgreed(argument) && !(await agreedToStart(what))) return undefined;
  return tryImage(builder, dockerfile, what);
}

export function agreedToStart(what: string): Promise<boolean> {
  const detail = l10n.t(
    'It is watched for 20 seconds at most. It gets no folder of this machine, and its ports are open to this machine alone. Container and image are removed afterwards.',
  );
  const question = l10n.t('Build the image of {0} and start its program in a container?', what);
  return confirm(question, detail, l10n.t('Try It'));
}

function tryImage(builder: Builder, dockerfile: vscode.Uri, what: string): Promise<Tried | undefined> {
  return builder.workbench.job<Tried>({
    kind: 'images.try',
    title: l10n.t('Try {0}', what),
    tab: l10n.t('{0}: try', what),
    async work(job) {
      const tried = await tryOnce(builder, job, { what, dockerfile, again: again(dockerfile) });
      return { ...tried, next: [buildImageOf(dockerfile)] };
    },
  });
}

/** What is tried, and what a message offers where it fails. */
type Subject = {
  readonly what: string;
  readonly dockerfile: vscode.Uri;
  readonly again: Action;
  /** That of the Dockerfile, where it is left out. */
  readonly context?: string;
  readonly ignoreFile?: string | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** What brings a shared library or a program that was not found, where that can be had. */
  readonly mend?: (missing: string) => Promise<Action | undefined>;
};

/** Nothing of it is left when it ends. */
export async function tryOnce(builder: Builder, job: Job, subject: Subject): Promise<Made<Tried>> {
  const { workbench } = builder;
  const { what, dockerfile, context, ignoreFile, variables = {} } = subject;
  const id = randomBytes(6).toString('hex');
  const name = `wheelhouse-try-${id}`;
  const tag = `${name}:latest`;
  const platforms = buildPlatforms();
  // Of several the engine's own: an image for several does not come back from the builder.
  const wanted = { tag, context, platforms: platforms.length === 1 ? platforms : [] };
  // With a label of its own it is no other image's twin, which would be removed with it.
  const labels = { 'wheelhouse.try': id };
  const plan = { ...(await planBuild(workbench, wanted, dockerfile)), ignoreFile, labels };
  const engine = await workbench.engine.get();
  const facts = {
    tool: 'engine',
    image: what,
    step: l10n.t('The try of {0}', what),
    patterns: runPatterns,
    secrets: Object.values(variables),
  } as const;
  await sweepOnce(workbench, engine);
  try {
    const built = { ...facts, step: l10n.t('The build of {0}', what), patterns: buildPatterns };
    await runBuild(builder, engine, plan, job, built, subject.again);
    const { seen, said } = await start(workbench, engine, job, { what, name, tag, variables }, facts);
    const { lost, missing } = readEnd(seen.error || said, seen.exitCode);
    const isSent = lost !== undefined && (await isSentFile(builder, plan, lost));
    const outcome = outcomeOf(what, seen, said, { secrets: facts.secrets, isSent });
    if (!('id' in outcome)) return outcome;
    const mend = missing === undefined ? undefined : await subject.mend?.(missing);
    throw failed({ ...outcome, action: mend ?? subject.again, also: mend && [subject.again] });
  } finally {
    await discard(workbench, engine, name, tag, facts);
    workbench.changed('image');
  }
}

/** So many folders above a file that a program names by a whole path. */
const mostParts = 8;

/** Whether the build gets a file that the program looked for, by its path or the end of it. */
async function isSentFile({ askServer }: Builder, plan: BuildPlan, lost: string): Promise<boolean> {
  const folder = vscode.Uri.file(plan.context);
  const parts = lost.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return false;
  const context = await readContext(folder, vscode.Uri.file(plan.dockerfile), askServer);
  for (let from = Math.max(0, parts.length - mostParts); from < parts.length; from++) {
    const file = parts.slice(from).join('/');
    if (!(await isThere(vscode.Uri.joinPath(folder, file)))) continue;
    const copied = await context.copied(file, [file]);
    return copied === undefined || copied.sent.length > 0;
  }
  return false;
}

const again = (dockerfile: vscode.Uri): Action => ({
  label: l10n.t('Try Again'),
  command: 'wheelhouse.images.try',
  arguments: [{ dockerfile: dockerfile.fsPath } satisfies TryRequest],
});

type Named = {
  readonly what: string;
  readonly name: string;
  readonly tag: string;
  readonly variables: Readonly<Record<string, string>>;
};

async function start(
  workbench: Workbench,
  engine: Engine,
  job: Job,
  { what, name, tag, variables }: Named,
  facts: RunFacts,
): Promise<{ readonly seen: Seen; readonly said: string }> {
  const [image] = await workbench.run(await inspectImages(engine, [tag]), facts);
  if (!image) throw failed(notConfirmed('image-not-made', what));
  job.report(l10n.t('Starting it'));
  const options = [
    ...standInFlags(),
    ...image.ports.flatMap((port) => ['--publish', `127.0.0.1::${port}`]),
    // A Dockerfile asks for its health every half minute as a rule. Of an image without a check nothing comes of it.
    ...(asksSoon(engine) ? ['--health-interval', '1s'] : []),
  ];
  // Not to be cancelled in the middle: the engine would go on to make it, and nobody remove it.
  await withEnvFile(variables, async (privateEnvFile) => {
    const run = { image: tag, name, terminal: false, options, env: variables, privateEnvFile };
    await workbench.run(await runContainer(engine, run), facts);
  });
  job.report(l10n.t('Watching it'));
  const followed = followLog(job, engine, name, facts);
  const seen = await watchContainer(workbench, engine, name, image.ports, job.signal, facts);
  return { seen, said: seen.running ? '' : await followed };
}

/** All that it prints, in the log of the job; it ends with the container. */
async function followLog(job: Job, engine: Engine, name: string, facts: RunFacts): Promise<string> {
  const command = await containerLogs(engine, name, { follow: true });
  const parse = (stdout: string, stderr: string) => `${stdout}\n${stderr}`;
  // A logging driver may keep nothing, and a cancel ends it.
  return job.run({ ...command, parse }, facts).catch(() => '');
}

/** By names that nothing else has, whatever of it was made. What stays is told, as no view shows the container. */
async function discard(workbench: Workbench, engine: Engine, name: string, tag: string, facts: RunFacts) {
  for (const command of [removeStandIns(engine, [name]), await removeImages(engine, [tag], false)])
    await workbench.run(command, { ...facts, patterns: imagePatterns }).catch((error) => {
      const failure = failureOf(error);
      if (failure && !isGone.test(`${failure.id} ${failure.message}`)) workbench.fail(left(name, failure));
    });
}

const isGone = /^image-unknown|no such (?:container|image)|no container with|image not known/i;

const left = (name: string, { message }: Failure): Failure => ({
  id: 'try-left',
  message: l10n.t('{0}, which was made to try it, could not be removed: {1}', name, message),
  remedy: l10n.t('Remove the container and the image of this name once that is mended.'),
});

function isRequest(argument: unknown): argument is TryRequest {
  return typeof (argument as Partial<TryRequest> | undefined)?.dockerfile === 'string';
}
