import type { ProjectFacts } from '../project.ts';

/**
 * Variables that hold paths of the project from its top, as Compose files and `docker run -e` of README give them to its
 * containers.
 */
export function givenPaths({ context, texts }: Pick<ProjectFacts, 'context' | 'texts'>): Map<string, string> {
  const paths = (context.files?.files ?? []).map(({ path }) => path);
  const found = new Map<string, string>();
  for (const [file, text] of texts) {
    const pattern = /^(?:docker-)?compose[\w.-]*\.ya?ml$/.test(file)
      ? /^[ \t]+(?:-[ \t]+["']?)?([A-Z][A-Z0-9_]+)(?:=|:[ \t]+)["']?([\w./-]+)["']?[ \t]*$/gm
      : /^readme/i.test(file)
        ? /[ \t](?:-e|--env)[ \t]+([A-Z][A-Z0-9_]+)=["']?([\w./-]+)/g
        : undefined;
    for (const [, name = '', value = ''] of pattern ? text.matchAll(pattern) : []) {
      const path = value.replace(/^\.\//, '').replace(/\/$/, '');
      if (path.includes('/') && paths.some((one) => one === path || one.startsWith(`${path}/`)))
        found.set(name, path);
    }
  }
  return found;
}

/** Whether a line takes a variable that is given. */
export const takesGiven = (line: string, given: ReadonlyMap<string, string>) =>
  /environ|getenv/.test(line) &&
  [...given.keys()].some((name) => line.includes(`"${name}"`) || line.includes(`'${name}'`));
