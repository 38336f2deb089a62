import { removePair } from '../../facts/pair-edits.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

/** Numbers of GPUs, or their names: `0`, `0,1`, `0:1`, `GPU-8932f937-…`, `MIG-…`. */
const devices =
  /^(?:\d+(?::\d+)?|(?:GPU|MIG)-[\w-]+(?:\/\d+)*)(?:,\s*(?:\d+(?::\d+)?|(?:GPU|MIG)-[\w/-]+))*$/;

export default defineRule({
  code: 'cuda-visible-devices-baked',
  name: 'cuda-visible-devices-baked',
  aliases: ['tally/gpu/no-hardcoded-visible-devices'],
  since: '0.2.0',
  severity: 'warning',
  family: 'cuda',
  dependsOn: 'instruction',
  summary: 'The image says which GPU to use',
  why: 'Which GPU is free is known where the container starts: by `docker run --gpus`, by Kubernetes or by Slurm. An index in the image counts among the GPUs of the machine on which it was written; elsewhere the program sees another GPU than it was given, or none, and CUDA reports that no device is available. Empty, `-1`, `none` and `void`, which hide every GPU, are left alone.',
  messages: {
    baked:
      '`{name}` fixes which GPU the container uses, on whatever machine it starts. Delete it, and choose when the container starts: `docker run --gpus device=0`, or `-e {name}=0`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nENV CUDA_VISIBLE_DEVICES=""' },
      { code: 'FROM python:3.12\nENV NVIDIA_VISIBLE_DEVICES=all', note: 'needed on a plain image' },
      { code: 'FROM python:3.12\nENV CUDA_VISIBLE_DEVICES=-1 NVIDIA_VISIBLE_DEVICES=void' },
      { code: 'FROM python:3.12\nARG GPU=0\nENV CUDA_VISIBLE_DEVICES=$GPU' },
    ],
    bad: [
      {
        code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nENV ⟦CUDA_VISIBLE_DEVICES=0⟧\nCMD ["python3"]',
        fixed: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nCMD ["python3"]',
      },
      {
        code: 'FROM python:3.12\nENV A=1 ⟦NVIDIA_VISIBLE_DEVICES=0,1⟧ B=2',
        fixed: 'FROM python:3.12\nENV A=1 B=2',
      },
    ],
  },
  create: () => ({
    ENV(env, { facts, report }) {
      for (const pair of env.node.pairs) {
        const name = pair.key.value;
        if (name !== 'CUDA_VISIBLE_DEVICES' && name !== 'NVIDIA_VISIBLE_DEVICES') continue;
        if (!devices.test(pair.value?.value.trim() ?? '')) continue;
        report(env.at(pair), 'baked', { name }, (): Fix | undefined => {
          const edit = removePair(facts.file, env, pair);
          return edit && { title: `Remove ${name}`, safety: 'unsafe', edits: [edit] };
        });
      }
    },
  }),
});
