import { hostRuntimePackages } from '../../data/cuda-packages.ts';
import { systemPackages } from '../../facts/system-packages.ts';
import { defineRule } from '../../lint/rule.ts';

/** What starts an engine inside the container, which then does need the toolkit. */
const engine = /\b(?:dockerd|docker-ce|docker\.io|containerd|podman|buildah|cri-o|dind|k3s|rke2)\b/;

export default defineRule({
  code: 'nvidia-container-toolkit-in-image',
  name: 'nvidia-container-toolkit-in-image',
  aliases: ['tally/gpu/no-container-runtime-in-image'],
  since: '0.2.0',
  severity: 'warning',
  family: 'cuda',
  summary: 'The NVIDIA Container Toolkit is installed in the image',
  why: 'The toolkit is for the machine that runs the container: it tells the engine there to pass the GPUs and the driver in (NVIDIA Container Toolkit, "Installation guide"). Inside the image it does nothing, and CUDA works without it. The rule is silent where an engine is installed as well, as for Docker in Docker.',
  messages: {
    host: '`{name}` does nothing inside an image, as it configures the container engine of the host. Leave it out here and install it there.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN apt-get install -y python3' },
      {
        code: 'FROM ubuntu:24.04\nRUN apt-get install -y docker.io nvidia-container-toolkit',
        note: 'an engine inside needs it',
      },
      { code: 'FROM ubuntu:24.04\nRUN git clone https://github.com/NVIDIA/nvidia-container-toolkit' },
    ],
    bad: [
      { code: 'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y curl ⟦nvidia-container-toolkit⟧' },
      { code: 'FROM rockylinux:9\nRUN dnf install -y ⟦libnvidia-container1⟧ nvidia-docker2' },
      { code: 'FROM ubuntu:24.04\nRUN ["apt-get", "install", "-y", ⟦"nvidia-docker2=2.14.0-1"⟧]' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const found = systemPackages(facts, run).find(({ name }) => hostRuntimePackages.test(name));
      if (found && !engine.test(facts.file.joined)) report(run.at(found.word), 'host', { name: found.name });
    },
  }),
});
