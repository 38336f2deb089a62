// What goes wrong with the builder of an image.
import * as l10n from '@vscode/l10n';
import type { Pattern } from '../runtime/failures.ts';

export const builderPatterns: readonly Pattern[] = [
  {
    id: 'builder-gone',
    when: [/no builder "([^"\n]{1,200})" found/i],
    say: ([, name = '']) => ({
      message: l10n.t('The builder {0} was removed, and this workspace builds with it.', name),
      remedy: l10n.t('Use another one, or the one that the machine uses.'),
      action: { label: l10n.t('Use Builder'), command: 'wheelhouse.builders.use' },
      also: [{ label: l10n.t('Use That of the Machine'), command: 'wheelhouse.builders.release' }],
    }),
  },
  {
    id: 'platforms-unsupported',
    when: [
      /multi-?platform build is not supported for the docker driver/i,
      /multiple platforms feature is currently not supported for docker driver/i,
      /docker exporter does not (?:currently )?support exporting manifest lists/i,
    ],
    say: () => ({
      message: l10n.t('This builder makes images for one platform at a time.'),
      remedy: l10n.t('Create a builder that can do several, or build for one platform.'),
      action: { label: l10n.t('Create Builder'), command: 'wheelhouse.builders.create' },
    }),
  },
];
