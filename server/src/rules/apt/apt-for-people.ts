import { type AptReplacement, aptReplacements } from '../../data/apt-commands.ts';
import { plainWords } from '../../facts/command-flags.ts';
import { addWord } from '../../facts/run-edits.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell.ts';
import type { Instruction } from '../../syntax/tree.ts';
import type { Edit } from '../../text/edit.ts';

/** Flags of apt whose next word is their value (apt(8)). */
const valueFlags = ['o', 'option', 't', 'target-release', 'c', 'config-file', 'a', 'host-architecture'];

export default defineRule({
  code: 'DL3027',
  name: 'apt-for-people',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  recommended: {
    level: 'hint',
    because:
      '6 of the 9 repositories in which it finds something silence it: apt works in a build and warns only that its command line may change.',
  },
  family: 'apt',
  dependsOn: 'instruction',
  summary: 'apt is used where apt-get is meant for scripts',
  why: 'apt is made for people at a terminal: its output and its options may change from one release to the next, and it says so itself in every build log. apt-get and apt-cache do the same and stay as they are (apt(8), "Script usage and differences from other APT tools").',
  messages: {
    people:
      'apt is made for people at a terminal, and its options and output may change with any release. Write `{program}` in its place.',
    other:
      'apt is made for people at a terminal, and its options and output may change with any release. Use `apt-get`, `apt-cache` or `dpkg` in its place.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN apt-get update && apt-cache policy curl' },
      { code: 'FROM debian:12\nRUN rm -rf /var/lib/apt && echo apt', note: 'a word, not the command' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN ⟦apt⟧ update && apt -y install curl',
        fixed: 'FROM debian:12\nRUN apt-get update && apt-get -y install curl',
        note: 'one finding for all commands of a RUN, and one fix',
      },
      {
        code: 'FROM debian:12\nRUN ⟦apt⟧ -qq full-upgrade && \\\n    apt show curl',
        fixed: 'FROM debian:12\nRUN apt-get -qq dist-upgrade && \\\n    apt-cache show curl',
        note: 'apt-cache prints in another form, so the fix is offered and not applied with others',
      },
      {
        code: 'FROM debian:12\nRUN sudo ⟦/usr/bin/apt⟧ install curl',
        fixed: 'FROM debian:12\nRUN sudo /usr/bin/apt-get install curl',
      },
      {
        code: 'FROM debian:12\nRUN [⟦"apt"⟧, "upgrade", "-y"]',
        fixed: 'FROM debian:12\nRUN ["apt-get", "upgrade", "--with-new-pkgs", "-y"]',
        note: '`apt upgrade` installs new packages as well',
      },
      { code: 'FROM debian:12\nRUN ⟦apt⟧ list --installed', note: 'apt-get has nothing like it' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const uses = facts.commands(run).filter(({ name }) => name === 'apt');
      const word = uses[0]?.nameWord;
      if (!word) return;
      const replaced = uses.flatMap((command) => replaceApt(run, command) ?? []);
      const [first] = replaced;
      if (!first) return report(run.at(word), 'other');
      report(run.at(word), 'people', { program: first.program }, (): Fix => {
        const isSafe = replaced.every(({ program }) => program === 'apt-get');
        const edits = replaced.flatMap((one) => one.edits);
        return { title: 'Use apt-get', safety: isSafe ? 'safe' : 'unsafe', edits };
      });
    },
  }),
});

/** Puts apt-get or apt-cache for one `apt`; undefined where neither does the same. */
function replaceApt(
  run: Instruction,
  command: ShellCommand,
): { program: AptReplacement['program']; edits: Edit[] } | undefined {
  const { nameWord } = command;
  const [verb] = plainWords(command, valueFlags);
  if (!nameWord || !verb || !Object.hasOwn(aptReplacements, verb.value)) return undefined;
  const replacement = aptReplacements[verb.value] as AptReplacement;
  const edits = [replacePart(run, nameWord, 'apt', replacement.program)];
  if (replacement.verb) edits.push(replacePart(run, verb, verb.value, replacement.verb));
  if (replacement.flag) edits.push(addWord(run, verb, replacement.flag));
  return { program: replacement.program, edits };
}

/** Replaces the last `part` of a word, which may have a folder before it and quotes around it. */
function replacePart(run: Instruction, { from, to, raw }: ShellWord, part: string, text: string): Edit {
  const at = raw.lastIndexOf(part);
  const local = at < 0 ? { from, to } : { from: from + at, to: from + at + part.length };
  return { span: run.at(local), text };
}
