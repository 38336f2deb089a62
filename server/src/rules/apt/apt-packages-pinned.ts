import { aptOption, aptPrograms } from '../../facts/apt.ts';
import { firstUnpinned, installsOf, pinOptions } from '../../facts/package-installs.ts';
import { pinMessage, pinMessages } from '../../facts/pin-messages.ts';
import { defineRule } from '../../lint/rule.ts';

const form = { verbs: ['install'], valueFlags: ['t', 'target-release'] };

const isPinned = (name: string) => /[=/]|\.deb$/.test(name);

export default defineRule({
  code: 'DL3008',
  name: 'apt-packages-pinned',
  aliases: [],
  since: '0.1.0',
  severity: 'warning',
  recommended: {
    level: 'off',
    because:
      '82 of the 94 repositories in which it finds something silence it: Debian and Ubuntu keep only the newest build of a package, so that a pin breaks the build before long. A digest of the base image holds more.',
  },
  group: 'system-package-pins',
  family: 'apt',
  summary: 'apt installs packages without a version',
  why: 'Without a version, a rebuild may install another release than the image that was tested. Debian removes superseded versions from its mirrors, so a pin that is not kept up to date breaks the build: pin what matters, and ignore the rule where the base image is pinned by digest.',
  messages: {
    ...pinMessages('='),
    pattern:
      '`{name}` is a pattern, so a rebuild may install other packages. Name them, each with a version, as in `name=<version>`.',
  },
  options: {
    ...pinOptions(
      'FROM debian:12\nARG PACKAGES="curl=7.88.1-10+deb12u8"\nRUN apt-get install -y --no-install-recommends $PACKAGES\n',
      'hadolint#928',
    ),
    ...aptOption,
  },
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN apt-get install -y curl=7.88.1-10+deb12u8' },
      { code: 'FROM debian:12\nRUN apt-get install -y -t bookworm-backports git=1:2.43.*' },
      { code: 'FROM debian:12\nCOPY tool.deb .\nRUN apt-get install -y ./tool.deb' },
      {
        code: 'FROM debian:12\nRUN deps="python3=3.11.2-1+b1" && apt-get install -y $deps',
        note: 'the variable may hold versions',
      },
      {
        code: 'FROM debian:12\nRUN apt install -y curl',
        options: { everyProgram: false },
        note: 'with `everyProgram: false`',
      },
    ],
    bad: [
      { code: 'FROM debian:12\nRUN apt-get install -y ⟦curl⟧' },
      { code: 'FROM debian:12\nRUN apt update && apt -y install git=1:2.39.2 ⟦curl⟧' },
      {
        code: 'FROM debian:12\nRUN apt-get update \\\n && apt-get install -y \\\n    git=1:2.39.2 \\\n    ⟦curl⟧ \\\n    wget',
        note: 'one finding for each command, on its first unpinned package',
      },
      {
        code: 'FROM debian:12\nENV PACKAGES="git=1:2.39.2 curl"\nRUN apt-get install -y ⟦$PACKAGES⟧',
        note: 'the value is known',
      },
      {
        code: 'FROM debian:12\nARG PACKAGES\nRUN apt-get install -y ⟦$PACKAGES⟧',
        options: { resolveVariables: false },
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      const programs = aptPrograms(options);
      for (const { packages } of installsOf(facts, run, { ...form, programs })) {
        const word = firstUnpinned(facts, run, packages, isPinned, options);
        if (!word) continue;
        const { id, data } = pinMessage(facts, run, word, isPinned);
        const isPattern = !word.value.includes('$') && /[*?^|[]/.test(word.value);
        report(run.at(word), isPattern ? 'pattern' : id, data);
      }
    },
  }),
});
