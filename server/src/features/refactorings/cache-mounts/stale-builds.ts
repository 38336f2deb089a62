import { contextSources } from '../../../facts/context-sources.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { readPipTargets } from '../../../facts/pip.ts';
import { hasUvFlag, type UvCommand } from '../../../facts/uv.ts';
import type { Instruction } from '../../../syntax/tree.ts';

/**
 * Whether uv may take an old build of a project out of its cache after a change of the code alone. It builds a folder anew
 * where the change time of `pyproject.toml` is another (uv documentation, "Dynamic metadata"; `Timestamp` in uv-cache-info),
 * which is so behind each COPY that brings both, and not where the code comes by itself.
 */
export function mayBeStale(facts: FileFacts, run: Instruction, uv: UvCommand): boolean {
  if (!buildsFolder(uv) || hasUvFlag(uv, ['reinstall', 'reinstall-package', 'refresh', 'refresh-package']))
    return false;
  const stage = facts.stageOf(run);
  const last = stage?.instructions.findLast(
    ({ node, index }) => index < run.index && /^(?:COPY|ADD)$/.test(node.keyword),
  );
  if (!last) return false;
  const paths = contextSources(facts, last).map(({ path }) => path);
  return !paths.some((path) => path === '.' || /(?:^|\/)(?:pyproject\.toml|setup\.py)$/.test(path));
}

function buildsFolder(uv: UvCommand): boolean {
  if (uv.verb === 'sync')
    return hasUvFlag(uv, ['no-editable']) && !hasUvFlag(uv, ['no-install-project', 'no-install-workspace']);
  if (uv.verb !== 'pip install') return false;
  return readPipTargets(uv.args).packages.some(
    ({ value }) => /^\.{0,2}\/|^\.{1,2}(?:\[|$)/.test(value) && !/\.(?:whl|tar\.gz|zip)$/.test(value),
  );
}
