import { baseImage, officialName } from '../../facts/base-images.ts';
import { baseCuda, cudaImage } from '../../facts/cuda.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { rootStage, type Stage } from '../../facts/stages.ts';
import { systemPackages } from '../../facts/system-packages.ts';
import { defineRule } from '../../lint/rule.ts';

/** Packages that NVIDIA builds for several releases of CUDA under one name, which only their version tells apart. */
const builtForEach =
  /^(?:libnccl(?:2|-dev)|libnv(?:infer|onnxparsers?|parsers|inferplugin)\w*(?:-[a-z]+)*(?:10|11)?|tensorrt(?:-dev|-libs)?|python3-libnvinfer(?:-dev|-lean|-dispatch)?)$/;
/** Those whose last builds were for CUDA 12, so that the newest one fits each CUDA 12. */
const builtUpTo12 = /^(?:libcudnn[5-8](?:-dev)?|libnv(?:infer|onnxparsers|parsers)(?:-[a-z]+)*[5-8])$/;
/** What keeps the version elsewhere: a hold, a preference, or a repository in a package. */
const heldElsewhere =
  /apt-mark\s+hold|preferences(?:\.d)?\/|Pin-Priority|-local-repo|local-(?:repo|tensorrt)|nv-tensorrt-repo|\/l4t|download\.nvidia\.com\/jetson|jetpack|nvidia-l4t/i;

const isPlain = (stage: Stage) =>
  /^(?:debian|ubuntu|python|astral-sh\/uv)$/.test(officialName(baseImage(stage)));
/** What adds a repository of NVIDIA, or may. */
const nvidiaSource = /nvidia\.com|cuda-keyring|sources\.list|\.deb\b|\.sh\b/;
/** What images of nvidia/cuda hold of NCCL (their Dockerfiles at gitlab.com/nvidia/container-images/cuda). */
const ncclOf: Readonly<Record<string, readonly string[]>> = {
  runtime: ['libnccl2'],
  devel: ['libnccl2', 'libnccl-dev'],
};

export default defineRule({
  code: 'cuda-lib-apt-unheld',
  name: 'cuda-lib-apt-unheld',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'cuda',
  summary: 'cuDNN, NCCL or TensorRT is installed without a version',
  why: 'NVIDIA’s repository has these packages once for each release of CUDA, and only the version says which: `libnccl2=2.27.3-1+cuda12.9`. apt takes the newest, which may be for a later CUDA than that of the image and then asks for libraries or a driver that are not there. NCCL is held in the images of nvidia/cuda (their Dockerfiles, `apt-mark hold libnccl2`), so installing another build over it stops with "Held packages were changed". The flavours with `cudnn` have cuDNN in the build that fits. `libcudnn9-cuda-12`, whose name says the release, is left alone, as is `libcudnn8` on CUDA 12, for which its last builds are.',
  messages: {
    base: '`{name}` comes in its newest build, which may be for a later CUDA than {cuda} of the base image. Write the version of one for {cuda}, the same for all of them, as {example}.',
    held: '`{name}` comes in its newest build, which may be for a later CUDA than {cuda}, in the place of the one that the base image has. Leave {all} out, or write the version of one for {cuda}, as {example}.',
    any: '`{name}` comes in its newest build, whichever CUDA that is for. Write the version of one for your CUDA, as `apt-cache madison {name}` lists them.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\nRUN apt-get update && apt-get install -y libnvinfer-plugin-dev',
        note: 'whose repository that image has is not known',
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04\nRUN apt-get update && apt-get install -y libnccl2=2.25.1-1+cuda12.8',
      },
      { code: 'FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04\nRUN apt-get install -y libcudnn9-cuda-12' },
      {
        code: 'FROM nvidia/cuda:11.8.0-runtime-ubuntu22.04\nRUN printf "Package: libcudnn8\\nPin: version *cuda11.8\\nPin-Priority: 900\\n" > /etc/apt/preferences.d/cudnn && apt-get install -y libcudnn8',
        note: 'a preference keeps the version',
      },
      {
        code: 'FROM nvidia/cuda:12.6.3-base-ubuntu22.04\nRUN apt-get install -y libcudnn8',
        note: 'its last build is for CUDA 12 as well',
      },
      {
        code: 'FROM nvcr.io/nvidia/l4t-base:r36.2.0\nRUN apt-get install -y libnvinfer-dev',
        note: 'this repository has one release',
      },
      { code: 'FROM ubuntu:22.04\nRUN apt-get install -y libnvinfer-dev', note: 'Ubuntu has none' },
      {
        code: 'FROM ubuntu:20.04\nRUN echo "deb https://repo.download.nvidia.com/jetson/common r35.4 main" > /etc/apt/sources.list.d/nvidia.list\nRUN apt-get install -y libnvinfer-dev',
        note: 'the file’s own source is one release of JetPack',
      },
    ],
    bad: [
      {
        code: 'FROM nvidia/cuda:12.8.1-devel-ubuntu22.04\nRUN apt-get update && apt-get install -y ⟦libnccl-dev⟧',
      },
      {
        code: 'FROM nvidia/cuda:11.8.0-runtime-ubuntu22.04\nRUN apt-get install -y curl ⟦libcudnn8⟧ libcudnn8-dev',
      },
      {
        code: 'FROM ubuntu:22.04\nRUN curl -fLO https://developer.download.nvidia.com/compute/cuda/repos/ubuntu2204/x86_64/cuda-keyring_1.1-1_all.deb && dpkg -i cuda-keyring_1.1-1_all.deb\nRUN apt-get update && apt-get install -y ⟦libnvinfer-dev⟧ libnvinfer-plugin-dev',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!/libcudnn|libnccl|nvinfer|libnv|tensorrt/.test(run.node.text)) return;
      const stage = facts.stageOf(run);
      // Other images of NVIDIA, and those for Jetson, have repositories of their own with one release.
      if (!stage || (!cudaImage(stage) && /nvidia|l4t|jetson/.test(rootStage(stage).base.text))) return;
      if (rootStage(stage).base.unknown.length > 0) return;
      const cuda = baseCuda(stage);
      const isBefore12 = cuda !== undefined && cuda.major < 12;
      const all = systemPackages(facts, run).filter(
        ({ word, name }) =>
          word.value === name && (builtForEach.test(name) || (isBefore12 && builtUpTo12.test(name))),
      );
      const [found] = all;
      if (!found || stageSays(stage, heldElsewhere)) return;
      // Debian and Ubuntu have none of them under these names, or one release.
      if (!cuda && isPlain(stage) && !stageSays(stage, nvidiaSource)) return;
      const { name } = found;
      if (!cuda) return report(run.at(found.word), 'any', { name });
      const release = `${cuda.major}.${cuda.minor}`;
      // apt wants packages of one build, as `libnccl2` and `libnccl-dev`, in the same version.
      const names = [...new Set(all.map((one) => one.name))];
      const example = names.map((one) => `\`${one}=<version>+cuda${release}\``).join(' ');
      const isHeld = ncclOf[cudaImage(stage)?.flavour ?? '']?.includes(name) ?? false;
      report(run.at(found.word), isHeld ? 'held' : 'base', {
        name,
        cuda: release,
        example,
        all: names.map((one) => `\`${one}\``).join(' and '),
      });
    },
  }),
});
