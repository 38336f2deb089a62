// What buildx says when something goes wrong. Wordings: buildx 0.13 to 0.38.
import { t } from '@vscode/l10n';
import { bootPatterns } from '../runtime/builder-failures.ts';
import type { Pattern } from '../runtime/failures.ts';
import type { RunFacts } from '../runtime/read-exit.ts';
import { inLine } from '../runtime/sign.ts';
import { builderExists, builderGone, buildxOld } from './failures.ts';

export const listingBuilders = (): RunFacts => ({
  step: t('Listing the builders'),
  tool: 'engine',
  patterns: builderPatterns,
});

export const builderPatterns: readonly Pattern[] = [
  {
    id: 'buildx-old',
    when: [/unknown flag: --format/i],
    say: () => {
      const { id: _, ...said } = buildxOld();
      return said;
    },
  },
  {
    id: 'builder-gone',
    when: [/no builder "([^"\n]{1,200})" found/i],
    say: ([, name = '']) => {
      const { id: _, ...said } = builderGone(name);
      return said;
    },
  },
  {
    id: 'builder-exists',
    when: [/existing instance for "([^"\n]{1,200})"/i],
    say: ([, name = '']) => {
      const { id: _, ...said } = builderExists(name);
      return said;
    },
  },
  {
    id: 'no-build-history',
    when: [/unknown method ListenBuildHistory/i],
    say: () => ({
      message: t('The BuildKit of this builder is too old to remember builds.'),
      remedy: t('Update its engine, or use another builder.'),
    }),
  },
  ...bootPatterns,
  {
    id: 'builder-stopped',
    when: [/driver not running/i, /no running builder/i],
    say: () => ({
      message: t('The builder is not running.'),
      remedy: t('Start it first.'),
    }),
  },
  {
    id: 'builder-silent',
    when: [/context deadline exceeded/i, inLine(/code = unavailable/i, /dialing/i)],
    say: () => ({
      message: t('The builder does not answer.'),
      remedy: t('See that its BuildKit runs at the address in its tooltip, then try again.'),
    }),
  },
];
