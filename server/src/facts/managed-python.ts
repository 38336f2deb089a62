import { firstManaged, imagesWithoutPython } from '../data/managed-pythons.ts';
import { osReleases } from '../data/os-releases.ts';
import { baseImage, officialName } from './base-images.ts';
import { rootStage, type Stage } from './stages.ts';

const managedCodenames = osReleases
  .filter(({ distribution, version }) => Number(version) >= firstManaged[distribution])
  .map((release) => release.codename);
const codename = new RegExp(`(?:^|[-_])(?:${managedCodenames.join('|')})(?=$|[-_])`);
const registries = ['docker.io', 'nvcr.io', 'public.ecr.aws', 'mirror.gcr.io'];

/** Whether the Python of a stage's base image is the distribution's, which pip refuses to install into (PEP 668). */
export function refusesPip(stage: Stage): boolean {
  const image = baseImage(stage);
  const { registry, tag, digest } = image;
  if (rootStage(stage).base.unknown.length > 0) return false;
  if (registry !== undefined && !registries.includes(registry)) return false;
  const repository = officialName(image).replace(/^docker\/library\//, '');
  if (!imagesWithoutPython.test(repository)) return false;
  if (tag !== undefined && codename.test(tag)) return true;
  const ubuntu = /(?:^|-)ubuntu-?(\d\d\.\d\d)(?=$|-)/.exec(tag ?? '')?.[1];
  if (ubuntu !== undefined) return Number(ubuntu) >= firstManaged.ubuntu;
  if (repository !== 'debian' && repository !== 'ubuntu') return false;
  if (tag === undefined) return digest === undefined;
  const version = /^(\d+(?:\.\d+)?)(?=$|[-.])/.exec(tag)?.[1];
  if (version !== undefined) return Number(version) >= firstManaged[repository];
  // What these names stand for moves on, but not back to a release without the mark.
  return /^(?:latest|rolling|devel|stable|testing|sid|unstable)(?:-slim)?$/.test(tag);
}
