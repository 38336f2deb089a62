import { firstAccounts } from '../data/image-users.ts';
import { type Account, accountsOf } from './accounts.ts';
import { baseImage, fullName } from './base-images.ts';
import { hasFlag } from './command-flags.ts';
import type { FileFacts } from './file-facts.ts';
import { lineage, type Stage } from './stages.ts';

/**
 * The number that an account gets which is given none, where it is the first that a file makes in an image without accounts of
 * people. A system's own account gets another.
 */
export function uidOf(facts: FileFacts, stage: Stage, account: Account): string | undefined {
  if (account.uid !== undefined) return account.uid;
  const image = baseImage(stage);
  const isKnown = firstAccounts.some((pattern) =>
    pattern.test(`${fullName(image)}:${image.tag ?? 'latest'}`),
  );
  const [first] = lineage(stage)
    .toReversed()
    .flatMap((one) => accountsOf(facts, one));
  const command = facts.commands(account.run).find(({ args }) => args.includes(account.nameWord));
  if (!isKnown || first?.nameWord !== account.nameWord || !command || command.wrappers.length > 0)
    return undefined;
  const isSpecial = hasFlag(command, ['r', 'S', 'system', 'firstuid', 'K', 'key', 'R', 'root', 'conf']);
  return isSpecial || otherWays.test(facts.file.text) ? undefined : '1000';
}

/** Other ways by which accounts and their numbers come about. */
const otherWays = /\b(?:newusers|login\.defs|adduser\.conf|usermod|etc\/passwd)\b/;
