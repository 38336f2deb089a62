// What registries may call their repositories and tags (OCI distribution specification, "Pulling manifests").
const repository = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

export function isRepositoryName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= 255 && repository.test(name);
}

export function isTagName(name: unknown): name is string {
  return typeof name === 'string' && /^\w[\w.-]{0,127}$/.test(name);
}
