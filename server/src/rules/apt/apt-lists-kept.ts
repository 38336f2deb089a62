import {
  aptListsUsedLater,
  isApt,
  isAptUpdate,
  readsAptLists,
  removesAptLists,
  removesAptListsByWord,
} from '../../facts/apt.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { isInMount, isMountedAway } from '../../facts/mounts.ts';
import { cleanupOption, mountOption } from '../../facts/package-caches.ts';
import { appendCommand, mountCaches } from '../../facts/run-edits.ts';
import type { Stage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import { removeLines } from '../../text/edit.ts';

const folders = ['/var/cache/apt', '/var/lib/apt'] as const;
const lists = '/var/lib/apt/lists';

export default defineRule({
  code: 'DL3009',
  name: 'apt-lists-kept',
  aliases: ['tally/prefer-package-cache-mounts'],
  since: '0.1.0',
  severity: 'info',
  recommended: {
    level: 'hint',
    because:
      '9 of the 25 repositories in which it finds something silence it. The lists are 26 MB on Debian 12.',
  },
  family: 'apt',
  summary: 'The package lists of apt stay in the image',
  why: '`apt-get update` writes the package lists to `/var/lib/apt/lists`, 26 MB on Debian 12 (measured in November 2026), and they are of no use once the packages are there. Only the RUN that fetched them can keep them out of the layer: removing them in a later one hides them and saves nothing. A cache mount keeps them out as well and spares the download in the next build. Builder stages that nothing builds on are left alone.',
  messages: {
    kept: 'apt leaves its package lists in this layer. Remove `/var/lib/apt/lists/*` at the end of the same RUN, or mount caches for apt.',
    nothing:
      'apt fetches its package lists here, and nothing in this file installs from them. Delete this RUN.',
    apart:
      'apt leaves its package lists in this layer, and a later RUN installs from them. Update and install in one RUN, and remove `/var/lib/apt/lists/*` at its end.',
  },
  options: {
    ...mountOption(
      'FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y --no-install-recommends curl=7.88.1-10+deb12u8\n',
    ),
    ...cleanupOption(
      'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl=7.88.1-10+deb12u8 && rm -fr /var/lib/apt/lists\n',
      'hadolint#872',
    ),
    sameFromIsFinal: {
      default: false,
      description: 'Take a stage whose FROM reads like the last one for the final stage.',
      hadolint: {
        value: true,
        reason:
          'Of a builder only what is copied gets into the image. hadolint compares texts, and takes a builder with the same FROM as the final stage for that one.',
        example: 'FROM debian:12\nRUN apt-get update\nFROM debian:12\nCOPY --from=0 /etc/apt /apt\n',
      },
    },
  },
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
        code: 'FROM debian:12 AS base\nRUN set -eux; \\\n\tapt-get ⟦update⟧; \\\n\tapt-get install -y curl\nFROM base\nRUN true',
        fixed:
          'FROM debian:12 AS base\nRUN set -eux; \\\n\tapt-get update; \\\n\tapt-get install -y curl; \\\n\trm -rf /var/lib/apt/lists/*\nFROM base\nRUN true',
      },
      {
        code: 'FROM debian:12\nRUN ["apt-get", ⟦"update"⟧]',
        fixed: 'FROM debian:12\n',
        note: 'nothing installs from the lists',
      },
      {
        code: 'FROM debian:12\nRUN apt-get ⟦update⟧\nRUN apt-get install -y curl',
        note: 'no fix, as the next RUN relies on the lists',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      const commands = facts.commands(run);
      const updateAt = commands.findLastIndex(isAptUpdate);
      const update = commands[updateAt];
      const word = update?.args.find(({ value }) => value === 'update');
      if (!update || !word) return;
      const isRemoved = options.exactCleanup
        ? commands.slice(updateAt).some(removesAptLists)
        : commands.some(removesAptListsByWord);
      if (isRemoved || keepsOut(run, options.acceptMounts)) return;
      if (!isShipped(facts, run, options.sameFromIsFinal)) return;
      const needed = aptListsUsedLater(facts, run);
      const isIdle = needed === 'no' && commands.every((one) => isApt(one) && !readsAptLists(one));
      report(
        run.at(word),
        needed === 'yes' ? 'apart' : isIdle ? 'nothing' : 'kept',
        undefined,
        (): Fix[] => {
          // Neither answer leaves lists for a later RUN.
          if (needed === 'yes') return [];
          if (isIdle) {
            const edits = [removeLines(facts.file.text, run.span)];
            return [{ title: 'Delete this RUN', safety: 'unsafe', edits }];
          }
          return makeFixes(facts, run, update, needed === 'no' && commands.some(readsAptLists));
        },
        { repair: { name: 'lists' } },
      );
    },
  }),
});

function keepsOut({ node }: Instruction, acceptParents: boolean): boolean {
  if (isMountedAway(node, lists) || folders.every((folder) => isMountedAway(node, folder))) return true;
  return acceptParents && isInMount(node, [lists]);
}

function makeFixes(
  facts: FileFacts,
  run: Instruction<Run>,
  { wrappers }: ShellCommand,
  isSafe: boolean,
): Fix[] {
  const mount: Fix = {
    title: 'Mount caches for apt',
    safety: 'unsafe',
    edits: [mountCaches(run, folders)],
  };
  const edit = appendCommand(facts, run, `${wrappers.includes('sudo') ? 'sudo ' : ''}rm -rf ${lists}/*`);
  if (!edit) return [mount];
  const safety = isSafe ? 'safe' : 'unsafe';
  return [{ title: 'Remove the package lists at the end', safety, edits: [edit] }, mount];
}

/** Whether the final image may rest on the stage of an instruction. */
function isShipped(facts: FileFacts, run: Instruction, sameFromIsFinal: boolean): boolean {
  const stage = facts.stageOf(run);
  if (!stage || stage.isFinal || facts.stages.some(({ parent }) => parent === stage)) return true;
  return sameFromIsFinal && textOf(stage) === textOf(facts.finalStage ?? stage);
}

function textOf({ from: { node } }: Stage): string {
  return [...node.flags.map(({ value }) => value), node.imageWord, node.alias]
    .map((word) => word?.value ?? '')
    .join(' ');
}
