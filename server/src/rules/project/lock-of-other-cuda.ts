import type { BuildContext } from '../../facts/build-context.ts';
import { baseCuda, wheelCuda } from '../../facts/cuda.ts';
import { projectInstalls } from '../../facts/project-installs.ts';
import { rootStage, type Stage } from '../../facts/stages.ts';
import { mirroredBuild } from '../../facts/torch.ts';
import { buildFor, lockOtherBuild } from '../../facts/torch-lock.ts';
import { defineRule } from '../../lint/rule.ts';

const messages = {
  cpu: 'uv.lock holds the CPU build of PyTorch, so the CUDA {ours} of the base image is not used. Lock a CUDA build, or take a plain Python image.',
  other:
    'uv.lock holds PyTorch for CUDA {theirs} and the base image holds {ours}: what is compiled here does not fit it, and the image carries two CUDAs. Lock it from `{index}`, or take an image with CUDA {theirs}.',
  unbuilt:
    'uv.lock holds PyTorch for CUDA {theirs} and the base image holds {ours}: what is compiled here does not fit it, and the image carries two CUDAs. Take an image with CUDA {theirs}, or lock a PyTorch that is built for {ours}.',
} as const;

const lock = (version: string, tag: string) =>
  `version = 1\n\n[[package]]\nname = "torch"\nversion = "${version}"\nsource = { registry = "https://download.pytorch.org/whl/${tag}" }\n`;

const manifest = '[project]\nname = "bikes"\ndependencies = ["torch"]\n';

export default defineRule({
  code: 'lock-of-other-cuda',
  name: 'lock-of-other-cuda',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'project',
  summary: 'The PyTorch in uv.lock is built for another CUDA than that of the base image',
  why: 'Which build of PyTorch `uv sync` installs stands in the lock file, not in the Dockerfile: a CPU build leaves the GPU idle although the image brings CUDA, several gigabytes of it, and with another major version extensions cannot be compiled in the image. The indexes are those of the uv documentation, "Using uv with PyTorch".',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM nvidia/cuda:12.8.1-devel-ubuntu24.04\nCOPY . .\nRUN uv sync --locked',
        context: { 'pyproject.toml': '', 'uv.lock': lock('2.9.0+cu126', 'cu126') },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY . .\nRUN uv sync --locked',
        context: { 'pyproject.toml': '', 'uv.lock': lock('2.9.0+cpu', 'cpu') },
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-devel-ubuntu24.04\nCOPY . .\nRUN uv sync --locked',
        context: { 'pyproject.toml': '', 'uv.lock': lock('2.9.0+cpu', 'cpu') + lock('2.9.0+cu128', 'cu128') },
        note: 'both, chosen by an extra',
      },
    ],
    bad: [
      {
        code: 'FROM ⟦nvidia/cuda:12.8.1-runtime-ubuntu24.04⟧\nCOPY . .\nRUN uv sync --locked',
        context: { 'pyproject.toml': '', 'uv.lock': lock('2.9.0+cpu', 'cpu') },
      },
      {
        code: 'FROM ⟦nvidia/cuda:12.9.1-runtime-ubuntu24.04⟧\nCOPY . .\nRUN uv sync --locked',
        context: {
          'pyproject.toml': `${manifest}[[tool.uv.index]]\nname = "pytorch-cpu"\nurl = "https://download.pytorch.org/whl/cpu"\nexplicit = true\n\n[tool.uv.sources]\n# small\ntorch = { index = "pytorch-cpu" }\n`,
          'uv.lock': lock('2.9.0+cpu', 'cpu'),
        },
        fixedManifest: `${manifest}[[tool.uv.index]]\nname = "pytorch-cpu"\nurl = "https://download.pytorch.org/whl/cpu"\nexplicit = true\n\n[[tool.uv.index]]\nname = "pytorch-cu128"\nurl = "https://download.pytorch.org/whl/cu128"\nexplicit = true\n\n[tool.uv.sources]\n# small\ntorch = { index = "pytorch-cu128" }\n`,
      },
      {
        code: 'FROM ⟦nvidia/cuda:13.0.1-devel-ubuntu24.04⟧ AS build\nCOPY . .\nRUN uv sync --locked',
        context: { 'pyproject.toml': '', 'uv.lock': lock('2.7.1+cu118', 'cu118') },
      },
    ],
  },
  create() {
    const reported = new Set<Stage>();
    return {
      RUN(run, { facts, report }) {
        const stage = facts.stageOf(run);
        const ours = stage && baseCuda(stage);
        const tags = ours && lockedTags(facts.context);
        if (!ours || tags?.length !== 1 || reported.has(rootStage(stage))) return;
        const theirs = wheelCuda(tags[0]?.replace('cu', '') ?? '');
        if (theirs?.major === ours.major || (tags[0] !== 'cpu' && !theirs)) return;
        const { from } = rootStage(stage);
        if (!from.node.imageWord || !projectInstalls(facts, run).some((one) => one.from === 'lock')) return;
        reported.add(rootStage(stage));
        const span = from.at(from.node.imageWord);
        const print = ({ major, minor }: typeof ours) =>
          minor === undefined ? `${major}` : `${major}.${minor}`;
        const { context } = facts;
        const build = context && buildFor(context, ours);
        const fix = () => (context && build !== undefined ? lockOtherBuild(context, build) : undefined);
        const data = { theirs: theirs ? print(theirs) : '', ours: print(ours) };
        if (theirs && build === undefined) report(span, 'unbuilt', data);
        else if (theirs)
          report(span, 'other', { ...data, index: `https://download.pytorch.org/whl/${build}` }, fix);
        else report(span, 'cpu', { ours: print(ours) }, fix);
      },
    };
  },
});

/** The tags of the builds of PyTorch for Linux that are locked, such as `cpu` and `cu128`. */
function lockedTags(context: BuildContext | undefined): string[] {
  const tags = (context?.lock?.packages ?? []).flatMap(({ name, registry }) =>
    name === 'torch' ? (mirroredBuild(registry ?? '') ?? 'pypi') : [],
  );
  return [...new Set(tags)];
}
