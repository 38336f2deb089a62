import { signalNames } from '../../data/signals.ts';
import { textInPlainBuild } from '../../facts/plain-build.ts';
import { signalName } from '../../facts/signals.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';

export default defineRule({
  code: 'unknown-stopsignal',
  name: 'unknown-stopsignal',
  aliases: ['dockerfile-utils/INVALID_SIGNAL'],
  since: '0.2.0',
  severity: 'error',
  family: 'metadata',
  summary: 'STOPSIGNAL that Docker does not know',
  why: 'Docker takes the name of a Linux signal, with or without `SIG`, or its number. Anything else breaks the build, and that only at the end of it, as STOPSIGNAL tends to stand last.',
  messages: {
    variable: '`{written}` comes to `{text}` here, which is no signal. Give the variable the name of one.',
    unknown: '`{written}` is no signal that Docker knows. Write one such as SIGTERM or SIGINT.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nSTOPSIGNAL SIGTERM' },
      { code: 'FROM debian:12\nSTOPSIGNAL rtmin+3' },
      { code: 'FROM debian:12\nARG SIGNAL\nSTOPSIGNAL $SIGNAL' },
    ],
    bad: [
      { code: 'FROM debian:12\nSTOPSIGNAL ⟦SIGTEM⟧', fixed: 'FROM debian:12\nSTOPSIGNAL SIGTERM' },
      { code: 'FROM debian:12\nSTOPSIGNAL ⟦0⟧' },
      { code: 'FROM debian:12\nARG S=TREM\nSTOPSIGNAL ⟦$S⟧' },
      { code: 'FROM debian:12\nSTOPSIGNAL ⟦graceful⟧' },
    ],
  },
  create: () => ({
    STOPSIGNAL(instruction, { facts, report }) {
      const { args, body, plain } = instruction.node;
      const word = args[0];
      if (!word) return;
      const span = instruction.at(word);
      if (word.raw.includes('$')) {
        const text = textInPlainBuild(facts, instruction, plain.slice(body.from, body.to));
        if (text !== undefined && !signalName(text)) report(span, 'variable', { written: word.raw, text });
        return;
      }
      if (signalName(word.value)) return;
      report(span, 'unknown', { written: word.value }, (): Fix | undefined => {
        const names = signalNames.map((name) => `SIG${name}`);
        const meant = nearest(word.value, names);
        return meant === undefined
          ? undefined
          : { title: `Write ${meant}`, safety: 'unsafe', edits: [{ span, text: meant }] };
      });
    },
  }),
});
