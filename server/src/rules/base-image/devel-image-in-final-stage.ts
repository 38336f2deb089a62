import { jitPackages } from '../../data/compiler-needs.ts';
import { baseImage } from '../../facts/base-images.ts';
import { isWorkbench } from '../../facts/python-project.ts';
import { lineage, rootStage, type Stage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ImageReference } from '../../syntax/image-reference.ts';
import { inOrder } from '../../text/in-order.ts';

const compiles =
  /\b(?:nvcc|gcc|g\+\+|clang|make|cmake|ninja|meson|cargo|bazel|build-essential|setup\.py|--no-build-isolation|flash[-_]attn|apex)\b|CUDA_ARCH_LIST/;
const installsSources = (text: string) => inOrder(text, /[&;|]/, /pip3? install/, /\s(?:-e|\.|git\+)/);
const remoteDesktop = /\b(?:openssh-server|xrdp|code-server)\b|vncserver/;

export default defineRule({
  code: 'devel-image-in-final-stage',
  name: 'devel-image-in-final-stage',
  aliases: ['tally/gpu/prefer-runtime-final-stage'],
  since: '0.1.0',
  severity: 'warning',
  family: 'base-image',
  summary: 'The image that is shipped holds the CUDA compilers',
  why: 'A `-devel` image adds compilers, headers and static libraries to the runtime. For PyTorch 2.1 that made 8.25 GB of 3.24 GB, compressed (pytorch/pytorch#116696, January 2024), and every node pulls it. Compile in an earlier stage and copy the result into a `-runtime` image. The rule is silent where something that compiles kernels while running is named (vLLM, DeepSpeed, Triton, FlashInfer …), and where the image is one to work in: it starts only a shell or a notebook, or holds an SSH server or a remote desktop.',
  messages: {
    devel:
      '`{image}` carries gigabytes of compilers and headers that only compiling CUDA code needs. Where nothing compiles, write `{runtime}`; else build wheels in a stage from this one (`pip wheel -w /wheels …`), and install those in a last stage from `{runtime}`.',
    runtime:
      '`{image}` carries gigabytes of compilers and headers that the program does not need to run. Write `{runtime}`.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM nvidia/cuda:12.9.1-devel-ubuntu22.04 AS build\nRUN make\nFROM nvidia/cuda:12.9.1-runtime-ubuntu22.04\nCOPY --from=build /out /app\nCMD ["/app/serve"]',
      },
      { code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nCOPY app.py .\nCMD ["python","app.py"]' },
      {
        code: 'FROM nvidia/cuda:12.9.1-devel-ubuntu22.04\nRUN pip install vllm==0.9.1\nCMD ["vllm", "serve"]',
        note: 'compiles kernels while it runs',
      },
      {
        code: 'FROM nvidia/cuda:12.9.1-devel-ubuntu22.04\nRUN true\nCMD ["bash"]',
        note: 'an image to work in',
      },
    ],
    bad: [
      {
        code: 'FROM ⟦pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel⟧\nCOPY app.py .\nCMD ["python","app.py"]',
        fixed: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nCOPY app.py .\nCMD ["python","app.py"]',
      },
      {
        code: 'FROM ⟦nvidia/cuda:12.9.1-devel-ubuntu22.04⟧ AS app\nCOPY app /app\nCMD ["/app/serve"]',
        fixed: 'FROM nvidia/cuda:12.9.1-runtime-ubuntu22.04 AS app\nCOPY app /app\nCMD ["/app/serve"]',
      },
      {
        code: 'FROM ⟦nvcr.io/nvidia/cuda:12.9.1-devel-ubuntu22.04⟧ AS base\nFROM base\nRUN make\nCMD ["/app/serve"]',
        note: 'something is compiled, so there is more to do than to change the tag',
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const stage = facts.finalStage;
      if (!stage || !isDevel(baseImage(stage)) || isWorkbench(stage)) return;
      const text = stageText(stage);
      if (jitPackages.test(text) || remoteDesktop.test(text)) return;
      const { from, base } = rootStage(stage);
      const word = from.node.imageWord;
      if (!word) return;
      const span = from.at(word);
      const runtime = word.raw.replace(/-devel(?=-|$)/, '-runtime');
      const alone = from === stage.from && !/(?:^|\/)rocm\//.test(word.raw);
      if (runtime === word.raw || !alone || compiles.test(text) || installsSources(text)) {
        const other =
          alone && runtime !== word.raw ? base.text.replace(/-devel(?=-|$)/, '-runtime') : 'a runtime image';
        return report(span, 'devel', { image: base.text, runtime: other });
      }
      report(span, 'runtime', { image: base.text, runtime }, (): Fix => {
        return { title: 'Use the runtime image', safety: 'unsafe', edits: [{ span, text: runtime }] };
      });
    },
  }),
});

function isDevel({ repository, tag = '' }: ImageReference): boolean {
  if (/(?:^|\/)rocm\/dev-/.test(repository)) return true;
  return /(?:^|\/)(?:nvidia\/cuda|pytorch\/pytorch)$/.test(repository) && /-devel(?=-|$)/.test(tag);
}

function stageText(stage: Stage): string {
  const instructions = lineage(stage).flatMap((ancestor) => ancestor.instructions);
  return instructions.map(({ node }) => node.text).join('\n');
}
