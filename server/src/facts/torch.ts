import { lowestDriver } from '../data/cuda-drivers.ts';
import { tensorflowOnPypi, torchOnPypi } from '../data/torch-pypi.ts';
import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { PythonVersion } from './base-python.ts';

/** What PyPI has of a release of torch. */
export interface TorchRelease {
  readonly version: string;
  /** The first and last Python with a wheel. */
  readonly pythons: readonly [PythonVersion, PythonVersion];
  /** The CUDA whose libraries the wheel brings along, `12.8`; undefined where it brings none. */
  readonly cuda: string | undefined;
  /** The releases of torchvision and torchaudio that ask for exactly this one; none where that is not known. */
  readonly vision: readonly string[];
  readonly audio: readonly string[];
}

const torchReleases: ReadonlyMap<string, TorchRelease> = new Map(
  torchOnPypi.map(([version, pythons, cuda, vision, audio]) => [
    version,
    {
      version,
      pythons: readSpan(pythons),
      cuda: cuda === '' ? undefined : cuda,
      vision: vision.split(' ').filter((one) => one !== ''),
      audio: audio.split(' ').filter((one) => one !== ''),
    },
  ]),
);
const tensorflowReleases = new Map(
  tensorflowOnPypi.map(([version, pythons]) => [version, readSpan(pythons)]),
);

function readSpan(text: string): readonly [PythonVersion, PythonVersion] {
  const [first = 0, last = 0] = text.split('-').map((one) => Number(one.replace('3.', '')));
  return [
    { major: 3, minor: first },
    { major: 3, minor: last },
  ];
}

/** A release of torch by its version, whatever build of it: `2.8.0`, `2.8.0+cu128`; undefined where the table has none. */
export function torchRelease(version: string): TorchRelease | undefined {
  return torchReleases.get(version.replace(/\+.*/s, ''));
}

/** The newest one of PyPI. */
export function newestTorch(): TorchRelease | undefined {
  return torchReleases.values().next().value;
}

/** The newest one of PyPI that has a wheel for a Python. */
export function newestTorchFor({ minor }: PythonVersion): TorchRelease | undefined {
  return [...torchReleases.values()].find(
    ({ pythons: [first, last] }) => first.minor <= minor && minor <= last.minor,
  );
}

/** The first and last Python for which PyPI has a wheel of torch or tensorflow. */
export function wheelPythons(name: string, version: string) {
  if (name === 'torch') return torchRelease(version)?.pythons;
  return name === 'tensorflow' ? tensorflowReleases.get(version) : undefined;
}

/** The lowest driver for a CUDA, such as `12.8`. */
export function driverFor(cuda: string): string | undefined {
  return lowestDriver.get(Number(cuda.split('.')[0]));
}

/** Where an install looks for packages, as far as its flags say it. */
export interface WheelSource {
  /** The flag that names it, `--index-url=…` or the word before its value. */
  readonly flag: ShellWord;
  /** The word that holds the value. */
  readonly word: ShellWord;
  readonly kind: 'index' | 'extra' | 'links' | 'backend';
  readonly value: string;
}

const kinds: Readonly<Record<string, WheelSource['kind']>> = {
  '-i': 'index',
  '--index-url': 'index',
  '--default-index': 'index',
  '--index': 'extra',
  '--extra-index-url': 'extra',
  '-f': 'links',
  '--find-links': 'links',
  '--torch-backend': 'backend',
};

/** The indexes, lists of links and the backend of PyTorch that an install by pip or uv names. */
export function wheelSources({ args }: ShellCommand): WheelSource[] {
  return args.flatMap((flag, i) => {
    const [, name = '', joined] = /^(-i|-f|--[a-z-]+)(?:=(.*))?$/s.exec(flag.value) ?? [];
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    const word = joined === undefined ? args[i + 1] : flag;
    return kind && word ? [{ flag, word, kind, value: joined ?? word.value }] : [];
  });
}

/** The build that an address of PyTorch's indexes, or of a mirror of them, is of: `cpu`, `cu128`; undefined for others. */
export function mirroredBuild(address: string): string | undefined {
  return /\/whl\/(cpu|cu\d{2,3})\/?$/.exec(address)?.[1];
}

/** The same for PyTorch's own indexes alone. */
export function buildOf(address: string): string | undefined {
  return /^https?:\/\/download\.pytorch\.org\/whl\//.test(address) ? mirroredBuild(address) : undefined;
}

/** Packages that PyTorch releases together, so that an index of PyTorch has all of them. */
export const torchFamily: ReadonlySet<string> = new Set(['torch', 'torchvision', 'torchaudio', 'torchtext']);
