import { osFamily } from '../../facts/base-images.ts';
import { cudaImage } from '../../facts/cuda.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { placeIn } from '../../facts/word-places.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { inOrder } from '../../text/in-order.ts';

/** The key of the CUDA repositories for Debian and Ubuntu; that of the machine-learning repositories still has this name. */
const oldKey = /\/cuda\/repos\/(?!rhel|centos|fedora|sles|opensuse|amzn)([^/\s]+)\/[^/\s]+\/(7fa2af80)\.pub/i;
/** What brings the present key, or does without. */
const cure = /3bf863cc|A4B469963BF863CC|cuda-keyring|trusted[=:]\s*(?:yes|true)|allow-(?:unauth|insecure)/i;
/** The repository itself, as a list or in a package that brings one. */
const repository = {
  test: (text: string) =>
    text.includes('cuda-repo-') || inOrder(text, /\n/, /\bdeb\b|add-apt-repository/, /\/cuda\/repos\//),
};
/** Distributions whose repository is signed with 3bf863cc. */
const resigned = /^(?:ubuntu(?:1604|1804|2004|2204|2404)|debian1[0-2]|wsl-ubuntu)$/;

export default defineRule({
  code: 'nvidia-old-signing-key',
  name: 'nvidia-old-signing-key',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'cuda',
  summary: 'NVIDIA’s CUDA repository is trusted by its retired key',
  why: 'NVIDIA signs its CUDA repositories for Debian and Ubuntu with another key since 27 April 2022 (NVIDIA, "CUDA Linux Repository Key Rotation"). With `7fa2af80` alone `apt-get update` ends in `NO_PUBKEY A4B469963BF863CC` and "is not signed" (NVIDIA/nvidia-docker#1631). The package `cuda-keyring` of the repository brings the right key and the list with it. The machine-learning repository still has the old key (NVIDIA/cuda-repo-management#1), so fetching it from there is left alone, as is `apt-key del 7fa2af80`. Its packages are in the CUDA repository now.',
  messages: {
    old: 'NVIDIA’s CUDA repository is signed with another key since April 2022, so `apt-get update` fails with this one. Fetch `3bf863cc.pub` instead, or install `cuda-keyring`.',
    both: 'NVIDIA’s CUDA repository is signed with another key since April 2022, so `apt-get update` fails with this one. Fetch `3bf863cc.pub` as well, and keep this one for the machine-learning repository.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM ubuntu:22.04\nRUN apt-key del 7fa2af80' },
      {
        code: 'FROM ubuntu:18.04\nRUN apt-key adv --fetch-keys https://developer.download.nvidia.com/compute/machine-learning/repos/ubuntu1804/x86_64/7fa2af80.pub',
        note: 'this repository still has the key',
      },
      {
        code: 'FROM ubuntu:22.04\nADD https://developer.download.nvidia.com/compute/cuda/repos/ubuntu2204/x86_64/cuda-keyring_1.1-1_all.deb /tmp/k.deb\nRUN dpkg -i /tmp/k.deb',
      },
      {
        code: 'FROM ubuntu:20.04\nRUN for k in 7fa2af80 3bf863cc; do curl -fsSL https://developer.download.nvidia.com/compute/cuda/repos/ubuntu2004/x86_64/$k.pub | apt-key add -; done',
        note: 'both keys',
      },
      {
        code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN curl -O https://developer.download.nvidia.com/compute/cuda/repos/ubuntu2204/x86_64/7fa2af80.pub',
        note: 'the image has the present key already',
      },
    ],
    bad: [
      {
        code: 'FROM ubuntu:22.04\nRUN apt-key adv --fetch-keys ⟦https://developer.download.nvidia.com/compute/cuda/repos/ubuntu2204/x86_64/7fa2af80.pub⟧',
        fixed:
          'FROM ubuntu:22.04\nRUN apt-key adv --fetch-keys https://developer.download.nvidia.com/compute/cuda/repos/ubuntu2204/x86_64/3bf863cc.pub',
      },
      {
        code: 'FROM ubuntu:18.04\nRUN apt-get update && curl -fsSL "⟦https://developer.download.nvidia.com/compute/cuda/repos/ubuntu1804/x86_64/7fa2af80.pub⟧" | apt-key add - && echo "deb https://developer.download.nvidia.com/compute/cuda/repos/ubuntu1804/x86_64 /" > /etc/apt/sources.list.d/cuda.list',
        fixed:
          'FROM ubuntu:18.04\nRUN apt-get update && curl -fsSL "https://developer.download.nvidia.com/compute/cuda/repos/ubuntu1804/x86_64/3bf863cc.pub" | apt-key add - && echo "deb https://developer.download.nvidia.com/compute/cuda/repos/ubuntu1804/x86_64 /" > /etc/apt/sources.list.d/cuda.list',
      },
      {
        code: 'FROM ubuntu:18.04\nRUN curl -fsSL ⟦https://developer.download.nvidia.com/compute/cuda/repos/ubuntu1804/x86_64/7fa2af80.pub⟧ | apt-key add - && echo "deb https://developer.download.nvidia.com/compute/machine-learning/repos/ubuntu1804/x86_64 /" > /etc/apt/sources.list.d/ml.list',
        note: 'no fix, as the other repository needs the key',
      },
      {
        code: 'FROM debian:11\nARG DISTRO=debian11\nRUN wget -qO /k.pub ⟦https://developer.download.nvidia.com/compute/cuda/repos/$DISTRO/x86_64/7fa2af80.pub⟧',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!run.node.text.includes('7fa2af80')) return;
      const stage = facts.stageOf(run);
      if (!stage || osFamily(stage) === 'redhat') return;
      if (stageSays(stage, cure)) return;
      // Images with CUDA may have the present key; a repository that is named besides shows that it is needed.
      const isPlain =
        osFamily(stage) === 'debian' &&
        !cudaImage(stage) &&
        !/nvidia|pytorch|tensorflow/.test(stage.base.text);
      if (!isPlain && !stageSays(stage, repository)) return;
      for (const word of facts.commands(run).flatMap(({ args }) => args)) {
        const match = oldKey.exec(word.value);
        if (!match) continue;
        // The machine-learning repository is signed with the old key still.
        if (stageSays(stage, /\/machine-learning\/repos\//)) return report(run.at(placeIn(word)), 'both');
        report(run.at(placeIn(word)), 'old', undefined, (): Fix | undefined => {
          const [, distribution = '', key = ''] = match;
          if (!resigned.test(distribution) || !word.raw.includes(key)) return undefined;
          const span = run.at(placeIn(word, key));
          return { title: 'Fetch the present key', safety: 'unsafe', edits: [{ span, text: '3bf863cc' }] };
        });
        return;
      }
    },
  }),
});
