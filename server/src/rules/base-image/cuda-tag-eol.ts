import { cudaTagFault, newestOf, ownCudaTag, readCudaTag, tagIn } from '../../facts/cuda-tags.ts';
import type { Stage } from '../../facts/stages.ts';
import { replaceTag } from '../../facts/tag-edits.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

export default defineRule({
  code: 'cuda-tag-eol',
  name: 'cuda-tag-eol',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'base-image',
  summary: 'The nvidia/cuda image is out of support',
  why: 'NVIDIA supports an image of CUDA for as long as the driver branch that it came with, and may delete its tags six months later; until then the container prints a notice of deprecation at each start (cupy/cupy#7548, alicevision/AliceVision#1792). That holds for CUDA 11 and for 12.0 to 12.5, which also get no security updates any more. Programs built for one 12.x run with a later one (CUDA Toolkit documentation, "CUDA Compatibility"). Where an old GPU or driver asks for the old release, keep a copy of the image in a registry of your own. A digest and a mirror are left alone.',
  messages: {
    ended:
      'NVIDIA no longer supports `{image}` and may delete it at any time. Move to a newer release of CUDA {major}, such as `{next}`.',
    endedHere:
      'NVIDIA no longer supports `{image}` and may delete it at any time. Move to a newer release of CUDA {major}.',
    endedMajor:
      'NVIDIA no longer supports CUDA {major} and may delete `{image}` at any time. Take `{next}` or newer, with packages that are made for its CUDA.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN true' },
      { code: 'FROM nvidia/cuda:42.0.3-runtime-ubuntu24.04\nRUN true', note: 'newer than the table' },
      {
        code: 'FROM nvidia/cuda:11.8.0-base-ubuntu22.04@sha256:4abf773f2a570e6873259c4e3ba16de6c6268fb571fd46ec80be7c67822823b3\nRUN true',
        note: 'the digest decides',
      },
      { code: 'FROM registry.example.com/nvidia/cuda:11.8.0-base-ubuntu22.04\nRUN true', note: 'a copy' },
    ],
    bad: [
      { code: 'FROM ⟦nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04⟧\nRUN true' },
      {
        code: 'FROM ⟦nvidia/cuda:12.1.0-cudnn8-runtime-ubuntu22.04⟧ AS run\nRUN true',
        fixed: 'FROM nvidia/cuda:12.9.1-cudnn-runtime-ubuntu22.04 AS run\nRUN true',
      },
      {
        code: 'FROM ⟦docker.io/nvidia/cuda:12.2.0-devel-ubuntu20.04⟧\nRUN true',
        fixed: 'FROM docker.io/nvidia/cuda:12.9.1-devel-ubuntu20.04\nRUN true',
      },
      { code: 'ARG CUDA=12.4.1\nFROM ⟦nvidia/cuda:${CUDA}-base-ubuntu22.04⟧\nRUN true' },
    ],
  },
  create: () => ({
    FROM(from, { facts, report }) {
      const stage = facts.stageOf(from);
      const tag = stage && ownCudaTag(stage);
      const word = from.node.imageWord;
      if (!stage || !tag || !word || cudaTagFault(tag) !== 'ended') return;
      const major = readCudaTag(tag)?.major ?? 0;
      const isWhole = newestOf(major)?.isPastSupport === true;
      const data = { image: stage.base.text, major };
      const next = isWhole ? undefined : nextOf(tag);
      const kept = newestOf(12);
      const read = readCudaTag(tag);
      const whole = kept && read && (tagIn(kept, read) ?? tagIn(kept, read, '22.04'));
      if (isWhole)
        report(from.at(word), 'endedMajor', { ...data, next: whole ? `nvidia/cuda:${whole}` : 'CUDA 12.6' });
      else if (next === undefined) report(from.at(word), 'endedHere', data);
      else report(from.at(word), 'ended', { ...data, next }, () => moveOn(stage, next));
    },
  }),
});

/** The newest release of the same major on the same system. */
function nextOf(tag: string): string | undefined {
  const parts = readCudaTag(tag);
  const newest = parts && newestOf(parts.major);
  return newest && tagIn(newest, parts);
}

function moveOn(stage: Stage, next: string): Fix | undefined {
  const edit = replaceTag(stage, next);
  return edit && { title: `Use ${next}`, safety: 'unsafe', edits: [edit] };
}
