// Where a registry sends for a token (CNCF distribution, "Token Authentication Specification").
import { mayNameRealm } from './registry-http.ts';

/**
 * Where a `Bearer` challenge sends for a token. Many registries name another host than their own, as Docker Hub does;
 * undefined where a password would travel in the open, or where no registry sends anybody.
 */
export function tokenAddress(challenge: string, loopback: boolean): URL | undefined {
  return realmAddress(challenge, new URL(loopback ? 'http://127.0.0.1' : 'https://registry.invalid'));
}

export function realmAddress(challenge: string, base: URL): URL | undefined {
  if (!/^bearer\s/i.test(challenge)) return undefined;
  const given = new Map<string, string>();
  for (const [, key = '', value = ''] of challenge.matchAll(/\b(\w+)="([^"]*)"/g))
    if (!given.has(key)) given.set(key, value);
  const realm = given.get('realm') ?? '';
  if (!URL.canParse(realm)) return undefined;
  const url = new URL(realm);
  if (!mayNameRealm(base, url)) return undefined;
  for (const key of ['service', 'scope']) {
    const value = given.get(key);
    if (value) url.searchParams.set(key, value);
  }
  return url;
}
