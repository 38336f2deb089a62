import { torchBuilds } from '../../data/torch-releases.ts';
import { baseCuda } from '../../facts/cuda.ts';
import { heldFramework } from '../../facts/framework-images.ts';
import { requiredPackages } from '../../facts/required-packages.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { driverFor, torchRelease, wheelSources } from '../../facts/torch.ts';
import { defineRule } from '../../lint/rule.ts';

const otherIndex = /\b(?:PIP|UV)_\w*INDEX|UV_TORCH_BACKEND|pip\.conf|pip config/;

export default defineRule({
  code: 'torch-index-missing',
  name: 'torch-index-missing',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'torch',
  summary: 'The torch of PyPI is built for another CUDA than the base image holds',
  why: 'Without an index of PyTorch pip takes the wheel of PyPI, which is built for one CUDA and brings its libraries: 12.6 with torch 2.7, 12.8 with 2.8 to 2.10, 13.0 from 2.11, 13.2 with 2.15 (metadata of the wheels). On an image with another CUDA both are shipped, extensions are compiled against the wrong one, and the driver must be one for the newer of the two. Only another major version is reported, as minor versions run together (NVIDIA, "Minor Version Compatibility").',
  messages: {
    build:
      'torch {version} of PyPI is built for CUDA {theirs} and asks for driver {driver} or newer, and the base image holds CUDA {ours}. Install it with `--index-url https://download.pytorch.org/whl/{build}`, or take a base image with CUDA {theirs}.',
    other:
      'torch {version} of PyPI is built for CUDA {theirs} and asks for driver {driver} or newer, and the base image holds CUDA {ours}. Take a base image with CUDA {theirs}, or a torch that is built for {ours}.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM nvidia/cuda:12.8.1-base-ubuntu22.04\nRUN pip install torch==2.11.0 --index-url https://download.pytorch.org/whl/cu128',
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-base-ubuntu22.04\nRUN pip install torch==2.7.1',
        note: '12.6, the same major',
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-base-ubuntu22.04\nENV UV_TORCH_BACKEND=cu128\nRUN uv pip install --system torch==2.11.0',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install torch==2.11.0' },
    ],
    bad: [
      { code: 'FROM nvidia/cuda:12.8.1-base-ubuntu22.04\nRUN pip install ⟦torch==2.11.0⟧' },
      { code: 'FROM nvidia/cuda:11.8.0-devel-ubuntu22.04\nRUN uv pip install --system numpy ⟦torch==2.7.1⟧' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const stage = facts.stageOf(run);
      const ours = stage && baseCuda(stage);
      if (!ours || !/torch|requirements/.test(run.node.text) || heldFramework(stage)) return;
      for (const { word, name, exact, command } of requiredPackages(facts, run)) {
        if (name !== 'torch' || exact === undefined || exact.includes('+')) continue;
        const theirs = torchRelease(exact)?.cuda;
        if (theirs === undefined || Number(theirs.split('.')[0]) === ours.major) continue;
        if (wheelSources(command).length > 0 || stageSays(stage, otherIndex)) continue;
        const print = ours.minor === undefined ? `${ours.major}` : `${ours.major}.${ours.minor}`;
        const data = { version: exact, theirs, driver: driverFor(theirs) ?? '?', ours: print };
        const builds = Object.hasOwn(torchBuilds, exact) ? torchBuilds[exact] : undefined;
        const build = builds?.filter((one) => one.startsWith(`cu${ours.major}`)).at(-1);
        if (build) return report(run.at(word), 'build', { ...data, build });
        return report(run.at(word), 'other', data);
      }
    },
  }),
});
