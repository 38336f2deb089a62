import { pythonImageRelease } from '../../data/release-dates.ts';
import { baseImage, officialName } from '../../facts/base-images.ts';
import { cudaTagFault, ownCudaTag, readCudaTag, releaseOf, tagIn, ubuntuOf } from '../../facts/cuda-tags.ts';
import { endedSystem } from '../../facts/end-of-life.ts';
import { isMalformedFrom } from '../../facts/malformed-from.ts';
import type { Stage } from '../../facts/stages.ts';
import { replaceTag } from '../../facts/tag-edits.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

export default defineRule({
  code: 'os-eol-base',
  name: 'os-eol-base',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'base-image',
  summary: 'The operating system of the base image is out of support',
  why: 'A distribution that is out of support gets no security updates, and its packages move away: those of Debian 10 and older are on `archive.debian.org`, those of CentOS on `vault.centos.org`, so `apt-get update` and `yum install` fail in a fresh image. Newer wheels leave it behind as well, as they ask for a newer glibc (PEP 600). NVIDIA’s images of frameworks name a month; which Ubuntu that was its release notes say (docs.nvidia.com/deeplearning/frameworks). The day that counts is the last one with free updates for everyone: that of Ubuntu’s standard support, of Debian’s LTS (both as in Debian’s package distro-info-data, columns `eol` and `eol-lts`, read 2026-11-26) and of CentOS (endoflife.date, read 2026-11). Support for longer by subscription, such as Ubuntu Pro or Freexian’s ELTS, does not count: where you have it, turn the rule off.',
  messages: {
    ended:
      '`{image}` rests on {system}, which has had no free updates since {end}. Take an image on a newer release.',
    plain:
      '{system} has had no free updates since {end}. Write `{next}`; a package that is not found there has another name.',
    known:
      '`{image}` rests on {system}, which has had no free updates since {end}. Write `{next}`, or a newer release that your packages support.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM nvidia/cuda:13.2.1-runtime\nRUN true', note: 'names no system' },
      { code: 'FROM python:3.12-slim\nRUN true' },
      { code: 'FROM nvcr.io/nvidia/pytorch:25.06-py3\nRUN true' },
      { code: 'ARG RELEASE\nFROM ubuntu:${RELEASE}\nRUN true', note: 'a variable without a default' },
      {
        code: 'FROM debian@sha256:4abf773f2a570e6873259c4e3ba16de6c6268fb571fd46ec80be7c67822823b3\nRUN true',
        note: 'a digest alone does not tell',
      },
      { code: 'FROM registry.example.com/diffusion:disco-5\nRUN true', note: 'not Ubuntu’s `disco`' },
      { code: 'FROM nvidia/cuda:9.0-base-ubuntu16.04\nRUN true', note: 'left to cuda-tag-removed' },
    ],
    bad: [
      {
        code: 'FROM ⟦python:3.9-slim-buster⟧ AS app\nRUN true',
        fixed: 'FROM python:3.9-slim-bookworm AS app\nRUN true',
      },
      {
        code: 'FROM ⟦nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu20.04⟧\nRUN true',
        fixed: 'FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04\nRUN true',
      },
      { code: 'FROM ⟦ubuntu:18.04⟧\nRUN true' },
      { code: 'FROM ⟦nvcr.io/nvidia/pytorch:21.08-py3⟧\nRUN true', note: 'on Ubuntu 20.04' },
      { code: 'FROM ⟦ubuntu:mantic⟧\nRUN true', note: 'releases between the LTS ones live for nine months' },
      { code: 'FROM ⟦quay.io/centos/centos:centos7⟧\nRUN true' },
      {
        code: 'ARG DEBIAN=stretch\nFROM ⟦registry.example.com/debian:${DEBIAN}-slim⟧ AS base\nFROM base\nRUN true',
      },
    ],
  },
  create: () => ({
    FROM(from, { facts, report }) {
      const stage = facts.stageOf(from);
      const word = from.node.imageWord;
      const system =
        stage && word && !stage.parent && !isMalformedFrom(from.node) ? endedSystem(stage) : undefined;
      if (!system || !stage || !word) return;
      const cuda = ownCudaTag(stage);
      if (cuda !== undefined && cudaTagFault(cuda) === 'deleted') return;
      const data = { image: stage.base.text, system: system.name, end: system.end };
      const fix = repair(stage);
      if (fix) report(from.at(word), 'known', { ...data, next: fix.next }, () => fix);
      else {
        const next = plainReleases.get(officialName(baseImage(stage)));
        report(from.at(word), next === undefined ? 'ended' : 'plain', { ...data, next: next ?? '' });
      }
    },
  }),
});

/** Releases that are kept up for years (data/os-releases.ts). */
const plainReleases: ReadonlyMap<string, string> = new Map([
  ['ubuntu', 'ubuntu:24.04'],
  ['debian', `debian:${pythonImageRelease}`],
]);

/** The same image on a newer release, where it is known to be made for one. */
function repair(stage: Stage): (Fix & { readonly next: string }) | undefined {
  const tag = newerCuda(stage) ?? newerPython(stage);
  const edit = tag === undefined ? undefined : replaceTag(stage, tag);
  if (tag === undefined || !edit) return undefined;
  const next = `${baseImage(stage).repository}:${tag}`;
  return { title: `Use ${tag}`, safety: 'unsafe', edits: [edit], next };
}

function newerCuda(stage: Stage): string | undefined {
  const tag = readCudaTag(ownCudaTag(stage) ?? '');
  const release = tag && releaseOf(tag);
  const newest = release?.ubuntu.at(-1) ?? '';
  // The releases of CUDA that were made for 20.04 at most are left by a newer CUDA only.
  const isBetter = newest >= '22.04' && tag !== undefined && newest !== ubuntuOf(tag);
  return release && isBetter ? tagIn(release, tag, newest) : undefined;
}

/** Debian 12 has images of Python since 3.8, under the names of minor releases. */
function newerPython(stage: Stage): string | undefined {
  const { tag = '' } = baseImage(stage);
  const match = /^(3\.(?:8|9|1\d)(?:-slim)?)-[a-z]+$/.exec(tag);
  return match && officialName(baseImage(stage)) === 'python'
    ? `${match[1]}-${pythonImageRelease}`
    : undefined;
}
