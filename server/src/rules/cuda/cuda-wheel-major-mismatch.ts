import { torchWheelTags } from '../../data/torch-wheel-tags.ts';
import { baseCuda, type CudaVersion, wheelCuda } from '../../facts/cuda.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { resolveWord } from '../../facts/scope.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { Instruction, KeyValues } from '../../syntax/tree.ts';
import type { LocalSpan } from '../../text/span.ts';

/** Where a package for one CUDA version is named; `tag` is PyTorch's spelling, the others give `12.4`, `12` or `12x`. */
const spellings: readonly { readonly pattern: RegExp; readonly isTag: boolean }[] = [
  { pattern: /\/whl\/(?:nightly\/|test\/)?cu(\d{2,3})(?=\/|$)/, isTag: true },
  { pattern: /(?<=[\w.])\+cu(\d{2,3})(?!\d)/, isTag: true },
  { pattern: /^(?:--torch-backend=)?cu(\d{2,3})$/, isTag: true },
  { pattern: /^(?:cupy-cuda|jax\[cuda|cudf-cu|cuml-cu)(\d{1,2})(?!\d)/, isTag: false },
  { pattern: /^(?:pytorch-cuda|cudatoolkit|cuda-version)==?(\d{1,2}(?:\.\d)?)(?!\d)/, isTag: false },
];
const installers = /^(?:pip[\d.]*|python[\d.]*|uv|conda|mamba|micromamba|poetry|pdm)$/;
/** Variables that choose the wheels of later installs. */
const choosing = /^(?:UV_TORCH_BACKEND|(?:PIP|UV)_(?:(?:EXTRA_)?INDEX(?:_URL)?|DEFAULT_INDEX))$/;

const messages = {
  other:
    '`{wheel}` is for CUDA {theirs} and the base image holds {ours}: both stay in the image, and what is compiled with one does not load with the other. Choose wheels and image of the same CUDA.',
  tag: '`{wheel}` is for CUDA {theirs} and the base image holds {ours}: both stay in the image, and what is compiled with one does not load with the other. Take wheels of `{tag}`, or an image with CUDA {theirs}.',
} as const;
const table = {
  minor: {
    default: false,
    description: 'Also find another minor version, such as cu121 on CUDA 12.8.',
  },
} as const;
type Context = RuleContext<typeof messages, typeof table>;

export default defineRule({
  code: 'cuda-wheel-major-mismatch',
  name: 'cuda-wheel-major-mismatch',
  aliases: ['tally/gpu/cuda-version-mismatch'],
  since: '0.2.0',
  severity: 'warning',
  family: 'cuda',
  summary: 'Python packages are built for another CUDA than that of the image',
  why: 'Wheels of PyTorch bring their own CUDA libraries, so those of the image lie beside them unused, and what is compiled in the image cannot be used with the wheels: building an extension ends with "The detected CUDA version mismatches the version that was used to compile PyTorch" where the major versions differ (`torch.utils.cpp_extension`). Minor versions of one major fit together (CUDA Toolkit documentation, "CUDA Compatibility"), so they are compared only where the option `minor` asks for it.',
  messages,
  options: table,
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM nvidia/cuda:12.8.1-devel-ubuntu22.04\nRUN pip install torch==2.8.0 --index-url https://download.pytorch.org/whl/cu126',
      },
      { code: 'FROM python:3.12\nRUN pip install torch==2.7.1+cu118' },
      { code: 'ARG CUDA\nFROM nvidia/cuda:${CUDA}-devel-ubuntu22.04\nRUN pip install torch==2.7.1+cu118' },
      { code: 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN echo torch+cu118 cu118' },
    ],
    bad: [
      {
        code: 'FROM nvidia/cuda:12.8.1-devel-ubuntu22.04\nRUN pip install torch==2.7.1 --index-url ⟦https://download.pytorch.org/whl/cu118⟧',
        fixed:
          'FROM nvidia/cuda:12.8.1-devel-ubuntu22.04\nRUN pip install torch==2.7.1 --index-url https://download.pytorch.org/whl/cu128',
      },
      { code: 'FROM nvidia/cuda:13.0.3-devel-ubuntu24.04\nRUN uv pip install --system ⟦cupy-cuda12x⟧' },
      {
        code: 'FROM nvidia/cuda:11.8.0-runtime-ubuntu22.04 AS base\nENV UV_TORCH_BACKEND=⟦cu121⟧\nFROM base\nRUN uv pip install torch',
        fixed:
          'FROM nvidia/cuda:11.8.0-runtime-ubuntu22.04 AS base\nENV UV_TORCH_BACKEND=cu118\nFROM base\nRUN uv pip install torch',
      },
      {
        code: 'FROM nvidia/cuda:12.1.1-devel-ubuntu22.04\nARG TAG=cu118\nRUN pip install torch -f ⟦https://download.pytorch.org/whl/$TAG⟧',
        note: 'the value is known',
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-devel-ubuntu22.04\nRUN pip install ⟦torch==2.5.1+cu121⟧',
        options: { minor: true },
        fixed: 'FROM nvidia/cuda:12.8.1-devel-ubuntu22.04\nRUN pip install torch==2.5.1+cu128',
      },
    ],
  },
  create: () => {
    const checkVariables = (of: Instruction<KeyValues>, ctx: Context) => {
      const values = of.node.pairs.flatMap(({ key, value }) =>
        choosing.test(key.value) && value ? [value] : [],
      );
      check(of, values, ctx);
    };
    return {
      ARG: checkVariables,
      ENV: checkVariables,
      RUN(run, ctx) {
        const commands = ctx.facts.commands(run).filter(({ name }) => installers.test(name));
        check(
          run,
          commands.flatMap(({ args }) => args),
          ctx,
        );
      },
    };
  },
});

