import { driverPackages } from '../../data/cuda-packages.ts';
import { baseImage } from '../../facts/base-images.ts';
import { shippedStage } from '../../facts/shipped-stages.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { systemPackages } from '../../facts/system-packages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

/** What makes an image of the driver itself, or a desktop that shows it: both load a driver of their own. */
const needsDriver =
  /\b(?:modprobe|insmod|rmmod|dkms|linux-headers|kernel-(?:devel|headers)|xserver-xorg|xorg|Xvfb|virtualgl|vnc|nvidia-installer|nvidia-fabricmanager|qemu)\b/i;

export default defineRule({
  code: 'nvidia-driver-in-image',
  name: 'nvidia-driver-in-image',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'cuda',
  summary: 'The GPU driver is installed in the image',
  why: 'The driver belongs to the machine that runs the container, whose own is mounted when the container is given a GPU (NVIDIA Container Toolkit, "Installation guide"). One in the image is some hundred MB, and where its version is another than that of the kernel module of the machine, programs find the wrong library and stop with "Driver/library version mismatch". The packages `cuda` and `cuda-12-4` bring the driver along, `cuda-toolkit-12-4` does not (CUDA Installation Guide for Linux, "Meta Packages"). The rule is silent in stages that the image does not rest on, and for images of the driver itself, of desktops and of systems that boot.',
  messages: {
    driver:
      '`{name}` is part of the GPU driver, which a container gets from the machine that it runs on. Leave it out.',
    meta: '`{name}` brings the GPU driver along, which a container gets from the machine that it runs on. Install `{use}` instead.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN apt-get update && apt-get install -y cuda-libraries-12-9 cuda-toolkit-12-9 cuda-nvcc-12-9',
      },
      { code: 'FROM ubuntu:24.04\nRUN apt-get install -y nvidia-cuda-toolkit libnvidia-ml-dev' },
      {
        code: 'FROM ubuntu:24.04\nRUN apt-get install -y kmod linux-headers-generic nvidia-driver-580',
        note: 'an image of the driver',
      },
      {
        code: 'FROM ubuntu:24.04 AS build\nRUN apt-get install -y libnvidia-compute-580\nFROM ubuntu:24.04\nCOPY --from=build /a /a',
        note: 'a library to link with',
      },
      {
        code: 'FROM nvidia/driver:580-ubuntu24.04\nRUN apt-get install -y nvidia-utils-580',
        note: 'an image of the driver',
      },
    ],
    bad: [
      { code: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y git ⟦nvidia-driver-535⟧' },
      {
        code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN apt-get update && apt-get install -y ⟦cuda-12-9⟧',
        fixed:
          'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN apt-get update && apt-get install -y cuda-toolkit-12-9',
      },
      {
        code: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y git ⟦cuda⟧',
        fixed: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y git cuda-toolkit',
      },
      { code: 'FROM rockylinux:9\nRUN dnf install -y ⟦nvidia-driver-cuda⟧ && dnf clean all' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!/nvidia|cuda/.test(run.node.text)) return;
      const found = systemPackages(facts, run).find(({ name }) => driverPackages.test(name));
      const stage = found && shippedStage(facts, run);
      if (!stage) return;
      if (
        /(?:^|\/)(?:driver|vgpu)|virtualgl|desktop|bootc|silverblue|kinoite|coreos|ublue/.test(
          baseImage(stage).repository,
        )
      )
        return;
      if (stageSays(stage, needsDriver)) return;
      const { word, name } = found;
      if (!/^cuda(?:-\d|$)/.test(name)) {
        report(run.at(word), 'driver', { name });
        return;
      }
      const use = name.replace(/^cuda/, 'cuda-toolkit');
      report(run.at(word), 'meta', { name, use }, (): Fix | undefined =>
        word.raw === name
          ? { title: `Install ${use}`, safety: 'unsafe', edits: [{ span: run.at(word), text: use }] }
          : undefined,
      );
    },
  }),
});
