import { readAptInstall } from '../../facts/apt.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3008',
  name: 'apt-packages-pinned',
  aliases: [],
  since: '0.1.0',
  severity: 'warning',
  family: 'apt',
  summary: 'apt-get installs packages without a version',
  why: 'Without a version, a rebuild may install another release than the image that was tested. Debian removes superseded versions from its mirrors, so a pin that is not kept up to date breaks the build: pin what matters, and ignore the rule where the base image is pinned by digest.',
  messages: {
    unpinned: '`{name}` has no version, so a rebuild may install another one. Write `{name}=<version>`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN apt-get install -y curl=7.88.1-10+deb12u8' },
      { code: 'FROM debian:12\nRUN apt-get install -y -t bookworm-backports git=1:2.43.*' },
      { code: 'FROM debian:12\nCOPY tool.deb .\nRUN apt-get install -y ./tool.deb' },
    ],
    bad: [
      { code: 'FROM debian:12\nRUN apt-get install -y ⟦curl⟧' },
      {
        code: 'FROM debian:12\nRUN apt-get update \\\n && apt-get install -y \\\n    git=1:2.39.2 \\\n    ⟦curl⟧ \\\n    wget',
        note: 'one finding for each command, on its first unpinned package',
      },
    ],
  },
  create: () => ({
    RUN(run, ctx) {
      for (const command of ctx.facts.commands(run)) {
        if (command.name !== 'apt-get') continue;
        const unpinned = readAptInstall(command)?.packages.find(({ value }) => !/[=/]|\.deb$/.test(value));
        if (unpinned) ctx.report(run.at(unpinned), 'unpinned', { name: unpinned.value });
      }
    },
  }),
});
