// How the volumes of the view can stand.
import { t } from '@vscode/l10n';
import { byDate, byText, type Facets, type Group } from '../ui/arrange.ts';
import { groupWords, isAnonymous, isUnused, type Volume } from './model.ts';

export function volumeFacets(): Facets<Volume> {
  return {
    things: t('volumes'),
    sorts: {
      name: { title: t('Sort by Name'), compare: (a, b) => byText(a.name, b.name) },
      newest: { title: t('Sort by Age, Newest First'), compare: (a, b) => byDate(a.created, b.created) },
      // Those that nobody has measured come last.
      size: { title: t('Sort by Size, Largest First'), compare: (a, b) => (b.bytes ?? -1) - (a.bytes ?? -1) },
    },
    groups: {
      anonymous: { title: t('Group Anonymous Ones'), of: anonymousGroup },
      use: {
        title: t('Group by Use'),
        of: (volume) =>
          isUnused(volume)
            ? { id: 'group:use:unused', label: t('Unused'), icon: 'circle-slash', rank: 2 }
            : { id: 'group:use:used', label: t('In Use'), icon: 'database', rank: 1 },
      },
      none: { title: t('Do Not Group'), of: () => undefined },
    },
    sum: (volumes) => ({ description: groupWords(volumes) }),
  };
}

function anonymousGroup(volume: Volume): Group | undefined {
  if (!isAnonymous(volume)) return undefined;
  const label = t('Anonymous');
  return { id: 'anonymous', label, icon: 'circle-slash', rank: 1, flags: 'anonymous;', collapsed: true };
}
