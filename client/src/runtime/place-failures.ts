// Why an engine that was chosen does not answer. Sources: OpenSSH 9, Docker CLI 20.10 to 28, Podman 4.
import { t } from '@vscode/l10n';
import type { Failure } from './failures.ts';
import { type Place, placeName } from './place.ts';
import { inLine, type Sign } from './sign.ts';

/** The engine is outside of the container, and nothing of it was brought in. */
export function engineOutside(id: 'engine-absent' | 'engine-unreachable'): Failure {
  return {
    id,
    message: t('This window is in a container, which has no way to a container engine.'),
    remedy: t(
      'Add the feature docker-outside-of-docker to devcontainer.json, or mount the socket of the engine, and rebuild the container.',
    ),
    action: {
      label: t('Read How'),
      command: 'vscode.open',
      arguments: ['https://github.com/devcontainers/features/tree/main/src/docker-outside-of-docker'],
    },
  };
}

const chooseContext = () => ({ label: t('Choose Context'), command: 'wheelhouse.contexts.choose' });

const remedies: readonly { readonly when: readonly Sign[]; readonly say: () => string }[] = [
  {
    when: [/permission denied \([a-z,-]*(?:publickey|password)/i, /too many authentication failures/i],
    say: () =>
      t(
        'Its ssh server refused the login: add your key to the ssh agent, which cannot ask here, then refresh.',
      ),
  },
  {
    when: [/host key verification failed/i, /remote host identification has changed/i],
    say: () => t('Its ssh key is not known here: log in once by ssh in a terminal, then refresh.'),
  },
  {
    when: [/could not resolve hostname/i, /no such host/i, /name or service not known/i],
    say: () =>
      t('Its host has no address: see that the name is right and the network or VPN is up, then refresh.'),
  },
  {
    when: [/connection timed out/i, /i\/o timeout/i, /deadline exceeded/i, /^timed-out$/],
    say: () =>
      t('Its host gave no answer in time: see that it runs and the network or VPN is up, then refresh.'),
  },
  {
    when: [/docker: (?:command )?not found/i, /command not found/i],
    say: () => t('Its host has no docker for this user: install it there, then refresh.'),
  },
  {
    when: [/permission denied/i],
    say: () => t('This user may not talk to it: add the user to the docker group there, then refresh.'),
  },
  {
    when: [/certificate|tls: |x509: /i],
    say: () => t('Its certificates do not fit: make the context anew with those of the host.'),
  },
];

const gone: readonly Sign[] = [
  inLine(/context "/i, /^[^"]{0,300}"(?: does not exist|: context not found)/i),
  inLine(/connection "/i, /not found/i),
];

export function placeUnreachable(place: Place, detail: string): Failure {
  const name = placeName(place);
  const action = chooseContext();
  if (gone.some((sign) => sign.exec(detail)))
    return {
      id: 'engine-context-gone',
      message: t('There is no context {0} any more.', name),
      remedy: t('Choose another one for this workspace.'),
      action,
    };
  const known = remedies.find(({ when }) => when.some((sign) => sign.exec(detail)));
  return {
    id: 'engine-context-unreachable',
    message: t('The engine of {0}, which this workspace uses, does not answer.', name),
    remedy: known?.say() ?? t('Start it, or choose another one.'),
    action,
  };
}
