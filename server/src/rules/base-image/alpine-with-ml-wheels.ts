import { packagesWithoutMuslWheels } from '../../data/musl-wheels.ts';
import { baseImage, officialName, osFamily } from '../../facts/base-images.ts';
import { requiredPackages } from '../../facts/required-packages.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { replaceTag } from '../../facts/tag-edits.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import { remember } from '../../text/remember.ts';

/** A stage that brings glibc, in which wheels for it may work. */
const hasGlibc = /glibc|conda/;
/** Wheels from elsewhere, where there may be some for musl. */
const ownWheels = /\b(?:PIP|UV)_\w*(?:INDEX|FIND_LINKS)|pip\.conf|pip config/;

export default defineRule({
  code: 'alpine-with-ml-wheels',
  name: 'alpine-with-ml-wheels',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'base-image',
  summary: 'A package is installed on Alpine that has no wheels for it',
  why: 'Alpine’s C library is musl, and pip takes only wheels that are built for it (PEP 656). PyPI has none of torch, tensorflow, jaxlib and onnxruntime, and no sources of them either, so the build ends in "No matching distribution found" (asked of PyPI in November 2026). numpy, pandas and scipy have such wheels by now. The slim images of Debian are not much larger than Alpine is with what these packages need. The rule is silent where the stage brings glibc or conda, or wheels come from another index.',
  messages: {
    none: 'There is no `{name}`{of} for Alpine on PyPI, so pip finds nothing to install. Start from a Debian image, such as `python:{python}-slim`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir torch==2.8.0' },
      { code: 'FROM python:3.12-alpine\nRUN pip install --no-cache-dir fastapi==0.116.1 numpy pandas' },
      {
        code: 'FROM python:3.12-alpine\nRUN pip install --extra-index-url https://wheels.example.com/musl torch',
        note: 'wheels of your own',
      },
      {
        code: 'FROM python:3.12-alpine\nENV PIP_EXTRA_INDEX_URL=https://wheels.example.com/musl\nRUN pip install torch',
      },
      {
        code: 'FROM alpine:3.20\nRUN wget -O g.apk https://example.com/glibc.apk && apk add g.apk && pip install torch',
      },
      { code: 'FROM python:3.12-alpine\nRUN pip install ./torch-2.8.0-cp312-cp312-musllinux_1_2_x86_64.whl' },
    ],
    bad: [
      {
        code: 'FROM python:3.12-alpine3.20\nRUN pip install numpy ⟦torch==2.8.0⟧',
        fixed: 'FROM python:3.12-slim\nRUN pip install numpy torch==2.8.0',
      },
      {
        code: 'FROM alpine:3.20\nRUN apk add --no-cache py3-pip && pip3 install --break-system-packages ⟦onnxruntime⟧',
      },
      {
        code: 'FROM python:3.12-alpine AS base\nFROM base\nRUN python -m pip install --index-url https://download.pytorch.org/whl/cpu ⟦torch⟧',
      },
      { code: 'FROM python:3.12-alpine\nRUN apk add g++ && uv pip install --system ⟦"tensorflow>=2.19"⟧' },
      {
        code: 'FROM python:3.12-alpine\nCOPY requirements.txt /tmp/\nRUN pip install -r ⟦/tmp/requirements.txt⟧',
        context: { 'requirements.txt': 'fastapi==0.116.1\ntorch==2.8.0\n' },
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const stage = facts.stageOf(run);
      if (!stage || osFamily(stage) !== 'alpine') return;
      const found = requiredPackages(facts, run).find(
        ({ name, command }) => packagesWithoutMuslWheels.has(name) && !takesOtherIndex(command),
      );
      if (!found) return;
      const text = textWithoutWheels(stage);
      if (text === undefined) return;
      const of = found.file === undefined ? '' : `, which ${found.file} asks for,`;
      const { tag } = baseImage(stage);
      const isPython = officialName(baseImage(stage)) === 'python';
      const python = (isPython && /^\d+(?:\.\d+)*(?=-alpine)/.exec(tag ?? '')?.[0]) || '<version>';
      report(run.at(found.word), 'none', { name: found.name, of, python }, () => useSlim(stage, text));
    },
  }),
});

/** All that a stage says with those that it builds on; undefined where that brings wheels of its own, or glibc. */
const textWithoutWheels = remember((stage: Stage): string | undefined => {
  const text = lineage(stage)
    .flatMap(({ from, instructions }) => [from, ...instructions])
    .map(({ node }) => node.text)
    .join('\n');
  return hasGlibc.test(text) || ownWheels.test(text) ? undefined : text;
});

/** Whether an install looks for wheels in a place other than the indexes of PyPI and PyTorch. */
function takesOtherIndex({ args }: ShellCommand): boolean {
  return args.some(({ value }, i) => {
    if (!/^(?:-i|-f|--(?:extra-)?index-url|--(?:default-)?index|--find-links)(?:=|$)/.test(value))
      return false;
    const place = value.includes('=') ? value : (args[i + 1]?.value ?? '');
    return !/\/\/(?:download\.pytorch\.org|pypi\.org|pypi\.python\.org)\//.test(place);
  });
}

/** The slim image of the same Python, where nothing in the stage is written for Alpine. */
function useSlim(stage: Stage, text: string): Fix | undefined {
  const version = /^(\d[\d.]*)-alpine[\d.]*$/.exec(baseImage(stage).tag ?? '')?.[1];
  const isPython = officialName(baseImage(stage)) === 'python';
  if (!version || !isPython || stage.parent || /\bapk\b|addgroup|adduser|\bash\b/.test(text))
    return undefined;
  const edit = replaceTag(stage, `${version}-slim`);
  return edit && { title: `Use python:${version}-slim`, safety: 'unsafe', edits: [edit] };
}
