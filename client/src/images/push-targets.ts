// Where an image may be pushed to, without VS Code.
import * as l10n from '@vscode/l10n';
import { forgeRegistry, type Remote } from '../runtime/git-remote.ts';
import { isLoopback } from '../runtime/registry-host.ts';
import { checkReference, imageName, parseReference } from './model.ts';

/** Where the owner of the remote pushes images: the registry of the same forge, in lower case. */
export function pushTarget(source: string, remote: Remote | undefined): string {
  const { repository, registry, tag } = parseReference(source);
  const suffix = `:${tag ?? 'latest'}`;
  if (registry || !remote) return `${repository}${suffix}`;
  const path = [...remote.owner.split('/'), remote.name].map(imageName).join('/');
  const forge = forgeRegistry(remote);
  if (forge) return `${forge}/${path}${suffix}`;
  return `${imageName(remote.owner)}/${repository.split('/').at(-1)}${suffix}`;
}

type Login = { readonly host: string; readonly username?: string };

export type PushSurroundings = {
  /** The repository that this image was pushed to last. */
  readonly last?: string;
  readonly remote?: Remote;
  /** The registries that one is logged in to, the last used first. */
  readonly logins: readonly Login[];
};

/**
 * The likeliest first: where it went before, then where one is logged in, then what the git remote says. A name alone is
 * none: it would be an official image of Docker Hub.
 */
export function pushTargets(source: string, { last, remote, logins }: PushSurroundings): readonly string[] {
  const { repository, registry, tag = 'latest' } = parseReference(source);
  if (registry) return [source];
  const name = repository.split('/').at(-1) ?? repository;
  const owned = repository.includes('/') ? repository : undefined;
  const ofRemote = remote && parseReference(pushTarget(source, remote)).repository;
  const forge = remote && forgeRegistry(remote);
  const at = ({ host, username }: Login) => {
    if (host === forge) return ofRemote;
    const path = username && !isLoopback(host) ? `${imageName(username)}/${name}` : owned;
    return host === 'docker.io' ? path : `${host}/${path ?? repository}`;
  };
  const ofForge = logins.filter(({ host }) => host === forge);
  const found = [last, ...[...ofForge, ...logins].map(at), owned, ofRemote];
  return [...new Set(found.filter((target) => target !== undefined))].map((target) => `${target}:${tag}`);
}

/** Says what is wrong with a name to push to, if anything: one without an owner is an official image of Docker Hub. */
export function checkTarget(text: string): string | undefined {
  const wrong = checkReference(text);
  if (wrong || parseReference(text).repository.includes('/')) return wrong;
  return l10n.t('The registry, or your name on Docker Hub, stands before it: ghcr.io/you/{0}.', text);
}
