import type { FileFacts } from '../../../facts/file-facts.ts';
import { composeShown } from '../../../project/compose.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import { trimEnd } from '../../../text/trim.ts';
import { folderOf } from '../../../text/uri.ts';

/** How a container of the image is run, as other files of the project tell. */
interface ContainerRun {
  /** A service of a Compose file, or a command that runs a container. */
  readonly text: string;
  /** It mounts something that the container can write to: there the number of the user counts. */
  readonly mountsWritable: boolean;
  /** It hands over a device, the engine's socket, or rights of the machine. */
  readonly givesRights: boolean;
  /** It publishes a port below 1024 of the container. */
  readonly publishesLowPort: boolean;
}

/** The items of lists in YAML, in lines of their own or in one. */
const itemsOf = (text: string) =>
  text
    .split('\n')
    .flatMap((line) =>
      line.includes('[') ? line.split(/[[\],]/) : /^\s*-/.test(line) ? line.replace('-', '') : [],
    )
    .map(
      (item) =>
        item
          .split(' #', 1)[0]
          ?.trim()
          .replace(/^["']|["']$/g, '') ?? '',
    );

const compose = /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/i;
const scripts =
  /\.(?:sh|bash)$|(?:^|\/)(?:makefile|justfile|readme(?:\.\w+)?)$|^(?:\.\.\/)*\.github\/workflows\//i;
/** A GPU that is reserved needs no root, as against a file of `/dev`. */
const rights =
  /^[ \t]*(?:privileged|cap_add|pid|ipc)[ \t]*:|["'\s]\/dev\/\w+|docker\.sock|--(?:privileged|device|cap-add)\b/m;
/** `./data:/app/data`, with `:ro` behind it where nothing can be written, and `/app/data` alone. */
const shortMount = /^(?:[^\s:#]+:)?\/[^\s:#]+(:[\w,]+)?$/;
/** `8080:80` */
const lowPort = /^(?:[\d.]+:)?[\w${}-]*:[1-9]\d{0,2}(?:\/tcp)?$/;

/**
 * Those that the files of the project and of the repository around it have: services of Compose that are built here,
 * `docker run`, and manifests of Kubernetes.
 */
export function containerRuns(facts: FileFacts, around: SourceTexts | undefined): ContainerRun[] {
  const known = new Set(facts.context?.services?.map(({ name }) => name));
  const folder = folderOf(facts.context?.ignoreFileUri ?? '');
  return [...(around ?? [])].flatMap(([path, text]) => {
    if (compose.test(path)) {
      const isOwn = !path.startsWith('../');
      const here = pathFrom(path, folder);
      return servicesIn(text)
        .filter(
          ({ name, body }) => (isOwn && (known.has(name) || isPublished(body))) || isBuiltAt(body, here),
        )
        .map(({ body }) => readService(/<<:|^[ \t]*extends:/m.test(body) ? text : body));
    }
    if (scripts.test(path)) return [...commandsIn(text), ...servicesShown(text)];
    return manifest.test(text) && !ofOthersOnly(text) ? [readManifest(text)] : [];
  });
}

/** The folder of the build context, where it is known, as a file calls it: `''` for one in it, `api` for `../compose.yml`. */
function pathFrom(path: string, folder: string | undefined): string | undefined {
  const file = path.slice(0, path.lastIndexOf('/') + 1);
  const steps = file.split('../').length - 1;
  if (steps > 0 && folder === undefined) return undefined;
  const inner = file
    .slice(steps * 3)
    .split('/')
    .slice(0, -1);
  const names = steps === 0 ? [] : (folder ?? '').split('/').slice(-steps);
  return [...inner.map(() => '..'), ...names].join('/');
}

/** The services of a Compose file by their indentation, each with what stands below its name. */
function servicesIn(text: string): { name: string; body: string }[] {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => /^services:/.test(line));
  const found: { name: string; body: string }[] = [];
  let depth: number | undefined;
  for (const line of start < 0 ? [] : lines.slice(start + 1)) {
    if (/^[^\s#]/.test(line)) break;
    const [, indent = '', name = ''] = /^( +)["']?([\w.-]+)["']?:/.exec(line) ?? [];
    if (indent !== '') depth ??= indent.length;
    const last = found.at(-1);
    if (indent !== '' && indent.length === depth) found.push({ name, body: '' });
    else if (last) last.body += `${line}\n`;
  }
  return found;
}

/** The services of Compose files that a text shows its readers, which run this image or one of its project. */
const servicesShown = (text: string): ContainerRun[] =>
  composeShown(text)
    .flatMap(servicesIn)
    .filter(({ body }) => /^[ \t]*build:/m.test(body) || isPublished(body))
    .map(({ body }) => readService(body));

/** Whether a service is built from the folder of this name, or a Dockerfile in it, and not from another. */
function isBuiltAt(body: string, here: string | undefined): boolean {
  if (!/^[ \t]*build:/m.test(body)) return false;
  if (here === undefined) return true;
  const [, written = '.'] =
    /^[ \t]*build:[ \t]*["']?([^\s"'{#]+)/m.exec(body) ??
    /^[ \t]*context:[ \t]*["']?([^\s"'#]+)/m.exec(body) ??
    [];
  const folder = plainPath(written);
  const file = plainPath(/^[ \t]*dockerfile:[ \t]*["']?([^\s"'#]+)/m.exec(body)?.[1] ?? '');
  const isAbove = folder === '' || folder.startsWith('..');
  if (written.includes('$') || folder === here || (isAbove && here === '')) return true;
  const own = folder === '' ? `/${file}` : `/${folder}/${file}`;
  return here !== '' && own.slice(0, own.lastIndexOf('/') + 1).endsWith(`/${here}/`);
}

const plainPath = (path: string) => trimEnd(path.replace(/^(?:\.\/)+/, ''), /\//).replace(/^\.$/, '');

/** A pod that mounts something that outlives it. */
const manifest = /\bpersistentVolumeClaim:|\bhostPath:|\bvolumeClaimTemplates:/;
const ofOthersOnly = (text: string) =>
  (text.match(/^[ \t-]*image:.*/gm) ?? []).every((line) => others.test(line));

/** A group of the volume lets each user of the pod write (Kubernetes documentation, "Configure a Security Context"). */
const readManifest = (text: string): ContainerRun => ({
  text: '',
  mountsWritable: !/\bfsGroup:/.test(text),
  givesRights: /\bprivileged:[ \t]*true/.test(text),
  publishesLowPort: false,
});

/** Whether a service runs what may be the project's own image, taken from a registry. */
function isPublished(body: string): boolean {
  const [image] = /^[ \t]*image:[ \t]*[^\s#]{0,200}\/[^\s#]*/m.exec(body) ?? [];
  return !/^[ \t]*build:/m.test(body) && image !== undefined && !others.test(image);
}

function readService(text: string): ContainerRun {
  const isReadOnly = (options = '') => /[:,]ro\b/.test(options);
  const short = itemsOf(text).some((item) => {
    const mount = shortMount.exec(item);
    return mount && !isReadOnly(mount[1]);
  });
  const long = /^[ \t-]*type:[ \t]*["']?(?:bind|volume)/m.test(text) && !/read_only:[ \t]*true/.test(text);
  return {
    text,
    mountsWritable: short || long,
    givesRights: rights.test(text),
    publishesLowPort:
      itemsOf(text).some((item) => lowPort.test(item)) ||
      /^[ \t]*target:[ \t]*[1-9]\d{0,2}[ \t]*$/m.test(text),
  };
}

/** Other people's images, which a project starts beside its own. */
const others =
  /\b(?:postgres|redis|mysql|mariadb|mongo|minio|elasticsearch|opensearch|grafana|prom|nginx|traefik|rabbitmq|kafka|hadolint|registry:|localstack|mailhog|qdrant|milvus)\b/;

/** Flags whose values may name the container of others. */
const valued =
  /\s(?:-[evpwuhl]|--(?:name|net(?:work)?|link|env(?:-file)?|volume|mount|publish|hostname|label|volumes-from))[ =]\S+/g;

function commandsIn(text: string): ContainerRun[] {
  return text
    .replace(/\\\r?\n/g, ' ')
    .split('\n')
    .filter(
      (line) =>
        /\b(?:docker|podman)\b.{0,80}\brun\b/.test(line) && !others.test(line.replaceAll(valued, ' ')),
    )
    .map((line) => {
      const mounts = line.match(/(?:-v|--volume|--mount)[ =]\S+/g) ?? [];
      return {
        text: line,
        mountsWritable: mounts.some((mount) => !/[:,](?:ro|readonly)\b/.test(mount)),
        givesRights: rights.test(line),
        publishesLowPort: (line.match(/(?:-p|--publish)[ =]\S+/g) ?? []).some((word) =>
          lowPort.test(word.replace(/^-+\w+[ =]/, '')),
        ),
      };
    });
}
