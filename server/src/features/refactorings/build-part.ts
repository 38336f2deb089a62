import { sourceOnly } from '../../data/native-libraries.ts';
import { baseImage, officialName } from '../../facts/base-images.ts';
import { readDependencyInstall } from '../../facts/dependency-installs.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { readPipInstall } from '../../facts/pip.ts';
import { projectInstalls } from '../../facts/project-installs.ts';
import { pythonPackages } from '../../facts/python-packages.ts';
import { requiredPackages } from '../../facts/required-packages.ts';
import type { Stage } from '../../facts/stages.ts';
import { systemPackages } from '../../facts/system-packages.ts';
import { fillsEnvironment, uvCommands } from '../../facts/uv.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';
import { type Edit, removeWord } from '../../text/edit.ts';

/** Where a stage falls apart into what builds the environment and what makes the image. */
export interface Cut {
  /** Who makes the environment: pip or uv a virtual one, `uv sync` that of the project. */
  readonly tool: 'pip' | 'uv' | 'sync';
  readonly firstInstall: Instruction | undefined;
  /** Instructions above the cut that the final stage needs as well. */
  readonly carried: readonly Instruction[];
  /** RUN instructions for packages of the distribution that are of use at run time. */
  readonly runtimePackages: readonly string[];
  readonly buildEdits: readonly Edit[];
  /** Packages that only the build needs are installed above the cut. */
  readonly dropsTools: boolean;
  /** Below the cut, at least one. */
  readonly rest: readonly Instruction[];
  readonly restEdits: readonly Edit[];
}

/** Files that only an install reads. */
function isManifest(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^(?:pyproject\.toml|uv\.lock|\.python-version|constraints[\w.-]*\.txt)$/.test(name)) return true;
  return /^[\w.-]+\.(?:txt|in)$/.test(name) && name.includes('requirements');
}
/** Packages that are of use only while something is built. */
const tools =
  /^(?:build-essential|gcc|g\+\+|make|cmake|ninja-build|git|curl|wget|pkg-config|cargo|rustc|gfortran|python3?-dev|libc6-dev|unzip)(?:-\d+)?$/;
const carriedKeywords = /^(?:ENV|ARG|WORKDIR|LABEL|EXPOSE|STOPSIGNAL)$/;
const innocent = /^(?:apt-get|apt|rm|pip[\d.]*|python[\d.]*|uv|set|mkdir|echo)$/;

/**
 * Cuts behind the last install of dependencies; undefined where nothing else is installed there, or where something above
 * is not understood, so that it could be missing in the final stage.
 */
export function findCut(facts: FileFacts, stage: Stage): Cut | undefined {
  const { instructions } = stage;
  const last = instructions.findLast((it) => installsDependencies(facts, it));
  if (!last || instructions.some(({ onbuild, node }) => onbuild || node.keyword === 'ONBUILD'))
    return undefined;
  const above = instructions.filter(({ index }) => index <= last.index);
  const rest = instructions.filter(({ index }) => index > last.index);
  if (rest.length === 0 || !above.every((it) => isUnderstood(facts, it))) return undefined;
  const installs = above.filter((it) => installsDependencies(facts, it));
  if (installs.some((it) => linksLibraries(facts, it)) || startsTool(facts, above, rest)) return undefined;
  const tool = toolOf(facts, installs);
  const packages = runtimePackages(facts, above, rest);
  const restEdits = adaptRest(facts, stage, above, rest);
  if (!tool || !packages || !restEdits) return undefined;
  return {
    tool,
    firstInstall: installs[0],
    carried: above.filter(({ node }) => carriedKeywords.test(node.keyword)),
    runtimePackages: packages,
    dropsTools: above.flatMap((it) => systemPackages(facts, it)).some(({ name }) => tools.test(name)),
    buildEdits: tool === 'uv' ? above.flatMap((it) => withoutSystem(facts, it)) : [],
    rest,
    restEdits,
  };
}

function installsDependencies(facts: FileFacts, it: Instruction): boolean {
  if (it.node.keyword !== 'RUN') return false;
  const own = projectInstalls(facts, it);
  if (own.some(({ buildsProject, from }) => buildsProject || from !== 'lock')) return false;
  const named = pythonPackages(facts, it).filter(({ name }) => !installerPackages.has(name));
  return own.length > 0 || named.length > 0 || manifests(facts, it);
}

/** Whether something is compiled that then loads a library of the build stage. */
const linksLibraries = (facts: FileFacts, it: Instruction) =>
  requiredPackages(facts, it).some(({ name }) => Object.hasOwn(sourceOnly, name));

/** Whether the container calls a program of the full images that slim ones lack, and that is not installed here. */
function startsTool(facts: FileFacts, above: readonly Instruction[], rest: readonly Instruction[]): boolean {
  const installed = new Set(above.flatMap((it) => systemPackages(facts, it).map(({ name }) => name)));
  return rest.some(({ node }) => {
    if (!/^(?:CMD|ENTRYPOINT|HEALTHCHECK)$/.test(node.keyword)) return false;
    const [tool] = /\b(?:curl|wget|git|make|gcc)\b/.exec(node.text) ?? [];
    return tool !== undefined && !installed.has(tool);
  });
}

/** Packages that serve the installs after them. */
const installerPackages = new Set(['pip', 'setuptools', 'wheel', 'uv', 'build']);

