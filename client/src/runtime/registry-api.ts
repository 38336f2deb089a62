// Asks a registry over its HTTP API (OCI distribution specification), for what engines do not tell.
import { t } from '@vscode/l10n';
import * as z from 'zod';
import { type Failure, failed } from './failures.ts';
import { isLoopback, isRegistryHost, registryHost } from './registry-host.ts';
import { type Answer, discard, mayLead, type Question, readJson, send } from './registry-http.ts';
import { isRepositoryName, isTagName } from './registry-names.ts';
import { realmAddress } from './registry-token.ts';

export type Credentials = { readonly username: string; readonly secret: string };

export type RegistryApi = {
  /** Whether it lets anybody in; throws when it does not answer. */
  ping(): Promise<'open' | 'locked'>;
  /** Undefined where the registry does not list them to this user. */
  repositories(): Promise<readonly string[] | undefined>;
  tags(repository: string): Promise<Names | 'missing' | 'denied'>;
  /** What a tag means now: the digest of its manifest list, or of its manifest where there is no list. */
  digest(repository: string, tag: string): Promise<string | 'missing' | 'denied'>;
  /** The manifest list of a tag, or its manifest where there is no list. Docker Hub counts it as a pull. */
  manifest(repository: string, tagOrDigest: string): Promise<RemoteManifest | 'missing' | 'denied'>;
  /** What a manifest calls its config: when the image was made, and for what. */
  config(repository: string, digest: string): Promise<unknown>;
  /** Deletes a manifest and with it every tag of it (OCI distribution specification, "Deleting Manifests"). */
  remove(repository: string, digest: string): Promise<Deletion>;
};

/** There are more than were read. */
export type Names = readonly string[] & { readonly areCut?: boolean };

/** What was answered to it; what a registry says beside the code of an error may hold anything, and is not read. */
export type Deletion = { readonly status: number; readonly code?: string };

export type RemoteManifest = { readonly digest: string | undefined; readonly content: unknown };

export type RegistryApiOptions = {
  readonly credentials?: Credentials;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
};

const manyPages = 5;
/** Of one list; nobody looks through more. */
const manyNames = 10_000;
/** Of all that is asked together, such as the tags of a hundred repositories. */
const manyBytesInAll = 40_000_000;

