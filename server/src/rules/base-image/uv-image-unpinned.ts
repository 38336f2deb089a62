import { lastUvOfOldSystems, newestUv } from '../../data/uv.ts';
import { outsideImages, replaceImage } from '../../facts/image-uses.ts';
import { readUvTag } from '../../facts/uv-tags.ts';
import type { RuleContext } from '../../lint/rule.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  moving: '`{image}` brings another uv after each release. Name a version, such as `{pinned}`.',
  left: '`{image}` has stayed at uv {last}, as uv has had no images for `{old}` since 0.10. Write `{pinned}`.',
  system:
    '`{image}` has stayed at uv {last}, as uv has had no images for `{old}` since 0.10. Write `FROM {python}` and `COPY --from={uv} /uv /uvx /bin/`, or take `{pinned}` and a Python image of the same system in the stages that run what it builds.',
} as const;

export default defineRule({
  code: 'uv-image-unpinned',
  name: 'uv-image-unpinned',
  aliases: [],
  since: '0.1.0',
  severity: 'warning',
  family: 'base-image',
  summary: 'uv is taken from a tag that moves',
  why: 'uv is still at 0.x: a minor release may change the lock format or a default, and a build that passed yesterday then rewrites or refuses `uv.lock`. The uv documentation asks for `ghcr.io/astral-sh/uv:<x.y.z>`, or better a digest. Tags such as `python3.12-trixie-slim` name Python and the system, not uv, and those for `bookworm`, `alpine3.21` and `python3.8` have got no newer uv since 0.10 (uv 0.10.0, release notes). `FROM` without a tag or with `latest` is reported by DL3006 and DL3007.',
  messages,
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.12.5 /uv /uvx /bin/' },
      { code: 'FROM ghcr.io/astral-sh/uv:0.12.5-python3.12-trixie-slim\nRUN uv --version' },
      {
        code: 'FROM python:3.12\nCOPY --from=ghcr.io/astral-sh/uv:latest@sha256:4abf773f2a570e6873259c4e3ba16de6c6268fb571fd46ec80be7c67822823b3 /uv /bin/',
      },
      { code: 'FROM ghcr.io/astral-sh/uv:0.12.5 AS uv\nFROM python:3.12\nCOPY --from=uv /uv /bin/' },
      { code: 'FROM python:3.12\nCOPY --from=ghcr.io/astral-sh/uv:${UV_VERSION} /uv /bin/' },
      { code: 'FROM ghcr.io/astral-sh/uv:latest', note: 'left to DL3007' },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nCOPY --from=⟦ghcr.io/astral-sh/uv:latest⟧ /uv /usr/local/bin/uv',
        fixed: `FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:${newestUv} /uv /usr/local/bin/uv`,
      },
      {
        code: 'FROM ⟦ghcr.io/astral-sh/uv:python3.12-bookworm-slim⟧ AS build\nRUN uv --version',
        fixed: `FROM ghcr.io/astral-sh/uv:${newestUv}-python3.12-trixie-slim AS build\nRUN uv --version`,
      },
      {
        code: 'FROM ⟦ghcr.io/astral-sh/uv:python3.13-trixie⟧\nRUN uv --version',
        fixed: `FROM ghcr.io/astral-sh/uv:${newestUv}-python3.13-trixie\nRUN uv --version`,
      },
      {
        code: 'FROM ⟦ghcr.io/astral-sh/uv:python3.8-bookworm⟧\nRUN uv --version',
        fixed: 'FROM ghcr.io/astral-sh/uv:0.9.30-python3.8-bookworm\nRUN uv --version',
      },
      {
        code: 'FROM python:3.12\nRUN --mount=from=⟦ghcr.io/astral-sh/uv⟧,source=/uv,target=/bin/uv uv sync',
        fixed: `FROM python:3.12\nRUN --mount=from=ghcr.io/astral-sh/uv:${newestUv},source=/uv,target=/bin/uv uv sync`,
      },
    ],
  },
  create: () => {
    const check = (it: Instruction, { facts, report }: RuleContext<typeof messages>) => {
      for (const use of outsideImages(facts, it)) {
        const tag = readUvTag(use.text);
        if (!tag || tag.isPinned) continue;
        if (it.node.keyword === 'FROM' && (tag.tag === '' || tag.tag === 'latest')) continue;
        const { old, better: pinned } = tag;
        const fix = () => {
          const edit = replaceImage(it, use, pinned);
          const [, version] = /:([\d.]+)/.exec(pinned) ?? [];
          return edit && { title: `Pin uv ${version}`, safety: 'unsafe' as const, edits: [edit] };
        };
        if (old === undefined) report(it.at(use), 'moving', { image: use.text, pinned }, fix);
        else {
          // What is compiled for the newer system may not run on the older one.
          const isShared = it.node.keyword === 'FROM' && facts.stages.length > 1 && !old.startsWith('python');
          const [, uv = '', python = ''] = /^(.*:[\d.]+)-(?:python([\d.]+)-)?/.exec(pinned) ?? [];
          const slim = /-slim$/.test(use.text) ? 'slim-' : '';
          const data = {
            image: use.text,
            old,
            pinned,
            uv,
            python: python === '' ? `python:<version>-${slim}${old}` : `python:${python}-${slim}${old}`,
            last: lastUvOfOldSystems,
          };
          report(it.at(use), isShared ? 'system' : 'left', data, fix);
        }
      }
    };
    return { FROM: check, COPY: check, RUN: check };
  },
});
