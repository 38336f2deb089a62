import type { Instruction } from '../syntax/tree.ts';
import { accountsOf } from './accounts.ts';
import type { FileFacts } from './file-facts.ts';
import { uidOf } from './first-accounts.ts';
import { variablesAt } from './scope.ts';
import { effective, lineage, type Stage } from './stages.ts';
import { isRoot, userName } from './users.ts';

/** Who runs an instruction. */
export interface Runner {
  /** Undefined where it is not known. */
  readonly home: string | undefined;
  /** Undefined for root. */
  readonly user: string | undefined;
  /** The number of a user that is not root, where the file tells it. */
  readonly uid: string | undefined;
}

/** The user of an instruction and its home folder: root, unless a USER says otherwise. */
export function runnerAt(facts: FileFacts, stage: Stage, at: Instruction): Runner {
  const given = variablesAt(facts.file, stage, at).get('HOME');
  const home = given?.startsWith('/') && !given.includes('$') ? given : undefined;
  const instruction = effective(stage, 'USER', at);
  const user = instruction ? userName(facts.file, stage, instruction) : 'root';
  if (user === undefined) return { home, user: '', uid: undefined };
  if (isRoot(user)) return { home: home ?? '/root', user: undefined, uid: undefined };
  const account = lineage(stage)
    .flatMap((one) => accountsOf(facts, one))
    .find(({ run, name, uid }) => run.index < at.index && (name === user || uid === user));
  const isNumber = /^\d+$/.test(user);
  const name = account?.name ?? (isNumber ? undefined : user);
  const uid = isNumber ? user : account && uidOf(facts, stage, account);
  return {
    home: home ?? account?.home ?? (account?.isHomeless ? undefined : name && `/home/${name}`),
    user,
    uid: uid && /^\d+$/.test(uid) ? uid : undefined,
  };
}
