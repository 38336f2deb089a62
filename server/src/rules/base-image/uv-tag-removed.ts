import { readImageUses } from '../../facts/image-uses.ts';
import { readUvTag } from '../../facts/uv-tags.ts';
import type { Fix, RuleContext } from '../../lint/rule.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import type { LocalSpan } from '../../text/span.ts';

const messages = {
  gone: '`{image}` does not exist, as uv has had no images for `{old}` since 0.10. Write `{better}`.',
} as const;

export default defineRule({
  code: 'uv-tag-removed',
  name: 'uv-tag-removed',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'base-image',
  summary: 'An image of uv for a system that uv no longer has images for',
  why: 'With 0.10 uv stopped to publish images of Debian 12 (`bookworm`), Alpine 3.21 and Python 3.8, so a newer version with such a tag cannot be pulled and the build ends (uv 0.10.0, release notes). The same tags without a version are still there, and stay at uv 0.9.30. `trixie` is Debian 13; who needs Debian 12 takes uv into an image of Python by `COPY --from`.',
  messages,
  options: {},
  examples: {
    good: [
      { code: 'FROM ghcr.io/astral-sh/uv:0.13.9-python3.13-trixie-slim\nRUN uv --version' },
      { code: 'FROM ghcr.io/astral-sh/uv:0.9.30-python3.13-bookworm-slim\nRUN uv --version' },
      { code: 'FROM python:3.13-slim-bookworm\nCOPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /bin/' },
      { code: 'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nRUN true', note: 'stays at 0.9.30' },
      { code: 'ARG TAG=0.13.9-bookworm\nFROM example.org/uv:${TAG}\nRUN true' },
    ],
    bad: [
      {
        code: 'FROM ⟦ghcr.io/astral-sh/uv:0.13.9-python3.13-bookworm-slim⟧ AS build\nRUN uv --version',
        fixed: 'FROM ghcr.io/astral-sh/uv:0.13.9-python3.13-trixie-slim AS build\nRUN uv --version',
      },
      {
        code: 'FROM python:3.12\nCOPY --from=⟦astral/uv:0.11-alpine3.21⟧ /usr/local/bin/uv /bin/',
        fixed: 'FROM python:3.12\nCOPY --from=astral/uv:0.11-alpine3.22 /usr/local/bin/uv /bin/',
      },
      {
        code: 'FROM ⟦ghcr.io/astral-sh/uv:0.10.2-python3.8-alpine⟧\nRUN uv --version',
        fixed: 'FROM ghcr.io/astral-sh/uv:0.9.30-python3.8-alpine\nRUN uv --version',
      },
    ],
  },
  create: () => ({
    FROM(from, ctx) {
      const word = from.node.imageWord;
      const stage = ctx.facts.stageOf(from);
      if (word && stage && !stage.parent) check(from, { ...word, text: stage.base.text }, ctx);
    },
    COPY(copy, ctx) {
      for (const use of readImageUses(copy.node)) check(copy, use, ctx);
    },
    RUN(run, ctx) {
      for (const use of readImageUses(run.node)) check(run, use, ctx);
    },
  }),
});

function check(
  instruction: Instruction,
  use: LocalSpan & { readonly text: string },
  ctx: RuleContext<typeof messages>,
): void {
  const tag = readUvTag(use.text);
  if (!tag?.isMissing || tag.old === undefined) return;
  const { old, better } = tag;
  const span = instruction.at(use);
  ctx.report(span, 'gone', { image: use.text, old, better }, (): Fix | undefined => {
    // A name that came out of an ARG is mended there.
    if (instruction.node.text.slice(use.from, use.to) !== use.text) return undefined;
    return { title: `Use ${better}`, safety: 'unsafe', edits: [{ span, text: better }] };
  });
}
