import { type GpuFloor, gpuFloors } from '../../data/gpu-floors.ts';
import { hasFlag } from '../../facts/command-flags.ts';
import { baseCuda, wheelCuda } from '../../facts/cuda.ts';
import { heldFramework } from '../../facts/framework-images.ts';
import { type PythonPackage, pythonPackages } from '../../facts/python-packages.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { torchRelease } from '../../facts/torch.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Span } from '../../text/span.ts';

const options = {
  gpus: {
    default: [],
    description:
      'Compute capabilities of the GPUs that images are for, such as `9.0` and `12.0`. Empty: nothing is compared.',
  },
} as const;
/** Wheels for the CPU and for GPUs of others, and indexes that are chosen when the image is built. */
const notCuda = /whl\/(?:nightly|test|cpu|rocm|xpu)|\+(?:cpu|rocm|xpu)|BACKEND[= ]["']?(?:cpu|rocm|xpu|auto)/;
const indexFlag =
  /^(?:-i|-f|--(?:default-|extra-)?index(?:-url)?|--find-links|--no-index|--torch-backend)(?:=|$)/;
const indexVariable = /\b(?:PIP|UV)_\w*(?:INDEX|FIND_LINKS)|TORCH_BACKEND/;

const messages = {
  torch:
    '`{name}` does not run on GPUs such as {cards} (compute capability {gpu}), which the option `gpus` names. Take PyTorch {torch} or later, built for CUDA {cuda} or later (`{tag}`).',
  cuda: '`{name}` is built for CUDA {built}, so torch in it does not run on GPUs such as {cards} (compute capability {gpu}), which the option `gpus` names. Take one for CUDA {cuda} or later.',
} as const;
type Context = RuleContext<typeof messages, typeof options>;

export default defineRule({
  code: 'gpu-arch-floor',
  name: 'gpu-arch-floor',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'cuda',
  summary: 'PyTorch is too old for the GPUs that the image is for',
  why: 'Wheels of PyTorch hold kernels for the GPUs that were known when they were built. On a later one the image builds and starts, and the first operation stops with "no kernel image is available for execution on the device". Compute capability 9.0 (H100) needs PyTorch 2.0 for CUDA 11.8, 10.0 and 12.0 (B200, RTX 50) PyTorch 2.7 for CUDA 12.8, and both must hold (replicate/cog, `gpu_compatibility.go`). torch 2.7 on PyPI is built for CUDA 12.6 (its metadata). The rule needs to know the GPUs: name them in its option `gpus`, without which it is silent. Nightly builds and requirement files are not looked at.',
  messages,
  options,
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM nvidia/cuda:12.8.1-base-ubuntu22.04\nRUN pip install torch==2.7.1 --index-url https://download.pytorch.org/whl/cu128',
        options: { gpus: ['12.0'] },
      },
      {
        code: 'FROM pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime\nRUN true',
        options: { gpus: ['8.9', '10.3', '12.0'] },
      },
      { code: 'FROM python:3.12\nRUN pip install torch==1.13.1', note: 'the GPUs are not known' },
      {
        code: 'FROM python:3.12\nRUN pip install torch==2.6.0 --index-url https://download.pytorch.org/whl/cpu',
        options: { gpus: ['12.0'] },
        note: 'for the CPU',
      },
      {
        code: 'FROM pytorch/pytorch:2.6.0-cuda12.4-cudnn9-runtime\nRUN pip install -U torch==2.8.0',
        options: { gpus: ['12.0'] },
        note: 'another one is installed',
      },
    ],
    bad: [
      {
        code: 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN pip install numpy ⟦torch==2.6.0⟧',
        options: { gpus: ['12.0'] },
      },
      {
        code: 'FROM ⟦pytorch/pytorch:2.7.0-cuda11.8-cudnn9-runtime⟧\nRUN true',
        options: { gpus: ['9.0', 'sm_120'] },
      },
      {
        code: 'FROM python:3.12\nRUN uv pip install --system ⟦torch==2.7.1⟧',
        options: { gpus: ['10.0'] },
        note: 'the wheel on PyPI is for CUDA 12.6',
      },
      {
        code: 'FROM python:3.10\nRUN pip install ⟦torch==2.0.1⟧ --index-url https://download.pytorch.org/whl/cu117',
        options: { gpus: ['9.0'] },
      },
    ],
  },
  create: () => {
    /** Stages in which, or in one that builds on them, something with torch in its name is installed. */
    const installing = new Set<Stage>();
    return {
      RUN(run, ctx) {
        const { facts } = ctx;
        if (ctx.options.gpus.length === 0 || !run.node.text.includes('torch')) return;
        const stage = facts.stageOf(run);
        if (!stage) return;
        if (!installing.has(stage)) for (const one of lineage(stage)) installing.add(one);
        const torch = pythonPackages(facts, run).find(
          ({ name, command }) => name === 'torch' && !hasFlag(command, ['dry-run']),
        );
        const version = /^\d+(?:\.\d+)+(?=$|\+)/.exec(torch?.exact ?? '')?.[0];
        if (!torch || version === undefined || stageSays(stage, notCuda)) return;
        const cuda = cudaOf(torch, version, stageSays(stage, indexVariable));
        check(run.at(torch.word), torch.word.value, { version, cuda }, ctx);
      },
      end(ctx) {
        const { facts } = ctx;
        if (ctx.options.gpus.length === 0) return;
        for (const stage of facts.stages) {
          const { imageWord } = stage.from.node;
          const version = stage.parent ? undefined : heldFramework(stage)?.version;
          const cuda = baseCuda(stage);
          if (version === undefined || installing.has(stage) || !cuda || !imageWord) continue;
          const built = { version, cuda: `${cuda.major}.${cuda.minor}` };
          check(stage.from.at(imageWord), stage.base.text, built, ctx);
        }
      },
    };
  },
});

