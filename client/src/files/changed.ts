// What a container changed against its image, as nodes below it.
import { t } from '@vscode/l10n';
import type { EngineUser } from '../engine/connection.ts';
import { insideOf } from '../engine/inside.ts';
import type { Node } from '../ui/tree.ts';
import { fileKeys } from './actions.ts';
import { explain } from './failures.ts';
import { changesIn, mostChanges } from './model.ts';
import type { FileValue } from './uri.ts';

export async function changedNodes(user: EngineUser, container: string): Promise<readonly Node<FileValue>[]> {
  const found = await insideOf(user, container)
    .changes()
    .catch((error) => {
      throw explain(t('Looking for what changed'), error);
    });
  const all = changesIn(found);
  const words = { added: t('added'), changed: t('changed'), deleted: t('deleted') };
  const nodes = all.slice(0, mostChanges).map(({ path, kind }): Node<FileValue> => {
    const value = { file: { container, path } };
    const common = {
      id: `change:${container}:${path}`,
      label: path,
      description: words[kind],
      value,
      keys: fileKeys,
    };
    if (kind === 'deleted') return { ...common, icon: 'diff-removed', context: ';special;' };
    return {
      ...common,
      icon: kind === 'added' ? 'diff-added' : 'diff-modified',
      context: ';file;entry;',
      open: {
        title: t('Open'),
        command: 'wheelhouse.files.open',
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
