import { buildSpans, torchBuilds } from '../../data/torch-releases.ts';
import { pythonPackages } from '../../facts/python-packages.ts';
import { buildOf, wheelSources } from '../../facts/torch.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import type { LocalSpan } from '../../text/span.ts';

export default defineRule({
  code: 'torch-release-without-that-cuda',
  name: 'torch-release-without-that-cuda',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'torch',
  dependsOn: 'instruction',
  summary: 'PyTorch has no build of this release for this CUDA',
  why: 'Each release of PyTorch is built for three or four CUDA versions, each with an index of its own, and the older ones end: `cu118` has nothing behind 2.7.1, `cu121` nothing behind 2.5.1. pip then says "No matching distribution found" and names neither. Known are the first and the last release of each build from 2.0 to 2.9; other releases are left alone, as are indexes that are not PyTorch’s.',
  messages: {
    none: 'There is no torch {version} for `{build}`. Write one of those that there are: {builds}.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch==2.7.1 --index-url https://download.pytorch.org/whl/cu126',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch==2.15.0 --index-url https://download.pytorch.org/whl/cu118',
        note: 'not known',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch==2.7.1 --index-url https://mirror.example.org/whl/cu124',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch==2.7.1 --extra-index-url https://download.pytorch.org/whl/cu124',
        note: 'it comes from PyPI',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch==2.7.1 --index-url https://download.pytorch.org/whl/⟦cu124⟧',
        fixed:
          'FROM python:3.12-slim\nRUN pip install torch==2.7.1 --index-url https://download.pytorch.org/whl/cu128',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0+⟦cu118⟧ --extra-index-url https://download.pytorch.org/whl/cu118',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!/torch/.test(run.node.text)) return;
      for (const { word, name, exact, command } of pythonPackages(facts, run)) {
        if (name !== 'torch' || exact === undefined) continue;
        const [version = '', local] = exact.split('+');
        const builds = Object.hasOwn(torchBuilds, version) ? torchBuilds[version] : undefined;
        const found = local === undefined ? soleIndex(command) : localBuild(word, local, command);
        if (!builds || !found || !isOutside(found.build, version)) continue;
        const span = run.at(found.place);
        report(span, 'none', { version, build: found.build, builds: builds.join(', ') }, () =>
          // With a local version two places would have to change.
          local === undefined ? builds.toReversed().map((build): Fix => use(build, span)) : undefined,
        );
      }
    },
  }),
});

const use = (build: string, span: { start: number; end: number }): Fix => ({
  title: `Use ${build}`,
  safety: 'unsafe',
  edits: [{ span, text: build }],
});

/** Whether a release came before the first one of a build, or after the last one. */
function isOutside(build: string, version: string): boolean {
  const [first, last] = (Object.hasOwn(buildSpans, build) ? buildSpans[build] : undefined) ?? [];
  const order = Object.keys(torchBuilds);
  const at = order.indexOf(version);
  if (first === undefined) return false;
  return at < order.indexOf(first) || (last !== undefined && at > order.indexOf(last));
}

/** The one index of an install, where it is PyTorch’s. */
function soleIndex(command: ShellCommand): { build: string; place: LocalSpan } | undefined {
  const sources = wheelSources(command);
  const [index] = sources;
  const build = index?.kind === 'index' && sources.length === 1 ? buildOf(index.value) : undefined;
  const at = build === undefined ? -1 : (index?.word.raw.lastIndexOf(build) ?? -1);
  if (!index || build === undefined || at < 0) return undefined;
  const from = index.word.from + at;
  return { build, place: { from, to: from + build.length } };
}

/** The build of `==2.8.0+cu118`, where wheels come from PyTorch alone. */
function localBuild(word: LocalSpan & { raw: string }, local: string, command: ShellCommand) {
  const isPytorch = wheelSources(command).every(({ value }) =>
    value.startsWith('https://download.pytorch.org/'),
  );
  const at = word.raw.lastIndexOf(local);
  if (!isPytorch || at < 0 || !/^(?:cpu|cu\d{2,3})$/.test(local)) return undefined;
  const from = word.from + at;
  return { build: local, place: { from, to: from + local.length } };
}
