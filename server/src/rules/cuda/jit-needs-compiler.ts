import { baseImage, officialName } from '../../facts/base-images.ts';
import { cudaImage } from '../../facts/cuda.ts';
import { type PythonPackage, pythonPackages } from '../../facts/python-packages.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { lineage, rootStage, type Stage } from '../../facts/stages.ts';
import { placeIn } from '../../facts/word-places.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

/** Packages that compile kernels by Triton when they start to work. */
const compiling = /^(?:vllm|sglang)$/;
/** A compiler, what brings one along, and ways to come by one that are not seen. */
const compiler =
  /\b(?:gcc|g\+\+|clang|cc|tcc|build-essential|base-devel|cuda-nvcc|nvidia-cuda-toolkit|cuda-toolkit|cmake|dpkg-dev|autoconf|libtool|rustc|cargo|golang|cython3?|conda|mamba|linuxbrew|brew|nix|compilers?)\b|\.sh\b|COPY\s+--from|\bxargs\b/i;
const recommending = /python3?[\d.]*-(?:pip|dev|full)/;
const withoutRecommended = /no-install-recommends/;
/** What runs without compiling, and builds for other machines. */
const notCompiling =
  /enforce[-_]eager|VLLM_TARGET_DEVICE|whl\/cpu|\+cpu|download-dir|TORCHDYNAMO_DISABLE|TORCH_COMPILE_DISABLE/i;

export default defineRule({
  code: 'jit-needs-compiler',
  name: 'jit-needs-compiler',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'cuda',
  summary: 'An inference server that compiles at run time is put on an image without a C compiler',
  why: 'vLLM and SGLang run kernels through Triton, which compiles a small launcher in C on first use and stops with "Failed to find C compiler" where it finds none (vllm-project/vllm#2997, sgl-project/sglang#1067, pytorch/pytorch#116696). `slim` images of Python and the `base` and `runtime` images of nvidia/cuda have none; the images of the projects themselves do. Only images that are known to have no compiler are looked at, and only where nothing is installed that may bring one: on Debian and Ubuntu `python3-pip` does, unless it is installed with `--no-install-recommends`.',
  messages: {
    missing:
      '`{name}` compiles kernels when it starts to work, and this image has no C compiler. Install `gcc` and `libc6-dev` in it.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev\nRUN pip install vllm==0.33.0\nCMD ["vllm","serve","m"]',
      },
      { code: 'FROM vllm/vllm-openai:v0.33.0\nRUN pip install vllm' },
      { code: 'FROM python:3.12\nRUN pip install vllm==0.33.0', note: 'the full image has gcc' },
      {
        code: 'FROM python:3.12-slim\nRUN pip install vllm==0.33.0\nCMD ["vllm","serve","m","--enforce-eager"]',
        note: 'nothing is compiled',
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04\nRUN apt-get install -y python3-pip && pip3 install vllm',
        note: 'python3-pip recommends build-essential',
      },
      {
        code: 'FROM python:3.12-slim AS build\nRUN pip install vllm\nFROM python:3.12-slim\nRUN pip install requests',
        note: 'another image',
      },
    ],
    bad: [
      { code: 'FROM python:3.12-slim\nRUN pip install ⟦vllm==0.33.0⟧\nCMD ["vllm","serve","m"]' },
      {
        code: 'FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04\nRUN apt-get update && apt-get install -y --no-install-recommends python3 python3-pip\nRUN pip3 install "⟦sglang[all]==0.5.0⟧"',
      },
      {
        code: 'FROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim\nRUN uv pip install --system numpy ⟦vllm⟧',
      },
    ],
  },
  create: () => {
    const found: { readonly stage: Stage; readonly run: Instruction; readonly one: PythonPackage }[] = [];
    return {
      RUN(run, { facts }) {
        if (!/vllm|sglang/i.test(run.node.text)) return;
        const stage = facts.stageOf(run);
        const one = pythonPackages(facts, run).find(({ name }) => compiling.test(name));
        if (stage && one) found.push({ stage, run, one });
      },
      end({ facts, report }) {
        const final = facts.finalStage;
        if (!final || found.length === 0 || !hasNoCompiler(final)) return;
        if (stageSays(final, compiler) || stageSays(final, notCompiling)) return;
        // Debian's and Ubuntu's packages recommend build-essential.
        if (stageSays(final, recommending) && !stageSays(final, withoutRecommended)) return;
        const stages = lineage(final);
        const first = found.find(({ stage }) => stages.includes(stage));
        if (!first) return;
        const { word, name } = first.one;
        report(first.run.at(placeIn(word)), 'missing', { name });
      },
    };
  },
});

/** Whether the image below a stage is known to come without a C compiler. */
function hasNoCompiler(stage: Stage): boolean {
  if (rootStage(stage).base.unknown.length > 0) return false;
  const cuda = cudaImage(stage);
  if (cuda) return cuda.flavour !== 'devel';
  const image = baseImage(stage);
  const { tag = '' } = image;
  const name = officialName(image);
  if (image.registry !== undefined && !/^(?:docker\.io|ghcr\.io)$/.test(image.registry)) return false;
  if (name === 'python' || name === 'astral-sh/uv') return /(?:^|-)slim(?:-|$)/.test(tag);
  return image.registry !== 'ghcr.io' && /^(?:debian|ubuntu)$/.test(name);
}
