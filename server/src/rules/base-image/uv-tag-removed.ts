import { outsideImages, replaceImage } from '../../facts/image-uses.ts';
import { readUvTag } from '../../facts/uv-tags.ts';
import type { RuleContext } from '../../lint/rule.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

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
  create: () => {
    const check = (it: Instruction, { facts, report }: RuleContext<typeof messages>) => {
      for (const use of outsideImages(facts, it)) {
        const tag = readUvTag(use.text);
        if (!tag?.isMissing || tag.old === undefined) continue;
        const { old, better } = tag;
        report(it.at(use), 'gone', { image: use.text, old, better }, () => {
          const edit = replaceImage(it, use, better);
          return edit && { title: `Use ${better}`, safety: 'unsafe', edits: [edit] };
        });
      }
    };
    return { FROM: check, COPY: check, RUN: check };
  },
});
