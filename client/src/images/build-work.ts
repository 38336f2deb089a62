// The build itself, for whatever wants its image: what it takes from the plan, and where it fails.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { DockerfileFacts } from '../runtime/dockerfile-facts.ts';
import type { Engine } from '../runtime/engine.ts';
import type { Exit } from '../runtime/exec.ts';
import { type Action, cancelledId, failed, failureOf } from '../runtime/failures.ts';
import { type BuildOptions, buildImage } from '../runtime/image-commands.ts';
import type { AskServer } from '../ui/ask-server.ts';
import { chosenBuilder } from '../ui/chosen-builder.ts';
import type { Job, RunFacts } from '../ui/jobs.ts';
import type { Workbench } from '../ui/workbench.ts';
import type { BuildFindings } from './build-findings.ts';
import { buildSteps } from './build-step.ts';
import { requireName } from './failures.ts';
import { readContext } from './locate.ts';
import { checkWheels } from './preflight.ts';

/** A build with nothing left open. */
export type BuildPlan = BuildOptions & { readonly facts: DockerfileFacts };

/** What a build needs beside its plan. */
export type Builder = {
  readonly workbench: Workbench;
  readonly askServer: AskServer;
  readonly findings: Pick<BuildFindings, 'forget' | 'note'>;
};

/**
 * Answers with the digest of what was pushed. What fails is shown at its line of the Dockerfile.
 * @param again what is offered where it fails
 */
export async function runBuild(
  { workbench, askServer, findings }: Builder,
  engine: Engine,
  plan: BuildPlan,
  job: Job,
  facts: RunFacts,
  again: Action,
): Promise<string | undefined> {
  requireName(plan.tag);
  const trouble = await checkWheels(
    plan.facts.copied,
    await readContext(vscode.Uri.file(plan.context), vscode.Uri.file(plan.dockerfile), askServer),
  );
  if (trouble) throw failed(trouble);
  if (plan.push && !engine.buildx) throw failed(platformsNeedBuildx());
  const command = await buildImage(engine, { ...plan, builder: chosenBuilder(workbench, engine) });
  findings.forget(plan.dockerfile);
  let said = '';
  const failedWith = ({ stdout, stderr }: Exit) => {
    said = `${stdout}\n${stderr}`;
  };
  return (
    job
      .run(
        {
          ...command,
          parse: (stdout, stderr) =>
            /pushing manifest for \S+@(sha256:[0-9a-f]{64})/.exec(stderr + stdout)?.[1],
        },
        { ...facts, cwd: plan.context, progress: buildSteps(), failedWith },
      )
      .catch(async (error) => {
        const failure = failureOf(error);
        if (!failure || failure.id === cancelledId) throw error;
        const noted = await findings.note(plan.dockerfile, said, failure, again);
        throw failed({ ...noted, also: [...(noted.also ?? []), again] });
      })
      // It remembers those that failed as well.
      .finally(() => workbench.changed('builder'))
  );
}

function platformsNeedBuildx() {
  return {
    id: 'platforms-unsupported',
    message: l10n.t('Several platforms need Docker with buildx, which this engine lacks.'),
    remedy: l10n.t('Install the buildx plugin, or build for one platform.'),
    action: {
      label: l10n.t('Read How'),
      command: 'vscode.open',
      arguments: ['https://github.com/docker/buildx#installing'],
    },
  };
}
