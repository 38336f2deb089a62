import { ownCudaTag } from '../../facts/cuda-tags.ts';
import { isMalformedFrom } from '../../facts/malformed-from.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3006',
  name: 'image-tag-missing',
  aliases: [],
  since: '0.1.0',
  severity: 'warning',
  family: 'base-image',
  summary: 'The base image has no tag',
  why: 'Without a tag Docker takes `latest`, and that moves: the same file gives another operating system, Python or CUDA on the next machine that has no copy of the image. A tag says what was meant; a digest holds it still. Defaults of ARG are put in first, so `FROM ${IMAGE}` with a tagged default is fine, and a variable without a default is left alone.',
  messages: {
    untagged:
      '`{image}` has no tag, so every build may start from another image. Write the version that you tested, as in `{image}:<version>`.',
  },
  options: {
    leaveCuda: {
      default: true,
      description: 'Leave nvidia/cuda to `cuda-tag-removed`.',
      hadolint: {
        value: false,
        reason:
          'Since 2021 there is no `latest` of nvidia/cuda, so that no build starts from it at all; `cuda-tag-removed` says so.',
        example: 'FROM nvidia/cuda\n',
      },
    },
    variables: {
      default: false,
      description:
        'Also report an image with a variable that has no default, unless its name begins with the variable.',
      hadolint: {
        value: true,
        reason:
          'In `image${SUFFIX}` the variable may hold the tag. hadolint leaves a name alone only where the variable stands first.',
        issue: 'hadolint#339',
        example: 'ARG SUFFIX\nFROM python${SUFFIX}\n',
      },
    },
  },
  examples: {
    good: [
      { code: 'FROM python:3.12-slim' },
      { code: 'FROM debian@sha256:4abf773f2a570e6873259c4e3ba16de6c6268fb571fd46ec80be7c67822823b3' },
      { code: 'FROM scratch\nCOPY app /' },
      {
        code: 'FROM debian:12 AS Build\nFROM build\nRUN true',
        note: 'names of stages are compared without case',
      },
      { code: 'ARG BASE=python:3.12\nFROM ${BASE}' },
      { code: 'ARG SUFFIX\nFROM python${SUFFIX}', note: 'the variable may hold the tag' },
      { code: 'FROM ${BASE}/python', options: { variables: true } },
      { code: 'FROM nvidia/cuda\nRUN true', note: 'left to cuda-tag-removed' },
      { code: 'FROM localhost:5000/team/base:1.2', note: 'the first colon belongs to the port' },
      { code: 'FROM ${REGISTRY:-docker.io}/library/python:3.12' },
    ],
    bad: [
      { code: 'FROM ⟦ubuntu⟧\nRUN true' },
      { code: 'FROM --platform=linux/amd64 ⟦localhost:5000/team/base⟧ AS build' },
      { code: 'ARG BASE=pytorch/pytorch\nFROM ⟦${BASE}⟧' },
      { code: 'FROM ⟦team/$X⟧', options: { variables: true } },
      { code: 'FROM ⟦builder⟧\nFROM debian:12 AS builder', note: 'the stage of that name comes later' },
    ],
  },
  create: () => ({
    FROM(from, { facts, options, report }) {
      const stage = facts.stageOf(from);
      const word = from.node.imageWord;
      if (!stage || !word || stage.parent || isMalformedFrom(from.node)) return;
      const { text, image } = stage.base;
      if (image.tag !== undefined || image.digest !== undefined || text === 'scratch') return;
      if (text === '' || text.startsWith('$') || (text.includes('$') && !options.variables)) return;
      if (options.leaveCuda && ownCudaTag(stage) !== undefined) return;
      report(from.at(word), 'untagged', { image: text });
    },
  }),
});
