import { hasFlag } from '../../facts/command-flags.ts';
import { pythonPackages } from '../../facts/python-packages.ts';
import { addWord } from '../../facts/run-edits.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { rootStage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

/** Indexes and folders that may hold wheels, which PyPI does not. */
const otherSource = [
  'i',
  'f',
  'index',
  'default-index',
  'index-url',
  'extra-index-url',
  'find-links',
  'only-binary',
  'no-index',
];
/** What builds without isolation by a setting, and a pip that is kept before 25.3. */
const isolationOff =
  /NO_BUILD_ISOLATION|no-build-isolation-package|\bpip\s*(?:==|<=?)\s*(?:2[0-4]|1\d|25\.[0-2])/;
/** Files with settings of uv, among them `no-build-isolation-package`, which are not read. */
const uvSettings = /pyproject|uv\.toml|^(?:copy|add)\s[^\n]*\s?\.\/?\s/im;
/** Another mention of torch, or of what may install it. */
const torchAgain = /torch[\s\S]*?torch|requirements|uv sync|environment|poetry/;

export default defineRule({
  code: 'flash-attn-build-flags',
  name: 'flash-attn-build-flags',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'cuda',
  summary: 'flash-attn is built where it does not find torch',
  why: 'PyPI has flash-attn as sources alone, and its `setup.py` imports torch before it looks for a wheel that fits. uv, and pip from 25.3 on, build in an environment of their own, so that the build ends in "No module named \'torch\'" although torch is installed (tried with pip 26.3 and flash-attn 2.8.3; older versions of pip did so only where setuptools and wheel were missing, as in `python:3.12`). The project’s own instructions say `--no-build-isolation`, with torch installed before. The rule is silent where the image brings flash-attn itself, for wheels, other indexes and a pip that is kept old. How many files are compiled at once its `setup.py` chooses by the memory that is free, unless `MAX_JOBS` says it.',
  messages: {
    isolated:
      '`{name}` imports torch while it is built, and uv and current versions of pip build where there is none. Add `--no-build-isolation`.',
    together:
      '`{name}` imports torch while it is built, and torch comes with the same command. Install torch by a command before.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nRUN MAX_JOBS=4 pip install --no-cache-dir --no-build-isolation flash-attn==2.8.3',
      },
      {
        code: 'FROM nvcr.io/nvidia/pytorch:25.06-py3\nRUN pip install flash-attn',
        note: 'the image has it already',
      },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nRUN pip install https://github.com/Dao-AILab/flash-attention/releases/download/v2.8.3/flash_attn-2.8.3+cu12torch2.7cxx11abiTRUE-cp311-cp311-linux_x86_64.whl',
      },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nCOPY wheels /wheels\nRUN pip install --find-links /wheels flash-attn==2.8.3',
      },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nENV UV_NO_BUILD_ISOLATION=1\nRUN uv pip install --system flash-attn==2.8.3',
        note: 'a setting',
      },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nCOPY pyproject.toml .\nRUN uv pip install --system flash-attn==2.8.3',
        note: 'it may name no-build-isolation-package',
      },
    ],
    bad: [
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nRUN pip install ⟦flash-attn==2.8.3⟧',
        fixed:
          'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nRUN pip install --no-build-isolation flash-attn==2.8.3',
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-devel-ubuntu24.04\nRUN uv pip install --system torch==2.8.0\nRUN uv pip install --system ninja ⟦flash_attn⟧',
        fixed:
          'FROM nvidia/cuda:12.8.1-devel-ubuntu24.04\nRUN uv pip install --system torch==2.8.0\nRUN uv pip install --no-build-isolation --system ninja flash_attn',
      },
      {
        code: 'FROM python:3.12\nRUN pip install --no-build-isolation torch==2.8.0 ⟦flash-attn⟧',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!/flash[-_]attn/i.test(run.node.text)) return;
      const stage = facts.stageOf(run);
      const packages = pythonPackages(facts, run);
      const found = packages.find(({ name, exact }) => name === 'flash-attn' && !exact?.includes('+'));
      if (!stage || !found || hasFlag(found.command, otherSource)) return;
      // NVIDIA's own images have it, and an image that is not known may.
      if (
        !/(?:^|\/)(?:pytorch\/pytorch|nvidia\/cuda|python|ubuntu|debian|uv)(?:[:@]|$)/.test(
          rootStage(stage).base.text,
        )
      )
        return;
      const { word, name, command } = found;
      const span = run.at(word);
      if (hasFlag(command, ['no-build-isolation', 'no-build-isolation-package'])) {
        const isWithTorch = packages.some((other) => other.command === command && other.name === 'torch');
        // Another mention may be an install before, and a base image of pytorch has it.
        if (isWithTorch && !stageSays(stage, torchAgain) && !/pytorch/.test(rootStage(stage).base.text))
          report(span, 'together', { name });
        return;
      }
      if (stageSays(stage, isolationOff) || (command.name === 'uv' && stageSays(stage, uvSettings))) return;
      const verb = command.args.find(({ value }) => value === 'install');
      report(
        span,
        'isolated',
        { name },
        (): Fix | undefined =>
          verb && {
            title: 'Add --no-build-isolation',
            safety: 'unsafe',
            edits: [addWord(run, verb, '--no-build-isolation')],
          },
      );
    },
  }),
});
