// Registries without VS Code: which are known, how one stands to them, and what they are called.
import { t } from '@vscode/l10n';
import { isLoopback, isRegistryHost, registryHost } from '../runtime/registry-host.ts';
import type { RegistryLogin } from '../runtime/registry-logins.ts';

export type RegistryState = 'logged-in' | 'helper' | 'logged-out' | 'open' | 'silent';

export type Registry = {
  readonly host: string;
  readonly state: RegistryState;
  readonly username?: string;
  readonly helper?: string;
};

/** Users by registry, as they logged in here last. Kept after a logout, to be offered again. */
export type RememberedUsers = Readonly<Record<string, string>>;

/** Where images of an ML project usually go, shown before anybody has logged in. */
export const usualRegistries: readonly string[] = ['ghcr.io', 'docker.io'];

/**
 * Whether one is logged in is what the engine's own files say: they decide about a push. Registries of this
 * machine are known by the images named after them, since they often need no login, and others by having been used.
 */
export function knownRegistries(
  logins: readonly RegistryLogin[],
  remembered: RememberedUsers,
  imageNames: readonly string[],
  used: readonly string[] = [],
): readonly Registry[] {
  const local = imageNames.map((name) => splitName(name).host).filter(isLoopback);
  const hosts = new Set([
    ...logins.map(({ host }) => host),
    ...usualRegistries,
    ...Object.keys(remembered).toSorted(),
    ...used.map(registryHost).filter(isRegistryHost),
    ...local,
  ]);
  return [...hosts].map((host) => {
    const login = logins.find((login) => login.host === host);
    if (!login) return { host, state: 'logged-out' };
    // A credential store keeps the user name to itself; who logged in from here is known.
    const username = login.username ?? remembered[host];
    return login.helper
      ? { host, state: 'helper', helper: login.helper }
      : { host, state: 'logged-in', username };
  });
}

export function stateWords({ state, username, helper }: Registry): string {
  switch (state) {
    case 'logged-in':
      return [username, t('logged in')].filter(Boolean).join(' · ');
    case 'helper':
      return t('login by docker-credential-{0}', helper ?? '');
    case 'open':
      return t('reachable');
    case 'silent':
      return t('does not answer');
    default:
      return t('not logged in');
  }
}

export function stateColor({ state }: Registry): string | undefined {
  if (state === 'silent') return 'charts.red';
  return state === 'logged-out' ? 'disabledForeground' : 'charts.green';
}

/** Told apart by more than its colour. */
export function stateIcon({ state }: Registry): string {
  return state === 'silent' ? 'debug-disconnect' : 'cloud';
}

/** Menus match these flags; a helper gives and takes logins by itself. */
export function contextFlags({ state }: Registry): string {
  const login = {
    'logged-in': 'loggedin;',
    helper: '',
    'logged-out': 'loggedout;',
    open: 'loggedout;',
    silent: 'loggedout;',
  };
  return `;registry;${login[state]}`;
}

/** `ghcr.io/owner/bikes:1.0` → its registry and its repository there. */
export function splitName(name: string): { readonly host: string; readonly repository: string } {
  const bare = name.replace(/@.*$/s, '').replace(/:[^:/]*$/, '');
  const slash = bare.indexOf('/');
  const first = bare.slice(0, Math.max(0, slash));
  // The first part is a registry when it could not be a user of Docker Hub (distribution/reference).
  if (!/[.:]/.test(first) && first !== 'localhost') return { host: 'docker.io', repository: bare };
  return { host: registryHost(first), repository: bare.slice(slash + 1) };
}

/** A tag in a registry. */
export type RemoteTag = { readonly registry: string; readonly repository: string; readonly tag: string };

export const referenceOf = ({ registry, repository, tag }: RemoteTag) => `${registry}/${repository}:${tag}`;

/** What local images say that a registry may hold, for those that list nothing. */
export function repositoriesOf(host: string, imageNames: readonly string[]): readonly string[] {
  const names = imageNames.map(splitName).filter((name) => name.host === host);
  // Without a user before it, a name is of an image that was never meant for Docker Hub.
  const repositories = names
    .map(({ repository }) => repository)
    .filter((name) => host !== 'docker.io' || name.includes('/'));
  return [...new Set(repositories)].toSorted();
}

export function tagWords(tags: readonly string[] | 'missing' | 'denied'): string {
  if (tags === 'missing') return t('not pushed');
  if (tags === 'denied') return t('no access');
  return tags.length === 1 ? t('1 tag') : t('{0} tags', tags.length);
}

/** Says what is wrong with the address of a registry, if anything. */
export function checkHost(text: string): string | undefined {
  if (!text.trim()) return t('A registry has a host name, such as ghcr.io.');
  return isRegistryHost(registryHost(text))
    ? undefined
    : t('A registry is a host name, and a port if need be: ghcr.io, 127.0.0.1:5000.');
}

/** Says what is wrong with a user name, if anything: HTTP Basic authentication ends it at the first colon. */
export function checkUsername(text: string): string | undefined {
  if (!text.trim()) return t('A login needs a user name.');
  return /[:\s]/.test(text.trim()) ? t('A user name has neither spaces nor colons.') : undefined;
}

export function secretPrompt(host: string): string {
  if (host === 'ghcr.io') return t('Personal access token (classic) that may write packages');
  if (host === 'docker.io') return t('Access token of Docker Hub, or the password');
  return t('Token or password for {0}', host);
}

/** The registry to offer first: that of the project's forge, else the last one, else the most usual. */
export function offeredHosts(
  forge: string | undefined,
  last: string | undefined,
  known: readonly Registry[],
): readonly string[] {
  const hosts = [forge, last, ...known.map(({ host }) => host)];
  return [...new Set(hosts.filter((host) => host !== undefined))];
}
