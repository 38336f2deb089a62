import { isMap, isScalar } from 'yaml';
import type { ComposeService } from '../facts/build-context.ts';
import type { FileProblem } from '../ports/ports.ts';
import { readYaml } from '../syntax/yaml.ts';
import { stringOf, tableOf } from './toml-values.ts';

/**
 * The services of a Compose file beside a Dockerfile that are built from it, each read by itself.
 * @param say told what is wrong in the file
 */
export function readCompose(
  uri: string,
  text: string,
  dockerfile: string,
  say?: (problem: FileProblem) => void,
): ComposeService[] {
  const { value, document, fault } = readYaml(text, true);
  if (fault) say?.(fault);
  const services = tableOf(tableOf(value).services);
  const nodes = isMap(document?.contents) ? document.get('services') : undefined;
  // Many services may have the very same list.
  const known = new Map<unknown, boolean>();
  const mountsSharedMemory = (mounts: unknown): boolean => {
    const mounted = known.get(mounts) ?? textsOf(mounts).some((mount) => mount.includes('/dev/shm'));
    known.set(mounts, mounted);
    return mounted;
  };
  return (isMap(nodes) ? nodes.items : []).flatMap(({ key }) => {
    if (!isScalar(key) || !key.range) return [];
    const name = String(key.value);
    const { build, shm_size, ipc, volumes, tmpfs } = tableOf(services[name]);
    if (!builds(build, dockerfile)) return [];
    const hasSharedMemory =
      shm_size !== undefined || ipc !== undefined || mountsSharedMemory(volumes) || mountsSharedMemory(tmpfs);
    const [start, end] = key.range;
    return [{ name, hasSharedMemory, at: { uri, text, span: { start, end } } }];
  });
}

