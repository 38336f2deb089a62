// What a container changed against its image, as nodes below it.
import { t } from '@vscode/l10n';
import { changesIn, mountPoints } from '../engine/changed-paths.ts';
import type { EngineUser } from '../engine/connection.ts';
import { insideOf } from '../engine/inside.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import type { Node } from '../ui/tree.ts';
import { fileKeys } from './actions.ts';
import { explain } from './failures.ts';
import { mostChanges } from './model.ts';
import type { FileValue } from './uri.ts';

const icons = { added: 'diff-added', changed: 'diff-modified', deleted: 'diff-removed' } as const;

export async function changedNodes(
  user: EngineUser,
  container: string,
  details: ContainerDetails | undefined,
): Promise<readonly Node<FileValue>[]> {
  const found = await insideOf(user, container)
    .changes()
    .catch((error) => {
      throw explain(t('Looking for what changed'), error);
    });
  const all = changesIn(found, details && mountPoints(details));
  const image = details?.imageId;
  const words = { added: t('added'), changed: t('changed'), deleted: t('deleted') };
  const nodes = all.slice(0, mostChanges).map(({ path, kind }): Node<FileValue> => {
    // What is gone is where it was.
    const isGone = kind === 'deleted';
    const value = { file: { container: isGone && image ? `image:${image}` : container, path } };
    const common = {
      id: `change:${container}:${path}`,
      label: path,
      description: words[kind],
      value,
      keys: fileKeys,
      icon: icons[kind],
    };
    if (isGone && !image) return { ...common, context: ';special;' };
    const isChanged = kind === 'changed' && image !== undefined;
    return {
      ...common,
      context: isGone ? ';file-kept;' : `;file;entry;${isChanged ? 'changed;' : ''}`,
      open: {
        title: isChanged ? t('Compare with Image') : t('Open'),
        command: isChanged ? 'wheelhouse.files.difference' : 'wheelhouse.files.open',
        arguments: [{ ...value, keepsFocus: true }],
      },
    };
  });
  if (all.length <= mostChanges) return nodes;
  const more: Node<FileValue> = {
    id: `changes:more:${container}`,
    label: t('There is more'),
    description: t('{0} in all', all.length),
    icon: 'ellipsis',
    context: ';more;',
  };
  return [...nodes, more];
}
