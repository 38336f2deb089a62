import type { FileFacts } from '../../../facts/file-facts.ts';
import { readMounts } from '../../../facts/mounts.ts';
import { variablesAt } from '../../../facts/scope.ts';
import { lineage, type Stage } from '../../../facts/stages.ts';
import { hasUvFlag, uvCommands } from '../../../facts/uv.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { type Edit, likeKeyword, lineEnding } from '../../../text/edit.ts';
import type { Mounted } from './cache-switches.ts';

/**
 * Says that uv copies, in the first stage of each line: it warns else, as the mount is a file system of its own (uv
 * documentation, "link-mode"). Where it installs without a mount too, its cache would be in the image beside the copies.
 */
export function linkByCopy(facts: FileFacts, mounted: readonly Mounted[]): Edit[] {
  const { file } = facts;
  if (facts.context?.project?.uv.settings.includes('link-mode')) return [];
  const own = mounted.filter(({ installer }) => installer.name === 'uv');
  const runs = new Set(own.map(({ run }) => run));
  const linked: Stage[] = [];
  for (const { stage, run } of own) {
    if (lineage(stage).some((one) => linked.includes(one))) continue;
    const isSet = variablesAt(file, stage, run).has('UV_LINK_MODE') || /\bUV_LINK_MODE=/.test(run.node.text);
    const children = facts.stages.filter((one) => lineage(one).includes(stage));
    const isElsewhere = children
      .flatMap(({ byKeyword }) => byKeyword.get('RUN') ?? [])
      .some((one) => !runs.has(one) && keepsDownloads(facts, one));
    if (!isSet && !isElsewhere) linked.push(stage);
  }
  return linked.map(({ from }) => {
    const { end } = from.span;
    return {
      span: { start: end, end },
      text: `${lineEnding(file.text)}${likeKeyword('ENV', from.node.keywordWord.raw)} UV_LINK_MODE=copy`,
    };
  });
}

const keepsDownloads = (facts: FileFacts, run: Instruction) =>
  uvCommands(facts, run).some(
    (uv) => /^(?:sync|pip install|pip sync)$/.test(uv.verb) && !hasUvFlag(uv, ['no-cache', 'n', 'link-mode']),
  ) && !readMounts(run.node).some(({ type }) => type === 'cache');
