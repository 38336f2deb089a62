import { hopelessPlatform } from '../../facts/base-faults.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'invalid-platform',
  name: 'invalid-platform',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'FROM `--platform` with something that is no platform',
  why: 'A platform is an operating system and an architecture with a slash between, such as `linux/arm64`, and at most a variant behind them; a known system or architecture may stand alone (containerd/platforms, `Parse`). Docker ends the build at anything else.',
  messages: {
    invalid: '`{platform}` is no platform. Write one such as `linux/amd64`, or `$BUILDPLATFORM`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM --platform=linux/arm64/v8 debian:12\nFROM --platform=arm64 debian:12' },
      { code: 'ARG P\nFROM --platform=$P debian:12\nFROM --platform=$TARGETPLATFORM debian:12' },
      { code: 'FROM --platform= debian:12', note: 'as if it were not there' },
      { code: 'FROM --platform=$P debian:12', note: 'left to undeclared-variable-in-from' },
    ],
    bad: [
      { code: 'FROM --platform=⟦linux/arm64/v8/x⟧ debian:12' },
      { code: 'FROM --platform=⟦linux⧸arm64⟧ debian:12' },
      { code: 'FROM --platform=⟦x64⟧ debian:12\nFROM --platform=⟦linux/⟧ debian:12' },
    ],
  },
  create: () => ({
    FROM(from, { facts, report }) {
      const fault = hopelessPlatform(facts, from);
      if (!fault || fault.undeclared.size > 0) return;
      report(from.at(fault.word), 'invalid', { platform: fault.text });
    },
  }),
});
