// Asks for JSON over HTTPS where anything may answer: a proxy's login page, a stream without end, or nobody.
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';

export interface JsonRequest {
  readonly headers?: Readonly<Record<string, string>>;
  /** The only limit of time. */
  readonly signal: AbortSignal;
  /** An answer that is longer is cut off and counts as none. */
  readonly manyBytes: number;
}

export interface JsonAnswer {
  readonly status: number;
  /** Undefined where the status is not 200. */
  readonly json: unknown;
  /** The header `Link`. */
  readonly link: string;
  readonly bytes: number;
}

const manyHops = 3;

/**
 * Gets a JSON text; rejects with the reason, which holds nothing of what was answered. Redirects are followed on the
 * origin that was asked and nowhere else.
 */
export async function requestJson(first: URL, request: JsonRequest): Promise<JsonAnswer> {
  let url = first;
  for (let hop = 0; hop <= manyHops; hop++) {
    const response = await open(url, request);
    try {
      const { statusCode: status = 0, headers } = response;
      if (status >= 300 && status < 400 && headers.location !== undefined) {
        url = new URL(headers.location, url);
        if (url.origin !== first.origin) throw new Error('it leads to another host');
        continue;
      }
      if (status !== 200) return { status, json: undefined, link: '', bytes: 0 };
      const type = headers['content-type'];
      if (type !== undefined && !/json/i.test(type)) throw new Error('the answer is not JSON');
      const bytes = await read(response, request.manyBytes);
      return { status, json: parse(bytes), link: String(headers.link ?? ''), bytes: bytes.length };
    } finally {
      // What was not read of it is not wanted.
      response.destroy();
    }
  }
  throw new Error('it leads round in circles');
}

function open(url: URL, { headers, signal }: JsonRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { get } = url.protocol === 'https:' ? https : http;
    // Nothing is unpacked here, so what comes over the wire is all that is kept.
    const all = { accept: 'application/json', 'accept-encoding': 'identity', ...headers };
    const request = get({ ...urlToHttpOptions(url), headers: all, signal }, resolve);
    request.on('error', reject);
    // A request that ends without an error, as behind status 101, would be waited for without end.
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

async function read(response: IncomingMessage, manyBytes: number): Promise<Buffer> {
  const { 'content-encoding': encoding = 'identity', 'content-length': length = 0 } = response.headers;
  if (encoding !== 'identity') throw new Error('the answer is packed');
  const tooLong = new Error(`the answer has more than ${manyBytes} bytes`);
  if (Number(length) > manyBytes) throw tooLong;
  // One piece of memory: a list of chunks would take a hundred bytes for each byte that comes alone.
  let kept = Buffer.alloc(Math.min(manyBytes, 65_536));
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (size + chunk.length > manyBytes) throw tooLong;
    if (size + chunk.length > kept.length) {
      const larger = Buffer.alloc(Math.min(manyBytes, 2 * (size + chunk.length)));
      kept.copy(larger, 0, 0, size);
      kept = larger;
    }
    size += chunk.copy(kept, size);
  }
  return kept.subarray(0, size);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Error('the answer is not JSON');
  }
}