/** The Compose files that a text shows its readers, between fences or indented, each with what stands above its services. */
export function composeShown(text: string): string[] {
  const lines = text.split(/\r?\n/);
  const starts = lines.flatMap((line, at) => (line.trim() === 'services:' ? at : [])).slice(0, mostShown);
  return starts.map((at) => {
    const depth = indentOf(lines[at] ?? '');
    const isOutside = (one: string) =>
      /^(?:```|~~~)/.test(one.trim()) || (one.trim() !== '' && indentOf(one) < depth);
    const near = lines.slice(Math.max(at - mostAbove, 0), at);
    const above = at - near.length + near.findLastIndex(isOutside);
    const below = lines.findIndex(
      (one, i) => i > at && (isOutside(one) || (one.trim() !== '' && indentOf(one) === depth)),
    );
    // Without a beginning, what stands above is what readers are told.
    const shown = lines.slice(near.some(isOutside) ? above + 1 : at, below < 0 ? undefined : below);
    return shown.map((one) => one.slice(depth)).join('\n');
  });
}
/** So many of them stand in a text. */
const mostShown = 50;
/** So many lines of anchors stand above them. */
const mostAbove = 100;
const indentOf = (line: string) => line.length - line.trimStart().length;

/** What the services of a Compose file that are built, of some folders alone, mount of the machine and may write, where they are told no user. */
export function writableMounts(text: string, isOwn: (folder: string) => boolean = () => true): string[] {
  const services = Object.values(tableOf(tableOf(readYaml(text, true).value).services)).map(tableOf);
  const built = services.filter(
    ({ build, user }) => (build ?? null) !== null && user === undefined && isOwn(folderBuilt(build)),
  );
  // Many services may have the very same list.
  return [...new Set(built.map(({ volumes }) => volumes))].flat().flatMap((mount) => {
    const { type, source, read_only } = tableOf(mount);
    const [, path, mode = ''] = shortMount.exec(stringOf(mount) ?? '') ?? [];
    if (path !== undefined) return mode.split(',').includes('ro') ? [] : path;
    return type === 'bind' && read_only !== true ? (stringOf(source) ?? []) : [];
  });
}

/** A service as what is around it knows it. */
export interface KnownService {
  readonly name: string;
  /** Of which folder it is built, as the Compose file calls it; undefined where it is not. */
  readonly folder: string | undefined;
  /** What its environment says. */
  readonly values: readonly string[];
}

/** All services of a Compose file. */
export function knownServices(text: string): KnownService[] {
  return Object.entries(tableOf(tableOf(readYaml(text, true).value).services)).map(([name, service]) => {
    const { build, environment } = tableOf(service);
    const values = Array.isArray(environment) ? environment : Object.values(tableOf(environment));
    return {
      name,
      folder: (build ?? null) === null ? undefined : folderBuilt(build),
      // An anchor may hand the very same list to many services.
      values: values.flatMap((value) => stringOf(value) ?? []),
    };
  });
}

/** The folder that `build` means, as the Compose file calls it; `''` is its own. */
const folderBuilt = (build: unknown) => {
  const folder = stringOf(build) ?? stringOf(tableOf(build).context) ?? '.';
  return folder
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
};

/** Names of the variables that a Compose file gives the services that are built. */
export function givenNames(text: string): string[] {
  const services = Object.values(tableOf(tableOf(readYaml(text, true).value).services)).map(tableOf);
  const lists = services
    .filter(({ build }) => (build ?? null) !== null)
    .map(({ environment }) => environment);
  const names = [...new Set(lists)].flatMap((list) =>
    Array.isArray(list)
      ? list.flatMap((one) => stringOf(one)?.split('=', 1)[0] ?? [])
      : Object.keys(tableOf(list)),
  );
  return [...new Set(names)].filter((name) => /^[A-Z][A-Z0-9_]*$/.test(name));
}

/** Where the services of a Compose file that are built have what is mounted and may be written. */
export function mountTargets(text: string): string[] {
  const services = Object.values(tableOf(tableOf(readYaml(text, true).value).services)).map(tableOf);
  const lists = services.filter(({ build }) => (build ?? null) !== null).map(({ volumes }) => volumes);
  // Many services may have the very same list.
  return [...new Set(lists)].flat().flatMap((mount) => {
    const { target, read_only } = tableOf(mount);
    const [, path, mode = ''] = /^[^:]+:(\/[^:]*)(?::(.*))?$/.exec(stringOf(mount) ?? '') ?? [];
    if (path !== undefined) return mode.split(',').includes('ro') ? [] : path;
    return read_only === true ? [] : (stringOf(target) ?? []);
  });
}

/** A path of the machine and one of the container (Compose documentation, "volumes", short syntax); any other name is a volume's. */
const shortMount = /^((?:\$\{[^}]*\}|[.~/$])[^:]*):\/[^:]*(?::(.*))?$/;

/** What a list of mounts names, each in the short form or in the long one (Compose documentation, "volumes"). */
function textsOf(mounts: unknown): string[] {
  return [mounts]
    .flat()
    .flatMap((mount) => [stringOf(mount), stringOf(tableOf(mount).target), stringOf(tableOf(mount).source)])
    .filter((text) => text !== undefined);
}

/** Which Dockerfiles a Compose file builds in which folders: paths from its own folder, `''` for that, and the Dockerfile's from the context. */
export function builtContexts(text: string): { context: string; dockerfile: string }[] {
  const services = Object.values(tableOf(tableOf(readYaml(text, true).value).services)).map(tableOf);
  return services.flatMap(({ build }) =>
    (build ?? null) === null
      ? []
      : { context: folderBuilt(build), dockerfile: stringOf(tableOf(build).dockerfile) ?? 'Dockerfile' },
  );
}

/** Where none is named, Docker takes `dockerfile` as well. */
const usualName = (name: string) => (name === 'dockerfile' ? name : 'Dockerfile');

/** Whether `build` means the folder of the Compose file and this Dockerfile in it. */
function builds(build: unknown, dockerfile: string): boolean {
  const { context, dockerfile: named } = tableOf(build);
  const folder =
    stringOf(build) ?? (build === undefined || build === null ? undefined : (stringOf(context) ?? '.'));
  return (
    folder !== undefined &&
    /^\.?\/?$/.test(folder) &&
    (stringOf(named)?.replace(/^\.\//, '') ?? usualName(dockerfile)) === dockerfile
  );
}
