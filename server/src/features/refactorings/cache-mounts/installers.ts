import { hasFlag, plainWords } from '../../../facts/command-flags.ts';
import { readDependencyInstall } from '../../../facts/dependency-installs.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { isInstaller, pipArgs, readPipInstall, readPipTargets } from '../../../facts/pip.ts';
import { isPipConfigured } from '../../../facts/pip-settings.ts';
import { settingAt } from '../../../facts/settings.ts';
import { stageSays } from '../../../facts/stage-text.ts';
import type { Stage } from '../../../facts/stages.ts';
import { fillsEnvironment, readUv, uvCommands } from '../../../facts/uv.ts';
import type { ShellCommand } from '../../../syntax/shell.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { environmentForPip } from './conda-pip.ts';
import type { Installer } from './installer.ts';
import { clearsAsItInstalls, clearsPipenv, conda, pdm, pipenv } from './other-installers.ts';
import { mayBeStale } from './stale-builds.ts';

/** Scripts and programs that may call any of them. */
export const callers = /\.(?:ba)?sh\b|\bmake\b|\btox\b|\bnox\b|\bjust\b/;
const pipCacheDir = /\b(?:global|install)\.cache-dir\b|(?<![\w-])cache-dir[ \t]*=/;

const pypoetry: Installer = {
  name: 'pypoetry',
  variable: 'POETRY_CACHE_DIR',
  flags: /^--no-cache$/,
  mention: /\bpoetry\b/,
  installsBy: (facts, run) =>
    facts.commands(run).filter((command) => readDependencyInstall(command)?.tool === 'poetry'),
  empties: ({ name, args }) => name === 'poetry' && /(?:^| )cache clear/.test(wordsOf(args)),
  isBarred: (facts, stage, run) => !keepsEnvironmentElsewhere(facts, stage, run),
};

/**
 * A folder of Poetry's cache that holds downloads alone, for where the environment lies beside it: `cache` for what indexes say,
 * `artifacts` for packages (`Config.repository_cache_directory` and `artifacts_cache_directory` in config.py of Poetry 2).
 */
const poetryFolder = (folder: string): Installer => ({
  ...pypoetry,
  name: `pypoetry/${folder}`,
  isBarred: (facts, stage, run) =>
    keepsEnvironmentElsewhere(facts, stage, run) ||
    settingAt(facts, run, 'POETRY_CACHE_DIR') !== 'unset' ||
    stageSays(stage, /\bcache-dir\b/),
});

