import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import { baseImage } from './base-images.ts';
import { basePython, baseRelease } from './base-python.ts';
import { readDownload } from './downloads.ts';
import type { FileFacts } from './file-facts.ts';
import { resolveWord } from './scope.ts';
import { rootStage, type Stage } from './stages.ts';
import { systemPackages } from './system-packages.ts';

/** A Python that a RUN installs. */
export interface PythonInstall {
  readonly word: ShellWord;
  /** Its minor release, such as `3.12`. */
  readonly version: string;
}

/**
 * The Pythons that a RUN installs by their version: with conda, uv, pyenv and the package manager of Debian and Ubuntu.
 * The distribution's own is left out, as its makers keep it safe, and so is one on a base that is not known.
 */
export function pythonInstalls(facts: FileFacts, run: Instruction): PythonInstall[] {
  const stage = facts.stageOf(run);
  if (!stage || !/python|pyenv|uv|conda3-py/.test(run.node.text)) return [];
  const named = facts.commands(run).flatMap((command) => {
    const pattern = patternOf(command);
    return pattern ? pythonWords(command).map((word) => ({ word, pattern })) : [];
  });
  const asked = named.flatMap(({ word, pattern }) =>
    read(word, pattern, resolveWord(facts.file, stage, run, word)),
  );
  return [...asked, ...bundled(facts, run), ...distributed(facts, run, stage)];
}

/** How a command names the Python that it installs; undefined where it installs none. */
function patternOf({ name, args }: ShellCommand): RegExp | undefined {
  const verbs = args.map(({ value }) => value);
  if (/^(?:conda|mamba|micromamba)$/.test(name))
    return verbs.some((verb) => /^(?:install|create)$/.test(verb))
      ? /^(?:[\w.-]+::)?python={1,2}(\d\.\d+)(?=$|[.=*])/
      : undefined;
  const isUv = name === 'uv' && (verbs[0] === 'venv' || (verbs[0] === 'python' && verbs[1] === 'install'));
  const isPyenv = name === 'pyenv' && verbs[0] === 'install';
  return isUv || isPyenv ? /^(?:--python=)?(?:python|cpython-?)?(\d\.\d+)(?=$|\.\d)/ : undefined;
}

/** The words that may name a Python: for `uv venv`, whose argument is a folder, only the value of `--python`. */
function pythonWords({ name, args }: ShellCommand): readonly ShellWord[] {
  if (name !== 'uv' || args[0]?.value !== 'venv') return args;
  return args.filter(
    ({ value }, i) => value.startsWith('--python=') || /^(?:--python|-p)$/.test(args[i - 1]?.value ?? ''),
  );
}

function read(word: ShellWord, pattern: RegExp, value: string | undefined): PythonInstall[] {
  const version = pattern.exec(value ?? '')?.[1];
  return version === undefined ? [] : [{ word, version }];
}

/** The Python of an installer of conda, whose name says it: `Miniconda3-py39_4.12.0-Linux-x86_64.sh`. */
function bundled(facts: FileFacts, run: Instruction): PythonInstall[] {
  return facts.commands(run).flatMap((command) =>
    (readDownload(command)?.urls ?? []).flatMap((word) => {
      const [, major, minor] = /conda3-py(\d)(\d+)_/.exec(word.value) ?? [];
      return minor === undefined ? [] : [{ word, version: `${major}.${minor}` }];
    }),
  );
}

function distributed(facts: FileFacts, run: Instruction, stage: Stage): PythonInstall[] {
  const own = baseRelease(stage)?.python;
  if (own === undefined) return [];
  return systemPackages(facts, run).flatMap(({ word, name }) => {
    const version = /^python(\d\.\d+)(?:-(?:dev|full|minimal|venv|distutils))?$/.exec(name)?.[1];
    return version === undefined || version === own ? [] : [{ word, version }];
  });
}

/** The Python that the tag of a stage's base image names, also as `py310` or `python3.8` in images of others. */
export function taggedPython(stage: Stage): string | undefined {
  const python = basePython(stage);
  if (python) return `${python.major}.${python.minor}`;
  if (rootStage(stage).base.unknown.length > 0) return undefined;
  const match = /(?:^|-)py(?:thon)?-?([23])\.?(\d{1,2})(?=$|-)/.exec(baseImage(stage).tag ?? '');
  return match ? `${match[1]}.${match[2]}` : undefined;
}
