// Hides what must not be seen by others: in logs, in failures, in what a container prints. Each pattern reads a text
// once, however it is made: output may be written by a stranger.

const hidden = '***';

/** Where a token may begin: not within a word, but behind an escape of a URL, of JSON or of a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one
const begin = /(?<=^|[^A-Za-z0-9]|%[0-9A-Fa-f]{2}|\\[bfnrt]|\x1b\[[\d;]{0,20}m)/;
/**
 * Shapes that the services document: GitHub, GitLab, Hugging Face, OpenAI and Anthropic, AWS, npm, PyPI, Docker Hub, Slack,
 * Stripe and Google.
 */
const shapes = [
  /gh[a-z]_\w{10,}/,
  /github_pat_\w{10,}/,
  /gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-[\w.-]{10,}/,
  /hf_[A-Za-z0-9]{10,}/,
  /api_org_[A-Za-z0-9]{10,}/,
  /sk-[\w-]{16,}/,
  /[rs]k_(?:live|test)_[A-Za-z0-9]{10,}/,
  /A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{12,}/,
  /npm_[A-Za-z0-9]{16,}/,
  /pypi-(?:AgE[\w-]{8,}|[\w-]{30,})/,
  /dckr_[op]at_[\w-]{10,}/,
  /xox[a-z]-[\w-]{8,}/,
  /AIza[\w-]{30,}/,
];
const tokens = new RegExp(`${begin.source}(?:${shapes.map(({ source }) => source).join('|')})`, 'g');
/** Three parts of base64url, of which the first is a JSON object. Its beginning is sought once in a run of letters. */
const jwt =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
  /(?<=^|[^\w-]|%[0-9A-Fa-f]{2}|\\[bfnrt]|\x1b\[[\d;]{0,20}m)eyJ[\w-]{6,}\.[\w-]{2,}(?:\.[\w-]*){0,3}/g;
const header =
  /\b((?:(?:proxy-)?authorization|x-registry-auth|x-registry-config|x-api-key|(?:private|job|deploy)-token)["']?\s{0,4}[:=]\s{0,4}["']?(?:(?:bearer|basic|token|digest)\s{1,4})?)[^\s"',;]+/gi;
const bearer = /\b(bearer\s{1,4}["']?)[\w.~+/=-]{16,}/gi;

/** Hides the given secrets, tokens by their shape, and credentials within addresses. */
export function redact(text: string, secrets: readonly string[] = []): string {
  return withoutCredentials(hide(text, secrets))
    .replace(header, `$1${hidden}`)
    .replace(bearer, `$1${hidden}`)
    .replace(tokens, hidden)
    .replace(jwt, hidden);
}

export function hide(text: string, secrets: readonly string[]): string {
  let safe = text;
  for (const secret of secrets) if (secret.trim()) safe = safe.replaceAll(secret.trim(), hidden);
  return safe;
}

/** `//user:password@host` → `//user:***@host`, written plainly, escaped for JSON, or encoded within another address. */
function withoutCredentials(text: string): string {
  const slashes = /(\/\/|\\\/\\\/|%2F%2F)/i;
  if (!slashes.test(text)) return text;
  const parts = text.split(slashes);
  return parts
    .map((part, index) =>
      index % 2 === 0 && index > 0 ? withoutUser(part, parts[index - 1] !== '//') : part,
    )
    .join('');
}

/** @param text what stands behind two slashes */
function withoutUser(text: string, isEncoded: boolean): string {
  const word = /^[^\s"'<>`]*/.exec(text)?.[0] ?? '';
  const authority = (isEncoded ? /^(?:(?![/?#\\]|%2F).)*/i : /^[^/?#]*/).exec(word)?.[0] ?? '';
  const lastAt = (part: string) =>
    part.includes('@') || !isEncoded ? part.lastIndexOf('@') : part.lastIndexOf('%40');
  let end = lastAt(authority);
  // A password with a slash that nobody encoded; a number is a port.
  if (end < 0 && /^[^:%]*(?::|%3A)(?!\d{1,5}(?:\D|$))/i.test(authority)) end = lastAt(word);
  if (end < 0) return text;
  const user = /^([\w.-]{1,20})(:|%3A)/i.exec(word.slice(0, end));
  // The usual name for SSH says nothing, and a token may stand where a name would.
  const shown = word.slice(0, end) === 'git' ? 'git' : user ? `${user[1]}${user[2]}${hidden}` : hidden;
  return shown + text.slice(end);
}
