// Requests to a registry, which may answer anything: where they may be led, how much is read, and when they end.
import { isLoopback, isPrivateHost } from './registry-host.ts';

export type Question = {
  readonly method: 'GET' | 'HEAD' | 'DELETE';
  readonly accept: string;
  /** The only limit of time: of all that a question takes, its redirects and its token included. */
  readonly signal: AbortSignal;
  readonly authorization?: string | undefined;
};

export type Answer = {
  readonly response: Response;
  /** It came from the origin that was asked, by no way over another one. Only then may it ask for a password. */
  readonly isOwn: boolean;
};

/** So many bytes may still come. */
export type Budget = { left: number };

const manyHops = 5;
/** Of one answer; the longest lists of tags have some megabytes. */
const manyBytes = 4_000_000;

/**
 * Redirects are followed by hand: the header must not reach another origin, nor come back from there, and no request
 * may leave TLS.
 */
export async function send(ask: typeof fetch, first: URL, question: Question): Promise<Answer> {
  const { method, accept, signal } = question;
  let url = first;
  let isOwn = true;
  for (let hop = 0; hop <= manyHops; hop++) {
    // Without packing, what is counted is what comes over the wire.
    const headers: Record<string, string> = { accept, 'accept-encoding': 'identity' };
    if (question.authorization && isOwn) headers.authorization = question.authorization;
    const response = await ask(url, { method, headers, redirect: 'manual', signal });
    const location = response.status >= 300 && response.status < 400 && response.headers.get('location');
    if (!location) return { response, isOwn };
    await discard(response);
    const next = new URL(location, url);
    // What changes something is for the registry that was named, and for no other host that it would send us to.
    if (!mayLead(first, next) || (method === 'DELETE' && next.origin !== first.origin)) break;
    url = next;
    isOwn &&= url.origin === first.origin;
  }
  throw new Error('redirected too often, or to where no registry leads');
}

/** Whether a host may send to an address: with TLS, and into no network that it does not stand in itself. */
export function mayLead(from: URL, to: URL): boolean {
  if (to.username || to.password) return false;
  if (to.origin === from.origin) return true;
  return to.protocol === 'https:' && (isPrivateHost(from.hostname) || !isPrivateHost(to.hostname));
}

/** The same for the address that gives tokens: on this machine neither side needs TLS. */
export function mayNameRealm(from: URL, realm: URL): boolean {
  const isHere = isLoopback(from.hostname) && isLoopback(realm.hostname) && realm.protocol === 'http:';
  return isHere ? !realm.username && !realm.password : realm.protocol === 'https:' && mayLead(from, realm);
}

/** What an answer holds, as JSON; rejects where it is none, or longer than an answer may be. */
export async function readJson(response: Response, budget: Budget): Promise<unknown> {
  const { headers, body } = response;
  const length = Number(headers.get('content-length') ?? Number.NaN);
  const isPacked = (headers.get('content-encoding') ?? 'identity') !== 'identity';
  // Packed all the same it must say its length: packed data may go on without end and unpack to nothing.
  if (length > manyBytes || (isPacked && Number.isNaN(length))) {
    await discard(response);
    throw tooLong();
  }
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  // Leaving the loop cancels the body.
  for await (const chunk of body ?? []) {
    size += chunk.length;
    budget.left -= chunk.length;
    if (size > manyBytes || budget.left < 0) throw tooLong();
    text += decoder.decode(chunk, { stream: true });
  }
  return JSON.parse(text + decoder.decode());
}

/** Leaves an answer unread, which closes its connection where more is to come. */
export async function discard({ body }: Response): Promise<void> {
  await body?.cancel().catch(() => {});
}

const tooLong = () => new Error('longer than an answer of a registry');
