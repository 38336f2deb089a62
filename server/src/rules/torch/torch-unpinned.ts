import { baseImage, officialName, osFamily } from '../../facts/base-images.ts';
import { basePython, baseRelease, type PythonVersion } from '../../facts/base-python.ts';
import { hasFlag } from '../../facts/command-flags.ts';
import { baseCuda } from '../../facts/cuda.ts';
import { isLongEnded } from '../../facts/end-of-life.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { heldFramework } from '../../facts/framework-images.ts';
import { pythonPackages } from '../../facts/python-packages.ts';
import type { Stage } from '../../facts/stages.ts';
import { driverFor, newestTorchFor, wheelSources } from '../../facts/torch.ts';
import { defineRule } from '../../lint/rule.ts';

const names = new Set(['torch', 'tensorflow', 'jax', 'vllm', 'onnxruntime-gpu']);

export default defineRule({
  code: 'torch-unpinned',
  name: 'torch-unpinned',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'torch',
  summary: 'A framework that brings its CUDA along has no version',
  why: 'A new release of torch is also a new CUDA: the wheel on PyPI went from CUDA 12.8 to 13.0 with 2.11 and to 13.2 with 2.15 (metadata of the wheels), and CUDA 13 asks for driver 580 or newer where 12 ran with 525. A rebuild of the same file then ends with "The NVIDIA driver on your system is too old" on the same machine. DL3013 asks for versions of all packages that pip installs; this rule says what hangs on that of a framework, for uv as well. It is silent where the Python is so old that nobody releases for it any more, and for tensorflow, jax and onnxruntime, whose plain wheels bring no CUDA, unless the image has one or the extra asks for it.',
  messages: {
    torch:
      'The torch of a rebuild may bring another CUDA: today Python {python} gets torch {version} with CUDA {cuda}, which asks for driver {driver} or newer. Write `torch=={version}`, or the version that you tested.',
    driver:
      'A rebuild may take a newer {name}, whose CUDA may ask for a newer driver than the host has. Write the version that you tested, as `{pinned}`.',
    other:
      'A rebuild may take another {name}, made for another CUDA than this image holds, which then uses no GPU. Write the version that you tested, as `{pinned}`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0 "tensorflow>=2.19,<2.20"' },
      { code: 'FROM python:3.12-slim\nRUN pip install -c constraints.txt torch' },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nRUN pip install torch',
        note: 'it is there',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch --index-url https://download.pytorch.org/whl/cpu',
        note: 'the index decides over the CUDA',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install --pre torch', note: 'left to nightly-framework' },
      {
        code: 'FROM python:3.7-slim\nRUN pip install torch tensorflow',
        note: 'the last releases for this Python are out',
      },
      { code: 'FROM ubuntu:18.04\nRUN pip3 install torch', note: 'Python 3.6' },
      {
        code: 'FROM python:3.12-slim\nRUN pip install tensorflow',
        note: 'brings no CUDA, and there is none',
      },
    ],
    bad: [
      { code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir ⟦torch⟧ torchvision' },
      { code: 'FROM python:3.12-slim\nRUN pip install ⟦tensorflow[and-cuda]⟧' },
      { code: 'FROM nvidia/cuda:12.9.1-base-ubuntu24.04\nRUN uv pip install --system numpy ⟦vllm⟧' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!/torch|tensorflow|jax|vllm|onnxruntime/.test(run.node.text)) return;
      const stage = facts.stageOf(run);
      for (const { word, name, specifier, extras, command } of pythonPackages(facts, run)) {
        if (!names.has(name) || specifier !== '' || !stage || osFamily(stage) === 'alpine') continue;
        const isHeld =
          heldFramework(stage)?.packages.includes(name) ||
          /torch|tensorflow|vllm|rayproject|jax/.test(baseImage(stage).repository);
        const isBound = hasFlag(command, ['c', 'constraint', 'constraints', 'pre', 'no-deps', 'dry-run']);
        if (isHeld || isBound || wheelSources(command).length > 0) continue;
        const own = knownPython(facts, stage);
        if (own && isLongEnded(`3.${own.minor}`)) continue;
        const bringsCuda =
          name === 'torch' || name === 'vllm' || extras.some((extra) => extra.includes('cuda'));
        if (!bringsCuda && !baseCuda(stage)) continue;
        const python = name === 'torch' && hasNewSystem(stage) ? own : undefined;
        const newest = python && newestTorchFor(python);
        const driver = newest?.cuda === undefined ? undefined : driverFor(newest.cuda);
        if (python && newest?.cuda && driver) {
          const { cuda, version } = newest;
          return report(run.at(word), 'torch', { python: `3.${python.minor}`, cuda, version, driver });
        }
        // Brackets are signs of a pattern to the shell.
        const quote = word.value.includes('[') ? "'" : '';
        return report(run.at(word), baseCuda(stage) ? 'other' : 'driver', {
          name,
          pinned: `${quote}${word.value}==<version>${quote}`,
        });
      }
    },
  }),
});

/** What may bring another Python than that of the image. */
const otherPythons =
  /conda|mamba|pyenv|deadsnakes|pixi|\buv\s+(?:venv|python|sync|run|tool)|--python|(?:^|\s)-p\s|python3?\.\d/;

/**
 * Whether wheels of today run on a stage's system: those of torch ask for glibc 2.28 from 2.6 on (manylinux_2_28), which is
 * that of Debian 10; Ubuntu 18.04 has 2.27.
 */
function hasNewSystem(stage: Stage): boolean {
  const release = baseRelease(stage);
  return !release || Number(release.version) >= (release.distribution === 'ubuntu' ? 20.04 : 10);
}

/** The Python that a stage's image has, where nothing in the file may bring another. */
function knownPython({ file }: FileFacts, stage: Stage): PythonVersion | undefined {
  const own = basePython(stage);
  if (own?.major === 3) return own;
  const isBare = /^(?:debian|ubuntu|nvidia\/cuda)$/.test(officialName(baseImage(stage)));
  const minor =
    isBare && !otherPythons.test(file.joined)
      ? /^3\.(\d+)$/.exec(baseRelease(stage)?.python ?? '')?.[1]
      : undefined;
  return minor === undefined ? undefined : { major: 3, minor: Number(minor) };
}
