import { readPort } from '../../facts/ports.ts';
import { holdsMark, ofTemplate } from '../../facts/templates.ts';
import { defineRule } from '../../lint/rule.ts';

const highest = 65_535;

export default defineRule({
  code: 'DL3011',
  name: 'port-out-of-range',
  aliases: ['dockerfile-utils/INVALID_PORT'],
  since: '0.2.0',
  severity: 'error',
  family: 'metadata',
  dependsOn: 'instruction',
  summary: 'EXPOSE of something that is no port',
  why: 'A port is a number of 16 bits, so it ends at 65535 (RFC 6335), and EXPOSE takes numbers and ranges of them, separated by blanks. Anything else breaks the build, and that only at the end of it, as EXPOSE tends to stand last.',
  messages: {
    high: '`{port}` is no port, as they end at 65535. Write the port that the program listens on.',
    malformed: '`{port}` is no port number. Write a number or a range, such as `8888` or `8000-8010`.',
    template: ofTemplate,
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nEXPOSE 8888 6006/tcp 5000-5010/udp 65535' },
      {
        code: 'FROM debian:12\nARG PORT\nEXPOSE $PORT ${PORT}-90000',
        note: 'the port is given when building',
      },
      {
        code: 'FROM debian:12\nEXPOSE 8080:80',
        note: 'the host’s port is the matter of ExposeInvalidFormat',
      },
    ],
    bad: [
      { code: 'FROM debian:12\nEXPOSE 8888 ⟦88888⟧' },
      { code: 'FROM debian:12\nEXPOSE ⟦65000-66000/udp⟧' },
      { code: 'FROM debian:12\nEXPOSE ⟦80,443⟧', note: 'blanks separate ports' },
      { code: 'FROM debian:12\nEXPOSE 8888 ⟦#⟧ Jupyter', note: 'EXPOSE knows no comment behind it' },
      { code: 'FROM debian:12\nEXPOSE ⟦@PORT@⟧', note: 'of a template' },
    ],
  },
  create: () => ({
    EXPOSE(expose, { report }) {
      for (const word of expose.node.args) {
        const { isVariable, range, ends } = readPort(word);
        if (isVariable || ends?.every((end) => end <= highest)) continue;
        if (!ends && holdsMark(word.value)) report(expose.at(word), 'template', { word: word.value });
        else report(expose.at(word), ends ? 'high' : 'malformed', { port: ends ? range : word.value });
        return;
      }
    },
  }),
});
