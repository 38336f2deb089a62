import type { FileFacts } from '../../facts/file-facts.ts';
import { lineage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import { lineEnding } from '../../text/edit.ts';

export default defineRule({
  code: 'DL3059',
  name: 'consecutive-run',
  aliases: ['tally/prefer-run-heredoc'],
  since: '0.2.0',
  severity: 'info',
  recommended: {
    level: 'hint',
    because:
      '19 of the 46 repositories in which it finds something silence it: layers of their own keep the cache of slow steps.',
  },
  family: 'layers',
  summary: 'A RUN of one command directly below another',
  why: 'Each RUN makes a layer, and what a later one removes stays in the layer of the earlier: a model that is downloaded in one RUN, unpacked in the next and removed in a third is in the image twice. Commands that belong together go into one RUN. Keep apart what changes at a different pace, so that the cache of the slow step survives. RUN with several commands, with other mounts or beside a heredoc are left alone, as is a stage whose layers do not get into the image.',
  messages: {
    consecutive:
      'This RUN and the one above make a layer each. Join them with `&&`, unless the cache of the one above should survive changes here.',
  },
  options: {
    everyStage: {
      default: false,
      description: 'Also report stages whose layers do not get into the image.',
      hadolint: {
        value: true,
        reason:
          'The layers of a builder stage are not shipped, and many small ones make its cache better; hadolint reports every stage.',
        issue: 'hadolint#1056',
        example:
          'FROM golang:1.25 AS build\nRUN go vet\nRUN go build\nFROM debian:12\nCOPY --from=build /app /app\n',
      },
    },
    heredocs: {
      default: false,
      description: 'Also report a RUN beside one with a heredoc.',
      hadolint: {
        value: true,
        reason:
          'A heredoc cannot be joined by `&&` to a RUN above or below it without being rewritten; hadolint reports it like any other.',
        issue: 'hadolint#805',
        example: 'FROM debian:12\nRUN cat <<EOF\nA heredoc.\nEOF\n\nRUN echo there\n',
      },
    },
  },
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN apt-get update && apt-get install -y git\nRUN make' },
      { code: 'FROM debian:12\nRUN make\nCOPY a b\nRUN make install' },
      { code: 'FROM debian:12\nRUN --mount=type=cache,target=/root/.cache make\nRUN make install' },
      { code: 'FROM debian:12\nRUN <<EOF\nmake\nEOF\nRUN make install\nRUN python3 <<EOF\nprint(1)\nEOF' },
      {
        code: 'FROM debian:12 AS build\nRUN make\nRUN make install\nFROM debian:12\nCOPY --from=build /a /a',
      },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN make\n⟦RUN⟧ make install',
        fixed: 'FROM debian:12\nRUN make && \\\n    make install',
      },
      {
        code: 'FROM debian:12\nRUN make \\\n    all\n\n# the programs\n⟦RUN⟧ make install\n⟦RUN⟧ make clean',
        fixed:
          'FROM debian:12\nRUN make \\\n    all && \\\n# the programs\n    make install && \\\n    make clean',
      },
      {
        code: 'FROM debian:12 AS base\nRUN --mount=type=cache,target=/x a\n⟦RUN⟧ --mount=target=/x,type=cache b\nFROM base\nRUN c',
        fixed: 'FROM debian:12 AS base\nRUN --mount=type=cache,target=/x a && \\\n    b\nFROM base\nRUN c',
        note: 'the layers of the stage below are shipped',
      },
      { code: 'FROM debian:12\nRUN ["make"]\n⟦RUN⟧ make install', note: 'no fix beside the exec form' },
      {
        code: 'FROM debian:12\nRUN <<EOF\nmake\nEOF\n⟦RUN⟧ make install',
        options: { heredocs: true },
        note: 'with `heredocs: true`',
      },
    ],
  },
  create: () => {
    // Of the RUNs that follow each other, the last and the one above the first that is reported.
    let chain = { head: -1, last: -1 };
    return {
      RUN(run, { facts, options, report }) {
        const above = facts.file.instructions[run.index - 1];
        if (!above || !isRun(above) || flagsOf(above) !== flagsOf(run)) return;
        const pair = [above, run];
        if (pair.some((it) => facts.commands(it).filter(({ name }) => name !== '').length > 1)) return;
        if (!options.heredocs && pair.some(({ node }) => node.heredocs.length > 0)) return;
        const stage = facts.stageOf(run);
        const { finalStage } = facts;
        if (!options.everyStage && stage && finalStage && !lineage(finalStage).includes(stage)) return;
        chain = { head: chain.last === above.index ? chain.head : above.index, last: run.index };
        const repair = { name: `${chain.head}` };
        report(run.at(run.node.keywordWord), 'consecutive', undefined, () => join(above, run, facts), {
          repair,
        });
      },
    };
  },
});

function isRun(instruction: Instruction): instruction is Instruction<Run> {
  return instruction.node.keyword === 'RUN';
}

/** The flags of a RUN in an order of their own, as theirs has no meaning. */
function flagsOf({ node }: Instruction): string {
  return node.flags
    .map(({ name, value }) => `${name}=${value?.value.split(',').sort().join()}`)
    .sort()
    .join(' ');
}

function join(
  above: Instruction<Run>,
  run: Instruction<Run>,
  { file, shellText }: FileFacts,
): Fix | undefined {
  for (const it of [above, run]) {
    const shell = shellText(it);
    if (shell?.form !== 'shell' || it.node.heredocs.length > 0) return undefined;
    if (shell.script.hasErrors || shell.script.hasComments || shell.script.joints.length > 0)
      return undefined;
  }
  const newline = lineEnding(file.text);
  const between = file.text.slice(above.span.end, run.span.start).split(/\r?\n/);
  const comments = between.filter((line) => line.trim() !== '').map((line) => line + newline);
  const span = { start: above.span.end, end: run.at(run.node.body).start };
  const text = ` && ${file.escape}${newline}${comments.join('')}    `;
  return { title: 'Join it with the RUN above', safety: 'unsafe', edits: [{ span, text }] };
}
