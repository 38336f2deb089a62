import { compiledPackages } from '../../../data/compiled-packages.ts';
import { nativeNeeds } from '../../../data/native-libraries.ts';
import {
  buildLibraries,
  buildTools,
  compiler,
  ffmpeg,
  geoDjango,
  git,
  gitProgram,
  neededByImport,
  runtimeLibraries,
  type SystemRelease,
} from '../../../data/runtime-libraries.ts';
import { bringing } from '../../../data/shared-libraries.ts';
import { nativeNeedOf } from '../../../facts/native-needs.ts';
import type { ImageFacts } from '../project.ts';
import { besideProgram } from '../sources/applications.ts';
import { broughtBy } from './brought.ts';
import type { Dependencies } from './dependencies.ts';

/** What compiles kernels with the C compiler of the system as soon as it runs (Triton). */
const compilesAtRun = ['vllm', 'sglang', 'triton', 'deepspeed', 'unsloth', 'flashinfer-python'];

/** The packages of the system that its dependencies are compiled with. */
export function buildPackages(
  { packages, dependencies, builds, kept }: ImageFacts,
  release: SystemRelease,
): string[] {
  const libraries = [...packages].flatMap((name) => [
    ...(buildLibraries.get(name)?.[release] ?? []),
    ...inFullImage(compiledPackages.get(name)?.build[release], release),
  ]);
  // The images of CUDA with a compiler are for what is known to need one; that of Python has it.
  const tools = release === 'noble' && builds === 'possible' ? buildTools.noble : [];
  const others = release === 'bookworm' ? kept.build : [];
  return withVersions([
    ...libraries,
    ...tools,
    ...(dependencies.hasRepositories ? git[release] : []),
    ...others,
  ]);
}

/** Whether a file of the project that runs other programs names one of them where a command begins. */
const runsProgram = (texts: ImageFacts['texts'], name: string) =>
  [...texts].some(
    ([path, text]) =>
      path.endsWith('.py') &&
      !besideProgram.test(path) &&
      path !== 'setup.py' &&
      /\bsubprocess|\bos\.(?:system|popen)\b|\bsh\.git\b/.test(text) &&
      [`"${name}"`, `'${name}'`, `"${name} `, `'${name} `].some((word) => text.includes(word)),
  );

/** The packages of the system that the project needs while it runs, pinned as apt takes them, sorted. */
export function systemPackages(
  {
    direct,
    packages,
    context,
    dependencies,
    files,
    kept,
    missing,
    texts,
    called: beside = [],
    browser,
  }: ImageFacts,
  release: SystemRelease,
): string[] {
  const names = [
    ...direct,
    ...beside,
    ...broughtBy(direct, context.lock !== undefined),
    ...neededByImport.filter((name) => packages.has(name)),
  ].filter((name) => !isCovered(name, dependencies.asked, packages));
  const libraries = [
    ...names.flatMap((name) => runtimeLibraries.get(name)?.[release] ?? []),
    ...[...packages].flatMap((name) => compiledPackages.get(name)?.run[release] ?? []),
  ];
  const tools = compilesAtRun.some((name) => direct.has(name)) ? compiler[release] : [];
  const called = [
    ...(files.isCalled('ffmpeg') ? ffmpeg[release] : []),
    ...(runsProgram(texts, 'git') ? gitProgram[release] : []),
    ...([...texts].some(isGeoDjango) ? geoDjango[release] : []),
  ];
  const found = missing.flatMap((name) => bringing(name, release));
  const others = release === 'bookworm' ? [...kept.final, ...(browser?.packages ?? [])] : [];
  return withVersions([...libraries, ...called, ...tools, ...found, ...others]);
}

const isGeoDjango = ([path, text]: readonly [string, string]) =>
  path.endsWith('.py') && /["']django\.contrib\.gis(?:["']|\.db\.backends)/.test(text);

/** Without what the full image of Python has (buildpack-deps; Debian, build-essential). */
const inFullImage = (names: readonly string[] = [], release: SystemRelease) =>
  release === 'noble'
    ? names
    : names.filter(
        (name) => !/^(?:gcc|g\+\+|libc6-dev|pkg-config|libssl-dev|libkrb5-dev|libglib2\.0-dev)$/.test(name),
      );

/** Whether an extra of a package, or another package, brings what it needs of the system. */
function isCovered(name: string, asked: Dependencies['asked'], packages: ReadonlySet<string>): boolean {
  if (!Object.hasOwn(nativeNeeds, name)) return false;
  const extras = asked.filter((one) => one.name === name).flatMap((one) => one.extras);
  const all = [...packages].map((one) => ({ name: one, extras: [] }));
  return nativeNeedOf({ name, extras }, all) === undefined;
}

/** Sorted, and each once: with its version where that is known. */
function withVersions(packages: readonly string[]): string[] {
  const known = new Set(packages.flatMap((one) => (one.includes('=') ? one.split('=', 1) : [])));
  return [...new Set(packages)].filter((one) => !known.has(one)).sort();
}
