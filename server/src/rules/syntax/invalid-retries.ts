import { writtenFlags } from '../../facts/instruction-flags.ts';
import { defineRule } from '../../lint/rule.ts';

/** Go's `ParseInt` with 32 bits, as BuildKit calls it. */
const most = 2 ** 31 - 1;

export default defineRule({
  code: 'invalid-retries',
  name: 'invalid-retries',
  aliases: ['DL1000', 'dockerfile-utils/FLAG_AT_LEAST_ONE', 'dockerfile-utils/INVALID_SYNTAX'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  dependsOn: 'instruction',
  summary: '`--retries` of a HEALTHCHECK that is no whole number',
  why: 'Docker takes a whole number from 0 on for `--retries` and ends the build at any other text; 0 stands for the default, which is 3.',
  messages: {
    number:
      '`--retries` counts the checks that fail before the container is unhealthy, and `{value}` is no whole number. Write 1 or more, such as 3.',
    negative:
      '`--retries` counts the checks that fail before the container is unhealthy, so Docker refuses `{value}`. Write 1 or more, such as 3.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nHEALTHCHECK --retries=5 CMD ["true"]' },
      { code: 'FROM debian:12\nHEALTHCHECK --retries=0 CMD ["true"]', note: 'the default' },
    ],
    bad: [
      { code: 'FROM debian:12\nHEALTHCHECK --retries=⟦many⟧ CMD ["true"]' },
      { code: 'FROM debian:12\nHEALTHCHECK --retries=⟦-1⟧ CMD ["true"]' },
      { code: 'FROM debian:12\nHEALTHCHECK --retries=⟦2.5⟧ CMD ["true"]' },
    ],
  },
  create: () => ({
    HEALTHCHECK(healthcheck, { report }) {
      for (const { name, value } of writtenFlags(healthcheck.node)) {
        if (name !== 'retries' || !value?.value) continue;
        const isNumber = /^[-+]?\d+$/.test(value.value) && Math.abs(Number(value.value)) <= most;
        if (isNumber && Number(value.value) >= 0) continue;
        report(healthcheck.at(value), isNumber ? 'negative' : 'number', { value: value.value });
      }
    },
  }),
});