type WordOf = LocalSpan & { readonly raw: string; readonly value: string };

/** Reports the first word that names another CUDA than that of the image. */
function check(at: Instruction, words: readonly WordOf[], { facts, options, report }: Context): void {
  const stage = facts.stageOf(at);
  const ours = stage && baseCuda(stage);
  if (!ours) return;
  for (const word of words) {
    const found = readCuda(facts, at, word);
    if (!found) continue;
    const { version, isTag, text } = found;
    const differs = options.minor && version.minor !== undefined && version.minor !== ours.minor;
    if (version.major === ours.major && !differs) continue;
    const data = { wheel: text, theirs: print(version), ours: print(ours) };
    const tag = isTag ? tagFor(ours) : undefined;
    if (tag) report(at.at(word), 'tag', { ...data, tag }, () => useTag(at, word, tag));
    else report(at.at(word), 'other', data);
    return;
  }
}

function readCuda(facts: FileFacts, at: Instruction, word: WordOf) {
  if (!/cu|\$/.test(word.value)) return undefined;
  const stage = facts.stageOf(at);
  const text = stage && resolveWord(facts.file, stage, at, word);
  if (text === undefined) return undefined;
  for (const { pattern, isTag } of spellings) {
    const digits = pattern.exec(text)?.[1];
    if (digits === undefined) continue;
    const [major, minor] = digits.split('.').map(Number);
    const version = isTag ? wheelCuda(digits) : { major: major as number, minor };
    if (version) return { version, isTag, text };
  }
  return undefined;
}

/** The newest tag that is no newer than the CUDA of the image. */
const tagFor = (ours: CudaVersion): string | undefined =>
  torchWheelTags.findLast((one) => {
    const version = wheelCuda(one.slice(2));
    return version?.major === ours.major && (version.minor ?? 0) <= (ours.minor ?? 0);
  });

/** Writes it in a word that holds one literally. */
function useTag(at: Instruction, word: WordOf, tag: string): Fix | undefined {
  const written = /(?<=^|[/+="'])cu(\d{2,3})(?!\d)/.exec(word.raw);
  if (!written) return undefined;
  const from = word.from + written.index;
  const span = at.at({ from, to: from + written[0].length });
  return { title: `Use ${tag}`, safety: 'unsafe', edits: [{ span, text: tag }] };
}

const print = ({ major, minor }: CudaVersion) => (minor === undefined ? `${major}` : `${major}.${minor}`);
