import { findPortFault, readPort } from '../../facts/ports.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'ExposeProtoCasing',
  name: 'expose-proto-casing',
  aliases: ['buildkit/ExposeProtoCasing'],
  since: '0.2.0',
  severity: 'style',
  family: 'metadata',
  dependsOn: 'instruction',
  summary: 'The protocol of an EXPOSE is not in lower case',
  why: 'Docker stores protocols in lower case whatever the file says, and BuildKit warns of any other case. In lower case the line reads like what `docker inspect` shows.',
  messages: {
    casing: 'The protocol `{protocol}` is stored in lower case. Write `{lower}`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nEXPOSE 80/tcp 53/udp 8888' },
      { code: 'FROM debian:12\nARG PROTO=TCP\nEXPOSE 80/$PROTO' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nEXPOSE 80/⟦TCP⟧ 53/⟦Udp⟧',
        fixed: 'FROM debian:12\nEXPOSE 80/tcp 53/udp',
      },
      { code: 'FROM debian:12\nEXPOSE 22 8080:80/⟦TCP⟧', fixed: 'FROM debian:12\nEXPOSE 22 8080:80/tcp' },
    ],
  },
  create: () => ({
    EXPOSE(expose, { report }) {
      for (const word of expose.node.args) {
        const { isVariable, protocol = '' } = readPort(word);
        const lower = protocol.toLowerCase();
        if (isVariable || protocol === lower || findPortFault(word.value)?.kind === 'protocol') continue;
        const from = word.from + word.raw.indexOf(`/${protocol}`) + 1;
        const span = expose.at({ from, to: from + protocol.length });
        report(span, 'casing', { protocol, lower }, () => ({
          title: `Write ${lower}`,
          safety: 'safe',
          edits: [{ span, text: lower }],
        }));
      }
    },
  }),
});
