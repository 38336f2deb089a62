import { torchBuilders } from '../../data/compiler-needs.ts';
import { basePython } from '../../facts/base-python.ts';
import { hasFlag } from '../../facts/command-flags.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { type PythonPackage, pythonPackages } from '../../facts/python-packages.ts';
import { addWord } from '../../facts/run-edits.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { lineage, rootStage, type Stage } from '../../facts/stages.ts';
import { bringsTorch, installOf } from '../../facts/torch-bringers.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { triggerOf } from '../../syntax/parse.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { inOrder } from '../../text/in-order.ts';

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
const mayMatter = (text: string) =>
  /flash[-_]attn|causal[-_]conv1d|mamba[-_]ssm|torch[-_](?:sc|sp|cl)|get-pip/i.test(text) ||
  inOrder(text, /$/, /pip\s/i, /\s-U|--upgrade/i);
/** Files with settings of uv, among them `no-build-isolation-package`, which are not read. */
const uvSettings = {
  test: (text: string) =>
    /pyproject|uv\.toml/i.test(text) || inOrder(text, /\n/, /^(?:copy|add)\s/im, /\.\/?\s/),
};
/** Environments without wheel, in which older versions of pip isolate too. */
const environment = /\b(?:-m\s+venv|virtualenv)\b/;
const buildTools = /\b(?:setuptools|wheel)\b/;
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
  why: 'PyPI has flash-attn as sources alone, and its `setup.py` imports torch before it looks for a wheel that fits. uv, and pip from 25.3 on, build in an environment of their own, so that the build ends in "No module named \'torch\'" although torch is installed (tried with pip 26.3 and flash-attn 2.8.3; older versions of pip do so only where setuptools or wheel is missing, as in `python:3.12` and in a venv). The project’s own instructions say `--no-build-isolation`, with torch installed before. The same goes for others whose `setup.py` imports torch, such as `causal-conv1d` and `mamba-ssm`, where isolation is off and nothing before brings torch. The rule is silent where an older pip may be in use, where the image brings flash-attn itself, and for wheels and other indexes. How many files are compiled at once its `setup.py` chooses by the memory that is free, unless `MAX_JOBS` says it.',
  messages: {
    isolated:
      '`{name}` imports torch while it is built, and this is done here in an environment that has none. Add `--no-build-isolation`.',
    missing:
      '`{name}` imports torch and others while it is built, and nothing installs torch before. Put `RUN {install}` above.',
    together:
      '`{name}` imports torch and others while it is built, and torch comes with the same command. Put `RUN {install}` above, and leave `{torch}` out here.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nRUN MAX_JOBS=4 pip install --no-cache-dir --no-build-isolation flash-attn==2.8.3',
      },
      {
        code: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-devel\nRUN pip install flash-attn==2.7.3',
        note: 'the pip of the image is old enough',
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
      {
        code: 'FROM nvidia/cuda:12.8.1-devel-ubuntu24.04 AS base\nRUN pip install torch==2.8.0\nFROM base\nRUN pip install --no-build-isolation flash-attn==2.8.3',
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-devel-ubuntu24.04\nRUN pip install accelerate && pip install --no-build-isolation mamba-ssm',
        note: 'accelerate brings torch',
      },
      {
        code: 'FROM python:3.12\nCOPY --from=build /opt/v /opt/v\nRUN pip install --no-build-isolation flash-attn==2.8.3',
      },
      {
        code: 'FROM python:3.12\nCOPY . /app\nRUN pip install /app && pip install --no-build-isolation flash-attn==2.8.3',
      },
    ],
    bad: [
      {
        code: 'FROM nvidia/cuda:12.2.2-devel-ubuntu22.04\nRUN apt-get update && apt-get install -y python3-pip\nRUN pip install ninja==1.13.0 packaging setuptools\nRUN MAX_JOBS=4 pip install ⟦flash-attn==2.8.3⟧ --no-build-isolation\nRUN pip install -r requirements.txt',
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-devel-ubuntu24.04\nCOPY --from=ghcr.io/astral-sh/uv:0.9.0 /uv /bin/\nRUN uv venv /opt/v && uv pip install --no-build-isolation ⟦causal_conv1d⟧',
      },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nRUN pip install --upgrade pip\nRUN pip install ⟦flash-attn==2.8.3⟧',
        fixed:
          'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nRUN pip install --upgrade pip\nRUN pip install --no-build-isolation flash-attn==2.8.3',
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-devel-ubuntu24.04\nRUN uv pip install --system torch==2.8.0\nRUN uv pip install --system ninja ⟦flash_attn⟧',
        fixed:
          'FROM nvidia/cuda:12.8.1-devel-ubuntu24.04\nRUN uv pip install --system torch==2.8.0\nRUN uv pip install --no-build-isolation --system ninja flash_attn',
      },
      { code: 'FROM python:3.12\nRUN pip install --no-build-isolation torch==2.8.0 ⟦flash-attn⟧' },
    ],
  },
  create: () => {
    /** Stages in which pip becomes the newest one. */
    const upgraded = new Set<Stage>();
    /** The place in a stage from which on torch may be there. */
    const torchFrom = new Map<Stage, number>();
    const hasTorchBefore = (facts: FileFacts, stage: Stage, run: Instruction) =>
      lineage(stage).some((one) => {
        let from = torchFrom.get(one);
        from ??=
          one.instructions.find((it) => bringsTorch(facts, triggerOf(it) ?? it, it.node.text))?.index ??
          Number.POSITIVE_INFINITY;
        torchFrom.set(one, from);
        return from < run.index;
      });
    return {
      RUN(run, { facts, report }) {
        const { text } = run.node;
        const stage = facts.stageOf(run);
        if (!stage || !mayMatter(text)) return;
        const packages = pythonPackages(facts, run);
        const isUpgrade = ({ name, specifier, command }: PythonPackage) =>
          name === 'pip' && specifier === '' && hasFlag(command, ['U', 'upgrade']);
        if (text.includes('get-pip.py') || packages.some(isUpgrade)) upgraded.add(stage);
        const found = packages.find(({ name, exact }) => torchBuilders.has(name) && !exact?.includes('+'));
        if (!found || hasFlag(found.command, otherSource)) return;
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
          const beside = packages.find((other) => other.command === command && other.name === 'torch');
          const torch = beside?.word.value ?? 'torch';
          // Another mention may be an install before, and a base image of pytorch has it.
          if (beside && !stageSays(stage, torchAgain) && !/pytorch/.test(rootStage(stage).base.text))
            report(span, 'together', { name, install: installOf(found, torch), torch });
          else if (
            !beside &&
            !/pytorch/.test(rootStage(stage).base.text) &&
            !hasTorchBefore(facts, stage, run) &&
            !bringsTorch(facts, run, text.slice(0, word.from), command)
          )
            report(span, 'missing', { name, install: installOf(found, torch) });
          return;
        }
        // The others name torch among what they are built with.
        if (name !== 'flash-attn') return;
        if (stageSays(stage, isolationOff) || (command.name === 'uv' && stageSays(stage, uvSettings))) return;
        if (command.name !== 'uv' && !lineage(stage).some((one) => upgraded.has(one)) && !lacksTools(stage))
          return;
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
    };
  },
});

/** Whether a stage lacks setuptools or wheel, as images of Python have since 3.12. */
function lacksTools(stage: Stage): boolean {
  const python = basePython(stage);
  const isNew = python !== undefined && (python.major > 3 || python.minor >= 12);
  return (isNew || stageSays(stage, environment)) && !stageSays(stage, buildTools);
}
