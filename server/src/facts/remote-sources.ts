/** Where BuildKit takes a source of COPY or ADD from, if not from the build context (`dispatchCopy`, 0.34.2). */
export function remoteSource(source: string): 'git' | 'http' | undefined {
  const scheme = /^([a-zA-Z0-9]+):\/\//.exec(source)?.[1]?.toLowerCase();
  if (scheme === 'git' || scheme === 'ssh') return 'git';
  if (scheme === 'http' || scheme === 'https') {
    const path = /^[^?#]*/.exec(source)?.[0] ?? '';
    if (path.endsWith('.git')) return 'git';
    // The scheme counts in lower case alone.
    return /^https?:/.test(source) ? 'http' : undefined;
  }
  // `user@host:path` (util/sshutil, `ParseSCPStyleURL`)
  return scheme === undefined && /^[\w-]+@[a-zA-Z0-9.-]+:/.test(source) ? 'git' : undefined;
}
