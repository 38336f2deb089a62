import { rootDaemons, serviceAccounts } from '../data/root-daemons.ts';
import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import type { FileFacts } from './file-facts.ts';
import { effective, lineage, type Stage } from './stages.ts';
import { startedPrograms, startOf } from './start-command.ts';
import { isTemplate } from './templates.ts';

/** A user that a RUN creates. */
export interface Account {
  readonly run: Instruction;
  readonly nameWord: ShellWord;
  readonly name: string;
  /** The number behind `-u`, as written. */
  readonly uid: string | undefined;
  /** The folder behind `-d`, of adduser behind `-h` or `--home`. */
  readonly home: string | undefined;
  /** It gets none, or one below another folder than `/home`: `useradd -M`, `-b`, `-R`. */
  readonly isHomeless: boolean;
}

/** Flags whose next word is their value (useradd(8) of shadow 4.13; adduser(8) of Debian 12 and BusyBox 1.36). */
const valueFlags: Readonly<Record<string, RegExp>> = {
  useradd:
    /^(?:-[a-zA-Z]*[bcdefgGkKpPRsuZ]|--(?:base-dir|comment|home|home-dir|expiredate|inactive|gid|groups|skel|key|password|prefix|root|shell|uid|selinux-user))$/,
  adduser:
    /^(?:-[a-zA-Z]*[hgsGuk]|--(?:home|shell|uid|gid|ingroup|gecos|comment|conf|firstuid|lastuid|firstgid|lastgid))$/,
};

const known = new WeakMap<Stage, readonly Account[]>();

/** The users that a stage itself creates. */
export function accountsOf(facts: FileFacts, stage: Stage): readonly Account[] {
  const accounts = known.get(stage) ?? createdAccounts(facts, stage.byKeyword.get('RUN') ?? []);
  known.set(stage, accounts);
  return accounts;
}

/** The users that the commands of some RUNs create. */
export function createdAccounts(facts: FileFacts, runs: readonly Instruction[]): Account[] {
  return runs.flatMap((run) =>
    facts.commands(run).flatMap((command) => {
      const account = readAccount(command);
      return account ? [{ run, ...account }] : [];
    }),
  );
}

function readAccount({ name, args }: ShellCommand): Omit<Account, 'run'> | undefined {
  const takesValue = Object.hasOwn(valueFlags, name) ? valueFlags[name] : undefined;
  if (!takesValue) return undefined;
  let uid: string | undefined;
  let home: string | undefined;
  const namesHome = name === 'useradd' ? /^(?:--home|--home-dir|-[a-zA-Z]*d)$/ : /^(?:--home|-[a-zA-Z]*h)$/;
  const names: ShellWord[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i] as ShellWord;
    const joined = /^--uid=(.+)$/.exec(word.value)?.[1] ?? /^-u(\d+)$/.exec(word.value)?.[1];
    const joinedHome = /^--home(?:-dir)?=(.+)$/.exec(word.value)?.[1];
    if (joined) uid = joined;
    else if (joinedHome) home = joinedHome;
    else if (takesValue.test(word.value)) {
      i++;
      if (/^(?:--uid|-[a-zA-Z]*u)$/.test(word.value)) uid = args[i]?.value;
      else if (namesHome.test(word.value)) home = args[i]?.value;
    } else if (!word.value.startsWith('-')) names.push(word);
  }
  // `adduser USER GROUP` adds a user that is there to a group.
  const nameWord = name === 'adduser' && names.length > 1 ? undefined : names[0];
  const homeless =
    name === 'useradd'
      ? /^(?:--(?:base-dir|no-create-home|root)|-[a-zA-Z]*[bMR])/
      : /^(?:--no-create-home|-[a-zA-Z]*H)/;
  const isHomeless = args.some(({ value }) => homeless.test(value));
  return nameWord && { nameWord, name: nameWord.value, uid, home, isHomeless };
}

/** Whether a container starts with a script, which may switch to a user. */
function startsScript(stage: Stage): boolean {
  const { entrypoint, cmd } = startOf(stage);
  const named = /\.sh\b|entry-?point|\/(?:start|run|init|launch)(?=["'\s]|$)/;
  return [entrypoint, entrypoint ? undefined : cmd].some(
    (it) => it !== undefined && named.test(it.node.plain.slice(it.node.body.from)),
  );
}

/** Tools that drop root when the container starts. */
const dropsRoot =
  /\b(?:gosu|su-exec|setpriv|runuser|chroot|sshd|supervisord?|s6-setuidgid|s6-overlay|chpst|start-stop-daemon|setuidgid|droproot|capsh|crond?)\b/;
/** Users of development containers, to whom devcontainer.json switches. */
const switchedToElsewhere = /^(?:vscode|codespace)$/;
const manages = /^(?:useradd|adduser|usermod|groupadd|addgroup|mkdir)$/;

/**
 * A user that is created on the way to a stage, which has no USER, and to whom nothing is given either: no file, no
 * command, no login.
 */
export function unusedAccount(facts: FileFacts, stage: Stage): Account | undefined {
  if (effective(stage, 'USER') || isTemplate(facts.file)) return undefined;
  if (startsScript(stage)) return undefined;
  const programs = startedPrograms(facts, stage).map((program) => program.name);
  if (programs.some((name) => rootDaemons.test(name))) return undefined;
  const instructions = lineage(stage).flatMap((ancestor) => ancestor.instructions);
  if (instructions.some(({ node }) => dropsRoot.test(node.text))) return undefined;
  return createdAccounts(facts, instructions).find(({ name }) => {
    if (!/^[\w-]{1,64}$/.test(name) || switchedToElsewhere.test(name) || serviceAccounts.test(name))
      return false;
    // A server that is named like its account, as `rabbitmq-server` of `rabbitmq`, is made to drop to it.
    if (programs.some((program) => program.startsWith(name))) return false;
    // `/home/app` does not use the user; `app:app` and `--chown=app` do.
    const mention = new RegExp(`(?<![\\w/.-])${name}(?![\\w./-])`);
    const uses = (it: Instruction) =>
      it.node.keyword === 'RUN'
        ? facts
            .commands(it)
            .some(
              (command) => !manages.test(command.name) && command.args.some(({ raw }) => mention.test(raw)),
            )
        : mention.test(it.node.text);
    return !instructions.some(uses);
  });
}
