import { cudaFlavours } from '../data/cuda-flavours.ts';
import { imageSizes } from '../data/image-sizes.ts';
import { pythonEnds } from '../data/release-dates.ts';
import { baseRelease } from '../facts/base-python.ts';
import { baseCuda, cudaImage } from '../facts/cuda.ts';
import { cudaTagFault, ownCudaTag, readCudaTag, releaseOf } from '../facts/cuda-tags.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import { heldFramework } from '../facts/framework-images.ts';
import { taggedPython } from '../facts/python-installs.ts';
import type { Stage } from '../facts/stages.ts';
import { today } from '../facts/today.ts';
import { driverFor } from '../facts/torch.ts';
import { codeSpan } from '../text/code-span.ts';
import type { Span } from '../text/span.ts';

/**
 * What the name of the base image at an offset tells: Python, distribution, CUDA, cuDNN and framework, each with the end of
 * its support where a table has it. Undefined elsewhere, for the name of a stage, and where nothing is known.
 */
export function explainBaseImage(
  facts: FileFacts,
  offset: number,
): { span: Span; markdown: string } | undefined {
  const stage = facts.stages.find(({ from }) => from.span.start <= offset && offset <= from.span.end);
  const word = stage?.from.node.imageWord;
  if (!stage || !word || stage.parent) return undefined;
  const span = stage.from.at(word);
  if (offset < span.start || offset > span.end) return undefined;
  const lines = [
    ...pythonLines(stage),
    ...systemLines(stage),
    ...cudaLines(stage),
    ...frameworkLines(stage),
    ...sizeLines(stage),
  ];
  return lines.length > 0
    ? { span, markdown: [codeSpan(stage.base.text), '', ...lines.map((line) => `- ${line}`)].join('\n') }
    : undefined;
}

function pythonLines(stage: Stage): string[] {
  const python = taggedPython(stage);
  if (python === undefined) return [];
  const end = pythonEnds.get(python);
  return [`Python ${python}${end === undefined ? '' : `, ${support(end)}`}`];
}

function systemLines(stage: Stage): string[] {
  const release = baseRelease(stage);
  if (!release) return [];
  const { distribution, version, codename, end } = release;
  const name = distribution === 'ubuntu' ? `Ubuntu ${version}` : `Debian ${version} (${codename})`;
  return [`${name}, ${support(end)}`];
}

function cudaLines(stage: Stage): string[] {
  const cuda = baseCuda(stage);
  if (!cuda) return [];
  const version = cuda.minor === undefined ? `${cuda.major}` : `${cuda.major}.${cuda.minor}`;
  const driver = driverFor(version);
  const image = cudaImage(stage);
  const lines = [`CUDA ${version}${driver ? `, which asks for driver ${driver} or newer` : ''}`];
  const flavour = cudaFlavours.find((one) => one.flavour === image?.flavour && !one.cudnn);
  if (flavour) lines.push(`\`${flavour.flavour}\`: ${flavour.holds}`);
  const tag = ownCudaTag(stage);
  const known = tag === undefined ? undefined : readCudaTag(tag);
  const release = known && releaseOf(known);
  if (image?.hasCudnn) lines.push(`cuDNN, in this release under \`${release?.cudnn ?? 'cudnn'}\``);
  if (tag !== undefined && cudaTagFault(tag) === 'ended') lines.push('this CUDA is past its support');
  return lines;
}

function frameworkLines(stage: Stage): string[] {
  const held = heldFramework(stage);
  const [name] = held?.packages ?? [];
  if (!held || name === undefined) return [];
  return [held.version === undefined ? `NVIDIA’s own build of ${name}` : `${name} ${held.version}`];
}

function sizeLines(stage: Stage): string[] {
  const known = imageSizes.find(({ image }) => image.test(stage.base.text));
  return known ? [`about ${known.size} to pull (${known.measured})`] : [];
}

const support = (end: string) => (end < today() ? `without updates since ${end}` : `supported until ${end}`);
