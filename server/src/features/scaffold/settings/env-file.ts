import type { ProjectFacts } from '../project.ts';

/** So many names stand in a line. */
const most = 6;

/** What an example of `.env` has that `docker run --env-file` takes as a part of a name or a value, by its name. */
const faults: readonly (readonly [what: string, line: RegExp])[] = [
  ['"export"', /^[ \t]*export[ \t]/],
  ['quotes', /^[^=#]+=[ \t]*["']/],
  ['spaces at "="', /^[^=#]*\w[ \t]+=|^[^=#]+=[ \t]+\S/],
  ['line breaks', /=[ \t]*"[^"]*$|=[ \t]*'[^']*$/],
  ['comments behind values', /^[^=#]+=[^#]*[ \t]#/],
];

/**
 * What a file of variables has to be rid of before Docker reads it, which knows no quotes, no `export` and no comments but whole lines
 * (Docker documentation, "docker container run", --env-file; docker/cli, pkg/kvfile), where libraries that read `.env` do.
 */
export function envFileNote({ texts }: ProjectFacts): string | undefined {
  const [path, text] = [...texts].find(([one]) => /^\.?env\./.test(one)) ?? [];
  if (path === undefined || text === undefined) return undefined;
  const programs = [...texts].flatMap(([one, own]) => (one.endsWith('.py') ? own.toUpperCase() : []));
  const words = new Set(programs.flatMap((own) => own.split(/\W+/)));
  const found = text.split('\n').flatMap((line) => {
    const name = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=/.exec(line)?.[1];
    if (name === undefined || !words.has(name.toUpperCase())) return [];
    const has = faults.flatMap(([what, pattern]) => (pattern.test(line) ? what : []));
    return has.length > 0 ? [{ name, has }] : [];
  });
  const names = [...new Set(found.map(({ name }) => name))];
  const whats = faults.flatMap(([what]) => (found.some(({ has }) => has.includes(what)) ? what : []));
  const listed = whats.length < 2 ? whats.join('') : `${whats.slice(0, -1).join(', ')} and ${whats.at(-1)}`;
  const rest = names.length > most ? ` and ${names.length - most} more` : '';
  return names.length === 0
    ? undefined
    : `A file for "docker run --env-file" is written without the ${listed} that ${path} has for ${names.slice(0, most).join(', ')}${rest}, as Docker does not take them away.`;
}
