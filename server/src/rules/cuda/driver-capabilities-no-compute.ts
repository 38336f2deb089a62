import { baseCuda } from '../../facts/cuda.ts';
import { heldFramework } from '../../facts/framework-images.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction, KeyValues, Word } from '../../syntax/tree.ts';

const key = 'NVIDIA_DRIVER_CAPABILITIES';
/** Names of the parts; another word may be a mistake, and not one of this kind. */
const parts =
  /^(?:graphics|utility|video|display|compat32|ngx)(?:\s*,\s*(?:graphics|utility|video|display|compat32|ngx))*$/;
const framework =
  /\b(?:torch(?:vision|audio)?|tensorflow(?:-gpu)?|jax|cupy(?:-cuda\d+x?)?|vllm|onnxruntime-gpu|paddlepaddle-gpu)(?=[\s=<>~[;"']|$)/;

export default defineRule({
  code: 'driver-capabilities-no-compute',
  name: 'driver-capabilities-no-compute',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'cuda',
  summary: 'The container does not ask for the part of the driver that computes',
  why: 'NVIDIA_DRIVER_CAPABILITIES says which parts of the host’s driver are mounted into the container. `libcuda.so`, without which neither PyTorch nor another framework finds a GPU, belongs to `compute` (NVIDIA Container Toolkit, "Specialized configurations with Docker"; libnvidia-container, `nvc_info.c`). Where the variable is not set at all the toolkit takes `compute,utility`. With the Container Device Interface it is not read.',
  messages: {
    none: '`{value}` leaves out `compute`, so CUDA finds no GPU in the container. Add it: `{use}`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nENV NVIDIA_DRIVER_CAPABILITIES=compute,utility,video',
      },
      { code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nENV NVIDIA_DRIVER_CAPABILITIES=all' },
      {
        code: 'FROM ubuntu:24.04\nENV NVIDIA_DRIVER_CAPABILITIES=video,utility\nRUN apt-get install -y ffmpeg',
        note: 'nothing here computes',
      },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nENV NVIDIA_DRIVER_CAPABILITIES=video\nENV NVIDIA_DRIVER_CAPABILITIES=${NVIDIA_DRIVER_CAPABILITIES},compute',
        note: 'a later value counts',
      },
    ],
    bad: [
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nENV NVIDIA_DRIVER_CAPABILITIES=⟦video,utility⟧',
        fixed:
          'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nENV NVIDIA_DRIVER_CAPABILITIES=compute,video,utility',
      },
      {
        code: 'FROM nvidia/cuda:12.9.1-runtime-ubuntu22.04\nENV A=1 NVIDIA_DRIVER_CAPABILITIES="⟦graphics⟧" B=2',
        fixed:
          'FROM nvidia/cuda:12.9.1-runtime-ubuntu22.04\nENV A=1 NVIDIA_DRIVER_CAPABILITIES="compute,graphics" B=2',
      },
      {
        code: 'FROM python:3.12\nRUN pip install torch==2.8.0\nENV NVIDIA_DRIVER_CAPABILITIES ⟦utility⟧',
        fixed:
          'FROM python:3.12\nRUN pip install torch==2.8.0\nENV NVIDIA_DRIVER_CAPABILITIES compute,utility',
      },
    ],
  },
  create: () => {
    /** The last value of each stage. */
    const last = new Map<Stage, { readonly env: Instruction<KeyValues>; readonly value: Word | undefined }>();
    return {
      ENV(env, { facts }) {
        if (!env.node.text.includes(key)) return;
        const stage = facts.stageOf(env);
        const pair = env.node.pairs.findLast((one) => one.key.value === key);
        if (stage && pair) last.set(stage, { env, value: pair.value });
      },
      end({ facts, report }) {
        const final = facts.finalStage;
        const { env, value } = (final && lineage(final).flatMap((stage) => last.get(stage) ?? [])[0]) ?? {};
        if (!final || !env || !value || !parts.test(value.value)) return;
        const at = value.raw.indexOf(value.value);
        if (at < 0 || !(baseCuda(final) || heldFramework(final) || stageSays(final, framework))) return;
        const from = value.from + at;
        const span = env.at({ from, to: from + value.value.length });
        const use = `compute,${value.value}`;
        report(span, 'none', { value: value.value, use }, (): Fix => {
          return { title: 'Add compute', safety: 'unsafe', edits: [{ span, text: use }] };
        });
      },
    };
  },
});
