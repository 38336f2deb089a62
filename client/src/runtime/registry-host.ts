// How registries are called: engines, configuration files and people each have their own spelling.
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