export const installers: readonly Installer[] = [
  {
    name: 'pip',
    variable: 'PIP_CACHE_DIR',
    off: 'PIP_NO_CACHE_DIR',
    flags: /^--no-cache(?:-dir)?$/,
    mention:
      /(?<!uv )\bpip[\d.]*["', ]{1,4}(?:-\S{1,40} ){0,5}(?:install|wheel|download)\b|\b(?:conda|mamba|micromamba|pipenv|setup\.py)\b|\bspacy download\b/,
    calledBy: /\b(?:get-pip|pipx|pip-sync|micropipenv|hatch|flit|mim)\b/,
    installsBy: (facts, run) =>
      facts.commands(run).filter(
        (command) =>
          // From files that are there nothing is downloaded.
          !hasFlag(command, ['no-index']) &&
          ((!command.name.startsWith('pipx') && readPipInstall(command) !== undefined) ||
            downloads(command) ||
            bringsModel(command) ||
            bringsPip(command) ||
            environmentForPip(facts, command) !== undefined),
      ),
    empties: (command) =>
      clearsPipenv(command) ||
      (/^(?:pip|python)[\d.]*$/.test(command.name) &&
        /(?:^| )cache (?:purge|remove)/.test(wordsOf(command.args))),
    isBarred: (facts, stage, run) =>
      isPipConfigured(facts, run, run.node.text) ||
      stageSays(stage, pipCacheDir) ||
      facts.commands(run).some(clearsAsItInstalls),
  },
  {
    name: 'uv',
    variable: 'UV_CACHE_DIR',
    off: 'UV_NO_CACHE',
    flags: /^(?:--no-cache(?:-dir)?|-n)$/,
    mention: /\buvx?\b/,
    installsBy: (facts, run) =>
      uvCommands(facts, run)
        .filter(fillsEnvironment)
        .map(({ command }) => command),
    empties: (command) => /^(?:cache (?:clean|prune)|clean)$/.test(readUv(command)?.verb ?? ''),
    isBarred: isUvBarred,
  },
  pypoetry,
  ...['cache', 'artifacts'].map(poetryFolder),
  pdm,
  pipenv,
  conda,
];

/**
 * Whether Poetry makes its environment outside of its cache, where it lies if nothing is said (Poetry documentation,
 * "Configuration", `virtualenvs.path`).
 */
const keepsEnvironmentElsewhere = (facts: FileFacts, stage: Stage, run: Instruction) =>
  /^(?:false|0|no)$/i.test(settingAt(facts, run, 'POETRY_VIRTUALENVS_CREATE')) ||
  /^(?:true|1|yes)$/i.test(settingAt(facts, run, 'POETRY_VIRTUALENVS_IN_PROJECT')) ||
  stageSays(stage, elsewhere);
const elsewhere = /\bpoetry config (?:--local )?virtualenvs\.(?:create false|in-project true)/;

/** `pip wheel` and `pip download`, which use the cache as an install does (pip documentation, "Caching"). */
const downloads = (command: ShellCommand) => {
  const words = plainWords(command, valueFlags).map(({ value }) => value);
  const isModule = /^python[\d.]*$/.test(command.name) && words[0] === 'pip';
  const verb = /^pip[\d.]*$/.test(command.name) ? words[0] : isModule ? words[1] : undefined;
  return (verb === 'wheel' || verb === 'download') && (!isModule || hasFlag(command, ['m']));
};
/** Flags that take a value and may stand before the verb (`pip --help` of pip 25). */
const valueFlags =
  'python log keyring-provider proxy retries timeout exists-action trusted-host cert client-cert cache-dir'.split(
    ' ',
  );

/** spaCy has pip install its models, from 3 on with its cache (cli/download.py of spaCy 3.8). */
const bringsModel = ({ name, args }: ShellCommand) =>
  /^(?:spacy|python[\d.]* -m spacy) download /.test(`${name} ${wordsOf(args)}`);

/** pip's own script has the pip in it install a newer one, with its cache (get-pip.py of pip 25). */
const bringsPip = ({ name, args: [script] }: ShellCommand) =>
  /^python[\d.]*$/.test(name) && /(?:^|\/)get-pip\.py$/.test(script?.value ?? '');

const wordsOf = (args: ShellCommand['args']) => args.map(({ value }) => value).join(' ');

/** Links into the cache, environments of scripts in it, settings of the project, and builds that it would bring back. */
function isUvBarred(facts: FileFacts, _: Stage, run: Instruction): boolean {
  const { text } = run.node;
  const mode = settingAt(facts, run, 'UV_LINK_MODE');
  if (mode === 'symlink' || mode === 'unknown' || /\bsymlink\b|--script\b|\buvx\b|\buv tool run\b/.test(text))
    return true;
  const settings = facts.context?.project?.uv.settings ?? [];
  if (settings.includes('no-cache') || settings.includes('cache-dir')) return true;
  return uvCommands(facts, run).some((uv) => mayBeStale(facts, run, uv));
}

/** Whether a RUN installs nothing but what serves the installs after it. */
export function bringsInstallersOnly(facts: FileFacts, run: Instruction, installer: Installer): boolean {
  return installer.installsBy(facts, run).every((command) => {
    if (bringsPip(command)) return true;
    const args = pipArgs(command);
    if (!args) return false;
    const { packages, requirementFiles, editables } = readPipTargets(args);
    const isNone = requirementFiles.length + editables.length === 0;
    return isNone && packages.every(({ value }) => isInstaller(value));
  });
}
