import type { Copy, Instruction } from '../syntax/tree.ts';
import type { Edit } from '../text/edit.ts';
import { contextSources } from './context-sources.ts';
import type { FileFacts } from './file-facts.ts';
import type { NotThere } from './project-needs.ts';
import { lineage } from './stages.ts';

/**
 * Brings a file of the context into an image along with one that lies in the same folder of it: as another source of its
 * COPY, or another bind mount. Undefined where both cannot share the instruction.
 */
function copyAlong(facts: FileFacts, run: Instruction, beside: string, path: string): Edit[] | undefined {
  const stage = facts.stageOf(run);
  const folder = beside.slice(0, beside.lastIndexOf('/') + 1);
  const name = path.slice(folder.length);
  if (!stage || !path.startsWith(folder) || name.includes('/') || /\s/.test(path)) return undefined;
  const mount = contextSources(facts, run).find((source) => source.path === beside);
  if (mount) {
    const written = run.node.text.slice(mount.word.from, mount.word.to);
    // Only the two names differ.
    const manifest = beside.slice(folder.length);
    const other = written.replaceAll(manifest, name);
    const { end } = run.at(mount.word);
    return written.split(manifest).length === 3
      ? [{ span: { start: end, end }, text: ` ${other}` }]
      : undefined;
  }
  for (const it of lineage(stage).flatMap(({ instructions }) => instructions)) {
    if (it.index >= run.index || (it.node.keyword !== 'COPY' && it.node.keyword !== 'ADD')) continue;
    const copy = it as Instruction<Copy>;
    const source = contextSources(facts, copy).find((one) => one.path === beside);
    if (!source || copy.node.json || !/(?:^|\/)\.{0,2}\/?$/.test(copy.node.destination?.value ?? ''))
      continue;
    const written = copy.node.text.slice(source.word.from, source.word.to);
    const { end } = copy.at(source.word);
    return [{ span: { start: end, end }, text: ` ${written.slice(0, written.lastIndexOf('/') + 1)}${name}` }];
  }
  return undefined;
}

/** What brings a file to its project: an exception in the ignore file, or a COPY beside the manifest. */
export function bringAlong(facts: FileFacts, run: Instruction, { why, path, beside }: NotThere) {
  if (why === 'ignored') {
    const title = `Add !${path} to the ignore file`;
    return { title, safety: 'unsafe' as const, edits: [], ignoreLines: [`!${path}`] };
  }
  const edits = why === 'uncopied' ? copyAlong(facts, run, beside, path) : undefined;
  return edits && { title: `Copy ${path} as well`, safety: 'unsafe' as const, edits };
}
