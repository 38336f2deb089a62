import { ownCudaTag } from '../../facts/cuda-tags.ts';
import { isMalformedFrom } from '../../facts/malformed-from.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3007',
  name: 'image-tag-latest',
  aliases: [],
  since: '0.1.0',
  severity: 'warning',
  family: 'base-image',
  summary: 'The base image is tagged latest',
  why: '`latest` is whatever was pushed last under that name. For a framework image, Python, CUDA and the framework change with it at once, and nothing in the file tells which of them was tested. Defaults of ARG are put in first; a digest behind the tag makes it fine.',
  messages: {
    latest:
      '`{image}` is another image after each release. Write the version that you tested in place of `latest`.',
  },
  options: {
    leaveCuda: {
      default: true,
      description: 'Leave nvidia/cuda to `cuda-tag-removed`.',
      hadolint: {
        value: false,
        reason:
          'Since 2021 there is no `latest` of nvidia/cuda, so that no build starts from it at all; `cuda-tag-removed` says so.',
        example: 'FROM nvidia/cuda:latest\n',
      },
    },
  },
  examples: {
    good: [
      { code: 'FROM tensorflow/tensorflow:2.20.0-gpu' },
      {
        code: 'FROM debian:latest@sha256:4abf773f2a570e6873259c4e3ba16de6c6268fb571fd46ec80be7c67822823b3',
        note: 'the digest decides',
      },
      { code: 'ARG TAG\nFROM python:${TAG}', note: 'a variable without a default' },
      { code: 'ARG TAG=3.12\nFROM python:${TAG}' },
      { code: 'FROM nvidia/cuda:latest\nRUN true', note: 'left to cuda-tag-removed' },
      { code: 'FROM debian:12 AS latest\nFROM latest\nRUN true' },
    ],
    bad: [
      { code: 'FROM ⟦debian:latest⟧\nRUN true' },
      { code: 'FROM --platform=$BUILDPLATFORM ⟦localhost:5000/x:latest⟧ AS build' },
      { code: 'ARG TAG=latest\nFROM ⟦python:${TAG}⟧' },
      { code: 'FROM ⟦$BASE:latest⟧' },
    ],
  },
  create: () => ({
    FROM(from, { facts, options, report }) {
      const stage = facts.stageOf(from);
      const word = from.node.imageWord;
      if (!stage || !word || isMalformedFrom(from.node)) return;
      const { text, image } = stage.base;
      if (options.leaveCuda && ownCudaTag(stage) !== undefined) return;
      if (image.tag === 'latest' && image.digest === undefined)
        report(from.at(word), 'latest', { image: text });
    },
  }),
});
