import {
  type CudaTag,
  cudaTagFault,
  newestOf,
  ownCudaTag,
  readCudaTag,
  tagIn,
  ubuntuOf,
} from '../../facts/cuda-tags.ts';
import type { Stage } from '../../facts/stages.ts';
import { replaceTag } from '../../facts/tag-edits.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

/** A tag that is there. */
const example = '12.9.1-runtime-ubuntu24.04';

export default defineRule({
  code: 'cuda-tag-removed',
  name: 'cuda-tag-removed',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'base-image',
  summary: 'The tag of nvidia/cuda was deleted',
  why: 'NVIDIA deletes tags of nvidia/cuda six months after the end of the driver that they were made for. All of CUDA 10 and older went in July 2023 (NVIDIA/nvidia-docker#1768), tags with two numbers such as `11.0-base` before that (NVIDIA/nvidia-docker#1735), and those without a version together with `latest` in 2021 (NVIDIA/nvidia-docker#1454). The pull ends in "manifest unknown", which says nothing about the reason. A mirror that keeps such an image, and a digest, are left alone.',
  messages: {
    latest:
      'NVIDIA publishes no `latest` of nvidia/cuda, so `{image}` cannot be pulled. Write a whole tag, such as `nvidia/cuda:{example}`.',
    removed:
      'NVIDIA deleted `{image}`, so it cannot be pulled. Take a release that is kept, such as `nvidia/cuda:{kept}`, with packages that fit its CUDA and Ubuntu, or a mirror of your own.',
    older:
      'NVIDIA deleted `{image}`, so it cannot be pulled, and keeps no CUDA {major}. Take a release that is kept, such as `nvidia/cuda:{kept}`, with packages that fit its CUDA and Ubuntu, or a mirror of your own.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM nvidia/cuda:13.0.3-base-ubuntu24.04\nRUN true' },
      { code: 'FROM registry.example.com/nvidia/cuda:10.2-base-ubuntu18.04\nRUN true', note: 'a mirror' },
      {
        code: 'FROM nvidia/cuda:10.2-base@sha256:4abf773f2a570e6873259c4e3ba16de6c6268fb571fd46ec80be7c67822823b3\nRUN true',
        note: 'the digest decides',
      },
      { code: 'ARG CUDA\nFROM nvidia/cuda:${CUDA}-base\nRUN true', note: 'a variable without a default' },
    ],
    bad: [
      {
        code: 'FROM ⟦nvidia/cuda:10.2-cudnn7-devel-ubuntu18.04⟧ AS build\nRUN nvcc --version',
        fixed: 'FROM nvidia/cuda:12.9.1-cudnn-devel-ubuntu22.04 AS build\nRUN nvcc --version',
      },
      {
        code: 'FROM ⟦nvcr.io/nvidia/cuda:11.0-base-ubuntu20.04⟧\nRUN true',
        fixed: 'FROM nvcr.io/nvidia/cuda:11.8.0-base-ubuntu22.04\nRUN true',
      },
      { code: 'ARG CUDA=9.0\nFROM ⟦nvidia/cuda:${CUDA}-cudnn7-runtime⟧\nRUN true' },
      { code: 'FROM ⟦nvidia/cuda⟧\nRUN true' },
      { code: 'FROM ⟦docker.io/nvidia/cuda:latest⟧ AS b\nRUN true' },
      { code: 'FROM ⟦nvidia/cuda:cudnn-runtime⟧\nRUN true', note: 'followed latest' },
    ],
  },
  create: () => ({
    FROM(from, { facts, report }) {
      const stage = facts.stageOf(from);
      const tag = stage && ownCudaTag(stage);
      const word = from.node.imageWord;
      if (!stage || !tag || !word || cudaTagFault(tag) !== 'deleted') return;
      const image = stage.base.text;
      if (tag === 'latest') report(from.at(word), 'latest', { image, example });
      else {
        const tags = keptTags(readCudaTag(tag));
        const kept = tags[0] ?? example;
        const major = readCudaTag(tag)?.major;
        const isOlder = major !== undefined && newestOf(major) === undefined;
        if (isOlder) report(from.at(word), 'older', { image, kept, major }, () => fixes(stage, tags));
        else report(from.at(word), 'removed', { image, kept }, () => fixes(stage, tags));
      }
    },
  }),
});

/** The same kind of image of the newest release of its own CUDA and of the later ones, as far as they are kept. */
function keptTags(tag: CudaTag | undefined): string[] {
  const ubuntu = (tag && ubuntuOf(tag)) ?? '';
  return [...new Set([tag?.major ?? 12, 12, 13])].flatMap((major) => {
    const release = newestOf(major);
    return (tag && release && tagIn(release, tag, ubuntu > '22.04' ? ubuntu : '22.04')) ?? [];
  });
}

function fixes(stage: Stage, tags: readonly string[]): Fix[] {
  return tags.flatMap((kept): Fix[] => {
    const edit = replaceTag(stage, kept);
    return edit ? [{ title: `Use ${kept}`, safety: 'unsafe', edits: [edit] }] : [];
  });
}
