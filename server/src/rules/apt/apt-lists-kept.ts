import { aptListsUsedLater, isAptUpdate, readsAptLists, removesAptLists } from '../../facts/apt.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { isMountedAway } from '../../facts/mounts.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import type { Edit } from '../../text/edit.ts';
import { appendToChain } from '../../text/shell-chain.ts';

const mounts = ['/var/cache/apt', '/var/lib/apt'].map(
  (target) => `--mount=type=cache,target=${target},sharing=locked`,
);

export default defineRule({
  code: 'DL3009',
  name: 'apt-lists-kept',
  aliases: ['tally/prefer-package-cache-mounts'],
  since: '0.1.0',
  severity: 'info',
  family: 'apt',
  summary: 'The package lists of apt stay in the image',
  why: '`apt-get update` writes the package lists to `/var/lib/apt/lists`, 26 MB on Debian 12 (measured in November 2026), and they are of no use once the packages are there. Only the RUN that fetched them can keep them out of the layer: removing them in a later one hides them and saves nothing. A cache mount keeps them out as well and spares the download in the next build. Builder stages that nothing builds on are left alone.',
  messages: {
    kept: 'apt leaves its package lists in this layer. Remove `/var/lib/apt/lists/*` at the end of the same RUN, or mount caches for apt.',
    apart:
      'apt leaves its package lists in this layer, and a later RUN installs from them. Update and install in one RUN, and remove `/var/lib/apt/lists/*` at its end.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*',
      },
      {
        code: 'FROM debian:12\nRUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt apt-get update',
      },
      {
        code: 'FROM debian:12 AS build\nRUN apt-get update\nFROM debian:12\nRUN true',
        note: 'the builder is not shipped',
      },
      { code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl && apt-get distclean' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN apt-get ⟦update⟧ && apt-get install -y curl',
        fixed: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*',
      },
      {
        code: 'FROM debian:12\nRUN apt-get ⟦update⟧ \\\n && apt-get install -y \\\n    curl \\\n && rm -rf /tmp/build',
        fixed:
          'FROM debian:12\nRUN apt-get update \\\n && apt-get install -y \\\n    curl \\\n && rm -rf /tmp/build \\\n && rm -rf /var/lib/apt/lists/*',
        note: 'another folder is removed, the lists stay',
      },
      {
        code: 'FROM debian:12\nRUN apt-get ⟦update⟧ && \\\n    apt-get install -y curl\nRUN true',
        fixed:
          'FROM debian:12\nRUN apt-get update && \\\n    apt-get install -y curl && \\\n    rm -rf /var/lib/apt/lists/*\nRUN true',
      },
      {
        code: 'FROM debian:12 AS base\nRUN apt-get ⟦update⟧; apt-get install -y curl\nFROM base\nRUN true',
        fixed: `FROM debian:12 AS base\nRUN ${mounts.join(' ')} apt-get update; apt-get install -y curl\nFROM base\nRUN true`,
        note: 'behind a semicolon a removal would hide that the install failed',
      },
      {
        code: 'FROM debian:12\nRUN apt-get ⟦update⟧\nRUN apt-get install -y curl',
        note: 'no fix, as the next RUN relies on the lists',
      },
    ],
  },
  create: () => ({
    RUN(run, ctx) {
      const { facts } = ctx;
      const commands = facts.commands(run);
      const updateAt = commands.findLastIndex(isAptUpdate);
      const update = commands[updateAt];
      const word = update?.args.find(({ value }) => value === 'update');
      if (!update || !word || commands.slice(updateAt).some(removesAptLists)) return;
      // Mounts at /var/lib/apt and at /var/lib/apt/lists both keep the lists out.
      if (isMountedAway(run.node, '/var/lib/apt')) return;
      const stage = facts.stageOf(run);
      if (stage && !stage.isFinal && facts.stages.every(({ parent }) => parent !== stage)) return;
      const needed = aptListsUsedLater(facts, run);
      ctx.report(run.at(word), needed === 'yes' ? 'apart' : 'kept', undefined, (): Fix[] => {
        // Neither answer leaves lists for a later RUN.
        if (needed === 'yes') return [];
        const start = run.at(run.node.keywordWord).end;
        const mount: Fix = {
          title: 'Mount caches for apt',
          safety: 'unsafe',
          edits: [{ span: { start, end: start }, text: ` ${mounts.join(' ')}` }],
        };
        const sudo = update.wrappers.includes('sudo') ? 'sudo ' : '';
        const isSafe = needed === 'no' && commands.some(readsAptLists);
        const edit = removeLists(run, facts, `${sudo}rm -rf /var/lib/apt/lists/*`);
        if (!edit) return [mount];
        const safety = isSafe ? 'safe' : 'unsafe';
        return [{ title: 'Remove the package lists at the end', safety, edits: [edit] }, mount];
      });
    },
  }),
});

/** A removal at the end of the RUN, where everything in it hangs together by `&&`. */
function removeLists(run: Instruction<Run>, facts: FileFacts, command: string): Edit | undefined {
  const shell = facts.shellText(run);
  const { node } = run;
  if (!shell || shell.form === 'exec' || shell.script.hasErrors) return undefined;
  if (shell.script.hasComments || node.comments.length > 0) return undefined;
  if (shell.form === 'shell' && node.heredocs.length > 0) return undefined;
  if (shell.script.joints.some((joint) => joint !== '&&')) return undefined;
  const escape = shell.form === 'heredoc' ? '\\' : facts.file.escape;
  return appendToChain(facts.file.text, run.at(shell.script), command, escape);
}
