import { baseImage, officialName } from '../../facts/base-images.ts';
import { hasFlag } from '../../facts/command-flags.ts';
import { type PythonPackage, pythonPackages } from '../../facts/python-packages.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { lineage, rootStage, type Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { insertLineAbove, likeKeyword } from '../../text/edit.ts';

/** Packages that are for GPUs alone. */
const forGpus =
  /^(?:onnxruntime-gpu|paddlepaddle-gpu|tensorrt(?:-llm)?|cupy-cuda\d+x?|faiss-gpu(?:-cu\d+)?|vllm|sglang|bitsandbytes)$/;
const cudaIndex = /\/whl\/(?:nightly\/)?cu\d{2,3}(?:\/|$)|^--torch-backend=cu\d|^cu\d{3}$/;
const asksForGpus = /NVIDIA_VISIBLE_DEVICES/;
const variables = 'NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility';

export default defineRule({
  code: 'gpu-env-missing-on-plain-base',
  name: 'gpu-env-missing-on-plain-base',
  aliases: [],
  since: '0.2.0',
  severity: 'style',
  offByDefault: true,
  family: 'cuda',
  summary: 'An image for GPUs on a plain base does not ask for them',
  why: 'Where the container is started with `--runtime=nvidia`, or that is the engine’s default runtime, NVIDIA_VISIBLE_DEVICES says which GPUs it gets, and none where it is not set. Images of nvidia/cuda and those built on them set it to `all`; `python`, `debian` and `ubuntu` do not (NVIDIA Container Toolkit, "Specialized configurations with Docker"). `docker run --gpus` and Kubernetes set it themselves, so the rule is off until a configuration gives it a level.',
  messages: {
    unset:
      'A container that is started with `--runtime=nvidia` and no `--gpus` gets no GPU from this image, and `{name}` is for GPUs. Add `ENV NVIDIA_VISIBLE_DEVICES=all`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: `FROM python:3.12-slim\nENV ${variables}\nRUN pip install torch==2.8.0 --index-url https://download.pytorch.org/whl/cu128`,
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-base-ubuntu22.04\nRUN pip install torch==2.8.0 --index-url https://download.pytorch.org/whl/cu128',
        note: 'the image sets it',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0', note: 'it may be for the CPU' },
      {
        code: 'FROM --platform=linux/arm64 python:3.12-slim\nRUN pip install torch==2.8.0 --index-url https://download.pytorch.org/whl/cpu',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install ⟦torch==2.8.0⟧ --index-url https://download.pytorch.org/whl/cu128',
        fixed: `FROM python:3.12-slim\nENV ${variables}\nRUN pip install torch==2.8.0 --index-url https://download.pytorch.org/whl/cu128`,
      },
      {
        code: 'FROM ubuntu:24.04 AS base\nRUN uv pip install --system numpy ⟦onnxruntime-gpu⟧\nFROM base\nRUN true',
        fixed: `FROM ubuntu:24.04 AS base\nENV ${variables}\nRUN uv pip install --system numpy onnxruntime-gpu\nFROM base\nRUN true`,
      },
      {
        code: 'FROM python:3.12\nRUN pip install ⟦jax[cuda12]⟧',
        fixed: `FROM python:3.12\nENV ${variables}\nRUN pip install jax[cuda12]`,
      },
    ],
  },
  create: () => {
    const found: { readonly stage: Stage; readonly run: Instruction; readonly one: PythonPackage }[] = [];
    return {
      RUN(run, { facts }) {
        if (!/gpu|cu(?:da|py|1|9)|tensorrt|vllm|sglang|bitsandbytes/i.test(run.node.text)) return;
        const stage = facts.stageOf(run);
        const one = pythonPackages(facts, run).find(isForGpus);
        if (stage && one) found.push({ stage, run, one });
      },
      end({ facts, report }) {
        const final = facts.finalStage;
        const stages = final && found.length > 0 ? lineage(final) : [];
        const first = found.find(({ stage }) => stages.includes(stage));
        if (!final || !first || !isPlain(final) || stageSays(final, asksForGpus)) return;
        const { run, one } = first;
        report(run.at(one.word), 'unset', { name: one.name }, () =>
          run.onbuild
            ? undefined
            : {
                title: 'Ask for all GPUs',
                safety: 'unsafe',
                edits: [
                  insertLineAbove(
                    facts.file.text,
                    run.span.start,
                    `${likeKeyword('ENV', run.node.keywordWord.raw)} ${variables}`,
                  ),
                ],
              },
        );
      },
    };
  },
});

function isForGpus({ name, extras, command }: PythonPackage): boolean {
  if (hasFlag(command, ['platform', 'dry-run'])) return false;
  if (forGpus.test(name)) return true;
  if (/^(?:jax|tensorflow)$/.test(name)) return extras.some((extra) => /^(?:cuda\d+|and-cuda)/.test(extra));
  return name === 'torch' && command.args.some(({ value }) => cudaIndex.test(value));
}

/** Whether a stage rests on an image that is not for GPUs. */
function isPlain(stage: Stage): boolean {
  const image = baseImage(stage);
  const isKnown = rootStage(stage).base.unknown.length === 0;
  return isKnown && /^(?:python|debian|ubuntu|astral-sh\/uv)$/.test(officialName(image));
}
