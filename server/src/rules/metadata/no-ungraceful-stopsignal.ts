import { signalName } from '../../facts/signals.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'no-ungraceful-stopsignal',
  name: 'no-ungraceful-stopsignal',
  aliases: ['tally/no-ungraceful-stopsignal'],
  since: '0.2.0',
  severity: 'warning',
  family: 'metadata',
  dependsOn: 'instruction',
  summary: 'STOPSIGNAL that no program can answer to',
  why: 'No program can catch SIGKILL and SIGSTOP (signal(7)). With SIGKILL the container dies at once: a training run writes no last checkpoint, a server drops its requests. With SIGSTOP it is frozen, and killed when the grace period is over. SIGTERM, the default, lets a program tidy up; Jupyter and Python programs that tidy up on Ctrl+C take SIGINT.',
  messages: {
    ungraceful:
      'No program can catch {signal}, so nothing is saved when the container stops. Write SIGTERM or SIGINT.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nSTOPSIGNAL SIGINT' },
      { code: 'FROM debian:12\nARG SIGNAL\nSTOPSIGNAL $SIGNAL' },
    ],
    bad: [
      { code: 'FROM debian:12\nSTOPSIGNAL ⟦SIGKILL⟧', fixed: 'FROM debian:12\nSTOPSIGNAL SIGTERM' },
      { code: 'FROM debian:12\nSTOPSIGNAL ⟦9⟧', fixed: 'FROM debian:12\nSTOPSIGNAL SIGTERM' },
      { code: 'FROM debian:12\nSTOPSIGNAL ⟦stop⟧', fixed: 'FROM debian:12\nSTOPSIGNAL SIGTERM' },
    ],
  },
  create: () => ({
    STOPSIGNAL({ node, at }, { report }) {
      const word = node.args[0];
      const signal = word && signalName(word.value);
      if (!word || (signal !== 'SIGKILL' && signal !== 'SIGSTOP')) return;
      const span = at(word);
      report(span, 'ungraceful', { signal }, () => ({
        title: 'Write SIGTERM',
        safety: 'unsafe',
        edits: [{ span, text: 'SIGTERM' }],
      }));
    },
  }),
});
