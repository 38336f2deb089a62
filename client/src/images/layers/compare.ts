// The command: reads two images, and shows how they differ.
import { t } from '@vscode/l10n';
import { lastOfReference } from '../../ui/short.ts';
import { showPage } from '../../ui/static-page.ts';
import type { Workbench } from '../../ui/workbench.ts';
import { type Difference, differenceOf } from './difference.ts';
import { differencePage, differenceSummary } from './difference-page.ts';
import { imageContents } from './read.ts';

/** What was made earlier stands first, whichever was chosen first. */
export function compareImages(
  workbench: Workbench,
  refs: readonly [string, string],
): Promise<Difference | undefined> {
  return workbench.job<Difference>({
    kind: 'images.compare',
    title: t('Comparing {0} and {1}', ...refs),
    tab: t('{0}: compare', lastOfReference(refs[0])),
    async work(job) {
      const read = async (ref: string) => ({
        ref,
        ...(await imageContents(workbench, job, ref, t('Reading the layers of {0}', ref))),
      });
      // One after the other, as the engine writes each from the same disk.
      const found = [await read(refs[0]), await read(refs[1])];
      const [first, second] = found.toSorted(
        (a, b) => (a.created?.getTime() ?? 0) - (b.created?.getTime() ?? 0),
      ) as [(typeof found)[0], (typeof found)[0]];
      const difference = await differenceOf(first, second);
      showPage('wheelhouse.difference', differencePage(difference, [first.id, second.id]));
      return { value: difference, message: differenceSummary(difference) };
    },
  });
}
