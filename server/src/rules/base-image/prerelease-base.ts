import { baseImage } from '../../facts/base-images.ts';
import { rootStage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

/** A version with what marks it as not released yet: `3.14-rc`, `2.2.0rc2`, `17beta1`, `1.0-alpha.3`. */
const candidate = /(?:^|-)v?\d[\d.]*[-.]?(?:rc|alpha|beta|preview|pre)[-.]?\d*(?=$|[-.])/i;

export default defineRule({
  code: 'prerelease-base',
  name: 'prerelease-base',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'base-image',
  summary: 'The base image holds a release candidate',
  why: 'An alpha, beta or release candidate is there to be tried: it changes until the release, gets no security fixes of its own afterwards, and its tag is often moved or deleted then; `python:3.14-rc` stood still when 3.14 came out. Wheels are built for releases, so pip compiles what it could download. Images of a nightly build are reported by framework-base-floating.',
  messages: {
    candidate:
      '`{tag}` is a pre-release, such as a beta or release candidate, and repairs went into the release alone. Write the tag of the release.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.14-slim\nRUN true' },
      { code: 'FROM alpine:3.22\nRUN true' },
      { code: 'FROM ascendai/cann:8.3.rc1-910b-ubuntu22.04-py3.11\nRUN true', note: 'a release of theirs' },
      { code: 'ARG T\nFROM python:${T}\nRUN true' },
    ],
    bad: [
      { code: 'FROM ⟦python:3.14-rc-slim⟧\nRUN true' },
      { code: 'FROM ⟦tensorflow/tensorflow:2.2.0rc2-py3-jupyter⟧ AS a\nFROM a\nRUN true' },
      { code: 'ARG V=17beta1\nFROM ⟦postgres:$V⟧\nRUN true' },
    ],
  },
  create: () => ({
    FROM(from, { facts, report }) {
      const stage = facts.stageOf(from);
      const word = from.node.imageWord;
      if (!stage || !word || stage.parent || rootStage(stage).base.unknown.length > 0) return;
      const { repository, tag = '' } = baseImage(stage);
      // Huawei's CANN calls its releases so.
      if (/cann|ascend/.test(repository)) return;
      if (candidate.test(tag)) report(from.at(word), 'candidate', { tag });
    },
  }),
});
