// What the git remote says of a project's home.
export type Remote = { readonly host: string; readonly owner: string; readonly name: string };

/** The `origin` of a .git/config, else its first remote. */
export function gitRemote(config: string): Remote | undefined {
  const remotes = [...config.matchAll(/\[remote "([^"]+)"\]([^[]*)/g)];
  const [, , body] = remotes.find(([, name]) => name === 'origin') ?? remotes[0] ?? [];
  const url = /^[ \t]*url[ \t]*=[ \t]*(\S+)/m.exec(body ?? '')?.[1];
  const plain = (url ?? '').replace(/\/$/, '').replace(/\.git$/, '');
  const match = /^(?:[a-z+]+:\/\/)?(?:[^@/]+@)?([^:/]+)(?::\d+)?[:/]+(.+)/.exec(plain);
  const path = match?.[2]?.split('/') ?? [];
  const name = path.at(-1);
  return match?.[1] && name && path.length > 1
    ? { host: match[1], owner: path.slice(0, -1).join('/'), name }
    : undefined;
}

/** The registry of the forge that hosts the project, where it has one. */
export function forgeRegistry({ host }: Remote): string | undefined {
  if (host === 'github.com') return 'ghcr.io';
  return host.startsWith('gitlab.') ? `registry.${host}` : undefined;
}
