import { cudaReleases } from '../../data/nvidia-cuda-tags.ts';
import {
  compiler,
  neededByImport,
  runtimeLibraries,
  type SystemRelease,
} from '../../data/runtime-libraries.ts';
import type { BuildContext, LockedPackage } from '../../facts/build-context.ts';
import { type CudaVersion, wheelCuda } from '../../facts/cuda.ts';
import { mirroredBuild, torchRelease } from '../../facts/torch.ts';
import { admitsPython } from '../../facts/version-specifiers.ts';
import { fitsLinux, fitsPython, readWheelName } from '../../facts/wheels.ts';
import type { SourceTexts } from '../../project/source-texts.ts';

/** A project as it is read from its folder. */
export interface KnownProject {
  readonly context: BuildContext;
  /** The last part of the folder's path. */
  readonly folderName: string;
  /** What its own files say of how it is run. */
  readonly texts: SourceTexts;
}

/** What the images of a project are made from. */
export interface ProjectFacts extends KnownProject {
  /** Fit for an image. */
  readonly name: string;
  /** Such as `3.13`. */
  readonly python: string;
  /** uv must be told, as `.python-version` asks for something else. */
  readonly tellsPython: boolean;
  /** What the dependencies are installed from. */
  readonly source: 'lock' | 'pyproject' | 'requirements';
  /** Path of the requirements file, where that is the source. */
  readonly requirementFile: string;
  /** A build backend makes a wheel of it. */
  readonly isPackage: boolean;
  /** The Python package, by its name and its folder. */
  readonly module: { readonly name: string; readonly folder: string } | undefined;
  /** Names of the packages that the project itself asks for. */
  readonly direct: ReadonlySet<string>;
  /** Those, and all that are locked. */
  readonly packages: ReadonlySet<string>;
  /** Some package has no wheel: it is compiled, or comes from Git. */
  readonly compiles: boolean;
  readonly gpu: Gpu;
}

export interface Gpu {
  /** The framework that is asked for, if any. */
  readonly framework: string | undefined;
  /** The builds are those for CPUs. */
  readonly isCpu: boolean;
  /** The release of CUDA that the locked wheels bring; undefined where that is not known. */
  readonly cuda: CudaVersion | undefined;
  /** Something looks for the CUDA libraries of the system. */
  readonly needsSystemCuda: boolean;
}

/** In the order in which they are taken: those with wheels for everything first. */
const offeredPythons = ['3.13', '3.12', '3.11', '3.14', '3.10'];
const gpuFrameworks =
  'torch tensorflow jax pytorch-lightning lightning vllm sglang deepspeed unsloth ultralytics onnxruntime-gpu paddlepaddle-gpu cupy-cuda12x cupy-cuda13x'.split(
    ' ',
  );
/** Wheels that link to the CUDA libraries of the system (installation pages of each, 2026-11). */
const systemCuda = /^(?:onnxruntime-gpu|cupy-cuda1\dx|ctranslate2|paddlepaddle-gpu|faiss-gpu.*)$/;

export function projectFacts(known: KnownProject): ProjectFacts | undefined {
  const { project, lock, requirementFiles = [] } = known.context;
  const requirements =
    requirementFiles.find(({ path }) => path === 'requirements.txt') ??
    (project ? undefined : requirementFiles[0]);
  if (!project && !requirements) return undefined;
  // A pyproject.toml may hold the settings of tools only.
  const isListed = requirements && !lock && !project?.dependencies.length && !project?.isDynamic;
  const source = lock && project ? 'lock' : isListed ? 'requirements' : 'pyproject';
  const asked = isListed ? requirements.requirements : (project?.dependencies ?? []);
  const direct = new Set(asked.map(({ name }) => name));
  const packages = new Set([...direct, ...(lock?.packages ?? []).map(({ name }) => name)]);
  const python = choosePython(known.context);
  const pin = known.texts.get('.python-version')?.trim();
  return {
    ...known,
    name: imageName(project?.name ?? known.folderName),
    python,
    tellsPython: pin !== undefined && pin !== python,
    source,
    requirementFile: requirements?.path ?? '',
    isPackage: project?.uv.isPackage === true,
    module: findModule(known),
    direct,
    packages,
    compiles: (lock?.packages ?? []).some((one) => !one.isLocal && one.wheels.length === 0),
    gpu: gpuOf(known.context, direct, packages),
  };
}

/** A name for an image: lower case, with single separators. */
function imageName(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'image';
}

/** The Python of `.python-version`, else the best one that the project and the wheels of its lock file admit. */
function choosePython({ project, lock, pinnedPython }: BuildContext): string {
  const wanted = project?.requiresPython ?? lock?.requiresPython ?? '';
  const admitted = (version: string) => {
    const [major = 3, minor = 0] = version.split('.').map(Number);
    return admitsPython(wanted, { major, minor }) !== false;
  };
  if (pinnedPython !== undefined && admitted(pinnedPython)) return pinnedPython;
  const fit = offeredPythons.filter(admitted);
  return (
    fit.find((version) => (lock?.packages ?? []).every(hasWheelFor(version))) ?? fit[0] ?? lowest(wanted)
  );
}

