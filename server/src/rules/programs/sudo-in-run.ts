import type { FileFacts } from '../../facts/file-facts.ts';
import { effective } from '../../facts/stages.ts';
import { runsAsRoot } from '../../facts/users.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import type { Edit } from '../../text/edit.ts';

const messages = {
  asRoot: 'sudo adds nothing here, as the build runs this as root already. Leave it out.',
  asUser:
    'sudo is not needed in a build, as USER decides who runs a command. Write `USER root` above this, leave sudo out, and write `USER {user}` again below.',
  asBase:
    'sudo is not needed in a build, as USER decides who runs a command. Leave it out; where the user of the base image is not root, write `USER root` above and that user again below.',
  toOther:
    'sudo is not needed in a build, as USER decides who runs a command. Write `USER` with the name of that user above this, leave sudo out, and name the former user again below.',
} as const;

export default defineRule({
  code: 'DL3004',
  name: 'sudo-in-run',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  recommended: {
    level: 'info',
    because:
      '1 of the 4 repositories in which it finds something silence it. Where sudo is installed the command runs; it is of no use for root.',
  },
  family: 'programs',
  summary: 'A RUN calls sudo',
  why: 'A build runs as root unless USER says otherwise, so sudo adds nothing but a package, and where another user may call it without a password, that user is root in the running container too. It also stands between the shell and the program: signals and the environment, proxies included, do not always get through (sudo(8)). Switch with USER for the steps that need root, or start the program with gosu or su-exec in an entrypoint.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nUSER root\nRUN apt-get install -y sudo' },
      { code: 'FROM debian:12\nRUN echo "app ALL=(ALL) NOPASSWD: ALL" > /etc/sudoers.d/app' },
      { code: 'FROM debian:12\nENTRYPOINT ["gosu", "app", "serve"]' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN ⟦sudo⟧ -E apt-get update && sudo -H pip install .',
        fixed: 'FROM debian:12\nRUN apt-get update && pip install .',
        note: 'one finding for each RUN, and one fix for all of it',
      },
      {
        code: 'FROM team/base:1\nUSER root\nRUN curl -f https://example.org/key | ⟦sudo⟧ apt-key add -',
        fixed: 'FROM team/base:1\nUSER root\nRUN curl -f https://example.org/key | apt-key add -',
      },
      {
        code: 'FROM debian:12\nUSER app\nRUN env A=1 ⟦sudo⟧ make install',
        note: 'no fix, as the user is not root',
      },
      { code: 'FROM debian:12\nRUN ⟦sudo⟧ -u app make', note: 'no fix, as it switches to another user' },
      { code: 'FROM debian:12\nRUN [⟦"sudo"⟧, "make"]' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const calls = facts.commands(run).flatMap((command) => {
        const words = writtenWords(command);
        const at = words.findIndex(({ value }) => /^(?:.*\/)?sudo$/.test(value));
        const isCall = command.name === 'sudo' || command.wrappers.includes('sudo');
        return isCall && at >= 0 ? [words.slice(at)] : [];
      });
      const first = calls[0]?.[0];
      if (!first) return;
      const { id, user } = situation(facts, run, calls);
      report(run.at(first), id, { user }, () => removeSudo(run, facts, calls));
    },
  }),
});

/** Who runs the command, and by sudo: that decides what to write in its place. */
function situation(
  { file, stageOf }: FileFacts,
  run: Instruction<Run>,
  calls: readonly (readonly ShellWord[])[],
): { id: keyof typeof messages; user: string } {
  const stage = stageOf(run);
  const other = calls.flat().findIndex(({ value }) => /^(?:-u|--user$)/.test(value));
  if (other >= 0) return { id: 'toOther', user: '' };
  if (!stage || runsAsRoot(file, stage, run)) return { id: 'asRoot', user: '' };
  const word = effective(stage, 'USER', run)?.node.args[0];
  return word ? { id: 'asUser', user: word.raw } : { id: 'asBase', user: '' };
}

/** The words of a command, those of what was looked through included. */
function writtenWords(command: ShellCommand): readonly ShellWord[] {
  const { nameWord, args } = command.literal ?? command;
  return nameWord ? [nameWord, ...args] : [];
}

/** @param calls the words of each call from `sudo` on */
function removeSudo(
  run: Instruction<Run>,
  { file, stageOf }: FileFacts,
  calls: readonly (readonly ShellWord[])[],
): Fix | undefined {
  const stage = stageOf(run);
  if (run.node.json || !stage || !runsAsRoot(file, stage, run)) return undefined;
  const edits = calls.flatMap(([sudo, ...words]): Edit[] => {
    const next = words.find(({ value }) => !/^-[EHn]+$/.test(value));
    const canGo = sudo && next && !next.value.startsWith('-');
    return canGo ? [{ span: run.at({ from: sudo.from, to: next.from }), text: '' }] : [];
  });
  if (edits.length < calls.length) return undefined;
  return { title: 'Remove sudo', safety: 'unsafe', edits };
}
