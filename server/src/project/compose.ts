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

/** What the services of a Compose file that are built mount of the machine and may write, where they are told no user. */
export function writableMounts(text: string): string[] {
  const services = Object.values(tableOf(tableOf(readYaml(text, true).value).services)).map(tableOf);
  const built = services.filter(({ build, user }) => (build ?? null) !== null && user === undefined);
  // Many services may have the very same list.
  return [...new Set(built.map(({ volumes }) => volumes))].flat().flatMap((mount) => {
    const { type, source, read_only } = tableOf(mount);
    const [, path, mode = ''] = shortMount.exec(stringOf(mount) ?? '') ?? [];
    if (path !== undefined) return mode.split(',').includes('ro') ? [] : path;
    return type === 'bind' && read_only !== true ? (stringOf(source) ?? []) : [];
  });
}

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

/** Whether `build` means the folder of the Compose file and this Dockerfile in it. */
function builds(build: unknown, dockerfile: string): boolean {
  const { context, dockerfile: named } = tableOf(build);
  const folder =
    stringOf(build) ?? (build === undefined || build === null ? undefined : (stringOf(context) ?? '.'));
  return (
    folder !== undefined &&
    /^\.?\/?$/.test(folder) &&
    (stringOf(named) ?? 'Dockerfile').replace(/^\.\//, '') === dockerfile
  );
}
