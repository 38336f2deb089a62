import type { FileFacts } from '../../facts/file-facts.ts';
import { runsAsRoot } from '../../facts/users.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import type { Edit } from '../../text/edit.ts';

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
  dependsOn: 'instruction',
  summary: 'A RUN calls sudo',
  why: 'A build runs as root unless USER says otherwise, so sudo adds nothing but a package, and where another user may call it without a password, that user is root in the running container too. It also stands between the shell and the program: signals and the environment, proxies included, do not always get through (sudo(8)). Switch with USER for the steps that need root, or start the program with gosu or su-exec in an entrypoint.',
  messages: {
    sudo: 'sudo has no use in a build, which decides by USER who runs a command. Leave it out, with `USER root` above where the user is another.',
  },
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
      if (first) report(run.at(first), 'sudo', undefined, () => removeSudo(run, facts, calls));
    },
  }),
});

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
