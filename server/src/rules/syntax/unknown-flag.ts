import { type FlagKind, instructionFlags } from '../../data/instruction-flags.ts';
import { frontendOf } from '../../facts/frontend.ts';
import { writtenFlags } from '../../facts/instruction-flags.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { Flag, Instruction } from '../../syntax/tree.ts';
import { likeKeyword } from '../../text/edit.ts';
import { nearest } from '../../text/nearest.ts';

const messages = {
  unknown: '{keyword} has no flag `--{name}`. Delete it.',
  from: 'ADD cannot copy from a stage or an image. Write `COPY --from={source} …` instead.',
  typo: '{keyword} has no flag `--{name}`. Did you mean `--{other}`?',
  none: '{keyword} takes no flags, and Docker refuses `--{name}` here. Write the command as a list, as in `{keyword} ["--{name}", "…"]`, or delete the flag.',
  old: '`--{name}` came with Dockerfile syntax 1.{since}, and `# syntax=` asks for 1.{minor}. Write `docker/dockerfile:1` there.',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  code: 'unknown-flag',
  name: 'unknown-flag',
  aliases: [
    'dockerfile-utils/UNKNOWN_ADD_FLAG',
    'dockerfile-utils/UNKNOWN_COPY_FLAG',
    'dockerfile-utils/UNKNOWN_FROM_FLAG',
    'dockerfile-utils/UNKNOWN_HEALTHCHECK_FLAG',
  ],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'A flag that the instruction does not have',
  why: 'Docker takes every word with two dashes that directly follows an instruction for a flag of its own, and stops at one that it does not know. That holds for CMD and ENTRYPOINT, too: `CMD --port 80` never reaches the program, `CMD ["--port", "80"]` does. Flags came over the years, `COPY --parents` with Dockerfile syntax 1.20 for instance; a `# syntax=` line that names an older version does without the newer ones.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM --platform=$BUILDPLATFORM debian:12\nADD --unpack=false --checksum=sha256:0 https://x.y/z.tar /z/\nCOPY --parents --exclude=*.md a /b/\nRUN --device=nvidia.com/gpu=all --mount=type=cache,target=/c true',
      },
      { code: 'FROM debian:12\nRUN -- --x\nCMD ["--port", "80"]\nARG --x=1 Y' },
      { code: '# syntax=docker/dockerfile:1.7-labs\nFROM debian:12\nCOPY --parents a /b/' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nCOPY ⟦--chwon⟧=1000 a /b',
        fixed: 'FROM debian:12\nCOPY --chown=1000 a /b',
      },
      {
        code: 'FROM debian:12\nADD ⟦--from⟧=build a /b',
        fixed: 'FROM debian:12\nCOPY --from=build a /b',
      },
      {
        code: 'FROM debian:12\nHEALTHCHECK ⟦--start_period⟧=5s CMD ["true"]',
        fixed: 'FROM debian:12\nHEALTHCHECK --start-period=5s CMD ["true"]',
      },
      { code: 'FROM debian:12\nENTRYPOINT ["serve"]\nCMD ⟦--port⟧ 80' },
      { code: '# syntax=docker/dockerfile:1.4\nFROM debian:12\nCOPY ⟦--parents⟧ a /b/' },
    ],
  },
  create: () => ({
    ADD: check,
    CMD: check,
    COPY: check,
    ENTRYPOINT: check,
    ENV: check,
    EXPOSE: check,
    FROM: check,
    HEALTHCHECK: check,
    LABEL: check,
    MAINTAINER: check,
    RUN: check,
    SHELL: check,
    USER: check,
    VOLUME: check,
    WORKDIR: check,
  }),
});

function check(instruction: Instruction, ctx: Context): void {
  const flags = writtenFlags(instruction.node);
  if (flags.length === 0) return;
  const frontend = frontendOf(ctx.facts.file);
  if (!frontend.isDocker) return;
  for (const flag of flags) if (judge(instruction, flag, frontend.minor, ctx)) return;
}

/** Whether the flag is one that Docker stops at. */
function judge(
  instruction: Instruction,
  { from, name, value }: Flag,
  minor: number | undefined,
  { report }: Context,
) {
  const { keyword } = instruction.node;
  const known: Readonly<Record<string, { kind: FlagKind; since?: number }>> | undefined =
    instructionFlags[keyword];
  const span = instruction.at({ from, to: from + 2 + name.length });
  if (!known) {
    report(span, 'none', { keyword, name });
    return true;
  }
  const since = Object.hasOwn(known, name) ? (known[name]?.since ?? 0) : undefined;
  if (since !== undefined) {
    const isTooNew = minor !== undefined && minor < since;
    if (isTooNew) report(span, 'old', { name, since, minor });
    return isTooNew;
  }
  if (keyword === 'ADD' && name === 'from') {
    const at = instruction.at(instruction.node.keywordWord);
    const text = likeKeyword('COPY', instruction.node.keywordWord.raw);
    report(span, 'from', { source: value?.value ?? '<stage>' }, (): Fix => {
      return { title: 'Write COPY', safety: 'unsafe', edits: [{ span: at, text }] };
    });
    return true;
  }
  const other = nearest(name, Object.keys(known));
  if (other === undefined) report(span, 'unknown', { keyword, name });
  else {
    report(span, 'typo', { keyword, name, other }, (): Fix => {
      return { title: `Write --${other}`, safety: 'unsafe', edits: [{ span, text: `--${other}` }] };
    });
  }
  return true;
}
