// What Compose writes onto what it makes. podman-compose writes the same labels beside its own.
import * as z from 'zod';

export const projectLabel = 'com.docker.compose.project';

const labelled = z.object({ Config: z.object({ Labels: z.record(z.string(), z.string()) }) });

export type ComposeLabels = {
  readonly project: string;
  readonly service?: string;
  /** As the label has them: one after the other, with commas; podman-compose names them from the folder. */
  readonly files?: string;
  readonly folder?: string;
  readonly envFiles?: string;
  /** Made by `run` for one command, and not by `up`. */
  readonly once: boolean;
};

/** Of what `inspect` says of a container. Images can have labels too, so that anybody may have written these. */
export function composeLabels(raw: unknown): ComposeLabels | undefined {
  const labels = labelled.safeParse(raw).data?.Config.Labels ?? {};
  const project = labels[projectLabel];
  if (!project) return undefined;
  return {
    project,
    service: labels['com.docker.compose.service'] || undefined,
    files: labels[`${projectLabel}.config_files`] || undefined,
    folder: labels[`${projectLabel}.working_dir`] || undefined,
    envFiles: labels[`${projectLabel}.environment_file`] || undefined,
    once: labels['com.docker.compose.oneoff'] === 'True',
  };
}
