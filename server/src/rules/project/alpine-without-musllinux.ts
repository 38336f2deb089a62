import { baseImage, officialName, osFamily } from '../../facts/base-images.ts';
import type { LockedPackage } from '../../facts/build-context.ts';
import { projectInstalls } from '../../facts/project-installs.ts';
import { rootStage, type Stage } from '../../facts/stages.ts';
import { readWheelName } from '../../facts/wheels.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

const messages = {
  compiled:
    'uv.lock holds {packages} without a wheel for Alpine, so compiling is tried here. Use an image based on Debian, such as `{image}`.',
  unavailable:
    'uv.lock holds {packages} without a wheel for Alpine and without source code, so this install ends with an error. Use an image based on Debian, such as `{image}`.',
} as const;

const lock = (wheel: string) =>
  `version = 1\nrequires-python = ">=3.12"\n\n[[package]]\nname = "torch"\nversion = "2.9.0"\nsource = { registry = "https://pypi.org/simple" }\nwheels = [\n    { url = "https://example.org/${wheel}" },\n]\n`;

export default defineRule({
  code: 'alpine-without-musllinux',
  name: 'alpine-without-musllinux',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'project',
  summary: 'uv.lock holds packages that have no wheel for Alpine',
  why: 'Alpine’s C library is musl, for which wheels carry the tag `musllinux` (PEP 656). Packages that publish only `manylinux` wheels, PyTorch, TensorFlow and others among them, are compiled from source there, which takes long or fails, or have no source to compile.',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.13-alpine\nCOPY . .\nRUN uv sync --locked',
        context: {
          'pyproject.toml': '',
          'uv.lock': lock('torch-2.9.0-cp313-cp313-musllinux_1_2_x86_64.whl'),
        },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY . .\nRUN uv sync --locked',
        context: {
          'pyproject.toml': '',
          'uv.lock': lock('torch-2.9.0-cp313-cp313-manylinux_2_28_x86_64.whl'),
        },
      },
      {
        code: 'FROM python:3.13-alpine\nCOPY . .\nRUN uv sync --locked',
        context: { 'pyproject.toml': '', 'uv.lock': lock('torch-2.9.0-cp313-cp313-win_amd64.whl') },
        note: 'a package for Windows only',
      },
    ],
    bad: [
      {
        code: 'FROM ⟦python:3.13-alpine⟧\nCOPY . .\nRUN uv sync --locked',
        fixed: 'FROM python:3.13-slim\nCOPY . .\nRUN uv sync --locked',
        context: {
          'pyproject.toml': '',
          'uv.lock': lock('torch-2.9.0-cp313-cp313-manylinux_2_28_x86_64.whl'),
        },
      },
      {
        code: 'FROM ⟦python:3.13-alpine3.22⟧ AS base\nFROM base\nCOPY . .\nRUN uv sync',
        fixed: 'FROM python:3.13-slim AS base\nFROM base\nCOPY . .\nRUN uv sync',
        context: {
          'pyproject.toml': '',
          'uv.lock': lock('torch-2.9.0-cp313-none-manylinux_2_28_x86_64.whl'),
        },
      },
      {
        code: 'FROM ⟦ghcr.io/astral-sh/uv:0.9.5-python3.13-alpine3.22⟧\nCOPY . .\nRUN uv sync',
        fixed: 'FROM ghcr.io/astral-sh/uv:0.9.5-python3.13-trixie-slim\nCOPY . .\nRUN uv sync',
        context: {
          'pyproject.toml': '',
          'uv.lock': lock('torch-2.9.0-cp313-cp313-manylinux_2_28_x86_64.whl'),
        },
      },
      {
        code: 'FROM ⟦python:3.13-alpine⟧\nRUN apk add --no-cache git\nCOPY . .\nRUN uv sync',
        context: {
          'pyproject.toml': '',
          'uv.lock': lock('torch-2.9.0-cp313-cp313-manylinux_2_28_x86_64.whl'),
        },
        note: 'no fix, as Debian has no apk',
      },
    ],
  },
  create() {
    const reported = new Set<Stage>();
    return {
      RUN(run, { facts, report }) {
        const packages = facts.context?.lock?.packages;
        const stage = facts.stageOf(run);
        if (!packages || !stage || osFamily(stage) !== 'alpine' || reported.has(rootStage(stage))) return;
        const { from } = rootStage(stage);
        const withoutWheel = packages.filter(lacksWheel);
        const withoutAll = withoutWheel.filter(({ hasSdist }) => !hasSdist);
        const lacking = (withoutAll.length > 0 ? withoutAll : withoutWheel).map(({ name }) => name);
        const word = from.node.imageWord;
        if (!word || lacking.length === 0) return;
        if (!projectInstalls(facts, run).some((install) => install.from === 'lock')) return;
        reported.add(rootStage(stage));
        const more = lacking.length > 3 ? ` and ${lacking.length - 3} more` : '';
        const names = lacking.slice(0, 3).map((name) => `\`${name}\``);
        const tag = /(?<=[:-])alpine[\d.]*$/.exec(word.raw);
        const before = word.raw.slice(0, tag?.index);
        const text = tag && slimOf(stage, before);
        const image = text ? before + text : 'debian:trixie-slim';
        const id = withoutAll.length > 0 ? 'unavailable' : 'compiled';
        report(from.at(word), id, { packages: names.join(', ') + more, image }, (): Fix | undefined => {
          // What is written for Alpine fails on Debian.
          if (!tag || !text || alpineOnly.test(facts.file.joined)) return undefined;
          const start = word.from + tag.index;
          const span = from.at({ from: start, to: start + tag[0].length });
          return { title: `Use the variant ${text}`, safety: 'unsafe', edits: [{ span, text }] };
        });
      },
    };
  },
});

/** Commands of Alpine, and flags of BusyBox for accounts. */
const alpineOnly = /\bapk\b|\badduser\s+-|\baddgroup\s+-/;

/**
 * The variant on Debian in place of `alpine` (Docker Hub, official image python; uv documentation, "Using uv in Docker",
 * "Available images", 2026-11): images of uv have no plain `slim`.
 */
function slimOf(stage: Stage, before: string): string | undefined {
  const name = officialName(baseImage(stage));
  if (name === 'python') return 'slim';
  if (!/(?:^|\/)(?:astral-sh|astral)\/uv$/.test(name)) return undefined;
  return /python3\.\d+-$/.test(before) ? 'trixie-slim' : 'debian-slim';
}

/** Whether a package comes compiled for Linux, and not for musl. */
function lacksWheel({ wheels }: LockedPackage): boolean {
  const platforms = wheels.flatMap((wheel) => readWheelName(wheel)?.platforms ?? []);
  const fits = platforms.some((platform) => platform === 'any' || platform.startsWith('musllinux'));
  return !fits && platforms.some((platform) => platform.startsWith('manylinux'));
}
