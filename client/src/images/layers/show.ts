// The command: reads the archive of an image as it comes from the engine, and shows what makes it large.
import { t } from '@vscode/l10n';
import { lastOfReference, shortImage } from '../../ui/short.ts';
import { showPage } from '../../ui/static-page.ts';
import type { Workbench } from '../../ui/workbench.ts';
import { summary } from './avoidable.ts';
import { pageOf } from './page.ts';
import { imageContents } from './read.ts';
import { type LayersReport, reportOf } from './report.ts';

export function showLayers(workbench: Workbench, ref: string): Promise<LayersReport | undefined> {
  const step = t('Reading the layers of {0}', shortImage(ref));
  return workbench.job<LayersReport>({
    kind: 'images.layers',
    title: step,
    tab: t('{0}: layers', lastOfReference(ref)),
    async work(job) {
      const { archived } = await imageContents(workbench, job, ref, step);
      const report = await reportOf(ref, archived);
      showPage('wheelhouse.layers', pageOf(report));
      return { value: report, message: `${shortImage(ref)}: ${summary(report)}` };
    },
  });
}
