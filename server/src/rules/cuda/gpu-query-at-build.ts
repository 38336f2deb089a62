import type { FileFacts } from '../../facts/file-facts.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import type { LocalSpan } from '../../text/span.ts';

const programs = new Set(['nvidia-smi', 'nvidia-debugdump', 'nvidia-persistenced']);
/** Calls that need a GPU, and those that only say whether there is one. */
const calls =
  /\b(?:torch\.cuda\.(?:get_device_(?:name|capability|properties)|current_device|is_available|device_count)|tf\.test\.is_gpu_available|tf\.config\.(?:experimental\.)?list_physical_devices)\(/g;
const onlyAsks = /is_available|device_count|is_gpu_available|list_physical_devices/;
/** What says, mostly in a comment, that the build is given a GPU. */
const givesDevice =
  /default[- ]runtime|nvidia[- ]runtime|runtime[= ]nvidia|--device[= ](?:nvidia|gpu|\/dev\/nvidia)|--gpus[= ]/i;
/** The rest of a command that is allowed to fail. */
const mayFail = /^[^\n;&|]*\|\|/;

export default defineRule({
  code: 'gpu-query-at-build',
  name: 'gpu-query-at-build',
  aliases: ['tally/gpu/no-buildtime-gpu-queries'],
  since: '0.2.0',
  severity: 'warning',
  family: 'cuda',
  summary: 'A RUN asks for a GPU, which a build gets only where it is given one',
  why: 'GPUs are passed into a container when it starts; a RUN gets none, unless it has `--device` or the engine’s default runtime is NVIDIA’s. So `nvidia-smi` is not found there, `torch.cuda.get_device_capability()` raises, and what is chosen by `torch.cuda.is_available()` is chosen for the CPU for good. Ask when the container starts, in the entrypoint or a HEALTHCHECK, and tell a build of kernels its target by `TORCH_CUDA_ARCH_LIST`. A command that may fail (`|| true`), an answer that is only printed, and a RUN with `--device` are left alone, as is a file that speaks of such a runtime or device.',
  messages: {
    query:
      'A build gets no GPU by itself, so `{call}` fails here or finds none. Move it into the program that the container starts, or write its answer into the file.',
    program:
      'A build gets no GPU by itself, so `{call}` fails here. Delete it, and try it with `docker run --gpus all <image> {call}`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nHEALTHCHECK CMD nvidia-smi -L' },
      { code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN nvidia-smi || true' },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nRUN python -c "import torch; print(torch.cuda.is_available())"',
      },
      { code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN --device=nvidia.com/gpu=all nvidia-smi' },
      {
        code: '# Build with the default runtime of the engine set to nvidia.\nFROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN nvidia-smi',
      },
      {
        code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN which nvidia-smi; echo nvidia-smi >> ~/.bashrc',
      },
    ],
    bad: [
      { code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN ⟦nvidia-smi⟧' },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nRUN python -c "import torch; assert ⟦torch.cuda.is_available()⟧"',
      },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nRUN pip install ninja && export CC=$(⟦nvidia-smi⟧ --query-gpu=compute_cap --format=csv,noheader)',
      },
      {
        code: "FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-devel\nRUN python3 <<'EOF'\nimport torch\nmajor, minor = ⟦torch.cuda.get_device_capability(0)⟧\nEOF",
      },
    ],
  },
  create: () => {
    let isGiven: boolean | undefined;
    return {
      RUN(run, { facts, report }) {
        if (run.node.flags.some(({ name }) => name === 'device')) return;
        const program = findProgram(facts, run);
        const found = program ?? findCall(facts, run);
        if (!found) return;
        isGiven ??= givesDevice.test(facts.file.joined);
        if (isGiven) return;
        const { from, to } = found;
        const { text } = run.node;
        const call = text.slice(from, to).replace(/^["']|["']$/g, '');
        // What stands in a substitution or in front of a pipe is asked for its answer.
        const isAsked =
          /[`(]\s*$/.test(text.slice(Math.max(0, from - 3), from)) || /^[^\n;&]*\|/.test(text.slice(to));
        const isAlone = program !== undefined && !isAsked;
        report(run.at(found), isAlone ? 'program' : 'query', { call });
      },
    };
  },
});

function findProgram(facts: FileFacts, run: Instruction): LocalSpan | undefined {
  const command = facts
    .commands(run)
    .find(({ name, to }) => programs.has(name) && !mayFail.test(run.node.text.slice(to)));
  return command?.nameWord;
}

/** The first call in the code that a `python -c` or a heredoc for Python holds. */
function findCall(facts: FileFacts, run: Instruction): LocalSpan | undefined {
  const { text, heredocs, args } = run.node;
  const codes: LocalSpan[] = facts
    .commands(run)
    .filter(({ name, to }) => name.startsWith('python') && !mayFail.test(text.slice(to)))
    .flatMap((command) => command.args.filter((_, i) => command.args[i - 1]?.value === '-c'));
  const isPython = args.some(({ value }) => /(?:^|\/)python[\d.]*$/.test(value));
  const bodies = heredocs.map(({ body }) => body);
  const shebang = /^#!.*python/;
  codes.push(...bodies.filter(({ from, to }) => isPython || shebang.test(text.slice(from, to))));
  for (const { from, to } of codes) {
    for (const match of text.slice(from, to).matchAll(calls)) {
      const at = from + match.index;
      const statement = text.slice(from, at).split(/[;\n]/).at(-1) ?? '';
      if (onlyAsks.test(match[0]) && /\bprint\(/.test(statement)) continue;
      const close = text.indexOf(')', at);
      return { from: at, to: close < 0 || close > to ? at + match[0].length : close + 1 };
    }
  }
  return undefined;
}
