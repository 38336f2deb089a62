import { cudnnPackages, flavourPackages } from '../../data/cuda-packages.ts';
import { type CudaImage, cudaImage } from '../../facts/cuda.ts';
import { systemPackages } from '../../facts/system-packages.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'cuda-packages-reinstalled',
  name: 'cuda-packages-reinstalled',
  aliases: ['tally/gpu/no-redundant-cuda-install'],
  since: '0.2.0',
  severity: 'warning',
  recommended: {
    level: 'hint',
    because:
      '`apt-get` finds the package there and does nothing, so leaving it out changes nothing in the image.',
  },
  family: 'cuda',
  summary: 'A CUDA package is installed that the base image holds',
  why: 'The flavours of nvidia/cuda build on each other: `base` has the CUDA runtime, `runtime` the math libraries and NCCL, `devel` the compiler and headers, and tags with `cudnn` have cuDNN (NVIDIA, page of the image on Docker Hub). Installing one of these packages again adds nothing, or puts a second release of several hundred MB beside the first where the versions differ. A package of another CUDA release than that of the image is left alone, as are one with a version of its own and NCCL, which is held in the image and is installed again to move it.',
  messages: {
    held: '`{name}` is part of the base image already, which is a `{flavour}` image of CUDA {version}. Leave the package out.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN apt-get install -y cuda-nvcc-12-4',
        note: 'a runtime image has no compiler',
      },
      { code: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN apt-get install -y libcudnn9-dev-cuda-12' },
      {
        code: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN apt-get install -y cuda-nvcc-11-8',
        note: 'of another CUDA',
      },
      {
        code: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN apt-get install -y libnccl2 cuda-nvcc-12-4=12.4.99-1',
        note: 'a version on purpose',
      },
    ],
    bad: [
      {
        code: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN apt-get update && apt-get install -y git ⟦cuda-nvcc-12-4⟧',
      },
      {
        code: 'FROM nvidia/cuda:12.4.1-cudnn-devel-ubuntu22.04 AS base\nFROM base\nRUN apt-get install -y ⟦libcudnn9-dev-cuda-12⟧ libcudnn9-cuda-12',
      },
      {
        code: 'FROM nvidia/cuda:12.9.1-runtime-rockylinux9\nRUN dnf install -y ⟦cuda-libraries-12-9⟧ && dnf clean all',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const stage = facts.stageOf(run);
      const image = stage && cudaImage(stage);
      if (!image) return;
      const found = systemPackages(facts, run).find(
        ({ word, name }) => word.value === name && holds(image, name),
      );
      if (!found) return;
      const { flavour, major, minor, hasCudnn } = image;
      const kind = hasCudnn ? `cudnn-${flavour}` : flavour;
      report(run.at(found.word), 'held', { name: found.name, flavour: kind, version: `${major}.${minor}` });
    },
  }),
});

/** Whether an image holds a package, by its name with the version suffix that NVIDIA's packages have. */
function holds({ major, minor, flavour, hasCudnn }: CudaImage, name: string): boolean {
  const [, stem = name, release] = /^(.+?)-(\d+(?:-\d+)?)$/.exec(name) ?? [];
  if (release !== undefined && release !== `${major}-${minor}` && release !== `${major}`) return false;
  if (stem.startsWith('libcudnn')) {
    return hasCudnn && flavour !== 'base' && cudnnPackages[flavour].test(stem);
  }
  // Without a release the newest one is meant, which need not be that of the image.
  if (release === undefined) return false;
  const held = { base: ['base'], runtime: ['base', 'runtime'], devel: ['base', 'runtime', 'devel'] } as const;
  return held[flavour].some((one) => flavourPackages[one].test(stem));
}
