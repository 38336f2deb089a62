// How the volumes of the view can stand.
import { t } from '@vscode/l10n';
import { byDate, byText, type Facets, type Group } from '../ui/arrange.ts';
import { groupWords, isAnonymous, isUnused, type Volume } from './model.ts';

export function volumeFacets(): Facets<Volume> {
  return {
    things: t('volumes'),
    sorts: {
      name: { title: t('Sort by Name'), said: t('by name'), compare: (a, b) => byText(a.name, b.name) },
      newest: {
        title: t('Sort by Age, Newest First'),
        said: t('newest first'),
        compare: (a, b) => byDate(a.created, b.created),
      },
      // Those that nobody has measured come last.
      size: {
        title: t('Sort by Size, Largest First'),
        said: t('largest first'),
        compare: (a, b) => (b.bytes ?? -1) - (a.bytes ?? -1),
      },
    },
    groups: {
      anonymous: { title: t('Group Anonymous Ones'), said: t('anonymous apart'), of: anonymousGroup },
      use: {
        title: t('Group by Use'),
        said: t('by use'),
        of: (volume) =>
          isUnused(volume)
            ? { id: 'group:use:unused', label: t('Unused'), icon: 'circle-slash', rank: 2 }
            : { id: 'group:use:used', label: t('In Use'), icon: 'database', rank: 1 },
      },
      none: { title: t('Do Not Group'), said: t('not grouped'), of: () => undefined },
    },
    sum: (volumes) => ({ description: groupWords(volumes) }),
  };
}

function anonymousGroup(volume: Volume): Group | undefined {
  if (!isAnonymous(volume)) return undefined;
  const label = t('Anonymous');
  return { id: 'anonymous', label, icon: 'circle-slash', rank: 1, flags: 'anonymous;', collapsed: true };
}
