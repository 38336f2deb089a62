import { accountsOf } from '../../../facts/accounts.ts';
import { hasFlag } from '../../../facts/command-flags.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { runnerAt } from '../../../facts/home-folders.ts';
import { lineage, type Stage } from '../../../facts/stages.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { isOwned } from '../non-root/owned-folders.ts';

/**
 * Whether a mount may lie at a folder: what leads to it stays in the image as a folder of root where nothing was there
 * (measured with Docker 28), so that another user could write no more to `~/.cache`. So for another user the folder must
 * be one that this user can make before, in a home that the file makes, and for root one that nobody else needs.
 */
export function canBeMounted(
  facts: FileFacts,
  stage: Stage,
  run: Instruction,
  { folder, uid }: { readonly folder: string; readonly uid: string | undefined },
): boolean {
  if (uid !== undefined) return isInMadeHome(facts, stage, run, folder);
  const isElsewhere = !folder.startsWith('/root/') && folder.includes('/.cache/');
  return (
    !isElsewhere ||
    !facts.stages.some((one) => one.byKeyword.has('USER') && hasFolder(facts, one, stage, folder))
  );
}

/** Whether what leads to a folder of one stage is in another, which builds on it or copies it. */
function hasFolder(facts: FileFacts, stage: Stage, from: Stage, folder: string): boolean {
  if (lineage(stage).includes(from)) return true;
  return lineage(stage).some(({ instructions }) =>
    instructions.some(({ node }) => {
      if (node.keyword !== 'COPY' || !('sources' in node)) return false;
      const source = node.flags.find(({ name }) => name === 'from')?.value?.value;
      if (source === undefined) return false;
      const copied = facts.stages.find((one, i) => one.name === source || String(i) === source);
      const isOther = copied ? !lineage(copied).includes(from) : !source.includes('$');
      return (
        !isOther &&
        node.sources.some(({ value }) => {
          const path = value.replace(/^(?!\/)/, '/').replace(/(?<=.)\/$/, '');
          return !/^[\w./-]+$/.test(path) || isOwned(folder, [path]);
        })
      );
    }),
  );
}

function isInMadeHome(facts: FileFacts, stage: Stage, run: Instruction, folder: string): boolean {
  const { home, user } = runnerAt(facts, stage, run);
  if (!home || !folder.startsWith(`${home}/`)) return false;
  return lineage(stage)
    .flatMap((one) => accountsOf(facts, one))
    .filter((account) => account.run.index < run.index && (account.name === user || account.uid === user))
    .some(({ run: made, nameWord, isHomeless }) =>
      facts.commands(made).some((command) => {
        if (isHomeless || !command.args.includes(nameWord)) return false;
        return command.name === 'adduser' || hasFlag(command, ['m', 'create-home']);
      }),
    );
}
