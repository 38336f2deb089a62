import { installsWithout } from '../../facts/package-installs.ts';
import { addWord } from '../../facts/run-edits.ts';
import { defineRule } from '../../lint/rule.ts';

const form = {
  programs: ['yum'],
  verbs: ['install', 'groupinstall', 'localinstall'],
};

export default defineRule({
  code: 'DL3030',
  name: 'yum-install-asks',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'yum',
  dependsOn: 'instruction',
  summary: 'yum asks before it installs',
  why: 'yum asks whether to go on, and a build has nobody to answer: it reads the end of its input, takes that for a no, and the build fails. `-y` answers yes (yum(8), `-y`).',
  messages: {
    asks: 'yum asks whether to install, and nobody answers in a build. Add `-y`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM centos:7\nRUN yum install -y git' },
      { code: 'FROM centos:7\nRUN yum -yq install git && yum --assumeyes groupinstall "Development Tools"' },
      { code: 'FROM centos:7\nRUN yum check-update || true' },
    ],
    bad: [
      {
        code: 'FROM centos:7\nRUN yum ⟦install⟧ git',
        fixed: 'FROM centos:7\nRUN yum install -y git',
      },
      {
        code: 'FROM centos:7\nRUN yum ⟦groupinstall⟧ "Development Tools" && \\\n    yum install -q \\\n      git',
        fixed:
          'FROM centos:7\nRUN yum groupinstall -y "Development Tools" && \\\n    yum install -y -q \\\n      git',
        note: 'one finding for all commands of a RUN, and one fix',
      },
      {
        code: 'FROM centos:7\nRUN ["yum", ⟦"install"⟧, "git"]',
        fixed: 'FROM centos:7\nRUN ["yum", "install", "-y", "git"]',
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
