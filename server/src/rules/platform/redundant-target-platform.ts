import { readBuildArgs } from '../../facts/build-args.ts';
import { expandWord } from '../../facts/word-expansion.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { removeWord } from '../../text/edit.ts';

export default defineRule({
  code: 'DL3065',
  name: 'redundant-target-platform',
  aliases: ['buildkit/RedundantTargetPlatform'],
  since: '0.2.0',
  severity: 'warning',
  recommended: { level: 'hint', because: 'The platform is the one that the build takes anyway.' },
  family: 'platform',
  summary: 'FROM asks for the platform that it has anyway',
  why: 'A FROM without `--platform` is built for the target platform, which is what `$TARGETPLATFORM` holds. The flag only invites the question what it is for.',
  messages: {
    redundant: 'This stage is built for the target platform anyway. Delete the flag.',
  },
  options: {
    onlyBare: {
      default: false,
      description: 'Report only `$TARGETPLATFORM` and `${TARGETPLATFORM}`, not in quotes or with a default.',
      hadolint: {
        value: true,
        reason:
          'Quotes change nothing, and a default behind `:-` is never used, as Docker always sets the variable; BuildKit reports them as well.',
        example: 'FROM --platform=${TARGETPLATFORM:-linux/amd64} debian:12\n',
      },
    },
  },
  examples: {
    good: [
      { code: 'FROM --platform=$BUILDPLATFORM golang:1.25 AS build' },
      { code: 'FROM --platform=$TARGETOS/$TARGETARCH debian:12' },
      { code: 'FROM debian:12' },
    ],
    bad: [
      { code: 'FROM ⟦--platform=$TARGETPLATFORM⟧ debian:12 AS app', fixed: 'FROM debian:12 AS app' },
      { code: 'FROM  ⟦--platform=${TARGETPLATFORM}⟧  debian:12', fixed: 'FROM  debian:12' },
      { code: 'FROM ⟦--platform="${TARGETPLATFORM:-linux/amd64}"⟧ debian:12', fixed: 'FROM debian:12' },
    ],
  },
  create: () => ({
    FROM(from, { facts, options, report }) {
      const flag = from.node.flags.find(({ name }) => name === 'platform');
      const word = flag?.value;
      if (!flag || !word?.value.includes('TARGETPLATFORM')) return;
      if (options.onlyBare && !/^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(word.raw)) return;
      const { values } = readBuildArgs(facts);
      const expanded = expandWord(word.value, values ?? new Map(), facts.file.escape);
      if (!expanded || expanded.unmatched.size > 0 || expanded.matched.size !== 1) return;
      if (!expanded.matched.has('TARGETPLATFORM') || expanded.text !== values?.get('TARGETPLATFORM')) return;
      report(from.at(flag), 'redundant', undefined, (): Fix => {
        return {
          title: 'Leave the flag out',
          safety: 'safe',
          edits: [removeWord(facts.file.text, from.at(flag))],
        };
      });
    },
  }),
});
