import { accountsOf } from '../../../facts/accounts.ts';
import { hasFlag } from '../../../facts/command-flags.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { runnerAt } from '../../../facts/home-folders.ts';
import { lineage, type Stage } from '../../../facts/stages.ts';
import type { Instruction } from '../../../syntax/tree.ts';

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
  return !isElsewhere || !facts.stages.some(({ byKeyword }) => byKeyword.has('USER'));
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
