// Asks a registry over its HTTP API (OCI distribution specification), for what engines do not tell.
import { t } from '@vscode/l10n';
import * as z from 'zod';
import { type Failure, failed } from './failures.ts';
import { isLoopback } from './registry-host.ts';

export type Credentials = { readonly username: string; readonly secret: string };

export type RegistryApi = {
  /** Whether it lets anybody in; throws when it does not answer. */
  ping(): Promise<'open' | 'locked'>;
  /** Undefined where the registry does not list them to this user. */
  repositories(): Promise<readonly string[] | undefined>;
  tags(repository: string): Promise<readonly string[] | 'missing' | 'denied'>;
  /** What a tag means now: the digest of its manifest list, or of its manifest where there is no list. */
  digest(repository: string, tag: string): Promise<string | 'missing' | 'denied'>;
};

export type RegistryApiOptions = {
  readonly credentials?: Credentials;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
};

const manyPages = 5;
const manyHops = 5;

export function createRegistryApi(host: string, options: RegistryApiOptions = {}): RegistryApi {
  const { credentials, timeoutMs = 10_000 } = options;
  const base = registryBase(host);
  const basic =
    credentials && `Basic ${Buffer.from(`${credentials.username}:${credentials.secret}`).toString('base64')}`;
  const tokens = new Map<string, string>();

  /** Redirects are followed by hand: the header must not reach another host, nor leave TLS. */
  const send = async (
    first: URL,
    authorization?: string,
    { method, accept }: Question = asJson,
  ): Promise<Response> => {
    let url = first;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout;
    for (let hop = 0; hop <= manyHops; hop++) {
      const headers: Record<string, string> = { accept };
      if (authorization && url.origin === first.origin) headers.authorization = authorization;
      const answer = await (options.fetch ?? fetch)(url, { method, headers, redirect: 'manual', signal });
      const location = answer.status >= 300 && answer.status < 400 && answer.headers.get('location');
      if (!location) return answer;
      url = new URL(location, url);
      if (url.origin !== first.origin && url.protocol !== 'https:') break;
    }
    throw new Error('redirected too often, or away from TLS');
  };
  /** Asks without, then with what the challenge asks for. */
  const get = async (url: URL, question: Question = asJson): Promise<Response> => {
    try {
      const answer = await send(url, undefined, question);
      if (answer.status !== 401) return answer;
      const challenge = answer.headers.get('www-authenticate') ?? '';
      const authorization = /^basic/i.test(challenge) ? basic : await bearer(challenge);
      return authorization ? await send(url, authorization, question) : answer;
    } catch (error) {
      throw failed(registrySilent(host, error));
    }
  };
  const bearer = async (challenge: string): Promise<string | undefined> => {
    const known = tokens.get(challenge);
    if (known) return known;
    const url = tokenAddress(challenge, isLoopback(host));
    const answer = url && (await send(url, basic));
    if (!answer?.ok) return undefined;
    const { token, access_token } = tokenAnswer.parse(await answer.json());
    const header = `Bearer ${token ?? access_token}`;
    tokens.set(challenge, header);
    return header;
  };
  /** Follows the pages that `Link: …; rel="next"` names. Answers with the status where it is not 200. */
  const list = async <K extends 'repositories' | 'tags'>(
    path: string,
    key: K,
  ): Promise<string[] | number> => {
    const found: string[] = [];
    let url: URL | undefined = new URL(path, base);
    for (let page = 0; url && page < manyPages; page++) {
      const answer: Response = await get(url);
      if (!answer.ok) return answer.status;
      try {
        found.push(...(pageAnswer.parse(await answer.json())[key] ?? []));
      } catch (error) {
        throw failed(registrySilent(host, error));
      }
      const next = /<([^<>]+)>;\s*rel="?next/.exec(answer.headers.get('link') ?? '')?.[1];
      const following: URL | undefined = next ? new URL(next, url) : undefined;
      url = following?.origin === base.origin ? following : undefined;
    }
    return found;
  };
  return {
    async ping() {
      return (await get(new URL('/v2/', base))).ok ? 'open' : 'locked';
    },
    async repositories() {
      const found = await list('/v2/_catalog?n=100', 'repositories');
      return typeof found === 'number' ? undefined : found;
    },
    async digest(repository, tag) {
      const answer = await get(new URL(`/v2/${repository}/manifests/${tag}`, base), forManifest);
      const found = answer.headers.get('docker-content-digest') ?? '';
      if (answer.ok && /^sha256:[0-9a-f]{64}$/.test(found)) return found;
      return answer.status === 404 ? 'missing' : 'denied';
    },
    async tags(repository) {
      const found = await list(`/v2/${repository}/tags/list`, 'tags');
      return typeof found !== 'number' ? found : found === 404 ? 'missing' : 'denied';
    },
  };
}

type Question = { readonly method: 'GET' | 'HEAD'; readonly accept: string };
const asJson: Question = { method: 'GET', accept: 'application/json' };
/** A HEAD, as Docker Hub counts a GET of a manifest as a pull (Docker documentation, "Pull usage and limits"). */
const forManifest: Question = {
  method: 'HEAD',
  accept: [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
  ].join(', '),
};

const pageAnswer = z.object({
  repositories: z.array(z.string()).nullish(),
  // A repository whose tags were all deleted has null.
  tags: z.array(z.string()).nullish(),
});
const tokenAnswer = z.object({ token: z.string().optional(), access_token: z.string().optional() });

function registryBase(host: string): URL {
  if (host === 'docker.io') return new URL('https://registry-1.docker.io');
  return new URL(`${isLoopback(host) ? 'http' : 'https'}://${host}`);
}

/** Where a `Bearer` challenge sends for a token; undefined where a password would travel in the open. */
export function tokenAddress(challenge: string, loopback: boolean): URL | undefined {
  if (!/^bearer\s/i.test(challenge)) return undefined;
  const given = Object.fromEntries(
    [...challenge.matchAll(/\b(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value] as const),
  );
  if (!given.realm || !URL.canParse(given.realm)) return undefined;
  const url = new URL(given.realm);
  if (url.protocol !== 'https:' && !(loopback && isLoopback(url.host))) return undefined;
  for (const key of ['service', 'scope']) {
    const value = given[key];
    if (value) url.searchParams.set(key, value);
  }
  return url;
}

function registrySilent(host: string, error: unknown): Failure {
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  return {
    id: 'registry-down',
    message: timedOut
      ? t('The registry {0} did not answer in time.', host)
      : t('The registry {0} does not answer as a registry does.', host),
    remedy: t('Check its address and the network, then refresh.'),
    action: { label: t('Refresh'), command: 'wheelhouse.registries.refresh' },
  };
}
