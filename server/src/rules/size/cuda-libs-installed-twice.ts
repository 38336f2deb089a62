import { cudaImage } from '../../facts/cuda.ts';
import { type PythonPackage, pythonPackages } from '../../facts/python-packages.ts';
import { lineage, rootStage, type Stage } from '../../facts/stages.ts';
import { replaceTag } from '../../facts/tag-edits.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { inOrder } from '../../text/in-order.ts';

/**
 * What uses the CUDA libraries of the system, or may: requirements that are not seen, files from elsewhere, and packages
 * whose wheels hold no CUDA of their own. What is compiled does not, as a runtime image has no headers of CUDA.
 */
const mayUseSystem =
  /\b(?:cuda-|libcud|ffmpeg|tensorrt|triton|cupy|ctranslate2|llama[-_]cpp|faiss|paddlepaddle|onnxruntime|deepspeed|dali|rapids|cu(?:df|ml|graph)|flash[-_]attn|apex|xformers|mmcv|LD_LIBRARY_PATH|CUDA_HOME|faster[-_]whisper|whisperx|numba|opencv|horovod|mxnet|vllm|tensorflow|jax|spacy)|git clone|git\+|COPY --from|\b(?:uv (?:sync|run)|poetry|pixi|pdm)\b|\s(?:-e|-r|--requirement|--editable)[\s=]/i;
const installsProject = (text: string) =>
  inOrder(text, /[\n&;]/, /\b(?:pip|uv)[\d.]* /i, /install/i, /\s["']?\.(?=[["'\s/]|$)/);
/** Wheels for the CPU, and choices that are made when the image is built. */
const notCuda = /whl\/(?:nightly\/)?cpu|\+cpu\b|torch-backend[= ]|TORCH_BACKEND/;
/** An index that a variable names: `--index-url=$URL`, `--index-url $URL`. */
const namesIndex = (text: string) =>
  inOrder(text, /\s/, /index|INDEX/, /=/, /\$/) ||
  text.split(' ').some((_, i, pieces) => {
    const [before, behind] = [pieces[i]?.split(/\s/).at(-1), pieces[i + 1]?.split(/\s/, 1)[0]];
    return /index|INDEX/.test(before ?? '') && behind?.includes('$');
  });

export default defineRule({
  code: 'cuda-libs-installed-twice',
  name: 'cuda-libs-installed-twice',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'size',
  summary: 'CUDA’s libraries come with the base image and again with torch',
  why: 'Wheels of PyTorch for CUDA bring cuBLAS, cuDNN, NCCL and the rest of the libraries, in their own files or as `nvidia-…` packages that they depend on (metadata of torch on PyPI), and load those. The same libraries in a `runtime` image of nvidia/cuda, some GB, are then used by nothing. The `base` image of the same tag has what a container needs to be given the GPU. The rule is silent where anything is copied or installed that may use the libraries of the system, and for requirement files, which may name it.',
  messages: {
    twice:
      '`{name}` brings CUDA’s libraries along, so those of the `runtime` image are there for nothing. Write `{right}` in FROM.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM nvidia/cuda:12.8.1-base-ubuntu22.04\nRUN pip install --no-cache-dir torch==2.8.0' },
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0 --index-url https://download.pytorch.org/whl/cu128',
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-cudnn-runtime-ubuntu22.04\nRUN pip install torch==2.8.0 onnxruntime-gpu',
        note: 'its wheels hold no CUDA',
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04\nRUN apt-get install -y ffmpeg && pip install torch',
      },
      { code: 'FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04\nRUN pip install torch -r requirements.txt' },
      {
        code: 'FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04\nRUN pip install torch --index-url https://download.pytorch.org/whl/cpu',
      },
    ],
    bad: [
      {
        code: 'FROM nvidia/cuda:12.8.1-cudnn-runtime-ubuntu22.04\nRUN pip install ⟦torch==2.8.0⟧ --index-url https://download.pytorch.org/whl/cu128',
        fixed:
          'FROM nvidia/cuda:12.8.1-base-ubuntu22.04\nRUN pip install torch==2.8.0 --index-url https://download.pytorch.org/whl/cu128',
      },
      {
        code: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu22.04\nRUN uv pip install --system numpy ⟦torch==2.7.1⟧',
        fixed: 'FROM nvidia/cuda:12.6.3-base-ubuntu22.04\nRUN uv pip install --system numpy torch==2.7.1',
      },
      {
        code: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu22.04 AS base\nFROM base\nRUN pip install ⟦torch⟧ torchvision',
        note: 'other stages may rest on the image too',
      },
    ],
  },
  create: () => {
    const found: { readonly stage: Stage; readonly torch: PythonPackage; readonly run: Instruction }[] = [];
    return {
      RUN(run, { facts }) {
        if (!run.node.text.includes('torch')) return;
        const stage = facts.stageOf(run);
        const torch =
          stage && cudaImage(stage)?.flavour === 'runtime'
            ? pythonPackages(facts, run).find(({ name }) => name === 'torch')
            : undefined;
        if (stage && torch && !found.some((other) => other.stage === stage))
          found.push({ stage, torch, run });
      },
      end({ report }) {
        for (const { stage, torch, run } of found) {
          const text = textOf(stage);
          if (mayUseSystem.test(text) || installsProject(text) || notCuda.test(text) || namesIndex(text))
            continue;
          report(run.at(torch.word), 'twice', { name: 'torch', right: baseTag(stage) }, () => useBase(stage));
        }
      },
    };
  },
});

/** All that a stage and those that it builds on say, behind their FROM. */
function textOf(stage: Stage): string {
  return lineage(stage)
    .flatMap(({ instructions }) => instructions.map(({ node }) => node.text))
    .join('\n');
}

const baseTag = (stage: Stage) =>
  (rootStage(stage).base.image.tag ?? '').replace(/-(?:cudnn\d*-)?runtime(?=-|$)/, '-base');

function useBase(stage: Stage): Fix | undefined {
  const edit = stage.parent ? undefined : replaceTag(stage, baseTag(stage));
  return edit && { title: 'Use the base image', safety: 'unsafe', edits: [edit] };
}