const manifests = (facts: FileFacts, it: Instruction) =>
  facts.commands(it).some((command) => {
    const install = readDependencyInstall(command);
    return install !== undefined && /^(?:pip|uv)$/.test(install.tool) && !install.withProject;
  });

function isUnderstood(facts: FileFacts, it: Instruction): boolean {
  const { node } = it;
  if (carriedKeywords.test(node.keyword))
    return !/UV_SYSTEM_PYTHON|VIRTUAL_ENV|UV_PROJECT_ENVIRONMENT/.test(node.text);
  if (node.keyword === 'COPY') {
    const copy = node as Copy;
    if (copy.flags.some(({ name }) => name === 'from'))
      return copy.sources.every(({ value }) => /\/uvx?$/.test(value));
    return copy.sources.length > 0 && copy.sources.every(({ value }) => isManifest(value));
  }
  const text = facts.shellText(it);
  if (node.keyword !== 'RUN' || !text || text.form !== 'shell' || text.script.hasErrors) return false;
  return facts.commands(it).every((command) => innocent.test(command.name) && !runsCode(command));
}

/** A Python that runs anything but pip may do anything, and what is upgraded is so in this stage alone. */
const runsCode = (command: ShellCommand) =>
  (/^apt/.test(command.name) && command.args.some(({ value }) => /upgrade$/.test(value))) ||
  (/^python/.test(command.name) && readPipInstall(command) === undefined);

function toolOf(facts: FileFacts, installs: readonly Instruction[]): Cut['tool'] | undefined {
  const names = new Set(
    installs.flatMap((it): Cut['tool'][] => [
      ...facts.commands(it).flatMap((command) => (readPipInstall(command) ? ('pip' as const) : [])),
      ...uvCommands(facts, it)
        .filter(fillsEnvironment)
        .map(({ verb }) => (verb === 'sync' ? 'sync' : 'uv')),
    ]),
  );
  return names.size === 1 ? [...names][0] : undefined;
}

/** An install of what is needed at run time; undefined where headers tell of a library whose name is not known. */
function runtimePackages(
  facts: FileFacts,
  above: readonly Instruction[],
  rest: readonly Instruction[],
): string[] | undefined {
  const all = above.flatMap((it) => systemPackages(facts, it));
  const later = rest.map(({ node }) => node.text).join('\n');
  const kept = all.filter(
    ({ name }) => !tools.test(name) || new RegExp(`\\b${name.replace(/\W/g, '\\$&')}\\b`).test(later),
  );
  if (kept.some(({ name }) => /-dev(?:el)?$/.test(name))) return undefined;
  if (kept.length === 0) return [];
  const names = kept.map(({ word }) => word.value).join(' ');
  return [
    `RUN apt-get update && apt-get install -y --no-install-recommends ${names} && rm -rf /var/lib/apt/lists/*`,
  ];
}

/** What the instructions below the cut need to go on in another image; undefined where that is not known. */
function adaptRest(
  facts: FileFacts,
  stage: Stage,
  above: readonly Instruction[],
  rest: readonly Instruction[],
): Edit[] | undefined {
  const edits: Edit[] = [];
  for (const it of rest) {
    const { node } = it;
    if (node.keyword === 'RUN') {
      const commands = facts.commands(it);
      // What is taken out of the Python of the image would stay in the environment.
      if (node.json || /site-packages|\bpip[\d.]* uninstall/.test(node.text)) return undefined;
      if (commands.some(({ name }) => tools.test(name))) return undefined;
      if (!commands.some(({ name }) => name === 'uv')) continue;
      const uv = uvPath(stage, above);
      if (uv === undefined) return undefined;
      const { end } = it.at(node.keywordWord);
      edits.push({
        span: { start: end, end },
        text: ` --mount=type=bind,from=build,source=${uv},target=/usr/local/bin/uv`,
      });
      edits.push(...withoutSystem(facts, it));
      continue;
    }
    if (!/^(?:CMD|ENTRYPOINT|HEALTHCHECK)$/.test(node.keyword) || !/\buv\b/.test(node.text)) continue;
    const run = /"uv",\s*"run",\s*(?:"--[\w-]+",\s*)*/.exec(node.text);
    if (!run || /\buv\b/.test(node.text.replace(run[0], ''))) return undefined;
    const span = it.at({ from: run.index, to: run.index + run[0].length });
    edits.push({ span, text: '' });
  }
  return edits;
}

/** Where uv lies in the build stage: in its own images (their Dockerfile), or where a COPY puts it. */
function uvPath(stage: Stage, above: readonly Instruction[]): string | undefined {
  if (officialName(baseImage(stage)).endsWith('/uv')) return '/usr/local/bin/uv';
  for (const { node } of above) {
    if (node.keyword !== 'COPY') continue;
    const { sources, destination } = node as Copy;
    if (!sources.some(({ value }) => /\/uv$/.test(value)) || !destination?.value.startsWith('/')) continue;
    return destination.value.endsWith('/')
      ? `${destination.value}uv`
      : sources.length === 1 && !/\/bin$/.test(destination.value)
        ? destination.value
        : `${destination.value}/uv`;
  }
  return undefined;
}

/** uv installs into the environment, and no longer into the Python of the image. */
function withoutSystem(facts: FileFacts, it: Instruction): Edit[] {
  return facts
    .commands(it)
    .filter(({ name }) => name === 'uv')
    .flatMap(({ args }) => args.filter(({ value }) => /^--(?:system|break-system-packages)$/.test(value)))
    .map((word) => removeWord(facts.file.text, it.at(word)));
}
