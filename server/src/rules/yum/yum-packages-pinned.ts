import { installsOf, pinOptions } from '../../facts/package-installs.ts';
import { pinMessage, pinMessages } from '../../facts/pin-messages.ts';
import { firstUnpinnedRpm, isPinnedRpm } from '../../facts/rpm-pins.ts';
import { defineRule } from '../../lint/rule.ts';

const form = { programs: ['yum'], verbs: ['install'] };

export default defineRule({
  code: 'DL3033',
  name: 'yum-packages-pinned',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  recommended: {
    level: 'off',
    because:
      '3 of the 4 repositories in which it finds something silence it: a pin breaks the build when the repository drops that version.',
  },
  group: 'system-package-pins',
  family: 'yum',
  summary: 'yum installs packages without a version',
  why: 'Without a version, a rebuild may install another release than the image that was tested. yum takes `name-version` and `name-version-release` (yum(8), "specifying package names"), and `name:stream` for a module. Red Hat and its rebuilds keep older versions of a release in the repository, so a pin holds for years there.',
  messages: {
    ...pinMessages('-'),
    module:
      'Of the module `{name}` the default version of the distribution is installed, or none where it has no default. Write one that `yum module list {name}` shows, as `{name}:<version>`.',
  },
  options: pinOptions(
    'FROM rockylinux:8\nRUN which_version=2.21 && yum install -y which-$which_version && yum clean all\n',
    'hadolint#1143',
  ),
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM rockylinux:8\nRUN yum install -y git-2.43.5 gcc-c++-8.5.0-22.el8_10' },
      {
        code: 'FROM rockylinux:8\nRUN yum install -y https://example.org/epel-release-8.noarch.rpm',
        note: 'a file is one version',
      },
      { code: 'FROM rockylinux:8\nRUN yum module install -y python39:3.9/build' },
      {
        code: 'FROM rockylinux:8\nRUN version=2.21 && yum install -y which-$version',
        note: 'the variable may hold the version',
      },
    ],
    bad: [
      { code: 'FROM rockylinux:8\nRUN yum install -y ⟦git⟧ gcc' },
      {
        code: 'FROM centos:7\nRUN yum install -y git-1.8.3.1 \\\n    ⟦epel-release⟧ \\\n && yum clean all',
      },
      { code: 'FROM rockylinux:8\nRUN yum module install -y ⟦python39⟧' },
      { code: 'FROM rockylinux:8\nARG PACKAGES="git which-2.21"\nRUN yum install -y ⟦$PACKAGES⟧' },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      for (const install of installsOf(facts, run, form)) {
        const word = firstUnpinnedRpm(facts, run, install, { ...options, withGroups: false });
        if (!word) continue;
        const isModule = install.command.args.some(({ value }) => value === 'module');
        const { id, data } = pinMessage(facts, run, word, isPinnedRpm);
        report(run.at(word), isModule && !word.value.includes('$') ? 'module' : id, data);
      }
    },
  }),
});
