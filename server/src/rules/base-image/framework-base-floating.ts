import { baseImage } from '../../facts/base-images.ts';
import { defineRule } from '../../lint/rule.ts';

/** Images that frameworks publish with tags that follow a branch; of these alone such names are known to move. */
const frameworks =
  /^(?:pytorch|tensorflow|rocm|huggingface|jupyter|quay\.io\/jupyter|nvcr\.io\/nvidia|vllm|lmsysorg|rayproject|deepspeed|paddlepaddle|rapidsai|unsloth|ultralytics)\/[^:]+:/;
const moving = /^(?:latest|nightly|main|master|dev|devel|edge|stable)(?:-|$)|-(?:latest|nightly|main)$/;
/** A tag with a version, a date or a commit is one build, as `nightly-20250601` and `main-1a2b3c4`. */
const fixed = /\d{8}|\d{4}-\d\d-\d\d|\b(?=[0-9a-f]*\d)[0-9a-f]{7,40}\b/;

/** Names that TensorFlow has not given to a build since 2.2 (tensorflow/tensorflow on Docker Hub, "Tags"). */
const frozen = /^tensorflow\/tensorflow:.*-py3(?:-|$)/;

export default defineRule({
  code: 'framework-base-floating',
  name: 'framework-base-floating',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'base-image',
  summary: 'The tag of a framework’s image follows its newest build',
  why: 'Tags such as `latest-gpu`, `nightly` and `main` name another image after each build of the framework, and Python, CUDA and the framework change with it at once: what was tested cannot be built again. The images have tags with versions (tensorflow/tensorflow, "Tags" on Docker Hub; NVIDIA’s with a month, `25.06-py3`), and a digest holds any of them still. DL3006 and DL3007 report an image without a tag and plain `latest`, whoever made it; this rule looks at the other names, in the images of frameworks.',
  messages: {
    floating:
      '`{image}` is another image each time a new one is published under that tag. Write a tag with the version that you tested, or ignore this where the newest is meant.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM pytorch/torchserve-nightly:latest-gpu\nRUN true', note: 'the newest is what it is for' },
      { code: 'FROM tensorflow/tensorflow:2.20.0-gpu\nRUN true' },
      { code: 'FROM nvcr.io/nvidia/pytorch:25.06-py3\nRUN true' },
      { code: 'FROM pytorch/pytorch:latest\nRUN true', note: 'left to DL3007' },
      {
        code: 'FROM vllm/vllm-openai:nightly-5c7963249fa2d0a2f3a6e1f2b8d1c0a9e7f6d5c4\nRUN true',
        note: 'names a commit',
      },
      { code: 'FROM tensorflow/tensorflow:latest-gpu-py3\nRUN true', note: 'no new build gets this name' },
      { code: 'FROM team/app:main\nRUN true', note: 'an image of your own pipeline' },
      {
        code: 'ARG TAG=nightly\nFROM tensorflow/tensorflow:${TAG}-gpu\nRUN true',
        note: 'the tag is for the build to say',
      },
      {
        code: 'FROM tensorflow/tensorflow:latest-gpu@sha256:4abf773f2a570e6873259c4e3ba16de6c6268fb571fd46ec80be7c67822823b3\nRUN true',
        note: 'the digest decides',
      },
    ],
    bad: [
      { code: 'FROM ⟦tensorflow/tensorflow:latest-gpu⟧ AS train\nRUN true' },
      { code: 'FROM ⟦vllm/vllm-openai:nightly⟧\nRUN true' },
      { code: 'FROM ⟦rocm/pytorch:rocm6.4_ubuntu24.04_py3.12-latest⟧\nRUN true' },
      { code: 'FROM ⟦docker.io/tensorflow/tensorflow:nightly-gpu-jupyter⟧\nRUN true' },
    ],
  },
  create: () => ({
    FROM(from, { facts, report }) {
      const stage = facts.stageOf(from);
      const word = from.node.imageWord;
      // A name in an ARG is there to be given by whoever builds, and its default a stand-in.
      if (!stage || !word || stage.parent || word.raw.includes('$')) return;
      const { registry, repository, tag = '', digest } = baseImage(stage);
      if (digest !== undefined || tag === 'latest' || !moving.test(tag) || fixed.test(tag)) return;
      // A repository of nightly images is for who wants the newest.
      if (frozen.test(`${repository}:${tag}`) || /nightly/.test(repository)) return;
      const host = registry === undefined || registry === 'docker.io' ? '' : `${registry}/`;
      if (frameworks.test(`${host}${repository}:`))
        report(from.at(word), 'floating', { image: stage.base.text });
    },
  }),
});
