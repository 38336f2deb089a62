import type { FileFacts } from '../../../facts/file-facts.ts';
import { composeShown } from '../../../project/compose.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import { folderOf } from '../../../text/uri.ts';
import { blockAt, isBuiltAt, pathFrom, servicesIn } from './compose-services.ts';

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

/** Compose files, by their names or by what they hold: `compose.prod.yml`, `production.yml`. */
const isCompose = (path: string, text: string) => /\.ya?ml$/i.test(path) && /^services:/m.test(text);
const scripts =
  /\.(?:sh|bash|md|mdx|rst|adoc)$|(?:^|\/)(?:makefile|justfile|readme(?:\.\w+)?)$|^(?:\.\.\/)*\.github\/workflows\//i;
/** A GPU that is reserved needs no root, as against a file of `/dev`. */
const rights =
  /^[ \t]*(?:privileged|cap_add|pid|ipc)[ \t]*:|["'\s]\/dev\/\w+|docker\.sock|--(?:privileged|device|cap-add)\b/m;
/** `./data:/app/data`, with `:ro` behind it where nothing can be written, `${DATA:-./data}:${TO:-/app/data}`, `/app/data` alone. */
const shortMount =
  /^(?:(?:\$\{[^\s}]*\}|\$\w|[^\s:#$])+:)?(?:\/[^\s:#]+|\$\{\w+:?-\/[^\s}]*\}|\$\{\w+\}\/[^\s:#]*)(:[\w,]+)?$/;
/** `8080:80` */
const lowPort = /^(?:[\d.]+:)?[\w${}-]*:[1-9]\d{0,2}(?:\/tcp)?$/;

/**
 * Those that the files of the project and of the repository around it have: services of Compose that are built here,
 * `docker run`, and manifests of Kubernetes.
 */
export function containerRuns(facts: FileFacts, around: SourceTexts | undefined): ContainerRun[] {
  const known = new Set(facts.context?.services?.map(({ name }) => name));
  const folder = folderOf(facts.context?.ignoreFileUri ?? '');
  const composed = [...(around ?? [])].filter(([path, text]) => isCompose(path, text));
  const services = composed.flatMap(([path, text]) => {
    const here = pathFrom(path, folder);
    return servicesIn(text).map((one) => ({
      ...one,
      path,
      isBuilt:
        isBuiltAt(one.body, here) ||
        (!path.startsWith('../') && (known.has(one.name) || isPublished(one.body))),
    }));
  });
  const built = services.filter(({ isBuilt }) => isBuilt);
  // Another file says more of a service, as an override does, or what it extends; other services run its image.
  const names = new Set(
    built.flatMap(({ name, body }) => [name, ...[...body.matchAll(extended)].map(([, base]) => base)]),
  );
  const images = new Set([
    ...built.flatMap(({ body }) => imageOf(body) ?? []),
    ...[...(around ?? [])].flatMap(([path, text]) => imagesBuilt(path, text, folder)),
  ]);
  const more = services.filter(
    ({ name, body, isBuilt }) =>
      !isBuilt &&
      !/^[ \t]*build:/m.test(body) &&
      (names.has(name) || images.has(imageOf(body) ?? '') || isCalledLike(lastOf(folder), name, body)),
  );
  const ofServices = [...built, ...more].map(({ body }) => readService(body));
  const ofOthers = [...(around ?? [])].flatMap(([path, text]) => {
    if (isCompose(path, text)) return [];
    if (scripts.test(path)) return [...commandsIn(text), ...servicesShown(text)];
    return manifest.test(text) && !ofOthersOnly(text) ? [readManifest(text)] : [];
  });
  return [...ofServices, ...ofOthers];
}

const extended = /(?:^[ \t]*|[{,] *)["']?(?:extends|service)["']?:[ \t]*["']?([\w.-]+)/gm;
const imageOf = (body: string) => /^[ \t]*image:[ \t]*["']?([^\s"'#]+)/m.exec(body)?.[1];

const lastOf = (folder: string | undefined) => folder?.slice(folder.lastIndexOf('/') + 1) ?? '';

/** A service named as the folder runs an image named so as well, as `shop_backend:latest`: somebody builds it here and tells nobody. */
const isCalledLike = (folder: string, name: string, body: string) =>
  folder !== '' && name === folder && (imageOf(body) ?? '').split(/[/_:.-]/).includes(folder);

/** The images that `docker build` of a script, a Makefile or a text for readers makes here, as their names are written. */
function imagesBuilt(path: string, text: string, folder: string | undefined): string[] {
  if (!scripts.test(path)) return [];
  const own = lastOf(folder);
  return text
    .replace(/\\\r?\n/g, ' ')
    .split('\n')
    .filter((line) => /\b(?:docker|podman)\b.{0,80}\bbuild\b/.test(line))
    .filter((line) => !path.startsWith('../') || own === '' || wordsOf(line).includes(own))
    .flatMap((line) => [...line.matchAll(/\s(?:-t|--tag)[ =]["']?([^\s"']+)/g)].map(([, name = '']) => name));
}
const wordsOf = (line: string) => line.split(/[\s/"'=]+/);

/** The services of Compose files that a text shows its readers, which run this image or one of its project. */
const servicesShown = (text: string): ContainerRun[] =>
  composeShown(text)
    .flatMap(servicesIn)
    .filter(({ body }) => /^[ \t]*build:/m.test(body) || isPublished(body))
    .map(({ body }) => readService(body));

/** A pod that mounts something that outlives it. */
const manifest = /\bpersistentVolumeClaim:|\bhostPath:|\bvolumeClaimTemplates:/;
const ofOthersOnly = (text: string) =>
  (text.match(/^[ \t-]*image:.*/gm) ?? []).every((line) => others.test(line));

/** A group of the volume lets each user of the pod write (Kubernetes documentation, "Configure a Security Context"). */
const readManifest = (text: string): ContainerRun => ({
  text: '',
  mountsWritable: !/\bfsGroup:/.test(text),
  givesRights: /\bprivileged:[ \t]*true|\bmountPath:[ \t]*["']?\/root\b/.test(text),
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
  const long = longMounts(text).some((mount) => !/read_only["']?:[ \t]*["']?true/.test(mount));
  return {
    text,
    mountsWritable: short || long,
    givesRights: rights.test(text),
    publishesLowPort:
      itemsOf(text).some((item) => lowPort.test(item)) ||
      /^[ \t]*target:[ \t]*[1-9]\d{0,2}[ \t]*$/m.test(text),
  };
}

/** Mounts in the long form, each with the lines below its own. */
function longMounts(text: string): string[] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, start) => {
    if (!/^[ \t]*-/.test(line)) return [];
    const item = blockAt(lines, start);
    return /[\s{,-]["']?type["']?:[ \t]*["']?(?:bind|volume)/.test(item) ? [item] : [];
  });
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
