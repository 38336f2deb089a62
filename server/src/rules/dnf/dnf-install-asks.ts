import { installsWithout } from '../../facts/package-installs.ts';
import { addWord } from '../../facts/run-edits.ts';
import { defineRule } from '../../lint/rule.ts';

const form = {
  programs: ['dnf', 'microdnf'],
  verbs: ['install', 'groupinstall', 'localinstall'],
};

export default defineRule({
  code: 'DL3038',
  name: 'dnf-install-asks',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'dnf',
  dependsOn: 'instruction',
  summary: 'dnf asks before it installs',
  why: 'dnf asks whether to go on, and a build has nobody to answer: it reads the end of its input, takes that for a no, and the build fails. `-y` answers yes (dnf(8), `-y`).',
  messages: {
    asks: 'dnf asks whether to install, and nobody answers in a build. Add `-y`, as in `dnf -y install`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM fedora:42\nRUN dnf install -y git' },
      { code: 'FROM fedora:42\nRUN dnf -yq install git && dnf --assumeyes groupinstall "Development Tools"' },
      { code: 'FROM fedora:42\nRUN dnf check-update || true' },
    ],
    bad: [
      {
        code: 'FROM fedora:42\nRUN dnf ⟦install⟧ git',
        fixed: 'FROM fedora:42\nRUN dnf install -y git',
      },
      {
        code: 'FROM fedora:42\nRUN dnf ⟦groupinstall⟧ "Development Tools" && \\\n    dnf install -q \\\n      git',
        fixed:
          'FROM fedora:42\nRUN dnf groupinstall -y "Development Tools" && \\\n    dnf install -y -q \\\n      git',
        note: 'one finding for all commands of a RUN, and one fix',
      },
      {
        code: 'FROM fedora:42\nRUN ["dnf", ⟦"install"⟧, "git"]',
        fixed: 'FROM fedora:42\nRUN ["dnf", "install", "-y", "git"]',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const asking = installsWithout(facts, run, form, ['y', 'assumeyes']);
      const first = asking[0];
      if (!first) return;
      report(run.at(first.verb), 'asks', undefined, () => ({
        title: 'Add -y',
        safety: 'safe',
        edits: asking.map(({ verb }) => addWord(run, verb, '-y')),
      }));
    },
  }),
});
