// What goes wrong on the way to a registry, whatever is asked of it.
import { t } from '@vscode/l10n';
import type { Pattern } from './failures.ts';
import { inLine } from './sign.ts';

export const registryDown: Pattern = {
  id: 'registry-down',
  when: [
    inLine(
      /(?:Get|Head|Post|Put|Patch) "?https?:\/\//i,
      /dial tcp|net\/http|context deadline|EOF|proxyconnect/i,
    ),
    inLine(
      /dial tcp /i,
      /connection refused|no route to host|i\/o timeout|no such host|network is unreachable/i,
    ),
    /(?:502|503|504) (?:Bad Gateway|Service Unavailable|Gateway Time-?out)/i,
    inLine(/pinging container registry /i, /refused|timeout|no such host/i),
  ],
  say: (_, { registry }) => ({
    message: t('The registry {0} does not answer.', registry ?? 'docker.io'),
    remedy: t('Check its address and the network, then repeat the step.'),
  }),
};

export const plainRegistry: Pattern = {
  id: 'registry-http',
  when: [
    /x509: [^\n]+/i,
    /tls: failed to verify/i,
    /server gave HTTP response to HTTPS client/i,
    /tls: first record does not look/i,
  ],
  say: (match, { registry }) => ({
    message: /x509|verify/i.test(match[0])
      ? t('The certificate of the registry {0} is not trusted.', registry ?? '')
      : t('The registry {0} speaks HTTP, and the engine insists on HTTPS.', registry ?? ''),
    remedy: t(
      'Add the certificate to the engine, or list the registry under "insecure-registries" in its configuration.',
    ),
  }),
};
