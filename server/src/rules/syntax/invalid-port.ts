import { textInPlainBuild } from '../../facts/plain-build.ts';
import { findPortFault, readPort } from '../../facts/ports.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';

export default defineRule({
  code: 'invalid-port',
  name: 'invalid-port',
  aliases: ['dockerfile-utils/INVALID_PROTO'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'EXPOSE of a protocol, range or address that there is not',
  why: 'EXPOSE takes ports and ranges from the lower to the higher end, with `/tcp`, `/udp` or `/sctp` behind them. Docker reads a port of the host and an address before them as well, to no effect (ExposeInvalidFormat), and ends the build where they are none. Where variables stand, it looks at what they come to. A text that is no port at all is the matter of DL3011.',
  messages: {
    protocol: '`{part}` is no protocol that EXPOSE takes. Write `tcp`, `udp` or `sctp`.',
    backwards: '`{part}` runs backwards. Write the lower port first, as in `{right}`.',
    host: 'EXPOSE needs the port of the container alone, and `{part}` is no address. Write `EXPOSE {right}`.',
    unequal:
      'EXPOSE needs the ports of the container alone, and the two ranges of `{part}` differ in length. Write `EXPOSE {right}`.',
    outside:
      'EXPOSE needs the port of the container alone, and `{part}` is no port of the host. Write `EXPOSE {right}`.',
    variable: '`{word}` comes to `{text}` here, which is no port. Set the variable to a number.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nEXPOSE 8888 6006/tcp 5000-5010/UDP 132/sctp 80/ 127.0.0.1:80:80 [::1]:80:80' },
      { code: 'FROM debian:12\nARG PORTS="80 443" OTHER\nEXPOSE $PORTS $OTHER ${UNKNOWN}' },
      { code: 'FROM debian:12\nEXPOSE http', note: 'left to DL3011' },
    ],
    bad: [
      { code: 'FROM debian:12\nEXPOSE ⟦8080/x⟧\nEXPOSE 80 ⟦8888/http⟧' },
      { code: 'FROM debian:12\nEXPOSE ⟦80/tpc⟧', fixed: 'FROM debian:12\nEXPOSE 80/tcp' },
      { code: 'FROM debian:12\nEXPOSE ⟦8010-8000⟧', fixed: 'FROM debian:12\nEXPOSE 8000-8010' },
      {
        code: 'FROM debian:12\nEXPOSE ⟦localhost:1:1/tcp⟧',
        fixed: 'FROM debian:12\nEXPOSE 1/tcp',
      },
      { code: 'FROM debian:12\nEXPOSE ⟦http:80⟧', fixed: 'FROM debian:12\nEXPOSE 80' },
      { code: 'FROM debian:12\nEXPOSE ⟦1-2:80-90⟧', fixed: 'FROM debian:12\nEXPOSE 80-90' },
      { code: 'FROM debian:12\nENV PORT=http\nEXPOSE ⟦$PORT⟧' },
      { code: 'FROM debian:12\nARG PORT=8080/web\nEXPOSE 80 ⟦$PORT⟧' },
    ],
  },
  create: () => ({
    EXPOSE(expose, { facts, report }) {
      for (const word of expose.node.args) {
        const span = expose.at(word);
        if (word.raw.includes('$')) {
          const text = textInPlainBuild(facts, expose, word.raw);
          const parts = /["']/.test(word.raw) ? [text ?? ''] : (text ?? '').split(/\s+/);
          if (text && parts.some((part) => part !== '' && findPortFault(part)))
            report(span, 'variable', { word: word.raw, text });
          continue;
        }
        const fault = findPortFault(word.value);
        const { ends, range, protocol, host } = readPort(word);
        // What DL3011 says.
        if (!fault || !ends?.every((end) => end <= 65_535)) continue;
        const { kind, part } = fault;
        const suffix = protocol === undefined ? '' : `/${protocol}`;
        const write = (text: string) => (): Fix => {
          return { title: `Write ${text}`, safety: 'unsafe', edits: [{ span, text }] };
        };
        if (kind === 'protocol') {
          const meant = nearest(part, ['tcp', 'udp', 'sctp']);
          report(span, 'protocol', { part }, meant ? write(`${range}/${meant}`) : undefined);
        } else if (kind === 'backwards' && part === range) {
          const right = [...ends].reverse().join('-') + suffix;
          report(span, 'backwards', { part, right }, write(right));
        } else if (kind === 'host' || kind === 'unequal' || host !== undefined) {
          const right = range + suffix;
          const messageId = kind === 'host' || kind === 'unequal' ? kind : 'outside';
          report(span, messageId, { part, right }, write(right));
        }
      }
    },
  }),
});
