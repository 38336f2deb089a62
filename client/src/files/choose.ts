// Which files a command is for: those of the tree, those named beforehand, else what one types.
import { t } from '@vscode/l10n';
import { containers } from '../engine/containers.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { failed } from '../runtime/failures.ts';
import { containerGone, noContainer } from '../ui/container-failures.ts';
import { ask } from '../ui/pickers.ts';
import { isNode } from '../ui/tree.ts';
import type { Workbench } from '../ui/workbench.ts';
import { joinPath } from './model.ts';
import type { FileValue, Place } from './uri.ts';

/** What every command on files takes instead of a tree node. */
export type FileRequest = {
  /** Of a container: name or id. */ readonly in: string;
  /** Absolute. */ readonly path: string;
};

export async function choosePlaces(
  reader: Pick<Workbench, 'resources'>,
  title: string,
  argument: unknown,
  selection?: unknown,
): Promise<readonly Place[] | undefined> {
  const given = Array.isArray(selection) && selection.includes(argument) ? selection : [argument];
  const places = given.flatMap((one: unknown): Place[] => {
    const { file } = ((isNode(one) ? one.value : one) ?? {}) as Partial<FileValue>;
    return typeof file?.container === 'string' && typeof file.path === 'string' ? [file] : [];
  });
  if (places.length) return places;
  const request = (argument ?? {}) as Partial<FileRequest>;
  const container = await chooseContainer(reader, title, request.in);
  if (!container) return undefined;
  const path = typeof request.path === 'string' ? request.path : await askPath(title);
  return path === undefined ? undefined : [{ container: container.id, path: joinPath('/', path) }];
}

/** By name or id, else picked. */
export async function chooseContainer(
  reader: Pick<Workbench, 'resources'>,
  title: string,
  ref: unknown,
): Promise<ContainerDetails | undefined> {
  const { resources } = reader;
  if (typeof ref === 'string') {
    const isMeant = ({ id, name }: ContainerDetails) =>
      name === ref || id === ref || (ref.length >= 12 && id.startsWith(ref));
    const [named] = await resources.now(containers, (all) => [all.find(isMeant)]);
    if (!named) throw failed(containerGone(ref));
    return named;
  }
  const all = await resources.all(containers);
  if (!all.length) throw failed(noContainer());
  const choices = all.map(({ id, name, image, status }) => ({
    label: name,
    description: status,
    detail: image,
    value: id,
  }));
  const answers = await ask(title, [
    () => ({ key: 'container', kind: 'pick', title: t('Container'), choices }),
  ]);
  return all.find(({ id }) => id === answers?.container);
}

async function askPath(title: string): Promise<string | undefined> {
  const answers = await ask(title, [
    () => ({
      key: 'path',
      kind: 'input',
      title: t('Path'),
      prompt: t('Where it is in the container.'),
      value: '/',
      check: (text) => (text.startsWith('/') ? undefined : t('Begin with a slash.')),
    }),
  ]);
  return typeof answers?.path === 'string' ? answers.path : undefined;
}
