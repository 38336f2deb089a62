// How registries are called: engines, configuration files and people each have their own spelling.
import { BlockList, isIP } from 'node:net';

const hubNames = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
  'hub.docker.com',
]);

/** `https://ghcr.io/owner/` → `ghcr.io`; every name of Docker Hub → `docker.io`. */
export function registryHost(text: string): string {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/?#].*$/s, '');
  return hubNames.has(host) ? 'docker.io' : host;
}

export function isRegistryHost(host: string): boolean {
  return /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::\d{1,5})?$/.test(host);
}

/** Registries on this machine: engines need no TLS for them, and no secret leaves the machine. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/.test(host);
}

/** Addresses that mean something else in each network (IANA special-purpose address registries). */
const privateAddresses = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  privateAddresses.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  privateAddresses.addSubnet(net, prefix, 'ipv6');

/** Whether the host name of a URL is an address of this machine or of a private network. Other names are not looked up. */
export function isPrivateHost(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '');
  const version = isIP(name);
  if (version === 0) return /(?:^|\.)localhost\.?$/.test(name);
  return privateAddresses.check(name, version === 4 ? 'ipv4' : 'ipv6');
}
