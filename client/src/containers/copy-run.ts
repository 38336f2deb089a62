// The command line that made a container, to copy.
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandLine, inSequence, wholeCommandLine } from '../runtime/command-line.ts';
import { inspectContainers, runContainer } from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { engineNames } from '../runtime/engine.ts';
import type { Command } from '../runtime/exec.ts';
import { failed, notByNerdctl } from '../runtime/failures.ts';
import { inspectImages } from '../runtime/image-commands.ts';
import { readInspectedRun } from '../runtime/inspected-run.ts';
import { remadeFrom } from '../runtime/run-line.ts';
import { ask } from '../ui/pickers.ts';
import { tellQuietly } from '../ui/say.ts';
import type { Workbench } from '../ui/workbench.ts';
import { containerPatterns } from './failures.ts';

const toldMs = 5_000;

/** Answers given beforehand: whether the values of variables are copied, too. */
export type CopyRunRequest = { readonly values?: boolean };

export async function copyRunLine(
  workbench: Workbench,
  container: ContainerDetails | undefined,
  { values }: CopyRunRequest,
): Promise<{ readonly copied: string } | undefined> {
  if (!container) return undefined;
  const engine = await workbench.engine.get();
  if (engine.nerdctl)
    throw failed(notByNerdctl(engineNames[engine.nerdctl], t('all options of a container')));
  const step = t('Inspecting {0}', container.name);
  const facts = { step, tool: 'engine', patterns: containerPatterns } as const;
  // By the command line: over its API, Podman tells less.
  const [found] = await workbench.run(await inspectContainers(engine, [container.id]), facts);
  const imageId = readInspectedRun(found?.raw).Image ?? '';
  // An image that is gone has no configuration to leave out.
  const images = await workbench.run(await inspectImages(engine, [imageId]), facts).catch(() => []);
  const made = remadeFrom(found?.raw, images[0]?.raw, { kind: engine.kind });
  const count = Object.keys(made.env ?? {}).length;
  const whole = count > 0 ? (values ?? (await wantsValues(container.name, count))) : true;
  if (whole === undefined) return undefined;
  const written = whole ? wholeCommandLine : commandLine;
  const connections = made.connections.map((args) => ({
    file: engine.file,
    args: ['network', 'connect', ...args],
  }));
  const lines = [await runContainer(engine, made), ...connections].map((command) =>
    written(nameAlone(command)),
  );
  const copied = inSequence(lines);
  await vscode.env.clipboard.writeText(copied);
  tellQuietly(
    whole || !count
      ? t('Copied the command line that runs {0}.', container.name)
      : t(
          'Copied the command line that runs {0}; type the values of its variables in place of ***.',
          container.name,
        ),
    toldMs,
  );
  return { copied };
}

/** Where the program lies on this machine, and which engine it is for, is of no use on another. */
function nameAlone({ file, args }: Command<unknown>): Command<unknown> {
  const path = typeof file === 'string' ? file : file.path;
  return { file: /(?:^|[\\/])(docker|podman)(?:\.exe)?$/i.exec(path)?.[1] ?? path, args };
}

/** Any of them may be a secret, and what is copied is often shown to others. */
async function wantsValues(name: string, count: number): Promise<boolean | undefined> {
  const choices = [
    { label: t('Hide the values of its variables ({0})', count), value: 'hidden' },
    { label: t('Copy the values, too'), description: t('they may be secret'), value: 'whole' },
  ];
  const answers = await ask(t('Copy Run Command'), [
    () => ({ key: 'values', kind: 'pick', title: name, choices }),
  ]);
  return answers && answers.values === 'whole';
}
