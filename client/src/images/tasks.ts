import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { failed } from '../runtime/failures.ts';
import type { JobHost } from '../ui/jobs.ts';
import { type TaskDefinition, type TaskKind, taskType } from '../ui/tasks.ts';
import { absolute, type BuildRequest } from './build.ts';
import { noDockerfile, noImage, requireImage } from './failures.ts';
import { contextOf, defaultTag, findDockerfiles } from './locate.ts';
import type { PushRequest } from './push.ts';
import type { RunRequest } from './run.ts';

type Actions = {
  readonly build: (dockerfile: vscode.Uri, request: BuildRequest, host: JobHost) => Promise<unknown>;
  readonly run: (request: RunRequest, host: JobHost) => Promise<unknown>;
  readonly push: (request: PushRequest, host: JobHost) => Promise<unknown>;
};

/** `buildImage` {dockerfile, tag …}, `run` {image}, `push` {image, tag}: found from the Dockerfiles alone, without the engine. */
export function imageTasks(actions: Actions): readonly TaskKind[] {
  return [
    {
      command: 'buildImage',
      group: vscode.TaskGroup.Build,
      detect: () =>
        forEachDockerfile(
          (file) => ({ name: l10n.t('Build Image of {0}', file), definition: { dockerfile: file } }),
          'buildImage',
        ),
      async run(definition, host, folder) {
        const file = folder && absolute(folder, definition.dockerfile ?? 'Dockerfile');
        if (!folder || !file) throw failed(noDockerfile());
        const { tag, target, buildArgs, platforms } = definition as TaskDefinition & BuildRequest;
        const request = { tag, target, buildArgs, platforms, context: absolute(folder, definition.context) };
        return actions.build(vscode.Uri.file(file), request, host);
      },
    },
    {
      command: 'run',
      detect: () =>
        forEachDockerfile((_, image) => ({ name: l10n.t('Run {0}', image), definition: { image } }), 'run'),
      async run({ image }, host) {
        if (typeof image !== 'string') throw failed(noImage());
        return actions.run({ image: requireImage(image) }, host);
      },
    },
    {
      command: 'push',
      detect: () =>
        forEachDockerfile((_, image) => ({ name: l10n.t('Push {0}', image), definition: { image } }), 'push'),
      async run({ image, tag }, host) {
        if (typeof image !== 'string') throw failed(noImage());
        const target = typeof tag === 'string' ? tag : undefined;
        return actions.push({ image: requireImage(image), target }, host);
      },
    },
  ];
}

type Offer = (
  file: string,
  image: string,
) => { readonly name: string; readonly definition: Readonly<Record<string, unknown>> };

async function forEachDockerfile(offer: Offer, command: string) {
  const found = (await findDockerfiles()).map(async (dockerfile) => {
    const folder = vscode.workspace.getWorkspaceFolder(dockerfile);
    if (!folder) return [];
    const image = await defaultTag(await contextOf(dockerfile), dockerfile);
    const { name, definition } = offer(path.posix.relative(folder.uri.path, dockerfile.path), image);
    return [{ name, definition: { type: taskType, command, ...definition }, folder }];
  });
  const tasks = (await Promise.all(found)).flat();
  // Two Dockerfiles of one project make the same image name.
  return tasks.filter((task, index) => tasks.findIndex(({ name }) => name === task.name) === index);
}