/** Whether a locked package can be had without building it, or must be built on every Python. */
const hasWheelFor =
  (version: string) =>
  ({ wheels }: LockedPackage): boolean => {
    const [major = 3, minor = 0] = version.split('.').map(Number);
    const named = wheels.flatMap((wheel) => readWheelName(wheel) ?? []).filter(fitsLinux);
    return named.length === 0 || named.some((wheel) => fitsPython(wheel, { major, minor }));
  };

/** The first version that a specifier names, for one that admits none of those known here. */
const lowest = (specifier: string) => /(?<!\d)\d+\.\d+/.exec(specifier)?.[0] ?? '3.13';

function findModule({ context }: KnownProject): ProjectFacts['module'] {
  const name = context.project?.name?.replace(/-/g, '_');
  const inits = (context.files?.files ?? []).flatMap(({ path }) => {
    const match = /^((?:src\/)?([A-Za-z_]\w*))\/__init__\.py$/.exec(path);
    return match?.[1] && match[2] ? [{ folder: match[1], name: match[2] }] : [];
  });
  const own = inits.filter((one) => !/^(?:tests?|docs?|examples?|scripts|notebooks)$/.test(one.name));
  return (
    own.find((one) => one.name.toLowerCase() === name) ??
    own.find(({ folder }) => folder.startsWith('src/')) ??
    own[0]
  );
}

function gpuOf(context: BuildContext, direct: ReadonlySet<string>, packages: ReadonlySet<string>): Gpu {
  const tags = torchTags(context);
  const runtime = (context.lock?.packages ?? []).find(({ name }) =>
    /^nvidia-cuda-runtime(?:-cu\d+)?$/.test(name),
  );
  const [major, minor] = (runtime?.version ?? '').split('.').map(Number);
  const locked = tags.flatMap((tag) => wheelCuda(tag.replace('cu', '')) ?? [])[0];
  return {
    framework: gpuFrameworks.find((name) => direct.has(name)),
    isCpu: !runtime && tags.includes('cpu') && !locked,
    cuda: locked ?? (major !== undefined && minor !== undefined ? { major, minor } : pypiCuda(context)),
    needsSystemCuda:
      [...packages].some((name) => systemCuda.test(name)) ||
      (direct.has('tensorflow') && !packages.has('nvidia-cudnn-cu12')),
  };
}

/** The CUDA of the torch that is pinned without an index, which is then that of PyPI. */
function pypiCuda({ project, requirementFiles = [] }: BuildContext): CudaVersion | undefined {
  const asked = [...(project?.dependencies ?? []), ...requirementFiles.flatMap((file) => file.requirements)];
  const version = asked.find(({ name }) => name === 'torch')?.exact;
  const [major, minor] = (torchRelease(version ?? '')?.cuda ?? '').split('.').map(Number);
  return major !== undefined && minor !== undefined ? { major, minor } : undefined;
}

/** The builds of PyTorch that are locked or that the project takes its torch from, such as `cpu` and `cu128`. */
export function torchTags({ project, lock, requirementFiles = [] }: BuildContext): string[] {
  const named = new Set(project?.uv.sources.get('torch'));
  const addresses = lock
    ? lock.packages.flatMap(({ name, registry }) => (name === 'torch' ? (registry ?? []) : []))
    : [
        ...(project?.uv.indexes ?? []).flatMap(({ name, url }) => (name && named.has(name) ? url : [])),
        ...requirementFiles.flatMap(({ indexes }) => indexes),
      ];
  return [...new Set(addresses.flatMap((address) => mirroredBuild(address) ?? []))];
}

/** The nvidia/cuda tag that fits the locked wheels, without flavour and system: `12.8.1`, and the newest one else. */
export function cudaTag({ cuda }: Gpu): {
  readonly version: string;
  readonly cudnn: string;
  readonly ubuntu: string;
} {
  const kept = cudaReleases.filter(({ isPastSupport }) => !isPastSupport);
  const sameMajor = kept.filter(({ major }) => major === cuda?.major);
  const release =
    sameMajor.find(({ minor }) => minor === cuda?.minor) ??
    sameMajor.find(({ minor }) => minor > (cuda?.minor ?? 0)) ??
    sameMajor.at(-1) ??
    kept.at(-1);
  if (!release) throw new Error('The table of CUDA releases is empty.');
  const { major, minor, patch, cudnn, ubuntu } = release;
  return { version: `${major}.${minor}.${patch}`, cudnn, ubuntu: ubuntu.at(-1) ?? '' };
}

/** What compiles kernels with the C compiler of the system as soon as it runs (Triton). */
const compilesAtRun = ['vllm', 'sglang', 'triton', 'deepspeed', 'unsloth', 'flashinfer-python'];

/** The packages of the system that the project needs while it runs, pinned as apt takes them, sorted. */
export function systemPackages({ direct, packages }: ProjectFacts, release: SystemRelease): string[] {
  const names = [...direct, ...neededByImport.filter((name) => packages.has(name))];
  const libraries = names.flatMap((name) => runtimeLibraries.get(name)?.[release] ?? []);
  const tools = compilesAtRun.some((name) => direct.has(name)) ? compiler[release] : [];
  return [...new Set([...libraries, ...tools])].sort();
}
