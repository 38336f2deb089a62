import { builderFiles } from '../data/classic-builders.ts';
import type { Ports } from '../ports/ports.ts';
import { parentsOf } from '../text/uri.ts';
import { encodePath, listContext } from './context-files.ts';
import { namesCompose, type SourceTexts } from './source-texts.ts';

const nameIn = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const isReadme = (path: string) => /^(?:readme(?:\.md|\.rst|\.txt)?|justfile|makefile)$/i.test(nameIn(path));
/** What is written for those who build, run or host a project. */
const isGuide = (path: string) =>
  /^(?:(?:\.github|docs?|deploy\w*|infra\w*|scripts?|docker)\/){0,2}[^/]{0,80}$/i.test(path) &&
  /\.(?:md|mdx|rst|adoc)$/i.test(path) &&
  /deploy|docker|container|gcloud|gcp|cloud|host|install|start|setup|usage|develop|contribut|run|produc|kube|k8s|aws|azure|heroku|guide|build|operat/i.test(
    nameIn(path),
  );
const isCompose = (path: string) => namesCompose.test(nameIn(path));
/** Where manifests of Kubernetes are kept. */
const clusterFolder =
  /^(?:k8s|k3s|kubernetes|manifests?|helm|charts?|deploy(?:ments?)?|argocd|argo[\w-]*|infra(?:structure)?|ops)$/i;
const isManifest = (path: string) =>
  /\.ya?ml$/i.test(path) &&
  path
    .split('/')
    .slice(0, -1)
    .some((folder) => clusterFolder.test(folder));

/** Whether a file of a project tells what builds its images, or how their containers are run. */
export const tellsAround = (path: string) =>
  builderFiles.test(nameIn(path)) ||
  /(?:^|\/)(?:app[\w.-]*\.ya?ml|task[-_]?def[\w-]*\.json)$/i.test(path) ||
  /^(?:railway\.(?:json|toml)|\.circleci\/config\.yml)$|^\.do\//i.test(path) ||
  (isReadme(path) && !path.includes('/')) ||
  isGuide(path) ||
  /(?:^|\/)\.?devcontainer(?:\/[\w-]+)?(?:\/devcontainer)?\.json$/.test(path) ||
  isManifest(path);

/** A repository is so many folders above a build context at most. */
const highest = 5;
/** So many files tell of it, none larger, in bytes. */
const [mostFiles, largest] = [200, 200_000];
/** Folders of a repository in which such files lie beside those at its top. */
const folders = /^(?:\.circleci|\.github|scripts?|bin|docker|compose|docs?)$/;

/** What lies at the top of a project. */
const tellsProject = /^\.git(?:ignore|attributes|hub)?$|^(?:docker-)?compose[\w.-]*\.ya?ml$/i;

/**
 * What tells that above a build context, up to the repository that it lies in: `../.travis.yml`.
 * @param isRead the folder is, so that nothing of it is told twice
 */
export async function readTextsAround(
  { readFile, listFolder }: Pick<Ports, 'readFile' | 'listFolder'>,
  folder: string,
  isRead = true,
): Promise<SourceTexts> {
  const texts = new Map<string, string>();
  const namesIn = async (at: string) => (await listFolder?.(at)) ?? [];
  const isRepository = async (at: string) => (await namesIn(at)).some(({ name }) => name === '.git');
  if (!listFolder || (await isRepository(folder))) return texts;
  const above = parentsOf(folder).slice(0, highest);
  let top = -1;
  for (const [i, at] of above.entries()) {
    const names = (await namesIn(at)).map(({ name }) => name);
    // An archive of a repository has no `.git`. What lies above a folder that is in neither is not its project.
    if (names.some((name) => tellsProject.test(name))) top = i;
    if (names.includes('.git')) break;
  }
  for (const [i, at] of above.slice(0, top + 1).entries()) {
    const isOwn = (name: string) => `${folder}/`.startsWith(`${at}/${encodePath(name)}/`);
    const paths: string[] = [];
    for (const { name, kind, size } of await namesIn(at)) {
      if (kind !== 'folder') {
        if (size <= largest && (tellsAround(name) || isCompose(name) || /\.sh$/.test(name))) paths.push(name);
      } else if (!(isRead && isOwn(name)) && (folders.test(name) || clusterFolder.test(name))) {
        const below = await listContext(`${at}/${encodePath(name)}`, listFolder);
        const told = below?.files.map((file) => ({ ...file, path: `${name}/${file.path}` })) ?? [];
        paths.push(
          ...told.flatMap((file) => (file.size <= largest && isToldBelow(file.path) ? file.path : [])),
        );
      }
    }
    for (const path of paths.slice(0, mostFiles)) {
      const text = await readFile(`${at}/${encodePath(path)}`);
      if (text !== undefined) texts.set(`${'../'.repeat(i + 1)}${path}`, text);
    }
  }
  return texts;
}

const isToldBelow = (path: string) =>
  isManifest(path) || isCompose(path) || tellsAround(path) || /\.sh$|^\.github\/workflows\/[^/]+$/.test(path);
