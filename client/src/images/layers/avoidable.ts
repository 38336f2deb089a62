// What an image could do without, in words and as tables of its page.
import { t } from '@vscode/l10n';
import { html } from '../../ui/plain-text.ts';
import { formatBytes } from '../../ui/words.ts';
import type { CacheSize } from './caches.ts';
import type { TwiceThere } from './cuda.ts';
import type { LayersReport } from './report.ts';
import { type Cell, cell, code, number, table } from './tables.ts';
import type { Waste } from './tree.ts';

type Sized = (bytes: number) => readonly Cell[];

const avoidable = ({ wasted, caches }: LayersReport) => ({
  wasted: formatBytes(wasted),
  caches: formatBytes(caches.reduce((sum, { bytes }) => sum + bytes, 0)),
});

export function summary(report: LayersReport, { wasted, caches } = avoidable(report)): string {
  const many = report.layers.length === 1 ? t('1 layer') : t('{0} layers', report.layers.length);
  const size = formatBytes(report.bytes);
  if (!report.caches.length)
    return report.wasted
      ? t('{0} in {1}, of which {2} are wasted.', size, many, wasted)
      : t('{0} in {1}, of which nothing is wasted.', size, many);
  return report.wasted
    ? t('{0} in {1}, of which {2} are wasted and {3} are caches left behind.', size, many, wasted, caches)
    : t('{0} in {1}, of which {2} are caches left behind.', size, many, caches);
}

/** The same, where each figure leads to what it counts; each has a sign of its own in the words until they are HTML. */
export function linkedSummary(report: LayersReport): string {
  const figures = avoidable(report);
  const words = html(summary(report, { wasted: '\uE000', caches: '\uE001' }));
  return words
    .replace('\uE000', `<a href="#wasted">${html(figures.wasted)}</a>`)
    .replace('\uE001', `<a href="#caches">${html(figures.caches)}</a>`);
}

export const toLayer = (layer: number): Cell => ({
  html: `<a href="#layer-${layer}">${layer}</a>`,
  className: 'number',
});

export function wasteTable(waste: readonly Waste[], sized: Sized): string {
  return table(
    t(
      'Delete a thing in the instruction that wrote it, or write it in a stage that the image only copies from.',
    ),
    [t('Folder or File'), t('Size'), t('Share'), t('Written in Layer'), t('Lost in Layer'), t('How')],
    waste.map(({ path, bytes, layer, by, how }) => ({
      cells: [
        code(`/${path}`),
        ...sized(bytes),
        toLayer(layer),
        toLayer(by),
        cell(how === 'deleted' ? t('deleted') : t('written anew')),
      ],
    })),
  );
}

export function cachesTable(caches: readonly CacheSize[], sized: Sized): string {
  return table(
    t(
      'Containers have no use for them. Mount them while the image is built (RUN --mount=type=cache), or delete each in the instruction that fills it.',
    ),
    [t('Folder'), t('Of'), t('Size'), t('Share'), t('Layer')],
    caches.map(({ path, tool, bytes, layer }) => ({
      cells: [code(`/${path}`), cell(tool), ...sized(bytes), toLayer(layer)],
    })),
  );
}

/** What lies in packages is what Python loads; the other is brought by a base image of CUDA. */
export function twiceTable(twice: readonly TwiceThere[]): string {
  const bytes = twice.reduce((sum, { outside }) => sum + outside.bytes, 0);
  return table(
    t(
      'The packages bring their own, so that those outside take {0} for nothing where only Python uses them: a base image without CUDA would do.',
      formatBytes(bytes),
    ),
    [t('Library'), t('In Packages'), t('Size'), t('Outside'), t('Size')],
    twice.map(({ name, inPackages, outside }) => ({
      cells: [
        code(name),
        ...[inPackages, outside].flatMap((one) => [code(`/${one.path}`), number(formatBytes(one.bytes))]),
      ],
    })),
  );
}
