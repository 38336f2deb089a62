import { aptOption, aptPrograms } from '../../facts/apt.ts';
import { countFlag } from '../../facts/command-flags.ts';
import { installsWithout } from '../../facts/package-installs.ts';
import { addWord } from '../../facts/run-edits.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

export default defineRule({
  code: 'DL3014',
  name: 'apt-install-asks',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'apt',
  dependsOn: 'instruction',
  summary: 'apt asks before it installs',
  why: 'apt-get asks whether to go on as soon as it installs more than it was told, and a build has nobody to answer: the answer is taken for a no, and the build fails. A package without further dependencies is installed without a question, so the failure may only come with the next release of the base image. `-y` answers yes (apt-get(8), `--yes`).',
  messages: {
    asks: 'apt asks whether to install, and nobody answers in a build. Add `-y` after `install`.',
  },
  options: aptOption,
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN apt-get install -y curl' },
      { code: 'FROM debian:12\nRUN apt-get -yq install curl && apt-get --assume-yes install git' },
      { code: 'FROM debian:12\nRUN apt-get -qq install curl', note: 'two `q` imply a yes' },
      { code: 'FROM debian:12\nRUN apt-get remove curl', note: 'installs only' },
      {
        code: 'FROM debian:12\nRUN apt install curl',
        options: { everyProgram: false },
        note: 'with `everyProgram: false`',
      },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN apt-get ⟦install⟧ curl',
        fixed: 'FROM debian:12\nRUN apt-get install -y curl',
      },
      {
        code: 'FROM debian:12\nRUN apt update && apt ⟦install⟧ curl',
        fixed: 'FROM debian:12\nRUN apt update && apt install -y curl',
      },
      {
        code: 'FROM debian:12\nRUN apt-get update && \\\n    apt-get -q ⟦install⟧ --no-install-recommends \\\n      curl && apt-get install git',
        fixed:
          'FROM debian:12\nRUN apt-get update && \\\n    apt-get -q install -y --no-install-recommends \\\n      curl && apt-get install -y git',
        note: 'one finding for all commands of a RUN, and one fix',
      },
      {
        code: 'FROM debian:12\nRUN ["apt-get", ⟦"install"⟧, "curl"]',
        fixed: 'FROM debian:12\nRUN ["apt-get", "install", "-y", "curl"]',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      const form = { programs: aptPrograms(options), verbs: ['install'] };
      const asking = installsWithout(facts, run, form, ['y', 'yes', 'qq', 'assume-yes']).filter(
        ({ command }) => !isQuietTwice(command),
      );
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

/** `-qq` implies `-y` (apt-get(8), `--quiet`). */
function isQuietTwice(command: ShellCommand): boolean {
  const { args } = command;
  return (
    countFlag(command, ['q']) === 2 ||
    countFlag(command, ['quiet']) === 2 ||
    args.some(({ value }) => value === '-q=2')
  );
}
