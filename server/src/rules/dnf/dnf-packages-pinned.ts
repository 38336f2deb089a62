import { installsOf, pinOptions } from '../../facts/package-installs.ts';
import { pinMessage, pinMessages } from '../../facts/pin-messages.ts';
import { firstUnpinnedRpm, isPinnedRpm } from '../../facts/rpm-pins.ts';
import { defineRule } from '../../lint/rule.ts';

const form = { programs: ['dnf', 'microdnf'], verbs: ['install'] };

export default defineRule({
  code: 'DL3041',
  name: 'dnf-packages-pinned',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  recommended: {
    level: 'off',
    because:
      '8 of the 10 repositories in which it finds something silence it: a pin breaks the build when the repository drops that version.',
  },
  group: 'system-package-pins',
  family: 'dnf',
  summary: 'dnf installs packages without a version',
  why: 'Without a version, a rebuild may install another release than the image that was tested. dnf takes `name-version` and `name-version-release` (dnf(8), "Specifying Packages"), and `name:stream` for a module. Fedora keeps only the newest update of a package on its mirrors, so there a pin that is not kept up to date breaks the build: pin what matters.',
  messages: {
    ...pinMessages('-'),
    module:
      'Of the module `{name}` the default version of the distribution is installed, or none where it has no default. Write one that `dnf module list {name}` shows, as `{name}:<version>`.',
  },
  options: pinOptions(
    'FROM almalinux:9\nARG PYTHON=3.12-3.12.1-4.el9\nRUN microdnf install -y python$PYTHON && microdnf clean all\n',
    'hadolint#1030',
  ),
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM fedora:42\nRUN dnf install -y git-2.49.0 gcc-c++-15.1.1-2.fc42' },
      {
        code: 'FROM almalinux:9\nARG PYTHON=3.12-3.12.1-4.el9\nRUN microdnf install -y python${PYTHON}',
        note: 'the value is known, and it has a version',
      },
      {
        code: 'FROM almalinux:9\nRUN dnf module install -y nodejs:20 && dnf group install -y "Development Tools"',
      },
    ],
    bad: [
      { code: 'FROM fedora:42\nRUN dnf install -y ⟦git⟧ gcc' },
      {
        code: 'FROM almalinux:9-minimal\nRUN microdnf install -y git-2.43.5 \\\n    ⟦python3.12⟧ \\\n && microdnf clean all',
      },
      { code: 'FROM almalinux:9\nRUN dnf module install -y ⟦nodejs⟧' },
      { code: 'FROM fedora:42\nARG X\nRUN dnf install -y ⟦gcc$X⟧', options: { resolveVariables: false } },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      for (const install of installsOf(facts, run, form)) {
        const word = firstUnpinnedRpm(facts, run, install, { ...options, withGroups: true });
        if (!word) continue;
        const isModule = install.command.args.some(({ value }) => value === 'module');
        const { id, data } = pinMessage(facts, run, word, isPinnedRpm);
        report(run.at(word), isModule && !word.value.includes('$') ? 'module' : id, data);
      }
    },
  }),
});
