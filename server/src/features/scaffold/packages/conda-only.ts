import { normalizeName } from '../../../facts/requirements.ts';
import type { KnownProject } from '../known-project.ts';
import type { Dependencies } from './dependencies.ts';
import { importedPackages } from './no-dependencies.ts';

/** What packages of conda are imported as, where it is not their name (their documentation). */
const modules: Readonly<Record<string, string>> = {
  pytorch: 'torch',
  'pytorch-gpu': 'torch',
  opencv: 'cv2',
  'opencv-python': 'cv2',
  'opencv-python-headless': 'cv2',
  pillow: 'pil',
  pyyaml: 'yaml',
  'scikit-learn': 'sklearn',
  'scikit-image': 'skimage',
  'faiss-cpu': 'faiss',
  'faiss-gpu': 'faiss',
  rdkit: 'rdkit',
};
const moduleOf = (name: string) =>
  (Object.hasOwn(modules, name) ? modules[name] : undefined) ?? name.replaceAll('-', '_');

/** Why an image lacks what its programs, or some of them, import, as only a file of conda names it, in a sentence. */
export function onlyForConda(
  known: KnownProject,
  { source, asked, files }: Dependencies,
  only?: ReadonlySet<string>,
): string | undefined {
  const { environment } = known.context;
  if (!environment || !/^(?:setup|pyproject|requirements)$/.test(source)) return undefined;
  const named = [
    ...environment.packages.map((one) => normalizeName(/^(?:[\w-]+::)?([\w.-]+)/.exec(one)?.[1] ?? '')),
    ...environment.requirements.map(({ name }) => name),
  ];
  const there = new Set(asked.map(({ name }) => moduleOf(name)));
  const imported = new Set(importedPackages(known, only).map((name) => name.toLowerCase()));
  const lacking = named.filter((name) => imported.has(moduleOf(name)) && !there.has(moduleOf(name)));
  return lacking.length === 0
    ? undefined
    : `The programs import ${lacking.slice(0, 4).join(', ')}, which ${environment.path} names for conda and ${files[0]} does not: write them into requirements.txt, then add the files again.`;
}

/** What conda has for those who work on a project, or brings itself. */
const tools = new Set(
  'python pip setuptools wheel conda mamba ipython ipykernel notebook black ruff flake8 mypy isort pre-commit uv poetry nodejs cudnn pytorch-cuda blas openblas compilers c-compiler cxx-compiler make cmake vc ca-certificates openssl certifi sqlite tk readline zlib xz bzip2 ncurses'.split(
    ' ',
  ),
);
const isTool = (name: string) =>
  tools.has(name) || /^(?:jupyter|pytest|cuda|mkl|gcc|gxx|lib|vs\d|ld_impl|_)/.test(name);

/** What a file of conda names that neither the list nor an import of the programs has, such as another program, in a sentence. */
export function condaPrograms(
  { context: { environment } }: KnownProject,
  { source, asked }: Dependencies,
  packages: ReadonlySet<string>,
): string | undefined {
  if (!environment || source === 'lock') return undefined;
  const there = new Set(asked.map(({ name }) => moduleOf(name)));
  const lacking = environment.packages
    .map((one) => normalizeName(/^(?:[\w-]+::)?([\w.-]+)/.exec(one)?.[1] ?? ''))
    .filter((name) => name !== '' && !isTool(name) && !there.has(moduleOf(name)) && !packages.has(name));
  return lacking.length === 0
    ? undefined
    : `The image does without ${lacking.slice(0, 6).join(', ')}, which ${environment.path} names for conda alone.`;
}
