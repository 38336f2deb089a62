import { automaticArgs, readBuildArgs } from '../../facts/build-args.ts';
import { architectureOf } from '../../facts/image-platform.ts';
import { expandWord } from '../../facts/word-expansion.ts';
import { defineRule } from '../../lint/rule.ts';
import { parsePlatform } from '../../syntax/platform.ts';

export default defineRule({
  code: 'InvalidBaseImagePlatform',
  name: 'image-of-other-platform',
  aliases: ['buildkit/InvalidBaseImagePlatform', 'tally/platform-mismatch'],
  since: '0.2.0',
  severity: 'warning',
  family: 'platform',
  summary: 'The base image is made for another platform than --platform asks for',
  why: 'An image such as `arm64v8/python` holds one architecture. Under `--platform=linux/amd64` Docker takes it all the same, warns, and the programs in it end with `exec format error` or run under emulation. BuildKit compares with the registry; this rule asks nobody and finds what the name of the image tells: the namespaces of Docker Hub for one architecture, manylinux images, and tags that end in one.',
  messages: {
    other:
      '`{image}` is made for {actual}, but `--platform` asks for {expected}. Write an image for {expected}, or `--platform=linux/{actual}`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM --platform=linux/arm64 arm64v8/python:3.12' },
      { code: 'FROM arm64v8/python:3.12', note: 'which platform is built for is not in the file' },
      { code: 'FROM --platform=$BUILDPLATFORM amd64/python:3.12' },
      {
        code: 'FROM --platform=linux/amd64 ghcr.io/rust-cross/cargo-zigbuild:0.20-aarch64',
        note: 'a cross compiler',
      },
      { code: 'FROM --platform=linux/amd64 quay.io/pypa/manylinux_2_28_x86_64:2025.06.01-1' },
    ],
    bad: [
      { code: 'FROM --platform=linux/amd64 ⟦arm64v8/python:3.12⟧' },
      {
        code: 'ARG P=linux/x86_64\nFROM --platform=$P ⟦quay.io/pypa/manylinux2014_aarch64:2025.06.01-1⟧ AS wheel',
      },
      { code: 'ARG ARCH=arm64\nFROM --platform=linux/amd64 ⟦example.org/team/base:1.2-${ARCH}⟧' },
    ],
  },
  create: () => ({
    FROM(from, { facts, report }) {
      const flag = from.node.flags.find(({ name }) => name === 'platform')?.value;
      const stage = facts.stageOf(from);
      const word = from.node.imageWord;
      if (!flag || !stage || !word || stage.parent) return;
      const { values } = readBuildArgs(facts);
      const expanded = values && expandWord(flag.value, values, facts.file.escape);
      const isOpen = expanded && [...expanded.matched].some((name) => automaticArgs.has(name));
      const expected = expanded && !isOpen ? parsePlatform(expanded.text)?.architecture : undefined;
      const actual = architectureOf(stage.base.image);
      if (expected === undefined || actual === undefined || expected === actual) return;
      report(from.at(word), 'other', { image: stage.base.text, actual, expected });
    },
  }),
});
