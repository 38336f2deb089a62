// What makes an image large, as a page: tables for all of it, and a picture whose parts lead to their rows.
import { t } from '@vscode/l10n';
import { html } from '../../ui/plain-text.ts';
import { shortImage } from '../../ui/short.ts';
import type { Page } from '../../ui/static-page.ts';
import { formatBytes } from '../../ui/words.ts';
import { cachesTable, linkedSummary, toLayer, twiceTable, wasteTable } from './avoidable.ts';
import { cudaLibraries } from './packages.ts';
import { type FileSize, type LayerReport, type LayersReport, type Part, stepLabel } from './report.ts';
import { type Cell, cell, code, number, section, table } from './tables.ts';
import { rectangles } from './treemap.ts';

/** The picture is about so much wider than high. */
const shape = [2.4, 1] as const;
const mostPackages = 50;

export function pageOf(report: LayersReport): Page {
  const { image, bytes, layers, largest, packages, twice, waste, caches, parts } = report;
  const title = t('What Makes {0} Large', shortImage(image));
  const share = (part: number) => {
    const percent = bytes ? (100 * part) / bytes : 0;
    return percent > 0 && percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
  };
  const sized = (part: number) => [number(formatBytes(part)), number(share(part))];
  const sections = [
    section(t('Where the Bytes Are'), picture(parts, share)),
    section(t('Wasted'), wasteTable(waste, sized), 'wasted'),
    ...(caches.length ? [section(t('Caches Left in the Image'), cachesTable(caches, sized), 'caches')] : []),
    section(
      t('Python Packages'),
      table(
        packages.length > mostPackages
          ? t('The {0} largest of {1}.', mostPackages, packages.length)
          : t('By what their files take.'),
        [t('Package'), t('Version'), t('Size'), t('Share'), t('Folder')],
        packages.slice(0, mostPackages).map(({ name, version, bytes, folder, count }) => ({
          cells: [
            cell(name === cudaLibraries ? t('{0} ({1} packages)', name, count) : name),
            cell(version ?? ''),
            ...sized(bytes),
            code(`/${folder}`),
          ],
        })),
      ),
    ),
    ...(twice.length ? [section(t('Libraries of CUDA There Twice'), twiceTable(twice))] : []),
    section(
      t('Layers'),
      table(
        t(
          'Each layer with the instruction that made it. Wasted is what a later layer deletes or writes anew.',
        ),
        [
          t('Layer'),
          t('Instruction'),
          t('Size'),
          t('Share'),
          t('Added'),
          t('Changed'),
          t('Deleted'),
          t('Wasted'),
        ],
        layers.map((layer, index) => ({
          id: `layer-${index + 1}`,
          cells: [
            cell(String(index + 1)),
            instruction(layer),
            ...sized(layer.bytes),
            ...[layer.added, layer.changed, layer.deleted].map((count) => number(String(count))),
            number(formatBytes(layer.wasted)),
          ],
        })),
      ),
    ),
    section(
      t('Largest Files'),
      table(
        t('In the image as a container sees it.'),
        [t('File'), t('Size'), t('Share'), t('Layer')],
        largest.map(({ path, bytes, layer }) => ({
          cells: [code(`/${path}`), ...sized(bytes), toLayer(layer)],
        })),
      ),
    ),
    section(
      t('Folders and Files'),
      table(
        t('Folders and files by size; what is small stands with the rest of its folder.'),
        [t('Folder or File'), t('Size'), t('Share')],
        parts.map((part, index) => ({
          id: `part-${index}`,
          cells: [code(partWords(part)), ...sized(part.bytes)],
        })),
      ),
    ),
  ];
  return {
    title,
    body: `<h1>${html(title)}</h1><p>${linkedSummary(report)}</p>${sections.join('')}`,
    style: style + places(parts),
  };

  function instruction({ step, largest }: LayerReport): Cell {
    const words = `<span class="code">${html(stepLabel(step))}</span>`;
    if (!largest.length) return { html: words };
    const file = ({ path, bytes }: FileSize) =>
      `<li><span class="code">${html(`/${path}`)}</span> ${html(formatBytes(bytes))}</li>`;
    return {
      html: `${words}<details><summary>${html(t('Its largest files'))}</summary><ol>${largest.map(file).join('')}</ol></details>`,
    };
  }
}

function partWords({ path, rest }: Part): string {
  if (!rest) return `/${path}`;
  return path ? t('rest of /{0}', path) : t('everything else');
}

/** Each part is a link, so that one gets there with the Tab key and hears its name, size and share. */
function picture(parts: readonly Part[], share: (bytes: number) => string): string {
  const items = parts.map((part, index) => {
    const size = formatBytes(part.bytes);
    const name = html(`${partWords(part)}, ${size}, ${share(part.bytes)}`);
    const shown = html(partWords(part));
    return `<li><a class="part p${index}${part.rest ? ' rest' : ''}" href="#part-${index}" aria-label="${name}" title="${name}"><span class="words">${shown}</span><span class="words size">${html(size)}</span></a></li>`;
  });
  return items.length ? `<ul class="picture">${items.join('')}</ul>` : '';
}

function places(parts: readonly Part[]): string {
  const sizes = parts.map(({ bytes }) => bytes);
  return rectangles(sizes, ...shape)
    .map((place, index) => {
      const lengths = Object.entries(place).map(([side, percent]) => `${side}: ${percent.toFixed(3)}%`);
      return `.p${index} { ${lengths.join('; ')} }`;
    })
    .join('\n');
}

const style = `
.picture { position: relative; overflow: hidden; list-style: none; margin: 0 0 1.5em; padding: 0; width: 100%; max-width: 72em;
  aspect-ratio: ${shape.join(' / ')}; }
.part { position: absolute; box-sizing: border-box; overflow: hidden; container-type: size; display: flex; flex-direction: column; padding: .2em .4em; font-size: .9em; line-height: 1.3;
  text-decoration: none; color: var(--vscode-foreground); background: var(--vscode-editorWidget-background);
  border: 1px solid var(--vscode-contrastBorder, var(--vscode-charts-blue)); }
.part:hover, .part:focus-visible { background: var(--vscode-list-hoverBackground); z-index: 1; }
.words { display: block; overflow: hidden; overflow-wrap: anywhere; }
.size { flex: none; white-space: nowrap; }
@container (width < 4em) or (height < 1.3em) { .words { display: none; } }
@container (height < 2.6em) { .size { display: none; } }
.rest { border-style: dashed; }
details { margin-top: .25em; color: var(--vscode-descriptionForeground); }
`;