export function createRegistryApi(given: string, options: RegistryApiOptions = {}): RegistryApi {
  const { credentials, timeoutMs = 10_000, fetch: ask = fetch } = options;
  const host = registryHost(given);
  const basic =
    credentials && `Basic ${Buffer.from(`${credentials.username}:${credentials.secret}`).toString('base64')}`;
  /** By the challenge of this registry: no other origin gets one of them. */
  const tokens = new Map<string, string>();

  const budget = { left: manyBytesInAll };

  /** All that one question takes, within one limit of time. */
  const question = async <T>(work: (base: URL, signal: AbortSignal) => Promise<T>): Promise<T> => {
    // Not AbortSignal.timeout: below another signal it may be collected as garbage, and then never comes.
    const timeout = new AbortController();
    const late = new DOMException('no answer in time', 'TimeoutError');
    const timer = setTimeout(() => timeout.abort(late), timeoutMs);
    const signal = options.signal ? AbortSignal.any([timeout.signal, options.signal]) : timeout.signal;
    try {
      return await work(registryBase(host), signal);
    } catch (error) {
      throw failed(registrySilent(host, error));
    } finally {
      clearTimeout(timer);
    }
  };
  /** Asks without, then with what the challenge asks for, where the registry itself made it. */
  const get = async (url: URL, how: Question): Promise<Answer> => {
    const answer = await send(ask, url, how);
    const { status, headers } = answer.response;
    if (status !== 401 || !answer.isOwn) return answer;
    const challenge = headers.get('www-authenticate') ?? '';
    const authorization = /^basic\b/i.test(challenge) ? basic : await bearer(challenge, url, how.signal);
    if (!authorization) return answer;
    await discard(answer.response);
    return send(ask, url, { ...how, authorization });
  };
  const bearer = async (challenge: string, base: URL, signal: AbortSignal): Promise<string | undefined> => {
    const known = tokens.get(challenge);
    if (known) return known;
    const url = realmAddress(challenge, base);
    if (!url) return undefined;
    const { response, isOwn } = await send(ask, url, { ...asJson, signal, authorization: basic });
    if (!response.ok || !isOwn) {
      await discard(response);
      return undefined;
    }
    const { token, access_token } = tokenAnswer.parse(await readJson(response, budget));
    const given = token ?? access_token;
    if (!given || !/^[\x21-\x7e]{1,16000}$/.test(given)) return undefined;
    const header = `Bearer ${given}`;
    tokens.set(challenge, header);
    return header;
  };
  /** Follows the pages that `Link: …; rel="next"` names. Answers with the status where it is not 200. */
  const list = (
    path: string,
    key: 'repositories' | 'tags',
    isName: (name: unknown) => name is string,
  ): Promise<Names | number> =>
    question(async (base, signal) => {
      const found: string[] = [];
      let url: URL | undefined = new URL(path, base);
      let areCut = false;
      for (let page = 0; url && page < manyPages && found.length < manyNames; page++) {
        const { response, isOwn }: Answer = await get(url, { ...asJson, signal });
        if (!response.ok) {
          await discard(response);
          return response.status;
        }
        const names: unknown[] = pageAnswer.parse(await readJson(response, budget))[key] ?? [];
        found.push(...names.slice(0, manyNames - found.length).filter(isName));
        const link: string = response.headers.get('link') ?? '';
        areCut = found.length >= manyNames || /rel="?next/.test(link);
        url = isOwn ? nextPage(link, url) : undefined;
      }
      return Object.defineProperty(found, 'areCut', { value: areCut });
    });
  const held = async <T>(
    repository: string,
    path: `manifests/${string}` | `blobs/${string}`,
    { method, accept }: Kind,
    read: (response: Response) => Promise<T | undefined>,
  ): Promise<T | 'missing' | 'denied'> => {
    const name = path.slice(path.indexOf('/') + 1);
    if (!isRepositoryName(repository) || !(isTagName(name) || isDigest(name))) return 'missing';
    return question(async (base, signal) => {
      const url = new URL(`/v2/${repository}/${path}`, base);
      const { response } = await get(url, { method, accept, signal });
      if (response.ok) return (await read(response)) ?? 'denied';
      await discard(response);
      return response.status === 404 ? 'missing' : 'denied';
    });
  };
  return {
    ping: () =>
      question(async (base, signal) => {
        const { response } = await get(new URL('/v2/', base), { ...asJson, signal });
        await discard(response);
        return response.ok ? 'open' : 'locked';
      }),
    async repositories() {
      const found = await list('/v2/_catalog?n=100', 'repositories', isRepositoryName);
      return typeof found === 'number' ? undefined : found;
    },
    // A HEAD, as Docker Hub counts a GET of a manifest as a pull (Docker documentation, "Pull usage and limits").
    digest: (repository, tag) =>
      held(repository, `manifests/${tag}`, { method: 'HEAD', accept: manifests }, async (response) =>
        digestOf(response),
      ),
    manifest: (repository, tag) =>
      held(repository, `manifests/${tag}`, { method: 'GET', accept: manifests }, async (response) => ({
        digest: digestOf(response),
        content: await readJson(response, budget),
      })),
    config: (repository, digest) =>
      held(repository, `blobs/${digest}`, { method: 'GET', accept: '*/*' }, async (response) =>
        readJson(response, budget),
      ),
    remove: (repository, digest) =>
      question(async (base, signal) => {
        if (!isRepositoryName(repository) || !isDigest(digest)) throw new Error('not the name of a manifest');
        const url = new URL(`/v2/${repository}/manifests/${digest}`, base);
        const { response } = await get(url, { ...asJson, method: 'DELETE', signal });
        const { status, ok } = response;
        const answer = await readJson(response, budget).catch(() => undefined);
        return { status, code: ok ? undefined : complaints.safeParse(answer).data?.errors[0].code };
      }),
    async tags(repository) {
      if (!isRepositoryName(repository)) return 'missing';
      const found = await list(`/v2/${repository}/tags/list`, 'tags', isTagName);
      return typeof found !== 'number' ? found : found === 404 ? 'missing' : 'denied';
    },
  };
}

type Kind = Pick<Question, 'method' | 'accept'>;
const asJson: Kind = { method: 'GET', accept: 'application/json' };
const manifests = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

function digestOf({ headers }: Response): string | undefined {
  const found = headers.get('docker-content-digest') ?? '';
  return isDigest(found) ? found : undefined;
}

const isDigest = (text: string) => /^sha256:[0-9a-f]{64}$/.test(text);

// What is no name is left out one by one: for an answer of other things zod would make a complaint of each.
const pageAnswer = z.object({
  repositories: z.array(z.unknown()).nullish(),
  // A repository whose tags were all deleted has null.
  tags: z.array(z.unknown()).nullish(),
});
const complaints = z.object({
  errors: z.tuple([z.object({ code: z.string().regex(/^[A-Z_]{1,40}$/) })], z.unknown()),
});
const tokenAnswer = z.object({ token: z.string().optional(), access_token: z.string().optional() });

function registryBase(host: string): URL {
  if (!isRegistryHost(host)) throw new Error('not the name of a host');
  if (host === 'docker.io') return new URL('https://registry-1.docker.io');
  return new URL(`${isLoopback(host) ? 'http' : 'https'}://${host}`);
}

/** More of the same list on the same host, or nothing. */
function nextPage(link: string, url: URL): URL | undefined {
  const target = /<([^<>]+)>;\s*rel="?next/.exec(link)?.[1];
  const next = target !== undefined && URL.canParse(target, url.href) ? new URL(target, url) : undefined;
  const isSame = next?.origin === url.origin && next.pathname === url.pathname;
  return isSame && mayLead(url, next) ? next : undefined;
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
