import type { FileFacts } from '../../../facts/file-facts.ts';
import { removePair } from '../../../facts/pair-edits.ts';
import { lineage, type Stage } from '../../../facts/stages.ts';
import { startOf } from '../../../facts/start-command.ts';
import type { Instruction, KeyValues } from '../../../syntax/tree.ts';
import { applyEdits, type Edit } from '../../../text/edit.ts';
import type { Installer } from './installer.ts';
import { callers } from './installers.ts';

/** A RUN that can have its downloads in a mount, and what has to change in it for that. */
export interface Mounted {
  readonly stage: Stage;
  readonly run: Instruction;
  readonly installer: Installer;
  readonly folder: string;
  readonly uid: string | undefined;
  /** Undefined where all builds share the cache of the folder. */
  readonly id: string | undefined;
  /** Builds need not wait for each other. */
  readonly isShared: boolean;
  readonly edits: readonly Edit[];
}

/** The ENVs that switch a cache off, as far as they can be taken away. */
interface CacheSwitches {
  readonly installer: Installer;
  readonly edits: readonly Edit[];
  /** Whether nothing is left that switches the cache off for a RUN. */
  isTakenAway(stage: Stage, run: Instruction): boolean;
}

/**
 * The ENVs that can go: all below them that may install, in stages that build on theirs too, is mounted, and nobody builds
 * on the image, where an install would find the cache on again.
 */
export function cacheSwitches(
  facts: FileFacts,
  installer: Installer,
  mounted: readonly Mounted[],
): CacheSwitches {
  const runs = new Set(mounted.flatMap((one) => (one.installer === installer ? one.run : [])));
  const edits: Edit[] = [];
  const gone = new Set<Instruction>();
  for (const stage of facts.stages) {
    for (const instruction of (stage.byKeyword.get('ENV') ?? []) as readonly Instruction<KeyValues>[]) {
      const pair = instruction.node.pairs.find(({ key }) => key.value === installer.off);
      const removal = pair && removePair(facts.file, instruction, pair);
      if (!removal || !isMountedBelow(facts, stage, instruction, installer, runs)) continue;
      edits.push(removal);
      gone.add(instruction);
    }
  }
  const sets = ({ node }: Instruction) =>
    (node.keyword === 'ENV' || node.keyword === 'ARG') &&
    node.pairs.some(({ key }) => key.value === installer.off);
  return {
    installer,
    edits,
    isTakenAway: (stage, run) =>
      lineage(stage)
        .flatMap(({ instructions }) => instructions)
        .every((it) => it.index > run.index || !sets(it) || gone.has(it)),
  };
}

function isMountedBelow(
  facts: FileFacts,
  stage: Stage,
  env: Instruction,
  { mention, calledBy }: Installer,
  mounted: ReadonlySet<Instruction>,
): boolean {
  const below = facts.stages.filter((one) => lineage(one).includes(stage));
  const { finalStage } = facts;
  const start = finalStage && startOf(finalStage);
  // Others build on an image that starts nothing.
  if (finalStage && below.includes(finalStage) && !start?.entrypoint && !start?.cmd) return false;
  return below
    .flatMap(({ instructions }) => instructions)
    .filter(({ index }) => index > env.index)
    .every((it) => {
      if (it.node.keyword === 'ONBUILD') return false;
      return (
        it.node.keyword !== 'RUN' ||
        mounted.has(it) ||
        !(mention.test(it.node.text) || calledBy?.test(it.node.text) || callers.test(textOfCalls(facts, it)))
      );
    });
}

/** Commands that do something with a script other than to run it. */
const movers = /^(?:chmod|chown|chgrp|cp|mv|ln|rm|touch|sed|dos2unix)$/;

/** The text of a RUN without those. */
function textOfCalls(facts: FileFacts, run: Instruction): string {
  const { node } = run;
  const text = node.heredocs.length > 0 ? node.text : node.plain;
  const idle = facts.commands(run).filter(({ name }) => movers.test(name));
  return applyEdits(
    text,
    idle.map(({ from, to }) => ({ span: { start: from, end: to }, text: '' })),
  );
}
