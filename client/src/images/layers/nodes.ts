// The layers of an image as nodes below it, each with its files.
import { t } from '@vscode/l10n';
import type { FileTree } from '../../engine/file-tree.ts';
import type { JobSpec } from '../../ui/jobs.ts';
import { code, joined, plain } from '../../ui/plain-text.ts';
import { quietJob } from '../../ui/quiet-job.ts';
import { lastOfReference } from '../../ui/short.ts';
import type { Node, Tree } from '../../ui/tree.ts';
import { formatBytes } from '../../ui/words.ts';
import type { Workbench } from '../../ui/workbench.ts';
import { readText } from '../../ui/workspace.ts';
import { findDockerfiles } from '../locate.ts';
import type { ArchivedImage } from './archive.ts';
import { contentsOf } from './contents.ts';
import { layerFiles } from './files.ts';
import { type Line, linesOf } from './lines.ts';
import { imageContents, keptImage } from './read.ts';
import { stepLabel, stepWords } from './report.ts';
import type { LayerSum } from './tree.ts';

/** What another room shows of the files of a layer. */
export type FilesInLayers = {
  inLayer(layer: string, scope: string): Promise<readonly Node[]>;
  readLayers(treeOf: (layer: string) => FileTree): void;
  alsoIn(tree: Tree): void;
};

const mostDockerfiles = 20;
/** A node has one line, and instructions have many. */
const longestStep = 120;

/** Reading them takes the whole image from the engine: of a larger one somebody has to ask for it. */
const mostUnasked = 1_000_000_000;

type Shown = { readonly id: string; readonly name: string; readonly bytes: number };
export type BelowImage = (image: Shown, node: string) => Promise<readonly Node[]>;

export function createLayerNodes(workbench: Workbench, files: FilesInLayers) {
  /** Those that were read: none is read once more because a view is drawn anew. */
  const asked = new Set<string>();
  /** Those that somebody asked for just now. */
  const wanted = new Set<string>();
  const reading = new Map<string, Promise<ArchivedImage | undefined>>();
  /** A small one is read as a view is: without a message that it was. */
  const read = (id: string, name = id.slice(7, 19), isSmall = false) => {
    const step = t('Reading the layers of {0}', name);
    const spec: JobSpec<ArchivedImage> = {
      kind: 'images.readLayers',
      title: step,
      tab: t('{0}: layers', lastOfReference(name)),
      async work(job) {
        const { archived } = await imageContents(workbench, job, id, step);
        return { value: archived, message: t('The layers of {0} were read.', name) };
      },
    };
    const begin = async () =>
      isSmall ? quietJob(workbench, 'wheelhouse.images', { ...spec, isLook: true }) : workbench.job(spec);
    const found = reading.get(id) ?? begin().finally(() => reading.delete(id));
    reading.set(id, found);
    return found;
  };
  files.readLayers((layer) => {
    const [image = '', number = ''] = layer.split(':');
    return layerFiles(workbench, image, Number(number), async () => {
      const found = keptImage(`sha256:${image}`) ?? (await read(`sha256:${image}`));
      if (!found) throw new Error(t('The layers were not read.'));
      return found;
    });
  });
  return {
    async below({ id: image, name, bytes }: Shown, node: string): Promise<readonly Node[]> {
      // Podman's have no kind before them.
      const id = image.includes(':') ? image : `sha256:${image}`;
      const known = keptImage(id);
      const isSmall = bytes <= mostUnasked;
      const why = isSmall || asked.has(id) ? undefined : t('{0} are read for it', formatBytes(bytes));
      if (!known && !wanted.delete(id) && (why || asked.has(id)) && !reading.has(id))
        return [againNode(id, node, why)];
      asked.add(id);
      const archived = known ?? (await read(id, name, isSmall));
      if (!archived) return [againNode(id, node)];
      const { sums } = await contentsOf(archived);
      const lines = await dockerfileLines(archived.steps);
      const largest = Math.max(...sums.map(({ bytes }) => bytes));
      return sums.map((sum, index) =>
        layerNode(id, node, index, sum, archived.steps[index], lines[index], largest),
      );
    },
    /** Reads them once more when somebody asks for it. */
    again: (id: string) => wanted.add(id),
  };

  function layerNode(
    id: string,
    node: string,
    index: number,
    sum: Readonly<LayerSum>,
    made: string | undefined,
    line: Line | undefined,
    largest: number,
  ): Node {
    const step = stepLabel(stepWords(made));
    const own = `${node}:layer:${index + 1}`;
    const short = step.replace(/\s+/g, ' ');
    return {
      id: own,
      label: `${formatBytes(sum.bytes)} · ${short.length > longestStep ? `${short.slice(0, longestStep)}…` : short}`,
      description: [
        sum.bytes > 0 && sum.bytes === largest && t('largest'),
        sum.added > 0 && t('{0} added', sum.added),
        sum.changed > 0 && t('{0} changed', sum.changed),
        sum.deleted > 0 && t('{0} deleted', sum.deleted),
        sum.wasted > 0 && t('{0} wasted', formatBytes(sum.wasted)),
      ]
        .filter(Boolean)
        .join(' · '),
      tooltip: joined(
        [code(step), line && plain(t('Made at line {0} of {1}.', line.line, line.file))],
        '\n\n',
      ),
      icon: sum.bytes > 0 && sum.bytes === largest ? 'star-full' : 'layers',
      context: ';layer;',
      keys: {},
      children: () => files.inLayer(`${id.replace(/^sha256:/, '')}:${index + 1}`, `${own}:`),
      open: line && {
        title: t('Go to Line'),
        command: 'wheelhouse.images.openFile',
        arguments: [line.file, line.line],
      },
    };
  }
}

function againNode(id: string, node: string, why = t('they were not read, or are not held any more')): Node {
  return {
    id: `${node}:again`,
    label: t('Read the Layers'),
    description: why,
    icon: 'refresh',
    context: ';again;',
    keys: {},
    open: { title: t('Read the Layers'), command: 'wheelhouse.images.readLayers', arguments: [id, node] },
  };
}

async function dockerfileLines(steps: readonly (string | undefined)[]) {
  const uris = (await findDockerfiles()).slice(0, mostDockerfiles);
  const texts = await Promise.all(
    uris.map(async (uri) => ({ file: uri.fsPath, text: (await readText(uri)) ?? '' })),
  );
  return linesOf(steps, texts);
}
