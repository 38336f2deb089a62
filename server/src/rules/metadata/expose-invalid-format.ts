import { findPortFault, readPort } from '../../facts/ports.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

export default defineRule({
  code: 'ExposeInvalidFormat',
  name: 'expose-invalid-format',
  aliases: ['buildkit/ExposeInvalidFormat'],
  since: '0.2.0',
  severity: 'warning',
  family: 'metadata',
  dependsOn: 'instruction',
  summary: 'EXPOSE with an address or a port of the host',
  why: 'EXPOSE notes which port the program in the container listens on; it publishes nothing. The port of the host is chosen when the container starts, by `docker run -p 8080:80`: in EXPOSE it is dropped without a word, and BuildKit warns of it. Where the address or port is none, the build ends (invalid-port).',
  messages: {
    host: '`{host}` has no effect here, as EXPOSE takes the container’s port only. Leave it out, and publish the port with `docker run -p`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nEXPOSE 8888 6006/tcp 5000-5010/UDP 132/sctp' },
      { code: 'FROM debian:12\nARG PORTS\nEXPOSE $PORTS ${PORTS}:80' },
      { code: 'FROM debian:12\nEXPOSE localhost:1:1/tcp 8010-8000 80/x', note: 'left to invalid-port' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nEXPOSE 22 ⟦8080:80/tcp⟧',
        fixed: 'FROM debian:12\nEXPOSE 22 80/tcp',
      },
      { code: 'FROM debian:12\nEXPOSE ⟦127.0.0.1:8080:80⟧', fixed: 'FROM debian:12\nEXPOSE 80' },
    ],
  },
  create: () => ({
    EXPOSE(expose, { report }) {
      for (const word of expose.node.args) {
        const { isVariable, host, range, protocol } = readPort(word);
        if (isVariable || host === undefined || findPortFault(word.value)) continue;
        const span = expose.at(word);
        report(span, 'host', { host }, (): Fix => {
          const text = range + (protocol === undefined ? '' : `/${protocol}`);
          return { title: 'Keep the container’s port', safety: 'safe', edits: [{ span, text }] };
        });
      }
    },
  }),
});
