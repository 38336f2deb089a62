/** `[registry/]repository[:tag][@digest]` as Docker reads it; parts that hold variables are kept as written. */
export interface ImageReference {
  /** Registry host with port, when the first component is one. */
  readonly registry: string | undefined;
  /** Repository with its namespace, without the registry. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/**
 * Splits an image reference. The first component is a registry when it has a dot, a colon or is `localhost`
 * (distribution/reference, `splitDockerDomain`); a colon counts as the tag's only behind the last slash and outside `${…}`.
 */
export function parseImageReference(text: string): ImageReference {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  let rest = at < 0 ? text : text.slice(0, at);

  let tag: string | undefined;
  let depth = 0;
  let slash = -1;
  let colon = -1;
  for (let i = 0; i < rest.length; i++) {
    const char = rest[i];
    if (char === '{') depth++;
    else if (char === '}') depth--;
    else if (depth > 0) continue;
    else if (char === '/') {
      slash = i;
      colon = -1;
    } else if (char === ':') colon = i;
  }
  if (colon > slash) {
    tag = rest.slice(colon + 1);
    rest = rest.slice(0, colon);
  }

  const first = rest.indexOf('/');
  const host = first < 0 ? '' : rest.slice(0, first);
  const hasRegistry = host === 'localhost' || (!host.includes('$') && /[.:]/.test(host));
  return {
    registry: hasRegistry ? host : undefined,
    repository: hasRegistry ? rest.slice(first + 1) : rest,
    tag,
    digest,
  };
}
