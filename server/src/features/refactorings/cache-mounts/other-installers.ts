import { baseImage, fullName } from '../../../facts/base-images.ts';
import { readDependencyInstall } from '../../../facts/dependency-installs.ts';
import { stageSays } from '../../../facts/stage-text.ts';
import type { ShellCommand } from '../../../syntax/shell.ts';
import type { Installer } from './installer.ts';

const none = /^$/;
const wordsOf = ({ args }: ShellCommand) => args.map(({ value }) => value).join(' ');

/** Where it is asked to, PDM links packages into its cache (PDM documentation, "Configurations", `install.cache`). */
const linksIntoCache = /\binstall\.cache\b|\bPDM_INSTALL_CACHE\b|\bcache_dir\b|\bpdm\.toml\b/;

/** Source: PDM documentation, "Configurations" (`cache_dir`), 2026-11. */
export const pdm: Installer = {
  name: 'pdm',
  variable: 'PDM_CACHE_DIR',
  flags: none,
  mention: /\bpdm\b/,
  installsBy: (facts, run) =>
    facts.commands(run).filter((command) => readDependencyInstall(command)?.tool === 'pdm'),
  empties: (command) => command.name === 'pdm' && /(?:^| )cache clear/.test(wordsOf(command)),
  isBarred: (_, stage) => stageSays(stage, linksIntoCache),
};

/** Images that have conda in `/opt/conda`, where root installs (their Dockerfiles, 2026-11). */
const condaImages = /^(?:continuumio\/(?:miniconda3|anaconda3)|condaforge\/(?:miniforge3|mambaforge))$/;
/** What moves its packages, needs those of the image, or brings packages that nobody downloads. */
const needsPackages =
  /\bpkgs_dirs\b|\.condarc\b|--(?:clone|offline|use-local)\b|\bconda[- ](?:build|pack|index)\b|\ballow_softlinks\b|\balways_softlink\b|\.(?:conda|tar\.bz2)\b/;

/**
 * conda copies what it has unpacked where it cannot link, as from another file system (conda documentation, "Settings":
 * `pkgs_dirs`, `allow_softlinks`).
 */
export const conda: Installer = {
  name: 'conda',
  variable: 'CONDA_PKGS_DIRS',
  folder: '/opt/conda/pkgs',
  flags: none,
  mention: /\b(?:conda|mamba)\b/,
  installsBy: (facts, run) =>
    facts
      .commands(run)
      .filter(
        (command) =>
          /^(?:conda|mamba)$/.test(command.name) &&
          /^(?:-\S+ )*(?:install|create|update|env (?:create|update))\b/.test(wordsOf(command)),
      ),
  empties: (command) => /^(?:conda|mamba)$/.test(command.name) && /^clean\b/.test(wordsOf(command)),
  isBarred: (_, stage) => !condaImages.test(fullName(baseImage(stage))) || stageSays(stage, needsPackages),
};

/**
 * pipenv lets pip keep what it downloads in its own cache; the environment lies elsewhere (`PIPENV_CACHE_DIR` in
 * environments.py and utils/pip.py of pipenv 2026.10).
 */
export const pipenv: Installer = {
  name: 'pipenv',
  variable: 'PIPENV_CACHE_DIR',
  off: 'PIP_NO_CACHE_DIR',
  flags: none,
  mention: /\bpipenv\b/,
  installsBy: (facts, run) =>
    facts.commands(run).filter((command) => readDependencyInstall(command)?.tool === 'pipenv'),
  empties: (command) => clearsPipenv(command),
  isBarred: (facts, _, run) => facts.commands(run).some((command) => clearsAsItInstalls(command)),
};

/** `pipenv --clear` removes the folders of its cache and of pip's (routines/clear.py). */
export const clearsPipenv = (command: ShellCommand): boolean =>
  command.name === 'pipenv' && wordsOf(command) === '--clear';
export const clearsAsItInstalls = (command: ShellCommand): boolean =>
  command.name === 'pipenv' && /(?:^| )--clear(?: |$)/.test(wordsOf(command)) && !clearsPipenv(command);
