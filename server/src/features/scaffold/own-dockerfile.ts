import { readCompose } from '../../project/compose.ts';
import type { SourceTexts } from '../../project/source-texts.ts';
import { type Answers, ask, type Found } from './found.ts';
import { folderOf, nameOf } from './paths.ts';

export const isDockerfile = (path: string) =>
  /^(?:[\w-]+\.)?(?:dockerfile|containerfile)(?:\.[\w-]+)?$/i.test(nameOf(path));
const isCompose = /^(?:docker-)?compose[\w.-]*\.ya?ml$/i;
/** For those who work on the project. */
export const isForWork = (path: string) => /dev|test|debug|ci\b/i.test(path);

/** The Dockerfile of the project itself: the one in its folder, or the one that its Compose file builds there. */
export function ownDockerfile(texts: SourceTexts): string | undefined {
  const usual = ['Dockerfile', 'Containerfile'].find((path) => texts.has(path));
  if (usual !== undefined) return usual;
  const all = [...texts.keys()].filter((path) => isDockerfile(path) && !isForWork(path));
  const here = all.filter((path) => folderOf(path) === '');
  const files = [...texts].filter(([path]) => isCompose.test(path));
  const composed = all.filter((path) => files.some(([uri, text]) => readCompose(uri, text, path).length > 0));
  return [here, composed].find((some) => some.length === 1)?.[0];
}

/** Asks first whether another one is wanted where the project has one. */
export function wanted(texts: SourceTexts, { present }: Answers): Found<undefined> {
  const path = ownDockerfile(texts);
  if (path === undefined || present === 'new') return { value: undefined };
  if (present === undefined)
    return ask('present', [
      { value: 'keep', because: path },
      { value: 'new', because: null },
    ]);
  return { refused: `${path} stays as it is: "Optimize Dockerfile…" improves it.` };
}
