import { shippedStage } from '../../facts/shipped-stages.ts';
import { expandWord } from '../../facts/word-expansion.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { parsePlatform } from '../../syntax/platform.ts';
import { removeWord } from '../../text/edit.ts';

export default defineRule({
  code: 'DL3029',
  name: 'constant-platform',
  aliases: ['buildkit/FromPlatformFlagConstDisallowed', 'platform-hardcoded'],
  since: '0.2.0',
  severity: 'warning',
  recommended: {
    level: 'hint',
    because: '2 of the 3 repositories in which it finds something silence it: one platform is meant.',
  },
  family: 'platform',
  summary: 'FROM is fixed to one platform',
  why: '`--platform=linux/amd64` in the file holds on every machine: on an Apple silicon laptop or an ARM server the image runs under emulation, several times slower, and `docker build --platform` cannot change it. Where one platform is all that works, as with many CUDA images, say so when building, or in the name of the stage (`AS build-amd64`), and the rule is silent.',
  messages: {
    constant:
      'This stage is for `{platform}` even where `docker build --platform` asks for another. Keep the flag if that is meant; else delete it, and write `docker build --platform {platform}` where you need that one.',
  },
  options: {
    otherVariables: {
      default: false,
      description: 'Also report variables other than BUILDPLATFORM and TARGETPLATFORM.',
      hadolint: {
        value: true,
        reason:
          'A platform in an ARG, or made of TARGETOS and TARGETARCH, can be chosen when building; BuildKit too takes only literal ones for constant.',
        example: 'ARG PLATFORM=linux/amd64\nFROM --platform=$PLATFORM debian:12\n',
      },
    },
    namedStages: {
      default: false,
      description: 'Also report a stage whose name holds the operating system or the architecture.',
      hadolint: {
        value: true,
        reason:
          'A stage called `build-amd64` is there for that platform alone, one of several to choose from; BuildKit is silent about it too.',
        example: 'FROM --platform=linux/amd64 debian:12 AS build-amd64\n',
      },
    },
  },
  examples: {
    good: [
      { code: 'FROM --platform=$BUILDPLATFORM golang:1.25 AS build' },
      { code: 'FROM --platform=linux/${TARGETARCH} debian:12' },
      { code: 'FROM --platform=linux/arm64 debian:12 AS Base-ARM64', note: 'the name says it' },
      { code: 'FROM debian:12' },
    ],
    bad: [
      { code: 'FROM ⟦--platform=linux/amd64⟧ debian:12 AS build', fixed: 'FROM debian:12 AS build' },
      { code: 'FROM \\\n  ⟦--platform="linux/x86_64"⟧ \\\n  debian:12', fixed: 'FROM \\\n  debian:12' },
      { code: 'FROM ⟦--platform=$P⟧ debian:12', options: { otherVariables: true }, fixed: 'FROM debian:12' },
    ],
  },
  create: () => ({
    FROM(from, { facts, options, report }) {
      const flag = from.node.flags.find(({ name }) => name === 'platform');
      const text = flag?.value?.value;
      if (!flag || !text || /BUILDPLATFORM|TARGETPLATFORM/.test(text)) return;
      const expanded = expandWord(text, new Map(), facts.file.escape);
      const hasVariable = !expanded || expanded.unmatched.size > 0;
      if (hasVariable && !options.otherVariables) return;
      const platform = parsePlatform(expanded?.text ?? '');
      const stageName = from.node.alias?.value.toLowerCase() ?? '';
      const isNamed =
        platform && (stageName.includes(platform.os) || stageName.includes(platform.architecture));
      if (isNamed && !hasVariable && !options.namedStages) return;
      report(from.at(flag), 'constant', { platform: text }, (): Fix[] => [
        {
          title: 'Leave the platform to the build',
          safety: 'unsafe',
          edits: [removeWord(facts.file.text, from.at(flag))],
        },
        // In the image itself it would tie the platform to the machine that builds.
        ...(shippedStage(facts, from)
          ? []
          : [
              {
                title: 'Use the platform of the building machine',
                safety: 'unsafe' as const,
                edits: [{ span: from.at(flag), text: '--platform=$BUILDPLATFORM' }],
              },
            ]),
      ]);
    },
  }),
});
