// Registries and their neighbours for tests: answers that are made up, and real servers of this machine.
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { failureOf } from '../../client/src/runtime/failures.ts';
import { startHost } from '../hostile/hostile-host.ts';

export type Reply = { status?: number; headers?: Record<string, string>; json?: unknown };
type Seen = { readonly url: string; readonly authorization: string | null };

export const credentials = { username: 'owner', secret: 'whl_secret' };
export const basic = `Basic ${Buffer.from('owner:whl_secret').toString('base64')}`;

/** A world of hosts: answers by address, and remembers who was told what. */
export function world(answer: (url: URL, authorization: string | null) => Reply) {
  const seen: Seen[] = [];
  const fake: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    assert.equal(init?.redirect, 'manual');
    assert.ok(init?.signal);
    const authorization = new Headers(init.headers).get('authorization');
    seen.push({ url: url.href, authorization });
    const { status = 200, headers, json } = answer(url, authorization);
    return new Response(json === undefined ? null : JSON.stringify(json), { status, headers });
  };
  return { seen, fetch: fake };
}

export const failing = (work: Promise<unknown>) => work.then(() => undefined, failureOf);

/** Hosts with TLS as the client sees them, each a real server of this machine with an address of its own. */
export async function realHosts(
  answers: Readonly<Record<string, (response: ServerResponse, url: string, authorization?: string) => void>>,
) {
  const hosts = await Promise.all(
    Object.entries(answers).map(async ([name, answer], i) => {
      const reply = (
        { url = '', headers }: { url?: string; headers: { authorization?: string } },
        to: ServerResponse,
      ) => answer(to, url, headers.authorization);
      return [name, await startHost(reply, `127.0.0.${i + 1}`)] as const;
    }),
  );
  const real: typeof fetch = (input, init) => {
    const url = new URL(String(input));
    const found = hosts.find(([name]) => url.protocol === 'https:' && name === url.host)?.[1];
    assert.ok(found, `nobody is to be asked at ${url.origin}`);
    return fetch(new URL(url.pathname + url.search, `http://${found.host}`), init);
  };
  const told = (name: string) =>
    hosts.find(([other]) => other === name)?.[1].seen.map((one) => one.authorization);
  return { fetch: real, told, close: () => Promise.all(hosts.map(([, host]) => host.close())) };
}
