import { signalName } from '../../facts/signals.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'prefer-canonical-stopsignal',
  name: 'prefer-canonical-stopsignal',
  aliases: ['tally/prefer-canonical-stopsignal', 'dockerfile-utils/INVALID_SIGNAL'],
  since: '0.2.0',
  severity: 'info',
  recommended: { level: 'hint', because: 'Both ways of writing mean the same signal.' },
  family: 'metadata',
  dependsOn: 'instruction',
  summary: 'STOPSIGNAL by a number or in short',
  why: 'Docker takes `15`, `term` and `SIGTERM` for the same signal and stores the text as it was written. The OCI image specification asks for the form `SIGTERM`, which any runtime reads and which says more than `15`.',
  messages: {
    number:
      '`{written}` is {signal} by its number, which differs between systems for some signals. Write `{signal}`.',
    short:
      '`{written}` is short for {signal}, the name that the standard for images asks for. Write `{signal}`.',
    casing: '`{written}` is not in capital letters, as the standard for images asks for. Write `{signal}`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nSTOPSIGNAL SIGRTMIN+3' },
      { code: 'FROM debian:12\nARG SIGNAL=int\nSTOPSIGNAL ${SIGNAL}' },
      { code: 'FROM debian:12\nSTOPSIGNAL kill', note: 'left to no-ungraceful-stopsignal' },
      { code: 'FROM debian:12\nSTOPSIGNAL 40', note: 'which real-time signal that is differs' },
    ],
    bad: [
      { code: 'FROM debian:12\nSTOPSIGNAL ⟦15⟧', fixed: 'FROM debian:12\nSTOPSIGNAL SIGTERM' },
      { code: 'FROM debian:12\nSTOPSIGNAL ⟦INT⟧', fixed: 'FROM debian:12\nSTOPSIGNAL SIGINT' },
      { code: 'FROM debian:12\nSTOPSIGNAL ⟦"sigquit"⟧', fixed: 'FROM debian:12\nSTOPSIGNAL SIGQUIT' },
    ],
  },
  create: () => ({
    STOPSIGNAL({ node, at }, { report }) {
      const word = node.args[0];
      const signal = word && signalName(word.value);
      if (!word || !signal || signal === word.value || signal === 'SIGKILL' || signal === 'SIGSTOP') return;
      const span = at(word);
      const isName = word.value.toUpperCase() === signal;
      const messageId = /^\d/.test(word.value) ? 'number' : isName ? 'casing' : 'short';
      report(span, messageId, { written: word.value, signal }, () => ({
        title: `Write ${signal}`,
        safety: 'safe',
        edits: [{ span, text: signal }],
      }));
    },
  }),
});
