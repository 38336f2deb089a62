import { baseImage } from '../../facts/base-images.ts';
import { baseCuda } from '../../facts/cuda.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { rootStage, type Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellWord } from '../../syntax/shell.ts';
import { inOrder } from '../../text/in-order.ts';

/**
 * Sources that `torch.utils.cpp_extension` compiles for the architectures of TORCH_CUDA_ARCH_LIST. Those that choose them
 * in another way, as apex, flash-attention and Transformer Engine do, are not among them.
 */
const extensions =
  /github\.com[/:](?:facebookresearch\/(?:detectron2|pytorch3d|xformers|sam2|segment-anything-2|maskrcnn-benchmark)|IDEA-Research\/GroundingDINO|open-mmlab\/mmcv|graphdeco-inria\/diff-gaussian-rasterization|camenduru\/simple-knn|erikwijmans\/Pointnet2_PyTorch|rusty1s\/pytorch_(?:scatter|sparse|cluster|spline_conv)|nerfstudio-project\/gsplat)(?:\.git)?(?=[@#/"'\s]|$)/i;
/** Those whose setup.py compiles for CUDA only where torch sees a GPU, or FORCE_CUDA is 1 (their setup.py, as known 2026-11). */
const looksForGpu =
  /^(?:detectron2|pytorch3d|mmcv|maskrcnn-benchmark|pytorch_(?:scatter|sparse|cluster|spline_conv))$/i;
/** What says for which GPUs to compile, or builds for none. */
const chosen =
  /whl\/cpu|\+cpu|ARCH_LIST|ARCHITECTURES|CUDA_ARCH|gencode|\bsm_\d|compute_\d|FORCE_CPU|SAM2_BUILD_CUDA=0|BUILD_CUDA=0/i;
const builds = (text: string) =>
  /\bsetup\.py\s+(?:\S+\s+|\S*)(?:install|build|develop|bdist)|\buv\s+pip\s+install/.test(text) ||
  inOrder(text, /\n/, /\bpip[\d.]*\s/, /\b(?:install|wheel)/);

export default defineRule({
  code: 'cuda-extension-without-arch-list',
  name: 'cuda-extension-without-arch-list',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'cuda',
  summary: 'A CUDA extension is compiled without saying for which GPUs',
  why: 'Where TORCH_CUDA_ARCH_LIST is not set, PyTorch compiles for the GPUs that it sees (`_get_cuda_arch_flags` in `torch/utils/cpp_extension.py`), and a build of an image sees none: it stops with "list index out of range", or a package that looks first, as detectron2, PyTorch3D, mmcv and pytorch_scatter do in their `setup.py`, leaves its CUDA part out without a word unless `FORCE_CUDA=1` is set. Which architectures there are hangs on the CUDA: 8.0 since 11.0, 8.6 since 11.1 (its release notes). The rule knows some extensions by their repository, and only looks at `devel` images of nvidia/cuda and pytorch/pytorch, which have the compiler.',
  messages: {
    unset:
      'A build sees no GPU, so compiling `{name}` stops, or is for the wrong GPUs. Write `ENV TORCH_CUDA_ARCH_LIST="{example}"` above, with the compute capabilities of yours.',
    skipped:
      'A build sees no GPU, so `{name}` is compiled without its CUDA part. Write `ENV FORCE_CUDA=1 TORCH_CUDA_ARCH_LIST="{example}"` above, with the compute capabilities of your GPUs.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nENV TORCH_CUDA_ARCH_LIST="8.0;9.0"\nRUN pip install --no-build-isolation git+https://github.com/facebookresearch/pytorch3d.git@v0.7.8',
      },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nARG TORCH_CUDA_ARCH_LIST="8.6"\nRUN git clone https://github.com/facebookresearch/sam2 && cd sam2 && pip install .',
      },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nRUN pip install flash-attn --no-build-isolation && pip install git+https://github.com/NVIDIA/apex',
        note: 'a wheel, and one that names its architectures itself',
      },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nRUN pip install git+https://github.com/facebookresearch/sam2',
        note: 'there is no compiler',
      },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nRUN git clone https://github.com/facebookresearch/detectron2',
        note: 'it is not built here',
      },
    ],
    bad: [
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nRUN pip install ⟦git+https://github.com/facebookresearch/pytorch3d.git@v0.7.8⟧',
      },
      {
        code: 'FROM nvidia/cuda:12.6.3-devel-ubuntu22.04\nRUN pip3 install torch==2.7.1\nRUN git clone ⟦https://github.com/facebookresearch/detectron2.git⟧ /d2 && cd /d2 && pip3 install --no-build-isolation .',
      },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nRUN git clone ⟦https://github.com/IDEA-Research/GroundingDINO⟧\nRUN cd GroundingDINO && python setup.py install',
      },
    ],
  },
  create: () => {
    const reported = new Set<Stage>();
    /** Stages with a clone whose rest was read, which is done once. */
    const read = new Set<Stage>();
    return {
      RUN(run, { facts, report }) {
        if (!extensions.test(run.node.text)) return;
        const stage = facts.stageOf(run);
        if (!stage || reported.has(stage) || !hasCompiler(stage) || stageSays(stage, chosen)) return;
        const found = facts.commands(run).flatMap(({ name, args }) => {
          const word = args.find(({ value }) => extensions.test(value));
          return word ? [{ word, isClone: name === 'git' }] : [];
        })[0];
        if (!found || (found.isClone && read.has(stage))) return;
        if (found.isClone) read.add(stage);
        if (found.isClone && !isBuilt(stage, run.index, found.word)) return;
        reported.add(stage);
        const name = lastPart(extensions.exec(found.word.value)?.[0] ?? '');
        const isSkipped = looksForGpu.test(name) && !stageSays(stage, forced);
        report(run.at(found.word), isSkipped ? 'skipped' : 'unset', { name, example: exampleFor(stage) });
      },
    };
  },
});

const forced = /FORCE_CUDA/;

/** Architectures that the CUDA of the image can compile for; those of CUDA 11.1 on where it is not known. */
function exampleFor(stage: Stage): string {
  const { major = 0, minor = 0 } = baseCuda(stage) ?? {};
  const [, list] = architectures.find(([from]) => major + minor / 100 >= from) ?? [];
  return list ?? '8.0;8.6';
}

/** By the CUDA from which on it has them (CUDA Toolkit release notes; the minor in hundredths). */
const architectures: readonly (readonly [number, string])[] = [
  [11.01, '8.0;8.6'],
  [11, '7.5;8.0'],
  [10, '7.0;7.5'],
  [9, '6.1;7.0'],
];

const lastPart = (path: string) => path.slice(path.lastIndexOf('/') + 1).replace(/(?<=.)\.git$/, '');

function hasCompiler(stage: Stage): boolean {
  const { repository, tag = '' } = baseImage(stage);
  if (!/(?:^|\/)(?:nvidia\/cuda|pytorch\/pytorch)$/.test(repository)) return false;
  return /(?:^|-)devel(?=$|-)/.test(tag) || /-devel(?=$|-)/.test(rootStage(stage).base.text);
}

/** Whether something is built from where the sources are cloned. */
function isBuilt({ instructions }: Stage, from: number, { value }: ShellWord): boolean {
  const folder = lastPart(value.replace(/\/$/, '')) || value;
  const behind = instructions.filter(({ index }) => index >= from).map(({ node }) => node.text);
  const text = behind.join('\n').replace(value, '');
  return text.includes(folder) ? builds(text) : builds(behind[0] ?? '');
}
