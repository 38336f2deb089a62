import type { Dice } from './dice.ts';
import { compose } from './grammar/compose.ts';
import { dockerfile } from './grammar/dockerfile.ts';
import { environment } from './grammar/environment.ts';
import { hadolintYaml } from './grammar/hadolint-yaml.ts';
import { ignoreFile } from './grammar/ignore-file.ts';
import { pyproject } from './grammar/pyproject.ts';
import { requirementsFile } from './grammar/requirements.ts';
import { uvLock } from './grammar/uv-lock.ts';
import type { Probe } from './probe.ts';
import { tryDockerfile } from './try-dockerfile.ts';
import { tryHadolintYaml, tryIgnoreFile, tryNeighbour } from './try-neighbour.ts';
import type { Workbench } from './workbench.ts';

/** A kind of file that strangers commit. To add one: a generator in `grammar/`, and an entry below. */
export interface Target {
  /** So many inputs are tried for one of another kind. */
  readonly share: number;
  /** A text by the grammar. */
  make(dice: Dice): string;
  /** Part of a harmless file; many of them are what a slow input is held against. */
  harmless(index: number): string;
  /** All that is done with such a file. */
  attempt(text: string, probe: Probe, bench: Workbench): Promise<unknown>;
}

const neighbour =
  (file: string): Target['attempt'] =>
  (text, probe, bench) =>
    tryNeighbour(file, text, probe, bench);

export const targets = {
  dockerfile: {
    share: 4,
    make: dockerfile,
    harmless: (i) =>
      i === 0
        ? 'FROM python:3.13-slim\n'
        : `RUN apt-get update && apt-get install -y curl${i}\nCOPY a${i} /b${i}\n`,
    attempt: (text, probe, bench) => {
      bench.lay({ Dockerfile: text }, probe);
      return tryDockerfile(text, probe, bench);
    },
  },
  dockerignore: { share: 1, make: ignoreFile, harmless: (i) => `folder${i}/*.md\n`, attempt: tryIgnoreFile },
  pyproject: {
    share: 1,
    make: pyproject,
    harmless: (i) =>
      i === 0
        ? '[project]\nname = "a"\nversion = "1"\ndependencies = [\n]\n'
        : `[tool.a${i}]\nb = "some text"\n`,
    attempt: neighbour('pyproject.toml'),
  },
  'uv-lock': {
    share: 1,
    make: uvLock,
    harmless: (i) =>
      `[[package]]\nname = "a${i}"\nversion = "1.${i}"\nsource = { registry = "https://pypi.org/simple" }\n\n`,
    attempt: neighbour('uv.lock'),
  },
  compose: {
    share: 1,
    make: compose,
    harmless: (i) => (i === 0 ? 'services:\n' : `  a${i}:\n    build: .\n    ports: ["80:80"]\n`),
    attempt: neighbour('compose.yaml'),
  },
  environment: {
    share: 1,
    make: environment,
    harmless: (i) =>
      i === 0 ? 'name: a\nchannels: [conda-forge]\ndependencies:\n' : `  - package${i}=1.${i}\n`,
    attempt: neighbour('environment.yml'),
  },
  'hadolint-yaml': {
    share: 1,
    make: hadolintYaml,
    harmless: (i) => (i === 0 ? 'ignored:\n' : `  - DL${3000 + (i % 60)}\n`),
    attempt: tryHadolintYaml,
  },
  requirements: {
    share: 1,
    make: requirementsFile,
    harmless: (i) => `package${i}==1.${i}\n`,
    attempt: neighbour('requirements.txt'),
  },
} as const satisfies Readonly<Record<string, Target>>;

export type TargetName = keyof typeof targets;
export const targetNames = Object.keys(targets) as TargetName[];

/** A harmless text of at least so many characters. */
export function harmlessText(name: TargetName, length: number): string {
  const parts: string[] = [];
  for (let i = 0, size = 0; size < length; i++)
    size += parts.push(targets[name].harmless(i)) && (parts[i] as string).length;
  return parts.join('');
}
