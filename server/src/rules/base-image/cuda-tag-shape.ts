import {
  type CudaTag,
  cudaTagFault,
  ownCudaTag,
  readCudaTag,
  releaseOf,
  tagIn,
} from '../../facts/cuda-tags.ts';
import type { Stage } from '../../facts/stages.ts';
import { replaceTag } from '../../facts/tag-edits.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

export default defineRule({
  code: 'cuda-tag-shape',
  name: 'cuda-tag-shape',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'base-image',
  summary: 'The tag of nvidia/cuda was never published',
  why: 'Tags of nvidia/cuda have three numbers from CUDA 11.2 on, name cuDNN as `cudnn8` up to CUDA 12.2, as `cudnn9` in 12.3 and as `cudnn` from 12.4 on, and never have it in a `base` image; each release is built for some releases of Ubuntu only (replicate/cog, `cuda_compatibility.json`, from the list of tags on Docker Hub). A tag of another form cannot be pulled: "manifest unknown". Releases that the table does not know are left alone.',
  messages: {
    noPatch: 'There is no tag `{tag}` of nvidia/cuda: all have three numbers. Write `{right}`.',
    cudnnBase: 'There is no tag `{tag}` of nvidia/cuda: a base image has no cuDNN. Write `{right}`.',
    cudnn:
      'There is no tag `{tag}` of nvidia/cuda: for CUDA {version} cuDNN is called `{cudnn}`. Write `{right}`.',
    os: 'There is no tag `{tag}` of nvidia/cuda: CUDA {version} was built for Ubuntu {ubuntu}. Write one of these, as in `{right}`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM nvidia/cuda:12.2.2-cudnn8-devel-ubuntu22.04\nRUN true' },
      { code: 'FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu22.04\nRUN true' },
      { code: 'FROM nvidia/cuda:12.9.1-devel-rockylinux9\nRUN true', note: 'other systems are not judged' },
      { code: 'FROM nvidia/cuda:42.0-cudnn77-base-ubuntu66.04\nRUN true', note: 'newer than the table' },
      { code: 'FROM registry.example.com/nvidia/cuda:12.6-runtime\nRUN true', note: 'a mirror' },
    ],
    bad: [
      {
        code: 'FROM ⟦nvidia/cuda:12.6-runtime-ubuntu22.04⟧\nRUN true',
        fixed: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu22.04\nRUN true',
      },
      {
        code: 'FROM ⟦nvidia/cuda:12.2.0-cudnn-devel-ubuntu22.04⟧\nRUN true',
        fixed: 'FROM nvidia/cuda:12.2.2-cudnn8-devel-ubuntu22.04\nRUN true',
      },
      {
        code: 'FROM ⟦nvcr.io/nvidia/cuda:12.8.1-cudnn-base-ubuntu24.04⟧ AS run\nRUN true',
        fixed: 'FROM nvcr.io/nvidia/cuda:12.8.1-cudnn-runtime-ubuntu24.04 AS run\nRUN true',
      },
      { code: 'FROM ⟦nvidia/cuda:11.2-cudnn8.1-ubuntu18.04⟧\nRUN true', note: 'cuDNN is named by its major' },
      { code: 'FROM ⟦nvidia/cuda:11.3.1-devel-ubuntu22.04⟧\nRUN true' },
    ],
  },
  create: () => ({
    FROM(from, { facts, report }) {
      const stage = facts.stageOf(from);
      const tag = stage && ownCudaTag(stage);
      const word = from.node.imageWord;
      const fault = tag === undefined ? undefined : cudaTagFault(tag);
      if (!stage || !tag || !word || !fault || fault === 'deleted' || fault === 'ended') return;
      const parts = readCudaTag(tag);
      const release = parts && releaseOf(parts);
      if (!release) return;
      const { major, minor, patch, cudnn, ubuntu } = release;
      const version = fault === 'noPatch' ? `${major}.${minor}.${patch}` : `${major}.${minor}`;
      const whole = { ...parts, flavour: parts.flavour ?? 'runtime' };
      const right = rightTag(whole) ?? tagIn(release, whole, ubuntu.at(-1)) ?? `${major}.${minor}.${patch}`;
      const data = { tag, version, cudnn, ubuntu: ubuntu.join(', '), right };
      report(from.at(word), fault, data, () => repair(stage, parts));
    },
  }),
});

/** The tag in the form of its release: with the newest patch level and the spelling of cuDNN. */
function rightTag(tag: CudaTag): string | undefined {
  const release = releaseOf(tag);
  const flavour = tag.cudnn !== undefined && tag.flavour === 'base' ? 'runtime' : tag.flavour;
  return release && tagIn(release, { ...tag, flavour });
}

function repair(stage: Stage, tag: CudaTag): Fix | undefined {
  const right = rightTag(tag);
  const edit = right === undefined ? undefined : replaceTag(stage, right);
  return edit && { title: `Use ${right}`, safety: 'unsafe', edits: [edit] };
}
