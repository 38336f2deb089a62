// Asks a registry itself, past engine and extension.
import { createHash } from 'node:crypto';
import type { ReadyParts } from './world.ts';

const accepted = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

export type Manifest = { readonly digest: string; readonly body: string };

/** The manifest of `host:port/name:tag`, its digest computed from its bytes; undefined when there is none. */
export async function fetchManifest(
  account: ReadyParts['protectedRegistry'] | undefined,
  reference: string,
): Promise<Manifest | undefined> {
  const [, address, name, tag] = /^([^/]+)\/(.+):([^:/]+)$/.exec(reference) ?? [];
  const headers: Record<string, string> = { Accept: accepted };
  if (account) {
    headers.Authorization = `Basic ${Buffer.from(`${account.user}:${account.password}`).toString('base64')}`;
  }
  const response = await fetch(`http://${address}/v2/${name}/manifests/${tag}`, { headers });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`The registry answers ${response.status} for ${reference}.`);
  const body = Buffer.from(await response.arrayBuffer());
  return { digest: `sha256:${createHash('sha256').update(body).digest('hex')}`, body: body.toString('utf8') };
}
