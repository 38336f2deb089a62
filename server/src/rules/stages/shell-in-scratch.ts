import type { FileFacts } from '../../facts/file-facts.ts';
import { joinPath, workdirAt } from '../../facts/paths.ts';
import { effective, lineage, type Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';

export default defineRule({
  code: 'shell-run-in-scratch',
  name: 'shell-in-scratch',
  aliases: ['tally/shell-run-in-scratch'],
  since: '0.2.0',
  severity: 'warning',
  recommended: { level: 'error', because: 'The build ends.' },
  family: 'stages',
  summary: 'A RUN needs a shell that the empty image lacks',
  why: 'RUN without brackets starts `/bin/sh -c`. On `scratch` there is no file at all, and the build ends with `exec: "/bin/sh": stat /bin/sh: no such file or directory`. Do the work in a stage that has a shell and copy the result: `COPY --chmod` and `--chown` replace `RUN chmod` and `RUN chown`. The rule is silent where a COPY or ADD may have brought a shell.',
  messages: {
    shell:
      'This RUN needs /bin/sh, which an image from scratch does not have. Do it in a stage above and copy the result.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM scratch\nADD rootfs.tar.xz /\nRUN apt-get update' },
      { code: 'FROM scratch\nCOPY tool /tool\nRUN ["/tool", "--install"]' },
      { code: 'FROM scratch\nCOPY --from=busybox:1.37 /bin/ /bin/\nRUN mkdir /a' },
      { code: 'FROM scratch\nRUN --mount=from=busybox:1.37,target=/bin true' },
      { code: 'FROM scratch\nCOPY bash /tools/bash\nSHELL ["/tools/bash", "-c"]\nRUN true' },
    ],
    bad: [
      { code: 'FROM scratch\nCOPY app /app\n⟦RUN⟧ chmod +x /app' },
      { code: 'FROM scratch AS base\nFROM base\nWORKDIR /srv\nCOPY . .\n⟦RUN⟧ ls && true' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const stage = facts.stageOf(run);
      const { json, flags, keywordWord } = run.node;
      if (!stage || json || flags.some(({ name }) => name === 'mount')) return;
      const chain = lineage(stage);
      if (chain.at(-1)?.base.text !== 'scratch' || effective(stage, 'SHELL', run)) return;
      const mayHaveShell = chain.some((ancestor) =>
        ancestor.instructions.some(
          (instruction) =>
            (ancestor !== stage || instruction.index < run.index) &&
            bringsShell(facts, ancestor, instruction),
        ),
      );
      if (!mayHaveShell) report(run.at(keywordWord), 'shell');
    },
  }),
});

/** Whether an instruction may put something at /bin/sh: what goes into another folder does not. */
function bringsShell(facts: FileFacts, stage: Stage, instruction: Instruction): boolean {
  const { node } = instruction;
  if (node.keyword === 'RUN') return node.json !== undefined || node.flags.length > 0;
  if (node.keyword === 'ONBUILD' || node.keyword === 'UNKNOWN') return true;
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return false;
  const { destination } = node as Copy;
  if (!destination || destination.value.includes('$')) return true;
  const folder = workdirAt(facts.file, stage, instruction);
  if (folder === undefined && !destination.value.startsWith('/')) return true;
  const path = joinPath(folder === undefined || folder === '.' ? '/' : folder, destination.value);
  return /^\/(?:usr(?:\/|$)|bin(?:\/|$)|$)/.test(path) || path.includes('..');
}
