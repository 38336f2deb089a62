import { installsOf } from '../../facts/package-installs.ts';
import { defineRule } from '../../lint/rule.ts';

const form = { programs: ['zypper'], verbs: ['dist-upgrade', 'dup'] };

export default defineRule({
  code: 'DL3035',
  name: 'zypper-dist-upgrade',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'zypper',
  dependsOn: 'instruction',
  summary: 'zypper upgrades the whole distribution',
  why: 'A dist-upgrade brings all of the image to the state of the repositories of that day: the same Dockerfile then gives another system with each build, the replaced packages of the base image stay in the layers below, and it may go as far as to another release (zypper(8), "dist-upgrade"). A newer tag of the base image does the same in a way that can be repeated.',
  messages: {
    upgrades:
      'This replaces the system of the base image by the newest of the day, on top of the old one. Delete it, and build with `--pull`, which takes the newest image of the tag in FROM.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM opensuse/tumbleweed:latest\nRUN zypper -n install git' },
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n patch && echo dup', note: 'patches only' },
    ],
    bad: [
      { code: 'FROM opensuse/tumbleweed:latest\nRUN zypper -n ⟦dup⟧' },
      { code: 'FROM opensuse/leap:15.6\nRUN zypper ref && \\\n    zypper ⟦dist-upgrade⟧ -y' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const [upgrade] = installsOf(facts, run, form);
      if (upgrade) report(run.at(upgrade.verb), 'upgrades');
    },
  }),
});
