import { basesWithoutPython, packagesWithoutPython } from '../data/bases-without-python.ts';
import type { Instruction } from '../syntax/tree.ts';
import { baseImage, officialName } from './base-images.ts';
import { basePython } from './base-python.ts';
import type { FileFacts } from './file-facts.ts';
import { originOf } from './file-origins.ts';
import { runnerAt } from './home-folders.ts';
import { readImageUses } from './image-uses.ts';
import { joinPath, workdirAt } from './paths.ts';
import { projectCommands } from './project-commands.ts';
import { isSwitchedOn, settingAt } from './settings.ts';
import { lineage, rootStage, type Stage } from './stages.ts';
import { systemPackages } from './system-packages.ts';
import { hasUvFlag, type UvCommand, uvCommands } from './uv.ts';
import { admitsPython } from './version-specifiers.ts';

/** An environment whose Python uv fetched. */
export interface FetchedPython {
  /** The RUN that makes the environment. */
  readonly run: Instruction;
  /** Where the environment lies. */
  readonly environment: string;
  /** Where the Python lies, below a folder of its own. */
  readonly folder: string;
}

/** So many environments of a file are looked at; each asks all that stands above it. */
const mostEnvironments = 20;

/** The environments of a stage for which uv fetches a Python, as the base image has none that fits. */
export function fetchedPythons(facts: FileFacts, stage: Stage): FetchedPython[] {
  const runs = lineage(stage).flatMap(({ byKeyword }) => byKeyword.get('RUN') ?? []);
  const found = runs.flatMap((run) =>
    uvCommands(facts, run).flatMap((uv) => (/^(?:sync|venv)$/.test(uv.verb) ? [{ run, uv }] : [])),
  );
  return found.slice(0, mostEnvironments).flatMap(({ run, uv }): FetchedPython[] => {
    const owner = facts.stageOf(run);
    const environment = owner && environmentOf(facts, owner, run, uv);
    const folder = owner && folderOf(facts, owner, run);
    if (!owner || environment === undefined || folder === undefined) return [];
    return isFetched(facts, owner, run, uv) ? [{ run, environment, folder }] : [];
  });
}

function environmentOf(facts: FileFacts, stage: Stage, run: Instruction, uv: UvCommand): string | undefined {
  const known = projectCommands(facts, run).find(({ command }) => command === uv.command);
  const isMoved = uv.args.some(({ value }) => /^--(?:active|directory|project)\b/.test(value));
  const goesAway = facts.commands(run).some(({ name }) => name === 'cd' || name === 'pushd');
  const folder = known?.folder ?? (isMoved || goesAway ? undefined : workdirAt(facts.file, stage, run));
  const named = uv.verb === 'venv' ? uv.args.find(({ value }) => /^[./]/.test(value))?.value : undefined;
  const set = settingAt(facts, run, 'UV_PROJECT_ENVIRONMENT');
  const path = named ?? (set === 'unset' || uv.verb === 'venv' ? '.venv' : set);
  return set === 'unknown' || folder === undefined || path.includes('$') ? undefined : joinPath(folder, path);
}

/** Where uv keeps the Pythons that it fetches (uv documentation, "Storage"). */
function folderOf(facts: FileFacts, stage: Stage, run: Instruction): string | undefined {
  const set = settingAt(facts, run, 'UV_PYTHON_INSTALL_DIR');
  if (set !== 'unset') return set.startsWith('/') ? set : undefined;
  const data = settingAt(facts, run, 'XDG_DATA_HOME');
  if (data !== 'unset') return data.startsWith('/') ? joinPath(data, 'uv/python') : undefined;
  const { home } = runnerAt(facts, stage, run);
  return home && joinPath(home, '.local/share/uv/python');
}

/** Whether uv takes a Python of its own (uv documentation, "Python versions"). */
function isFetched(facts: FileFacts, stage: Stage, run: Instruction, uv: UvCommand): boolean {
  const preference = settingAt(facts, run, 'UV_PYTHON_PREFERENCE');
  const downloads = settingAt(facts, run, 'UV_PYTHON_DOWNLOADS');
  const forbids = ['no-managed-python', 'no-python-downloads', 'offline'];
  if (hasUvFlag(uv, forbids) || isSwitchedOn(facts, run, 'UV_NO_MANAGED_PYTHON')) return false;
  if (/system|unknown/.test(preference) || downloads === 'unknown') return false;
  const before = [...lineage(stage).flatMap(({ instructions }) => instructions)].filter(
    ({ index }) => index <= run.index,
  );
  const isInstalled = before.some((it) =>
    uvCommands(facts, it).some(({ verb }) => verb === 'python install'),
  );
  if (!isInstalled && /^(?:never|manual|false|0)$/i.test(downloads)) return false;
  if (settingAt(facts, run, 'UV_CONFIG_FILE') !== 'unset') return false;
  const wanted = wantedPython(facts, run, uv);
  if (wanted === 'unknown') return false;
  const isManaged =
    isInstalled ||
    preference === 'only-managed' ||
    isSwitchedOn(facts, run, 'UV_MANAGED_PYTHON') ||
    hasUvFlag(uv, ['managed-python']);
  if (isManaged) return true;
  const own = basePython(stage);
  const image = baseImage(stage);
  // Whatever a build brings along may be a Python.
  if (!before.every((it) => bringsNoPython(facts, it))) return false;
  if (own) return wanted !== undefined && admitsPython(wanted, own) === false;
  const name = officialName(image);
  return (
    rootStage(stage).base.unknown.length === 0 &&
    image.digest === undefined &&
    basesWithoutPython.some(({ repository, tag }) => repository.test(name) && tag.test(image.tag ?? ''))
  );
}

/** What the project asks for, as a specifier; `unknown` where it names an interpreter, or a variable decides. */
function wantedPython(facts: FileFacts, run: Instruction, uv: UvCommand): string | undefined {
  const flag = uv.args.findIndex(({ value }) => /^(?:--python|-p)$/.test(value));
  const attached = uv.args.flatMap(({ value }) => /^--python=(.+)$/.exec(value)?.[1] ?? [])[0];
  const set = settingAt(facts, run, 'UV_PYTHON');
  const asked = (flag < 0 ? attached : uv.args[flag + 1]?.value) ?? (set === 'unset' ? undefined : set);
  if (asked !== undefined) {
    const version = /^(?:cpython|python)?@?-?(3\.\d+)(?:\.\d+)?$/.exec(asked)?.[1];
    return version === undefined ? 'unknown' : `==${version}.*`;
  }
  const known = projectCommands(facts, run).find(({ command }) => command === uv.command);
  if (!known) return undefined;
  const pinned = known.source === '' ? facts.context?.pinnedPython : undefined;
  if (pinned !== undefined) {
    const origin = originOf(facts, run, uv.command, joinPath(known.folder, '.python-version'));
    if (origin === 'unknown') return 'unknown';
    if (origin !== 'nothing') return `==${pinned}.*`;
  }
  return known.project?.requiresPython;
}

/** Whether an instruction is known to bring no Python into the image. */
function bringsNoPython(facts: FileFacts, it: Instruction): boolean {
  const { node } = it;
  if (node.keyword === 'COPY' || node.keyword === 'ADD')
    return readImageUses(node).every(({ text }) => /(?:^|\/)uv(?::|@|$)/.test(text));
  if (node.keyword !== 'RUN') return true;
  if (/conda|pyenv|asdf|mise|deadsnakes/.test(node.text)) return false;
  return systemPackages(facts, it).every(({ name }) => packagesWithoutPython.has(name));
}
