import { aptOption, aptPrograms } from '../../facts/apt.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { installsWithout } from '../../facts/package-installs.ts';
import { addWord } from '../../facts/run-edits.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import type { Instruction } from '../../syntax/tree.ts';

const switchedOff = /APT::Install-Recommends(?:\s*=\s*|\s+)["']?(?:false|0|no|off)\b/i;

export default defineRule({
  code: 'DL3015',
  name: 'apt-recommended-packages',
  aliases: [],
  since: '0.1.0',
  severity: 'info',
  recommended: {
    level: 'hint',
    because:
      '6 of the 21 repositories in which it finds something silence it. Packages that are only recommended make the image larger, and some are needed.',
  },
  family: 'apt',
  summary: 'apt installs recommended packages as well',
  why: 'Debian and Ubuntu install what a package recommends, not only what it needs: on an empty Debian 12, `python3-pip` is 221 packages and 548 MB with them, 50 packages and 77 MB without (apt’s own figures, November 2026). `--no-install-recommends` leaves them out. Now and then one of them was needed, such as `ca-certificates` beside `curl`: then name it.',
  messages: {
    recommended:
      'This also installs packages that others only recommend, which makes the image larger. Add `--no-install-recommends` after `install`, and name those of them that you need.',
  },
  options: {
    readConfiguration: {
      default: true,
      description: "Accept recommended packages switched off by any spelling, or in apt's configuration.",
      hadolint: {
        value: false,
        reason:
          "Recommended packages can be switched off for the whole image in apt's configuration, or by `-o` in several spellings; hadolint knows the flag and one of the spellings.",
        example:
          'FROM debian:12\nRUN apt-get install -y -o APT::Install-Recommends=0 curl=7.88.1-10+deb12u8\n',
      },
    },
    ...aptOption,
  },
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN apt-get install -y --no-install-recommends curl' },
      { code: 'FROM debian:12\nRUN apt-get install -y -o APT::Install-Recommends=false curl' },
      {
        code: 'FROM debian:12\nRUN echo \'APT::Install-Recommends "false";\' > /etc/apt/apt.conf.d/99slim\nRUN apt-get install -y curl',
        note: 'switched off for the whole image',
      },
      {
        code: 'FROM debian:12\nRUN apt install -y curl',
        options: { everyProgram: false },
        note: 'with `everyProgram: false`',
      },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN apt-get ⟦install⟧ -y curl',
        fixed: 'FROM debian:12\nRUN apt-get install --no-install-recommends -y curl',
      },
      {
        code: 'FROM debian:12\nRUN apt update && apt ⟦install⟧ -y curl',
        fixed: 'FROM debian:12\nRUN apt update && apt install --no-install-recommends -y curl',
      },
      {
        code: 'FROM debian:12\nRUN apt-get update && apt-get -qq ⟦install⟧ \\\n    git=1:2.39.2',
        fixed:
          'FROM debian:12\nRUN apt-get update && apt-get -qq install --no-install-recommends \\\n    git=1:2.39.2',
      },
      {
        code: 'FROM debian:12\nRUN ["apt-get", ⟦"install"⟧, "-y", "curl"]',
        fixed: 'FROM debian:12\nRUN ["apt-get", "install", "--no-install-recommends", "-y", "curl"]',
      },
      {
        code: 'FROM debian:12\nRUN apt-get ⟦install⟧ -y -o APT::Install-Recommends=0 curl',
        options: { readConfiguration: false },
      },
    ],
  },
  create: () => {
    const switches = new Map<Stage, number | undefined>();
    /** Index of the first instruction of a stage that switches recommended packages off for the image. */
    const switchOf = (stage: Stage) => {
      if (!switches.has(stage)) {
        switches.set(stage, stage.instructions.find(({ node }) => switchedOff.test(node.text))?.index);
      }
      return switches.get(stage) ?? Number.POSITIVE_INFINITY;
    };
    /** apt's configuration may say so for the whole image, in this RUN or an earlier one. */
    const isSwitchedOff = (run: Instruction, facts: FileFacts): boolean => {
      const stage = facts.stageOf(run);
      return stage !== undefined && lineage(stage).some((ancestor) => switchOf(ancestor) <= run.index);
    };
    return {
      RUN(run, { facts, options, report }) {
        const form = { programs: aptPrograms(options), verbs: ['install'] };
        for (const { command, verb } of installsWithout(facts, run, form, ['no-install-recommends'])) {
          if (hasSwitch(command, options.readConfiguration)) continue;
          if (options.readConfiguration && isSwitchedOff(run, facts)) return;
          report(run.at(verb), 'recommended', undefined, () => ({
            title: 'Add --no-install-recommends',
            safety: 'unsafe',
            edits: [addWord(run, verb, '--no-install-recommends')],
          }));
        }
      },
    };
  },
});

function hasSwitch({ args }: ShellCommand, anySpelling: boolean): boolean {
  return args.some(({ value }) =>
    anySpelling ? switchedOff.test(value) : value === 'APT::Install-Recommends=false',
  );
}
