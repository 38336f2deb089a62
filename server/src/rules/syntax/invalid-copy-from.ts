import { type FromFault, findFromFault } from '../../facts/from-faults.ts';
import { readImageUses } from '../../facts/image-uses.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import { isImageName } from '../../syntax/image-reference.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { mostSuggestions, nearest } from '../../text/nearest.ts';

const messages = {
  name: '`{name}` is neither a stage above nor the name of an image. Write the name of a stage, or of an image with its tag.',
  tagless: 'No tag follows the colon of `{name}`. Write it, as in `{name}<tag>`.',
  typo: '`{name}` is neither a stage nor the name of an image. Did you mean the stage `{other}`?',
  casing:
    'No stage above is called `{name}`, and names of images are in lower case. Write the name of a stage, or `{other}` where that image is meant.',
  later: 'The stage `{name}` comes only below, and Docker builds from the top. Move it above this one.',
  number: 'There is no stage number {name} above, the first being 0. Write the name of a stage instead.',
  variable:
    'Docker puts no variables into `--from`. Write `FROM {name} AS <name>` above, and copy from that stage.',
} as const;

export default defineRule({
  code: 'invalid-copy-from',
  name: 'invalid-copy-from',
  aliases: ['dockerfile-utils/FLAG_INVALID_FROM_VALUE'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'COPY --from or the `from` of a mount names no stage and no image that there can be',
  why: 'What is no stage above is an image to Docker, whose name is in lower case, with a tag of letters, digits, `_`, `.` and `-` behind the colon; a number counts the stages from 0. No variable is put in, and stages are built in their order, so that none can take files from one below. The build ends in each of these cases. A name that may be one of an image is the matter of DL3022.',
  messages,
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nCOPY --from=ghcr.io/astral-sh/uv:0.12.5 /uv /bin/' },
      { code: 'FROM debian:12 AS a\nFROM debian:12\nCOPY --from=A /a /b\nCOPY --from=0 /c /d' },
      { code: 'FROM debian:12\nCOPY --from=nope /c /d', note: 'left to DL3022' },
      {
        code: 'FROM debian:12\nCOPY --from=busybox:1.37 /a /b\nCOPY --from=1 /c /d',
        note: 'Docker counts the image',
      },
    ],
    bad: [
      { code: 'FROM debian:12\nCOPY --from=⟦busybox:⟧ /bin/sh /bin/\nCOPY --from=⟦Nope⟧ /c /d' },
      { code: 'FROM debian:12\nCOPY --from=⟦:latest⟧ /a /b' },
      {
        code: 'FROM debian:12\nCOPY --from=⟦Busybox:1⟧ /a /b',
        fixed: 'FROM debian:12\nCOPY --from=busybox:1 /a /b',
      },
      {
        code: 'FROM debian:12 AS builder\nFROM debian:12\nCOPY --from=⟦Bulider⟧ /a /b',
        fixed: 'FROM debian:12 AS builder\nFROM debian:12\nCOPY --from=builder /a /b',
      },
      {
        code: 'FROM debian:12 AS a\nCOPY --from=⟦b⟧ /x /y\nRUN --mount=from=⟦b⟧,target=/x true\nFROM debian:12 AS b',
      },
      { code: 'FROM debian:12\nCOPY --from=⟦1⟧ /a /b\nCOPY --from=⟦-1⟧ /a /b\nCOPY --from=⟦"$UV"⟧ /c /d' },
      { code: 'FROM debian:12\nARG V=1\nCOPY --from=⟦busybox:$V⟧ /a /b' },
      { code: 'FROM debian:12\nRUN --mount=from=⟦Nope⟧,target=/x true' },
    ],
  },
  create: () => {
    let suggestions = 0;
    const check = (instruction: Instruction, ctx: RuleContext<typeof messages>) => {
      for (const use of readImageUses(instruction.node)) {
        const fault = findFromFault(ctx.facts, instruction, use);
        if (fault) tell(instruction, use, fault, ctx);
      }
    };
    function tell(
      instruction: Instruction,
      use: ReturnType<typeof readImageUses>[number],
      fault: FromFault,
      { facts, report }: RuleContext<typeof messages>,
    ): void {
      const span = instruction.at(use);
      const name = use.text;
      if (fault !== 'name') {
        report(span, fault, { name });
        return;
      }
      const place = facts.stageOf(instruction)?.index ?? 0;
      const stages = suggestions++ < mostSuggestions ? facts.stages.slice(0, place) : [];
      const names = stages.flatMap(({ from }) => from.node.alias?.value ?? []);
      const lower = name.toLowerCase();
      const stage = nearest(name, names);
      const other = stage ?? (isImageName(lower) ? lower : undefined);
      if (other === undefined) {
        report(span, /^[^:]+:$/.test(name) && isImageName(name.slice(0, -1)) ? 'tagless' : 'name', { name });
      } else {
        report(span, stage ? 'typo' : 'casing', { name, other }, (): Fix => {
          return { title: `Write ${other}`, safety: 'unsafe', edits: [{ span, text: other }] };
        });
      }
    }
    return { COPY: check, RUN: check };
  },
});
