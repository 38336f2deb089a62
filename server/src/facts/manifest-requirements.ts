import type { ShellCommand } from '../syntax/shell.ts';
import { basePython } from './base-python.ts';
import type { BuildContext } from './build-context.ts';
import { hasFlag } from './command-flags.ts';
import type { CopiedFolder } from './copied-folder.ts';
import type { RouteStop } from './copy-route.ts';
import { isPlainManifest, isSent } from './manifest-files.ts';
import { joinPath } from './paths.ts';
import { normalizeName } from './requirements.ts';

/** An install of what a `pyproject.toml` names, and the mounts that bring it. */
export interface ManifestInstall {
  readonly mounts: readonly string[];
  readonly script: string;
}

/** Where the manifest is to lie in the image. */
export type ManifestPlace = Pick<CopiedFolder, 'context' | 'stage' | 'at'>;

/** What such an install says of itself. */
export const aboutManifest =
  '# What pyproject.toml names, in a layer that a change of the code leaves alone.';

/**
 * With these an install does again what was done, goes elsewhere, or is about the project itself. `--upgrade` leaves the
 * dependencies of a project alone (pip documentation, "--upgrade-strategy"), and would not where they are named.
 */
const others =
  `upgrade U upgrade-package no-deps dry-run target t prefix root force-reinstall ignore-installed I config-settings config-setting C global-option
  reinstall group directory project src report no-sources only-deps`.split(/\s+/);

/** Whether flags give a `pip install` of a project a meaning that one of its dependencies would not have. */
export const hasOwnMeaning = (command: ShellCommand): boolean => hasFlag(command, others);

const manifest = 'pyproject.toml';

/**
 * An install that takes in what the manifest names, as uv reads it and Python can tell it to pip.
 * @param kept the command with its other packages and flags
 */
export function installOfManifest(
  { context, stage, at }: ManifestPlace,
  { command, start, cwd }: Pick<RouteStop, 'command' | 'start' | 'cwd'>,
  kept: string,
  extras: readonly string[] = [],
): ManifestInstall | undefined {
  if (!context || !isPlainManifest(context) || namesItself(context) || !isSent(context, manifest))
    return undefined;
  if (!extras.every((extra) => context.project?.extras.includes(extra))) return undefined;
  // Where the files lie in the end, as uv looks for its settings in the folder where it runs; that makes the folder, too.
  const placeFrom = (from: string, file: string) => (from === at ? file : joinPath(at, file));
  const isUv = command.name === 'uv';
  const settings = isUv && cwd === at && isSent(context, 'uv.toml') ? ['uv.toml'] : [];
  const mounts = [manifest, ...settings].map(
    (file) => `--mount=type=bind,source=${file},target=${placeFrom(start, file)}`,
  );
  const path = placeFrom(cwd, manifest);
  if (isUv) {
    const flags = extras.map((extra) => ` --extra ${extra}`).join('');
    return { mounts, script: `${kept} -r ${path}${flags}` };
  }
  // `tomllib` came with Python 3.11 (its documentation).
  const python = basePython(stage);
  const program = programOf(command);
  if (!python || python.major < 3 || python.minor < 11 || program === undefined) return undefined;
  if (command.wrappers.length > 0) return undefined;
  const lists = ["*p['dependencies']", ...extras.map((extra) => `*p['optional-dependencies']['${extra}']`)];
  const script = `import tomllib; p = tomllib.load(open('${path}', 'rb'))['project']; print(${lists.join(', ')}, sep='\\n')`;
  const listed = '/tmp/requirements.txt';
  return { mounts, script: `${program} -c "${script}" > ${listed} && ${kept} -r ${listed}` };
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
