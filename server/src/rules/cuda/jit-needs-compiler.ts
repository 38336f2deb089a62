import { baseImage, officialName } from '../../facts/base-images.ts';
import { cudaImage } from '../../facts/cuda.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { type ForeignCopy, foreignCopies } from '../../facts/foreign-copies.ts';
import { joinPath, workdirAt } from '../../facts/paths.ts';
import { type PythonPackage, pythonPackages } from '../../facts/python-packages.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { lineage, rootStage, type Stage } from '../../facts/stages.ts';
import { systemPackages } from '../../facts/system-packages.ts';
import { placeIn } from '../../facts/word-places.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

/** Packages that compile kernels by Triton when they start to work. */
const compiling = /^(?:vllm|sglang)$/;
/** A compiler, what brings one along, and ways to come by one that are not seen. */
const compiler =
  /\b(?:gcc|g\+\+|clang|cc|tcc|build-essential|base-devel|cuda-nvcc|nvidia-cuda-toolkit|cuda-toolkit|cmake|dpkg-dev|autoconf|libtool|rustc|cargo|golang|cython3?|conda|mamba|linuxbrew|brew|nix|compilers?)\b|\.sh\b|\bxargs\b/i;
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
    copied:
      '`{name}` comes along here and compiles small C programs when it starts to work, and this image has no compiler. Add `apt-get install -y {packages}` to it.',
    missing:
      '`{name}` compiles small C programs when it starts to work, and this image has no compiler. Add `apt-get install -y {packages}` to it.',
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
      {
        code: 'FROM nvidia/cuda:12.9.1-devel-ubuntu24.04 AS build\nRUN python3 -m venv /opt/v && /opt/v/bin/pip install vllm\nFROM nvidia/cuda:12.9.1-devel-ubuntu24.04\nCOPY --from=build /opt/v /opt/v\nENTRYPOINT ["/opt/v/bin/vllm", "serve"]',
      },
      {
        code: 'FROM nvidia/cuda:12.9.1-devel-ubuntu24.04 AS build\nRUN python3 -m venv /opt/v && /opt/v/bin/pip install vllm\nFROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nCOPY --from=build /opt /opt\nCOPY --from=build /usr/bin /usr/bin\nENTRYPOINT ["/opt/v/bin/vllm", "serve"]',
        note: 'a compiler may come along',
      },
      {
        code: 'FROM nvidia/cuda:12.9.1-devel-ubuntu24.04 AS build\nRUN python3 -m venv /opt/v && /opt/v/bin/pip install vllm\nFROM ubuntu:24.04\nCOPY --from=build /app/config.json /app/',
        note: 'the environment is not copied',
      },
    ],
    bad: [
      {
        code: 'FROM nvidia/cuda:12.9.1-devel-ubuntu24.04 AS build\nRUN apt-get update && apt-get install -y --no-install-recommends build-essential python3-venv && python3 -m venv /opt/v && /opt/v/bin/pip install vllm==0.11.0\nFROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nRUN apt-get update && apt-get install -y --no-install-recommends python3\nCOPY --from=build ⟦/opt/v⟧ /opt/v\nENTRYPOINT ["/opt/v/bin/vllm", "serve"]',
      },
      {
        code: 'FROM python:3.12 AS build\nWORKDIR /app\nRUN uv venv && uv pip install vllm\nFROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\nCOPY --from=build ⟦/app⟧ /app\nCMD ["/app/.venv/bin/vllm", "serve"]',
      },
      {
        code: 'FROM python:3.12 AS build\nRUN pip install vllm\nFROM python:3.12-slim\nCOPY --from=build ⟦/usr/local/lib/python3.12/site-packages⟧ /usr/local/lib/python3.12/site-packages\nCOPY --from=build /usr/local/bin /usr/local/bin\nCMD ["vllm", "serve"]',
      },
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
    /** The first such package of each stage. */
    const found = new Map<Stage, { readonly run: Instruction; readonly one: PythonPackage }>();
    /** The environments that are made in each stage. */
    const made = new Map<Stage, Set<string>>();
    /** The one of the stage that comes first in the file. */
    const firstOf = (stages: readonly Stage[]) => {
      const stage = stages.findLast((one) => found.has(one));
      return stage && found.get(stage);
    };
    return {
      RUN(run, { facts }) {
        const stage = facts.stageOf(run);
        if (!stage || !/vllm|sglang|venv|virtualenv/i.test(run.node.text)) return;
        const folders = made.get(stage) ?? new Set();
        made.set(stage, folders);
        for (const folder of environmentsOf(facts, stage, run)) folders.add(folder);
        if (found.has(stage)) return;
        const one = pythonPackages(facts, run).find(({ name }) => compiling.test(name));
        if (one) found.set(stage, { run, one });
      },
      end({ facts, report }) {
        const final = facts.finalStage;
        if (!final || found.size === 0 || !hasNoCompiler(final)) return;
        if (stageSays(final, compiler) || stageSays(final, notCompiling)) return;
        // Debian's and Ubuntu's packages recommend build-essential.
        if (stageSays(final, recommending) && !stageSays(final, withoutRecommended)) return;
        const stages = lineage(final);
        const copies = stages.flatMap((stage) => foreignCopies(facts, stage));
        if (copies.some(mayHoldCompiler)) return;
        const first = firstOf(stages);
        if (first) {
          const { word, name } = first.one;
          return report(first.run.at(placeIn(word)), 'missing', { name, packages: needed(facts, stages) });
        }
        for (const copy of copies) {
          const { path = '' } = copy;
          const makers = copy.stage ? lineage(copy.stage) : [];
          const folders = makers.flatMap((stage) => [...(made.get(stage) ?? [])]);
          const isEnvironment = environments.test(path) || isOfPython(copy);
          if (!isEnvironment && !folders.some((folder) => `${folder}/`.startsWith(`${path}/`))) continue;
          const one = firstOf(makers)?.one;
          if (one) return report(copy.place, 'copied', { name: one.name, packages: needed(facts, stages) });
        }
      },
    };
  },
});

