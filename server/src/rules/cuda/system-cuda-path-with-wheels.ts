import { pythonPackages } from '../../facts/python-packages.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Instruction, KeyValue, KeyValues } from '../../syntax/tree.ts';

export default defineRule({
  code: 'system-cuda-path-with-wheels',
  name: 'system-cuda-path-with-wheels',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'cuda',
  summary: 'LD_LIBRARY_PATH puts the CUDA of the system before that of JAX',
  why: '`jax[cuda12]` and `jax[cuda13]` bring CUDA and cuDNN as wheels. The folders of LD_LIBRARY_PATH come before theirs, so with `/usr/local/cuda` in it JAX loads the libraries of the image, whose version may be another; JAX asks to leave the variable unset (JAX, "Installation", NVIDIA GPU). `jax[cuda12-local]` is the one that uses the CUDA of the system. In images of nvidia/cuda the libraries are found without the variable.',
  messages: {
    path: '`{wanted}` brings its own CUDA, and LD_LIBRARY_PATH puts another one before it. Leave `/usr/local/cuda` out of the variable, or install `{local}`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN pip install "jax[cuda12]==0.10.2"' },
      {
        code: 'FROM nvidia/cuda:12.9.1-cudnn-runtime-ubuntu22.04\nENV LD_LIBRARY_PATH=/usr/local/cuda/lib64\nRUN pip install "jax[cuda12-local]==0.10.2"',
        note: 'uses the CUDA of the system',
      },
      {
        code: 'FROM python:3.12\nENV LD_LIBRARY_PATH=/opt/lib\nRUN pip install "jax[cuda12]==0.10.2"',
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-devel-ubuntu22.04\nENV LD_LIBRARY_PATH=/usr/local/cuda/lib64\nRUN pip install torch==2.8.0',
        note: 'torch says in its own files where its libraries are',
      },
      {
        code: 'FROM nvidia/cuda:12.9.1-devel-ubuntu22.04 AS a\nENV LD_LIBRARY_PATH=/usr/local/cuda/lib64\nFROM python:3.12\nRUN pip install "jax[cuda12]"',
      },
    ],
    bad: [
      {
        code: 'FROM nvidia/cuda:12.9.1-cudnn-runtime-ubuntu22.04\nENV ⟦LD_LIBRARY_PATH=/usr/local/cuda/lib64:${LD_LIBRARY_PATH}⟧\nRUN pip install "jax[cuda12]==0.10.2"',
      },
      {
        code: 'FROM nvidia/cuda:13.0.3-devel-ubuntu24.04 AS base\nENV A=1 ⟦LD_LIBRARY_PATH="/usr/local/cuda-13.0/lib64:/opt"⟧\nFROM base\nRUN uv pip install --system jax[cuda13]',
      },
      {
        code: 'FROM nvidia/cuda:12.9.1-devel-ubuntu22.04\nRUN pip install jax[cuda]\nENV ⟦LD_LIBRARY_PATH /usr/local/cuda/lib64⟧',
      },
    ],
  },
  create: () => {
    /** The last value of each stage. */
    const paths = new Map<Stage, { readonly env: Instruction<KeyValues>; readonly pair: KeyValue }>();
    const installs: { readonly stage: Stage; readonly wanted: string }[] = [];
    return {
      ENV(env, { facts }) {
        const pair = env.node.pairs.findLast(({ key }) => key.value === 'LD_LIBRARY_PATH');
        const stage = pair && facts.stageOf(env);
        if (stage) paths.set(stage, { env, pair });
      },
      RUN(run, { facts }) {
        if (!run.node.text.includes('jax[')) return;
        const stage = facts.stageOf(run);
        const jax = pythonPackages(facts, run).find(
          ({ name, extras }) => name === 'jax' && extras.some((extra) => /^cuda(?:1[23])?$/.test(extra)),
        );
        if (stage && jax) installs.push({ stage, wanted: `jax[${jax.extras.join(',')}]` });
      },
      end({ facts, report }) {
        const final = facts.finalStage;
        const stages = final ? lineage(final) : [];
        const install = installs.find(({ stage }) => stages.includes(stage));
        const path = stages.flatMap((stage) => paths.get(stage) ?? [])[0];
        if (!install || !path || !/\/usr\/local\/cuda/.test(path.pair.value?.value ?? '')) return;
        const local = install.wanted.replace(/cuda(\d*)/, (_, major) => `cuda${major || 12}-local`);
        report(path.env.at(path.pair), 'path', { wanted: install.wanted, local });
      },
    };
  },
});
