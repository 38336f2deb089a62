// An image out of what a container is now.
import { t } from '@vscode/l10n';
import { commitContainer } from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { failed, leaving } from '../runtime/failures.ts';
import { inspectImages } from '../runtime/image-commands.ts';
import { ask } from '../ui/pickers.ts';
import { confirm } from '../ui/say.ts';
import { isAgreed } from '../ui/vouched.ts';
import { formatBytes } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { containerPatterns, imageNamePatterns, notCommitted } from './failures.ts';
import { checkImageName, imageNameFor, takesShell } from './model.ts';

/** Answers given beforehand. */
export type CommitRequest = {
  readonly image?: string;
  /** Stops all of its processes while their files are read. */
  readonly pause?: boolean;
};
export type CommittedImage = { readonly ref: string; readonly imageId: string };

export async function commit(
  workbench: Workbench,
  container: ContainerDetails | undefined,
  argument: unknown,
): Promise<CommittedImage | undefined> {
  if (!container) return undefined;
  const { image: given, pause: wished } = (argument ?? {}) as CommitRequest;
  const answers = given ? { image: given, pause: wished === false ? 'no' : 'yes' } : await askHow(container);
  if (!answers) return undefined;
  const ref = withTag(String(answers.image).trim());
  const wrong = checkImageName(ref);
  if (wrong)
    throw failed({
      id: 'invalid-reference',
      message: t('{0} is not a name of an image.', ref),
      remedy: wrong,
    });
  const pause = takesShell(container) && answers.pause === 'yes';
  const engine = await workbench.engine.get();
  const step = t('Committing {0}', container.name);
  const facts = { step, tool: 'engine', patterns: [...imageNamePatterns, ...containerPatterns] } as const;
  const find = async () => (await workbench.run(await inspectImages(engine, [ref]), facts))[0];
  const before = await find().catch(() => undefined);
  if (before && !isAgreed(argument)) {
    const detail = t('That image stays, without this name.');
    if (
      !(await confirm(t('{0} is an image already. Give its name to the new one?', ref), detail, t('Commit')))
    )
      return undefined;
  }
  return workbench.job<CommittedImage>({
    kind: 'containers.commit',
    title: step,
    tab: t('{0}: commit', container.name),
    async work(job) {
      try {
        await job.run(commitContainer(engine, container.id, ref, pause), facts);
      } catch (error) {
        // The engine may go on with what it began.
        throw leaving(
          error,
          t('The engine may make the image {0} all the same; the view of images shows it then.', ref),
        );
      } finally {
        workbench.changed('image', 'container');
      }
      const made = await find();
      if (!made || made.id === before?.id) throw failed(notCommitted(ref));
      return {
        value: { ref, imageId: made.id },
        message: t('{0} is an image of {1} as it is now, {2}.', ref, container.name, formatBytes(made.bytes)),
        next: [{ label: t('Run'), command: 'wheelhouse.images.run', arguments: [{ ref }] }],
      };
    },
  });
}

function askHow(container: ContainerDetails) {
  return ask(t('Commit {0}', container.name), [
    () => ({
      key: 'image',
      kind: 'input',
      title: t('Name of the Image'),
      prompt: t(
        'Name and tag. Its variables become those of the image; what is mounted does not come along.',
      ),
      value: imageNameFor(container),
      check: checkImageName,
    }),
    () =>
      takesShell(container)
        ? {
            key: 'pause',
            kind: 'pick',
            title: t('Meanwhile'),
            choices: [
              { label: t('Pause it'), description: t('no file changes while it is read'), value: 'yes' },
              { label: t('Let it run on'), description: t('files may be half written'), value: 'no' },
            ],
          }
        : undefined,
  ]);
}

function withTag(ref: string): string {
  return ref.lastIndexOf(':') > ref.lastIndexOf('/') ? ref : `${ref}:latest`;
}
