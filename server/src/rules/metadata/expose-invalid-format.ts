import { readPort } from '../../facts/ports.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

const protocols = new Set(['', 'tcp', 'udp', 'sctp']);

export default defineRule({
  code: 'ExposeInvalidFormat',
  name: 'expose-invalid-format',
  aliases: ['buildkit/ExposeInvalidFormat', 'dockerfile-utils/INVALID_PROTO'],
  since: '0.2.0',
  severity: 'warning',
  family: 'metadata',
  summary: 'EXPOSE with an address, a port of the host, or a range or protocol that Docker does not take',
  why: 'EXPOSE notes which port the program in the container listens on; it publishes nothing. The port of the host is chosen when the container starts, by `docker run -p 8080:80`: in EXPOSE it is dropped without a word, and BuildKit warns of it. A protocol other than `tcp`, `udp` and `sctp` and a range that runs backwards break the build.',
  messages: {
    host: '`{host}` has no effect here, as EXPOSE takes the container’s port only. Leave it out, and publish the port with `docker run -p`.',
    protocol: '`{protocol}` is no protocol that EXPOSE takes. Write `tcp`, `udp` or `sctp`.',
    backwards: '`{range}` runs backwards. Write the lower port first.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nEXPOSE 8888 6006/tcp 5000-5010/UDP 132/sctp' },
      { code: 'FROM debian:12\nARG PORTS\nEXPOSE $PORTS ${PORTS}:80' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nEXPOSE 22 ⟦8080:80/tcp⟧',
        fixed: 'FROM debian:12\nEXPOSE 22 80/tcp',
      },
      { code: 'FROM debian:12\nEXPOSE ⟦127.0.0.1:8080:80⟧', fixed: 'FROM debian:12\nEXPOSE 80' },
      { code: 'FROM debian:12\nEXPOSE ⟦8888/http⟧' },
      { code: 'FROM debian:12\nEXPOSE ⟦8010-8000⟧', fixed: 'FROM debian:12\nEXPOSE 8000-8010' },
    ],
  },
  create: () => ({
    EXPOSE(expose, { report }) {
      for (const word of expose.node.args) {
        const { isVariable, host, range, ends = [], protocol } = readPort(word);
        if (isVariable) continue;
        const span = expose.at(word);
        const suffix = protocol === undefined ? '' : `/${protocol}`;
        const rewrite = (title: string, safety: Fix['safety'], text: string) => (): Fix => ({
          title,
          safety,
          edits: [{ span, text: text + suffix }],
        });
        const [first = 0, last = first] = ends;
        if (host !== undefined) {
          report(span, 'host', { host }, rewrite('Keep the container’s port', 'safe', range));
        } else if (first > last) {
          report(
            span,
            'backwards',
            { range },
            rewrite('Turn the range around', 'unsafe', `${last}-${first}`),
          );
        } else if (!protocols.has(protocol?.toLowerCase() ?? '')) {
          report(span, 'protocol', { protocol: protocol ?? '' });
        }
      }
    },
  }),
});
