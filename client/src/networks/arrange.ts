// How the networks of the view can stand.
import { t } from '@vscode/l10n';
import { byDate, byText, type Facets } from '../ui/arrange.ts';
import { isRemovable, type Network } from './model.ts';

export function networkFacets(): Facets<Network> {
  return {
    things: t('networks'),
    sorts: {
      name: {
        title: t('Sort by Name'),
        said: t('by name'),
        compare: (a, b) => ownFirst(a, b) || byText(a.name, b.name),
      },
      newest: {
        title: t('Sort by Age, Newest First'),
        said: t('newest first'),
        compare: (a, b) => ownFirst(a, b) || byDate(a.created, b.created),
      },
    },
    groups: {
      none: { title: t('Do Not Group'), said: t('not grouped'), of: () => undefined },
      use: {
        title: t('Group by Use'),
        said: t('by use'),
        of: (network) =>
          isRemovable(network)
            ? { id: 'group:use:unused', label: t('Unused'), icon: 'circle-slash', rank: 2 }
            : network.builtIn
              ? { id: 'group:use:builtin', label: t('Built-In'), icon: 'lock', rank: 3 }
              : { id: 'group:use:used', label: t('In Use'), icon: 'type-hierarchy', rank: 1 },
      },
    },
    sum: (networks) => ({
      description: networks.length === 1 ? t('1 network') : t('{0} networks', networks.length),
      // Of the engine's own none can go.
      flags: networks.some(({ builtIn }) => !builtIn) ? 'someown;' : '',
    }),
  };
}

const ownFirst = (a: Network, b: Network) => Number(a.builtIn) - Number(b.builtIn);