/** The compiler, and the headers of a Python from apt, which Triton's programs include; others bring theirs along. */
function needed(facts: FileFacts, stages: readonly Stage[]): string {
  const runs = stages.flatMap(({ byKeyword }) => byKeyword.get('RUN') ?? []);
  const names = runs.flatMap((run) => systemPackages(facts, run).map(({ name }) => name));
  const python = names.find((name) => /^python3(?:\.\d+)?$/.test(name));
  return `gcc libc6-dev${python ? ` ${python}-dev` : ''}`;
}

/** Folders that hold environments of Python and no compiler. */
const environments = /(?:^|\/)\.?(?:v?env|virtualenv)s?(?:\/|$)|\/(?:site|dist)-packages(?:\/|$)/;
const ofPython = /^\/usr\/local(?:\/(?:bin|lib)(?:\/.*)?)?$/;
const isOfPython = ({ path, stage }: ForeignCopy): boolean =>
  stage !== undefined && officialName(baseImage(stage)) === 'python' && ofPython.test(path ?? '');

/** Whether a folder of programs, or one that is not known, is copied. */
function mayHoldCompiler(copy: ForeignCopy): boolean {
  const { path, image } = copy;
  if (path === undefined) return true;
  if (environments.test(path) || isOfPython(copy) || /(?:^|\/)astral-sh\/uv(?:[:@]|$)/.test(image))
    return false;
  return /^\/?$|^\/?(?:usr|s?bin|lib\w*|root|nix|opt\/?$)(?:\/|$)|\/bin(?:\/|$)|[*?$]|conda|mamba|toolchain/.test(
    path,
  );
}

/** The folders in which a RUN makes environments. */
function environmentsOf(facts: FileFacts, stage: Stage, run: Instruction): string[] {
  return facts.commands(run).flatMap(({ name, args }) => {
    const words = args.map(({ value }) => value);
    if (name !== 'virtualenv' && !words.includes('venv')) return [];
    const made = words.filter((word) => word.startsWith('/'));
    const own = name === 'uv' && made.length === 0 ? workdirAt(facts.file, stage, run) : undefined;
    return own === undefined ? made : [joinPath(own, '.venv')];
  });
}

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
