// What goes wrong with logins. Wordings: Docker 20.10 to 28, Podman 4, ghcr.io and Docker Hub.
import { pathToFileURL } from 'node:url';
import { t } from '@vscode/l10n';
import type { Failure, Pattern } from '../runtime/failures.ts';
import type { Deletion } from '../runtime/registry-api.ts';
import { plainRegistry, registryDown } from '../runtime/registry-failures.ts';
import { inLine } from '../runtime/sign.ts';

/** A failed login can be tried again as it was, but for the token; either of the two may have been the wrong one. */
export function withTryAgain(failure: Failure, request: object): Failure {
  if (failure.action) return failure;
  const action = {
    label: t('Try Again'),
    command: 'wheelhouse.registries.login',
    arguments: [request],
  };
  return { ...failure, action };
}

export function invalidLogin(complaint: string): Failure {
  return {
    id: 'login-invalid',
    message: complaint,
    remedy: t('Log in again with another one.'),
    action: { label: t('Log In'), command: 'wheelhouse.registries.login' },
  };
}

export function nothingToLogOut(host?: string): Failure {
  return {
    id: 'not-logged-in',
    message: host ? t('There is no login to {0}.', host) : t('There is no login to any registry.'),
    remedy: t('Log in when you want to push.'),
    action: {
      label: t('Log In'),
      command: 'wheelhouse.registries.login',
      arguments: host ? [{ registry: host }] : [],
    },
  };
}

export function stillLoggedIn(host: string): Failure {
  return {
    id: 'logout-incomplete',
    message: t('The engine ended the logout without an error, but it still keeps a login to {0}.', host),
    remedy: t('Remove it from the Docker configuration or its credential store.'),
  };
}

export function brokenConfiguration(file: string): Failure {
  return {
    id: 'login-file-broken',
    message: t('{0} is not valid JSON, and a login would replace all that it holds.', file),
    remedy: t('Correct the file, then log in again.'),
    action: { label: t('Open File'), command: 'vscode.open', arguments: [pathToFileURL(file).href] },
  };
}

export function unlisted(host: string): Failure {
  return {
    id: 'registry-unlisted',
    message: t('{0} lists no repositories to this user.', host),
    remedy: t('Those that local images are tagged for are shown.'),
  };
}

export function nothingChosen(): Failure {
  return {
    id: 'no-remote-tag',
    message: t('Nothing in a registry was named that this could be done with.'),
    remedy: t('Open a registry in its view, and choose a tag or a repository there.'),
  };
}

export function noSuchTag(image: string): Failure {
  return {
    id: 'tag-missing',
    message: t('The registry has no image {0}.', image),
    remedy: t('Correct its name or tag.'),
  };
}

export function denied(image: string, host: string): Failure {
  return {
    id: 'pin-denied',
    message: t('The registry does not let you see {0}.', image),
    remedy: t('Log in to it, then run the command again.'),
    action: { label: t('Log In'), command: 'wheelhouse.registries.login', arguments: [{ registry: host }] },
  };
}

/** Where nothing is deleted over the API of a registry, it has another way. */
function otherWay(host: string): string {
  if (host === 'docker.io') return t('Delete the tag on the page of its repository at hub.docker.com.');
  if (host === 'ghcr.io') return t('Delete the version on the page of the package at github.com.');
  if (/\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/.test(host))
    return t('Delete it in the console of AWS, or with aws ecr batch-delete-image.');
  return t('Delete it on its page or with its own tool, or have deletion enabled in its settings.');
}

/** No status of its own says it: 400 and 405 are those of the specification, and its code comes with 404 as well. */
const isUnsupported = ({ status, code }: Deletion) =>
  code === 'UNSUPPORTED' || [400, 404, 405, 501].includes(status);

export function notDeleted(image: string, host: string, answer: Deletion): Failure {
  const id = 'tag-not-deleted';
  if (isUnsupported(answer))
    return {
      id: 'deletion-unsupported',
      message: t('{0} does not delete images for other programs.', host),
      remedy: otherWay(host),
    };
  if (answer.status === 401 || answer.status === 403)
    return {
      id,
      message: t('The registry does not let you delete {0}.', image),
      remedy: t('Log in to it with a user and a token that may delete.'),
      action: {
        label: t('Log In'),
        command: 'wheelhouse.registries.login',
        arguments: [{ registry: host }],
      },
    };
  return {
    id,
    message: t(
      '{0} did not delete {1}: {2}.',
      host,
      image,
      [`HTTP ${answer.status}`, answer.code].filter(Boolean).join(' '),
    ),
    remedy: otherWay(host),
  };
}

export function stillThere(image: string, host: string): Failure {
  return {
    id: 'tag-not-deleted',
    message: t('{0} reported that it deleted {1}, and still has it.', host, image),
    remedy: t('Refresh the view in a moment.'),
    action: { label: t('Refresh'), command: 'wheelhouse.registries.refresh' },
  };
}

export const loginPatterns: readonly Pattern[] = [
  {
    // The first of all: Docker 20.10 tries a loopback registry by TLS before, and prints that failure too.
    id: 'login-refused',
    when: [
      /401 unauthorized/i,
      /403 forbidden/i,
      /unauthorized:[^\n]*/i,
      /\bdenied: [^\n]*/i,
      /incorrect username or password/i,
      /invalid username\/password/i,
      /authentication required/i,
    ],
    say: (match, { registry }) => ({
      message: t('{0} does not accept this user name and token.', registry ?? ''),
      remedy: /scope/i.test(match.input ?? '')
        ? t('Use a token that may write packages.')
        : t('Check the user name, and whether the token has expired or lacks a scope.'),
    }),
  },
  {
    id: 'credential-helper-missing',
    when: [
      inLine(/docker-credential-([\w.-]+)/i, /not found/i),
      /error (?:storing|saving|getting) credentials/i,
    ],
    say: (match) => ({
      message: match[1]
        ? t(
            'The credential helper docker-credential-{0} of the Docker configuration is not installed.',
            match[1],
          )
        : t('The credential store of the Docker configuration did not take the login.'),
      remedy: t('Install or repair it, or remove "credsStore" from config.json of Docker.'),
    }),
  },
  {
    id: 'not-a-registry',
    when: [/failed with status: (404|405|3\d\d|400)/i, inLine(/unsupported: /i, /registry/i)],
    say: (_, { registry }) => ({
      message: t('What answers at {0} is no registry.', registry ?? ''),
      remedy: t('Check its address and port.'),
    }),
  },
  {
    id: 'rate-limited',
    when: [/toomanyrequests/i, /429 too many requests/i],
    say: (_, { registry }) => ({
      message: t('{0} allows no more attempts for now.', registry ?? ''),
      remedy: t('Wait a few minutes.'),
    }),
  },
  plainRegistry,
  registryDown,
];
