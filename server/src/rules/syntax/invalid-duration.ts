import { isGoDuration, nanoseconds } from '../../facts/durations.ts';
import { writtenFlags } from '../../facts/instruction-flags.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

const flags = new Set(['interval', 'timeout', 'start-period', 'start-interval']);
const millisecond = 1e6;

export default defineRule({
  code: 'invalid-duration',
  name: 'invalid-duration',
  aliases: [
    'DL1000',
    'dockerfile-utils/FLAG_INVALID_DURATION',
    'dockerfile-utils/FLAG_MISSING_DURATION',
    'dockerfile-utils/FLAG_UNKNOWN_UNIT',
    'dockerfile-utils/FLAG_LESS_THAN_1MS',
  ],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  dependsOn: 'instruction',
  summary: 'A time of a HEALTHCHECK that Docker cannot read',
  why: 'The flags of HEALTHCHECK take a number with its unit, such as `30s`, `5m` or `1m30s`; the units are `h`, `m`, `s`, `ms`, `us` and `ns` (Go, `time.ParseDuration`). A number alone, a day or a word ends the build, as does a time below a millisecond other than 0, which stands for the default.',
  messages: {
    unit: '`{value}` has no unit. Write `{value}s` for seconds.',
    day: 'Docker knows no unit `d`. Write hours: `{hours}h`.',
    foreign: 'Docker knows no unit `{unit}`. Write `h`, `m`, `s` or `ms` after the number, as in `1m30s`.',
    invalid: '`{value}` is no time that Docker reads. Write a number with a unit, such as `30s` or `1m30s`.',
    short:
      '`{value}` is less than a millisecond, which Docker refuses. Write a longer time, or 0 for the default.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nHEALTHCHECK --interval=1m30s --timeout=1.5s --start-period=0 CMD ["true"]' },
      { code: 'FROM debian:12\nHEALTHCHECK --start-interval= --timeout=1ms CMD ["true"]' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nHEALTHCHECK --interval=⟦30⟧ CMD ["true"]',
        fixed: 'FROM debian:12\nHEALTHCHECK --interval=30s CMD ["true"]',
      },
      { code: 'FROM debian:12\nHEALTHCHECK --interval=⟦1d⟧ --timeout=⟦soon⟧ CMD ["true"]' },
      { code: 'FROM debian:12\nHEALTHCHECK --timeout=⟦10us⟧ CMD ["true"]' },
      {
        code: 'FROM debian:12\nARG T=5s\nHEALTHCHECK --timeout=⟦$T⟧ CMD ["true"]',
        note: 'no variable is put in',
      },
    ],
  },
  create: () => ({
    HEALTHCHECK(healthcheck, { report }) {
      for (const { name, value } of writtenFlags(healthcheck.node)) {
        if (!flags.has(name) || !value?.value) continue;
        const text = value.value;
        const span = healthcheck.at(value);
        if (!isGoDuration(text)) {
          const lacksUnit = /^\d+(?:\.\d+)?$/.test(text);
          const [, number, unit] = /^(\d+(?:\.\d+)?)([a-z]+)$/i.exec(text) ?? [];
          if (unit === 'd') report(span, 'day', { hours: Number(number) * 24 });
          else if (unit) report(span, 'foreign', { unit });
          else
            report(span, lacksUnit ? 'unit' : 'invalid', { value: text }, (): Fix | undefined =>
              lacksUnit
                ? { title: `Write ${text}s`, safety: 'unsafe', edits: [{ span, text: `${text}s` }] }
                : undefined,
            );
          continue;
        }
        const length = nanoseconds(text);
        if (length !== 0 && length < millisecond) report(span, 'short', { value: text });
      }
    },
  }),
});
