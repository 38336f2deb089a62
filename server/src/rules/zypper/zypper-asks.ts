import { installsWithout } from '../../facts/package-installs.ts';
import { addWord } from '../../facts/run-edits.ts';
import { defineRule } from '../../lint/rule.ts';

const form = {
  programs: ['zypper'],
  verbs: ['install', 'in', 'remove', 'rm', 'source-install', 'si', 'patch'],
};
const flags = ['non-interactive', 'n', 'no-confirm', 'y'];

export default defineRule({
  code: 'DL3034',
  name: 'zypper-asks',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'zypper',
  dependsOn: 'instruction',
  summary: 'zypper asks before it installs or removes',
  why: 'zypper asks whether to go on, and a build has nobody to answer: it reads the end of its input, gives up, and the build fails. `--non-interactive`, `-n` for short, takes the default answer to every question (zypper(8), "Global options").',
  messages: {
    asks: 'zypper asks whether to go on, and nobody answers in a build. Write `zypper --non-interactive {verb}`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM opensuse/leap:15.6\nRUN zypper --non-interactive install git' },
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n in git && zypper rm -y gcc' },
      { code: 'FROM opensuse/leap:15.6\nRUN zypper refresh' },
    ],
    bad: [
      {
        code: 'FROM opensuse/leap:15.6\nRUN zypper ⟦install⟧ git',
        fixed: 'FROM opensuse/leap:15.6\nRUN zypper --non-interactive install git',
      },
      {
        code: 'FROM opensuse/leap:15.6\nRUN zypper ⟦patch⟧ && \\\n    zypper --gpg-auto-import-keys in \\\n      git',
        fixed:
          'FROM opensuse/leap:15.6\nRUN zypper --non-interactive patch && \\\n    zypper --non-interactive --gpg-auto-import-keys in \\\n      git',
        note: 'one finding for all commands of a RUN, and one fix',
      },
      {
        code: 'FROM opensuse/leap:15.6\nRUN ["zypper", ⟦"rm"⟧, "gcc"]',
        fixed: 'FROM opensuse/leap:15.6\nRUN ["zypper", "--non-interactive", "rm", "gcc"]',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const asking = installsWithout(facts, run, form, flags);
      const first = asking[0];
      if (!first) return;
      report(run.at(first.verb), 'asks', { verb: first.verb.value }, () => ({
        title: 'Add --non-interactive',
        safety: 'safe',
        // It is one of the flags that stand before the sub-command.
        edits: asking.flatMap(({ command: { nameWord } }) =>
          nameWord ? [addWord(run, nameWord, '--non-interactive')] : [],
        ),
      }));
    },
  }),
});
