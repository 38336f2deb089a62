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
 * @param undottedHosts false to take only a name with a dot for a registry, so that the colon in `localhost:5000/x`
 *   begins a tag
 */
export function parseImageReference(text: string, undottedHosts = true): ImageReference {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  let rest = at < 0 ? text : text.slice(0, at);

  let tag: string | undefined;
  let depth = 0;
  let slash = -1;
  let colon = -1;
  const firstPart = rest.slice(0, Math.max(0, rest.indexOf('/')));
  const slashEndsTag = undottedHosts || firstPart.includes('.');
  for (let i = 0; i < rest.length; i++) {
    const char = rest[i];
    if (char === '{') depth++;
    else if (char === '}') depth--;
    else if (depth > 0) continue;
    else if (char === '/' && (slashEndsTag || colon < 0)) {
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
  const pattern = undottedHosts ? /^localhost$|[.:]/ : /\./;
  const hasRegistry = !host.includes('$') && pattern.test(host);
  return {
    registry: hasRegistry ? host : undefined,
    repository: hasRegistry ? rest.slice(first + 1) : rest,
    tag,
    digest,
  };
}

const pathPart = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const hostPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const host = `(?:${hostPart}(?:\\.${hostPart})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const reference = new RegExp(
  `^(?:(?<host>${host})/)?(?<path>${pathPart}(?:/${pathPart})*)(?::[\\w][\\w.-]{0,127})?(?:@(?<digest>.+))?$`,
);
const digest = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;

/** Whether a text is a digest whose algorithm Docker has (opencontainers/go-digest 1.0, `Validate`). */
export const isDigest = (text: string): boolean => digest.test(text);

/** Whether Docker takes a text for the name of an image (distribution/reference, `ParseNormalizedNamed`). */
export function isImageName(text: string): boolean {
  if (/^[a-f0-9]{64}$/.test(text)) return false;
  const first = text.slice(0, Math.max(0, text.indexOf('/')));
  const hasHost = first === 'localhost' || /[.:A-Z]/.test(first);
  const match = reference.exec(hasHost ? text : `docker.io/${text}`)?.groups;
  return match?.host !== undefined && (match.digest === undefined || isDigest(match.digest));
}