/** The CUDA that a wheel is built for; undefined where the file does not say it. */
function cudaOf(
  { exact, command }: PythonPackage,
  version: string,
  hasVariable: boolean,
): string | undefined {
  const words = [exact ?? '', ...command.args.map(({ value }) => value)];
  const digits = words.flatMap(
    (word) => /(?:\+|\/whl\/|^(?:--torch-backend=)?)cu(\d{2,3})(?=\/|$)/.exec(word)?.[1] ?? [],
  )[0];
  const cuda = wheelCuda(digits ?? '');
  if (cuda?.minor !== undefined) return `${cuda.major}.${cuda.minor}`;
  if (hasVariable || words.some((word) => indexFlag.test(word))) return undefined;
  return torchRelease(version)?.cuda;
}

/** Reports the first GPU for which a PyTorch is too old, or built for a CUDA that is. */
function check(
  span: Span,
  name: string,
  { version, cuda }: { readonly version: string; readonly cuda: string | undefined },
  { options: { gpus }, report }: Context,
): void {
  for (const gpu of gpus) {
    const floor = floorOf(gpu);
    if (!floor) continue;
    const { torch, cuda: least, cards } = floor;
    if (isBefore(version, torch)) {
      const tag = `cu${least.replace('.', '')}`;
      report(span, 'torch', { name, gpu, cards, torch, cuda: least, tag });
      return;
    }
    if (cuda !== undefined && isBefore(cuda, least)) {
      report(span, 'cuda', { name, gpu, cards, built: cuda, cuda: least });
      return;
    }
  }
}

/** Reads `12.0`, `sm_120` and `8.9+PTX`. */
function floorOf(gpu: string): GpuFloor | undefined {
  const major = /^(?:sm_)?(\d+?)\.?\d[a-z]?(?:\+PTX)?$/i.exec(gpu.trim())?.[1];
  return gpuFloors.find((floor) => floor.major === Number(major));
}

function isBefore(version: string, other: string): boolean {
  const [a, b] = [version, other].map((one) => one.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
