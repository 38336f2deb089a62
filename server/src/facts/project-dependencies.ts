import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import { basePython } from './base-python.ts';
import type { BuildContext } from './build-context.ts';
import { hasFlag } from './command-flags.ts';
import { type CopiedFolder, contextPathOf, placeOf } from './copied-folder.ts';
import type { RouteStop } from './copy-route.ts';
import { filesForPip, isPlainManifest, isSent } from './manifest-files.ts';
import { kindOfTarget } from './passing-pip.ts';
import { joinPath } from './paths.ts';
import { pipArgs, readPipTargets } from './pip.ts';
import { normalizeName } from './requirements.ts';
import { readUv } from './uv.ts';

/** An install of what a project depends on. */
interface Dependencies {
  readonly mounts: readonly string[];
  readonly script: string;
  readonly files: readonly string[];
}

/** With these an install does again what was done, goes elsewhere, or is about the project itself. */
const others =
  `no-deps dry-run target t prefix root force-reinstall ignore-installed I config-settings config-setting C global-option
  reinstall group directory project src report no-sources only-deps`.split(/\s+/);
const manifest = 'pyproject.toml';

/**
 * The command by which pip or uv installs a project, without the project: its other packages and requirement files, and the
 * dependencies that `pyproject.toml` names. Undefined where it installs none, or where one of them is not known.
 */
export function projectDependencies(folder: CopiedFolder, stop: RouteStop): Dependencies | undefined {
  const { context, texts } = folder;
  const { run, command, start, cwd } = stop;
  // Without the COPY there are no folders but its own; what is relative to one that is not known stays so.
  const isThere = cwd === start || cwd === folder.at || contextPathOf(folder, cwd) === undefined;
  const isRelative = !folder.at.startsWith('/') && (cwd !== folder.at || start !== folder.at);
  if (!isThere || isRelative) return undefined;
  const uv = readUv(command);
  const args = uv ? (uv.verb === 'pip install' ? uv.args : undefined) : pipArgs(command);
  if (!args || /^pipx/.test(command.name) || !context?.files || hasFlag(command, others)) return undefined;
  const { packages, editables, requirementFiles, constraintFiles } = readPipTargets(args);
  const targets = [...packages.map(({ value }) => value), ...editables].filter(
    (value) => kindOfTarget(value) === 'path',
  );
  const [target] = targets;
  const project = target === undefined || targets.length > 1 ? undefined : readTarget(folder, target, cwd);
  if (!project) return undefined;
  const inContext = contextPathOf(folder, cwd);
  const given = [...requirementFiles, ...constraintFiles].map((file) => {
    const place = placeOf(file, cwd);
    return place === undefined ? undefined : contextPathOf(folder, place);
  });
  if (given.some((path) => path === undefined)) return undefined;
  const files = filesForPip(context, texts, given as string[], inContext);
  if (!files || (files.length > 0 && cwd !== folder.at)) return undefined;
  const kept = withoutTarget(
    run.node.heredocs.length > 0 ? run.node.text : run.node.plain,
    command,
    args,
    target ?? '',
  );
  return kept === undefined ? undefined : withManifest(folder, stop, project.extras, kept, files);
}

/** The extras that are asked of the context's own project; undefined where a target is another one. */
function readTarget(
  folder: CopiedFolder,
  target: string,
  cwd: string,
): { extras: readonly string[] } | undefined {
  const match = /^([^[\]]*)(?:\[([\w.,\s-]+)\])?$/.exec(target);
  const place = placeOf(match?.[1] ?? '', cwd);
  if (!match || place === undefined || contextPathOf(folder, place) !== '') return undefined;
  const extras = (match[2] ?? '').split(',').map((extra) => extra.trim());
  return { extras: extras.filter((extra) => extra !== '') };
}

/** The command as it is written, without the word for the project. */
function withoutTarget(
  plain: string,
  command: ShellCommand,
  args: readonly ShellWord[],
  target: string,
): string | undefined {
  const at = args.findIndex(
    ({ value }) => value === target || (/^(?:-e|--editable=)/.test(value) && value.endsWith(target)),
  );
  const word = args[at];
  if (!word) return undefined;
  const flag = args[at - 1];
  const from = /^(?:-e|--editable)$/.test(flag?.value ?? '') ? (flag ?? word).from : word.from;
  const kept = `${plain.slice(command.from, from)} ${plain.slice(word.to, command.to)}`;
  return kept.replace(/\s+/g, ' ').trim();
}

/** Adds what the manifest names, as uv reads it and Python can tell it to pip. */
function withManifest(
  folder: CopiedFolder,
  { command, start, cwd }: RouteStop,
  extras: readonly string[],
  kept: string,
  files: readonly string[],
): Dependencies | undefined {
  const { context, stage, at } = folder;
  if (!context || !isPlainManifest(context) || namesItself(context) || !isSent(context, manifest))
    return undefined;
  if (!extras.every((extra) => context.project?.extras.includes(extra))) return undefined;
  // Where the files lie in the end, as uv looks for its settings in the folder where it runs; that makes the folder, too.
  const placeFrom = (folder: string, file: string) => (folder === at ? file : joinPath(at, file));
  const isUv = command.name === 'uv';
  const settings = isUv && cwd === at && isSent(context, 'uv.toml') ? ['uv.toml'] : [];
  const mounts = [manifest, ...settings].map(
    (file) => `--mount=type=bind,source=${file},target=${placeFrom(start, file)}`,
  );
  const path = placeFrom(cwd, manifest);
  if (isUv) {
    const flags = extras.map((extra) => ` --extra ${extra}`).join('');
    return { mounts, files, script: `${kept} -r ${path}${flags}` };
  }
  // `tomllib` came with Python 3.11 (its documentation).
  const python = basePython(stage);
  const program = programOf(command);
  if (!python || python.major < 3 || python.minor < 11 || program === undefined) return undefined;
  if (command.wrappers.length > 0) return undefined;
  const lists = ["*p['dependencies']", ...extras.map((extra) => `*p['optional-dependencies']['${extra}']`)];
  const script = `import tomllib; p = tomllib.load(open('${path}', 'rb'))['project']; print(${lists.join(', ')}, sep='\\n')`;
  const listed = '/tmp/requirements.txt';
  return { mounts, files, script: `${program} -c "${script}" > ${listed} && ${kept} -r ${listed}` };
}

/** Whether an extra takes another one along by the project's own name, which an index would be asked for. */
const namesItself = ({ manifest: { text } = { uri: '', text: '' }, project }: BuildContext) =>
  [...text.matchAll(/["']([\w.-]+)[ \t]*\[/g)].some(([, name = '']) => normalizeName(name) === project?.name);

/** The Python of a pip. */
function programOf({ name, nameWord }: ShellCommand): string | undefined {
  const written = nameWord?.raw ?? '';
  const path = written.slice(0, written.lastIndexOf('/') + 1);
  return /^(?:pip|python)(?:3(?:\.\d+)?)?$/.test(name) && !/["'$]/.test(written)
    ? `${path}${name.replace('pip', 'python')}`
    : undefined;
}
