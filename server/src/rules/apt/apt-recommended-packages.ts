import { readAptInstall } from '../../facts/apt.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { lineage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const switchedOff = /APT::Install-Recommends\s*[= ]\s*["']?(?:false|0|no|off)\b/i;

export default defineRule({
  code: 'DL3015',
  name: 'apt-recommended-packages',
  aliases: [],
  since: '0.1.0',
  severity: 'info',
  family: 'apt',
  summary: 'apt-get installs recommended packages as well',
  why: 'Debian and Ubuntu install what a package recommends, not only what it needs: on an empty Debian 12, `python3-pip` is 221 packages and 548 MB with them, 50 packages and 77 MB without (apt’s own figures, November 2026). `--no-install-recommends` leaves them out. Now and then one of them was needed, such as `ca-certificates` beside `curl`: then name it.',
  messages: {
    recommended:
      'This installs recommended packages as well. Add `--no-install-recommends` and name those that you need.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN apt-get install -y --no-install-recommends curl' },
      { code: 'FROM debian:12\nRUN apt-get install -y -o APT::Install-Recommends=false curl' },
      {
        code: 'FROM debian:12\nRUN echo \'APT::Install-Recommends "false";\' > /etc/apt/apt.conf.d/99slim\nRUN apt-get install -y curl',
        note: 'switched off for the whole image',
      },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN apt-get ⟦install⟧ -y curl',
        fixed: 'FROM debian:12\nRUN apt-get install --no-install-recommends -y curl',
      },
      {
        code: 'FROM debian:12\nRUN apt-get update && apt-get -qq ⟦install⟧ \\\n    git=1:2.39.2',
        fixed:
          'FROM debian:12\nRUN apt-get update && apt-get -qq install --no-install-recommends \\\n    git=1:2.39.2',
      },
      { code: 'FROM debian:12\nRUN ["apt-get", ⟦"install"⟧, "-y", "curl"]' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      for (const command of facts.commands(run)) {
        const install = command.name === 'apt-get' ? readAptInstall(command) : undefined;
        if (!install || command.args.some(({ value }) => isSwitch(value))) continue;
        if (isSwitchedOff(run, facts)) return;
        report(run.at(install.verb), 'recommended', undefined, (): Fix | undefined => {
          if (run.node.json) return undefined;
          const { end } = run.at(install.verb);
          return {
            title: 'Add --no-install-recommends',
            safety: 'unsafe',
            edits: [{ span: { start: end, end }, text: ' --no-install-recommends' }],
          };
        });
      }
    },
  }),
});

function isSwitch(word: string): boolean {
  return word.startsWith('--no-install-recommends') || switchedOff.test(word);
}

/** apt's configuration may say so for the whole image, in this RUN or an earlier one. */
function isSwitchedOff(run: Instruction, facts: FileFacts): boolean {
  const stage = facts.stageOf(run);
  return (stage ? lineage(stage) : []).some(({ instructions }) =>
    instructions.some(({ index, node }) => index <= run.index && switchedOff.test(node.text)),
  );
}
