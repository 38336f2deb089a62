import { mountTargets } from '../../../project/compose.ts';
import type { KnownProject } from '../known-project.ts';
import { nameOf } from '../paths.ts';
import type { PresentDockerfile } from '../present-dockerfile.ts';

/** Folders of the system, in which no project keeps what is its own. */
const ofSystem =
  /^\/(?:$|app(?:\/|$)|(?:bin|boot|dev|etc|home|lib\w*|opt|proc|root|run|sbin|sys|tmp|usr)(?:\/|$)|var\/(?:cache|lib|log|run)(?:\/(?:apt|docker|postgresql|mysql).*)?$)/;

/**
 * Folders outside of the project's that its Dockerfile and its Compose files have for what it writes: the user of an image must
 * have them, as a volume takes the owner of what the image has there (Docker documentation, "Volumes").
 */
export function outerFolders({
  texts,
  present,
}: Pick<KnownProject, 'texts'> & { readonly present: PresentDockerfile | undefined }): string[] {
  const declared = (texts.get(present?.path ?? '') ?? '').split('\n').flatMap((line) => {
    const [word = '', ...rest] = line.trim().split(/[\s"',[\]]+/);
    return word.toUpperCase() === 'VOLUME' ? rest : [];
  });
  const mounted = [...texts].flatMap(([path, text]) =>
    /^(?:docker-)?compose[\w.-]*\.ya?ml$/.test(nameOf(path)) ? mountTargets(text) : [],
  );
  const all = [...declared, ...mounted].map((path) => path.replace(/\/$/, ''));
  return [...new Set(all)].filter(isOuter).sort();
}

/** One that an image may have for a program. */
export const isOuter = (path: string) => /^(?:\/[\w-]+)+$/.test(path) && !ofSystem.test(path);
