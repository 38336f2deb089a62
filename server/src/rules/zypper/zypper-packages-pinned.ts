import { baseImage } from '../../facts/base-images.ts';
import { firstUnpinned, installsOf, pinOptions } from '../../facts/package-installs.ts';
import { pinMessage, pinMessages } from '../../facts/pin-messages.ts';
import { defineRule } from '../../lint/rule.ts';

const form = { programs: ['zypper'], verbs: ['install', 'in'] };

const isPinned = (name: string) => /[=<>]|\.rpm$/.test(name);

export default defineRule({
  code: 'DL3037',
  name: 'zypper-packages-pinned',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  recommended: {
    level: 'off',
    because:
      'It asks for the same as DL3008, which 82 of 94 repositories silence: a pin breaks the build when the repository drops that version.',
  },
  group: 'system-package-pins',
  family: 'zypper',
  summary: 'zypper installs packages without a version',
  why: 'Without a version, a rebuild may install another release than the image that was tested. zypper takes `name=version` and, in quotes, ranges such as `"name>=1.2"` (zypper(8), "install"). Tumbleweed keeps only the newest version, so there a pin that is not kept up to date breaks the build: pin what matters.',
  messages: {
    ...pinMessages('='),
    rolling:
      'openSUSE Tumbleweed keeps only the newest `{name}`, so each build may install another one, and a version written here is soon gone. Where it must not change, install it into an image of your own, and start from that one by its tag.',
  },
  options: pinOptions(
    'FROM opensuse/leap:15.6\nARG PACKAGES="git=2.43.0"\nRUN zypper -n install $PACKAGES && zypper clean\n',
  ),
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n install git=2.43.0 "python311>=3.11.9"' },
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n in https://example.org/tool.rpm' },
      {
        code: 'FROM opensuse/leap:15.6\nARG PACKAGES\nRUN zypper -n in $PACKAGES',
        note: 'the variable may hold versions',
      },
    ],
    bad: [
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n install ⟦git⟧ gcc' },
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n in git=2.43.0 \\\n    ⟦gcc⟧ && zypper clean' },
      { code: 'FROM opensuse/leap:15.6\nENV PACKAGES="git gcc"\nRUN zypper -n in ⟦$PACKAGES⟧' },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      for (const { packages } of installsOf(facts, run, form)) {
        const word = firstUnpinned(facts, run, packages, isPinned, options);
        if (!word) continue;
        const { id, data } = pinMessage(facts, run, word, isPinned);
        const stage = facts.stageOf(run);
        const isRolling = stage && /^opensuse\/tumbleweed$/.test(baseImage(stage).repository);
        const isPlain = id === 'unpinned' || id === 'floating';
        report(run.at(word), isRolling && isPlain ? 'rolling' : id, data);
      }
    },
  }),
});
