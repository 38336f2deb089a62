import { readOn } from '../data/torch-pypi.ts';
import { torchBuilds } from '../data/torch-releases.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import { pythonPackages } from '../facts/python-packages.ts';
import { driverFor, newestTorch, type TorchRelease, torchRelease } from '../facts/torch.ts';
import type { Span } from '../text/span.ts';

/**
 * What is known of the release of torch that a RUN installs at an offset: its CUDA builds, Pythons, lowest driver and the
 * releases that belong to it. Undefined elsewhere, and for a release that no table has.
 */
export function explainTorch(facts: FileFacts, offset: number): { span: Span; markdown: string } | undefined {
  const run = facts.file.instructions.find(
    ({ node, span }) => node.keyword === 'RUN' && span.start <= offset && offset <= span.end,
  );
  if (!run?.node.text.includes('torch')) return undefined;
  for (const { word, name, exact, specifier } of pythonPackages(facts, run)) {
    const span = run.at(word);
    if (name !== 'torch' || offset < span.start || offset > span.end) continue;
    const release = specifier === '' ? newestTorch() : torchRelease(exact ?? '');
    return release && { span, markdown: describe(release, specifier === '') };
  }
  return undefined;
}

function describe({ version, pythons, cuda, vision, audio }: TorchRelease, isNewest: boolean): string {
  const [first, last] = pythons;
  const builds = Object.hasOwn(torchBuilds, version) ? torchBuilds[version] : undefined;
  const driver = cuda === undefined ? undefined : driverFor(cuda);
  const family = [
    ...vision.slice(0, 1).map((one) => `torchvision ${one}`),
    ...audio.slice(0, 1).map((one) => `torchaudio ${one}`),
  ];
  return [
    isNewest ? `**torch ${version}**, the newest on PyPI on ${readOn}` : `**torch ${version}**`,
    '',
    `- Python: 3.${first.minor} to 3.${last.minor}`,
    ...(cuda === undefined
      ? []
      : [`- from PyPI: CUDA ${cuda}${driver ? `, with driver ${driver} or newer` : ''}`]),
    ...(builds
      ? [`- builds on download.pytorch.org/whl: ${builds.map((one) => `\`${one}\``).join(', ')}`]
      : []),
    ...(family.length > 0 ? [`- with it: ${family.join(', ')}`] : []),
    '',
    `Wheels and metadata of PyPI, read on ${readOn}.`,
  ].join('\n');
}
