import { composeShown, writableMounts } from '../../../project/compose.ts';

/** A path of the machine before one of the container, as a shell takes them, and how it is mounted. */
const shortMount = /^["']?((?:\$|%cd%|[.~/])[^:"']*)["']?:["']?(\/[^:"']*)(?::([\w,]+))?/i;

/** What a README mounts of the machine and may write: by `docker run` of the project's image, and by Compose files that it shows. */
export function mountsShown(text: string): string[] {
  const lines = text.replace(/\\\r?\n/g, ' ').split('\n');
  const tags = lines.flatMap((line) => (calls(line, 'build') ? [...valuesOf(line, ['-t', '--tag'])] : []));
  const run = lines.filter(
    (line) => calls(line, 'run') && valuesOf(line, ['-u', '--user', '--userns']).length === 0,
  );
  const mounted = run.flatMap((line) => {
    const isOwn = tags.some((tag) => line.split(/\s+/).includes(tag));
    return [
      ...valuesOf(line, ['-v', '--volume']).map((mount) => shortMount.exec(mount)?.slice(1) ?? []),
      ...valuesOf(line, ['--mount']).map(longMount),
    ].flatMap(([source = '', target = '', mode = '']) =>
      source !== '' && (isOwn || /^\/app(?:\/|$)/.test(target)) && !/\b(?:ro|readonly)\b/.test(mode)
        ? source
        : [],
    );
  });
  const shown = composeShown(text).flatMap((file) => writableMounts(file));
  return [...mounted, ...shown].map(belowHere);
}

/** `docker run`, `sudo podman build`, `docker buildx build`. */
function calls(line: string, verb: string): boolean {
  const words = line.split(/[\s`]+/);
  const at = words.findIndex((word) => word === 'docker' || word === 'podman');
  return at >= 0 && words.indexOf(verb, at) > at;
}

/** What stands behind some flags, in the next word or behind `=`; `$(pwd)` and quotes hold blanks for nobody. */
function valuesOf(line: string, flags: readonly string[]): string[] {
  const words = line.split(/\s+/);
  return words.flatMap((word, at) => {
    const flag = flags.find((one) => word === one || word.startsWith(`${one}=`));
    return flag === undefined ? [] : [word === flag ? (words[at + 1] ?? '') : word.slice(flag.length + 1)];
  });
}

/** `type=bind,source=/a,target=/b,readonly` */
function longMount(mount: string): string[] {
  const pairs = new Map(
    mount
      .replace(/["']/g, '')
      .split(',')
      .map((pair): [string, string] => {
        const [name = '', value = name] = pair.split('=', 2);
        return [name, value];
      }),
  );
  if (pairs.get('type') !== 'bind') return [];
  const [source = '', target = ''] = [
    pairs.get('source') ?? pairs.get('src'),
    pairs.get('target') ?? pairs.get('dst') ?? pairs.get('destination'),
  ];
  return [source, target, pairs.has('readonly') || pairs.has('ro') ? 'ro' : ''];
}

/** `$(pwd)/out` is `./out`. */
const belowHere = (source: string) => source.replace(/^(?:\$\(pwd\)|\$\{?PWD\}?|%cd%)\/?/i, './');
