import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import { plainWords } from './command-flags.ts';

/** A `pip install` or `python -m pip install`. */
export interface PipInstall {
  readonly command: ShellCommand;
  /** The word `install`. */
  readonly verb: ShellWord;
  /** Every word behind `install`. */
  readonly args: readonly ShellWord[];
}

/** The words behind `pip install`, sorted out. */
export interface PipTargets {
  /** Requirements, paths and URLs, without the values of flags. */
  readonly packages: readonly ShellWord[];
  /** Values of `-r`. */
  readonly requirementFiles: readonly string[];
  /** Values of `-c`. */
  readonly constraintFiles: readonly string[];
  /** Values of `-e`. */
  readonly editables: readonly string[];
}

/** Short flags of pip and uv that take a value. */
const shortValueFlags = 'bcCefiprtP';
/** Long ones; pip 25 `pip install --help`, uv 0.13 `uv help pip install`, `add` and `tool install`, pipx 1.8 `pipx install --help`. */
const valueFlags = new Set(
  `abi backend bounds branch build build-constraint build-constraints cache-dir cert client-cert color config-setting config-settings
  constraint constraints default-index default-timeout directory editable exclude-newer exists-action extra
  extra-index-url find-links fork-strategy from global-option group implementation index index-strategy index-url
  install-option keyring-provider link-mode log marker no-binary only-binary optional override overrides package pip-args platform prefix
  prerelease progress-bar project proxy pypi-url python python-platform python-version refresh-package
  reinstall-package report requirement requirements resolution resume-retries retries rev root root-user-action script src suffix
  tag target timeout torch-backend trusted-host upgrade-package upgrade-strategy use-deprecated use-feature
  with with-editable with-requirements`.split(/\s+/),
);

/** Reads a command as an install by pip (`pip3.12` and `pipx` too, as hadolint does); undefined when it is none. */
export function readPipInstall(command: ShellCommand): PipInstall | undefined {
  const { name, args } = command;
  let verbAt = -1;
  if (name.startsWith('pip') && !name.startsWith('pipenv')) {
    verbAt = args.findIndex((word) => word.value === 'install');
  } else if (name.startsWith('python')) {
    const module = args.findIndex((word, i) => word.value === '-m' && args[i + 1]?.value === 'pip');
    if (module >= 0 && args[module + 2]?.value === 'install') verbAt = module + 2;
  }
  const verb = args[verbAt];
  return verb && { command, verb, args: args.slice(verbAt + 1) };
}

/** The words behind the `install` of pip, `uv pip` and `uv tool`; undefined where a command is none of them. */
export function pipArgs(command: ShellCommand): readonly ShellWord[] | undefined {
  if (command.name !== 'uv') return readPipInstall(command)?.args;
  const at = command.args.findIndex(
    ({ value }, i) => value === 'install' && /^(?:pip|tool)$/.test(command.args[i - 1]?.value ?? ''),
  );
  return at < 0 ? undefined : command.args.slice(at + 1);
}

/** Whether a requirement is a package that serves the installs after it. */
export const isInstaller = (requirement: string) => installers.test(requirement);

const installers =
  /^(?:pip|pipx|pip-tools|setuptools|wheel|uv|build|poetry(?:-core)?|pipenv|pdm|hatch|virtualenv)(?:\[|[=<>!~]|$)/;

/** Sorts the words behind `pip install` or `uv pip install`. */
export function readPipTargets(args: readonly ShellWord[]): PipTargets {
  const packages: ShellWord[] = [];
  const values = new Map<string, string[]>();
  for (let i = 0; i < args.length; i++) {
    const word = args[i] as ShellWord;
    const flag = readFlag(word.value);
    if (!flag) packages.push(word);
    else if (flag.takesValue) {
      const value = flag.value ?? args[++i]?.value ?? '';
      values.set(flag.name, [...(values.get(flag.name) ?? []), value]);
    }
  }
  const all = (...names: string[]) => names.flatMap((name) => values.get(name) ?? []);
  return {
    packages,
    requirementFiles: all('r', 'requirement', 'requirements'),
    constraintFiles: all('c', 'constraint', 'constraints'),
    editables: all('e', 'editable'),
  };
}

/** The flags of pip whose next word hadolint leaves out; all others it takes for flags without a value. */
const hadolintValueFlags =
  `abi b build e editable extra-index-url f find-links i index-url implementation no-binary only-binary platform prefix
  progress-bar proxy python python-version root root-user-action src t target trusted-host upgrade-strategy`.split(
    /\s+/,
  );

/** The words behind `pip install` as hadolint sorts them: `-r` and `--requirement` count as words of their own only. */
export function readPipWords({ command, args }: PipInstall): PipTargets {
  const isConstraint = (word: string) => /^--constraint(?:=|$)|^-[^-=]*c/.test(word);
  return {
    packages: plainWords({ ...command, args }, hadolintValueFlags),
    requirementFiles: args.map(({ value }) => value).filter((word) => /^(?:-r|--requirement)$/.test(word)),
    constraintFiles: args.map(({ value }) => value).filter(isConstraint),
    editables: [],
  };
}

function readFlag(word: string): { name: string; takesValue: boolean; value?: string } | undefined {
  if (!word.startsWith('-') || word === '-') return undefined;
  if (word.startsWith('--')) {
    const [name = '', ...rest] = word.slice(2).split('=');
    return { name, takesValue: valueFlags.has(name), value: rest.length > 0 ? rest.join('=') : undefined };
  }
  // `-Ur requirements.txt` and `-rrequirements.txt`: the first letter that takes a value takes the rest.
  for (let i = 1; i < word.length; i++) {
    const name = word[i] as string;
    if (!shortValueFlags.includes(name)) continue;
    return { name, takesValue: true, value: i + 1 < word.length ? word.slice(i + 1) : undefined };
  }
  return { name: word.slice(1), takesValue: false };
}
