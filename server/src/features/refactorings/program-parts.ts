import { contextSources, filesOf } from '../../facts/context-sources.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { pathAt } from '../../facts/paths.ts';
import type { Stage } from '../../facts/stages.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';

/** Folders of the system, of programs and of users' settings, from which installers take what no word of them names. */
const ofSystem =
  /^\.?\/(?:etc|bin|sbin|lib\w*|boot|dev|proc|run|sys|tmp|root|usr\/(?!src\/|app(?:\/|$)|local\/(?:src|app)\/)|var\/(?!task(?:\/|$)|www\/|app(?:\/|$)))(?:.*)|\/\./;
/**
 * Files by which people tell installers of indexes, keys and Pythons: pip, uv, conda, curl and git look for them where they run,
 * in a home folder or in an environment (their documentation).
 */
const settings =
  /(?:^|\/)(?:pip\.(?:conf|ini)|uv\.toml|_netrc|\.(?:netrc|pip|pypirc|condarc|npmrc|pydistutils\.cfg|curlrc|wgetrc|gitconfig|git-credentials|ssh|aws|config|python-version)|(?:site|user)customize\.py|[\w.-]+\.pth)(?:\/|$)/i;

/** Whether a COPY brings nothing but what the project's own programs read. */
export function isOfPrograms(facts: FileFacts, stage: Stage, copy: Instruction<Copy>): boolean {
  const { destination } = copy.node;
  const place = destination && pathAt(facts.file, stage, copy, destination);
  if (place === undefined || ofSystem.test(`${place}/`)) return false;
  const paths = contextSources(facts, copy).flatMap(({ path }) => {
    const files = facts.context?.files ? filesOf(facts.context, path) : [];
    return [path, ...files.map((file) => file.path)];
  });
  return ![place, ...paths].some((path) => settings.test(path));
}
