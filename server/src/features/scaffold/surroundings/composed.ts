import { knownServices } from '../../../project/compose.ts';
import { foldersAbove, nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

const isCompose = /^(?:docker-)?compose[\w.-]*\.ya?ml$/i;

/** `//backend:8000`, `"redis"` behind a name of a host, `host=db` */
const hosts = (text: string): string[] => [
  ...[...text.matchAll(/:\/\/(?:[^\s"'/@]{0,60}@)?([A-Za-z][\w-]*)(?=[:/"'\s]|$)/g)].map(
    ([, host = '']) => host,
  ),
  ...[...text.matchAll(/\bhost(?:name)?["']?\s*[=:,]\s*["']([a-z][\w-]*)["']/gi)].map(
    ([, host = '']) => host,
  ),
];

/**
 * Why the program of a service is none for an image of the whole project, in a sentence: a Compose file builds that service out of a
 * folder of its own, and starts it together with others, which it knows by the names they have there.
 */
export function composedFault(facts: ProjectFacts, start: Start): string | undefined {
  const { file } = start;
  if (file === undefined) return undefined;
  const above = new Set(foldersAbove(file));
  for (const [path, text] of facts.texts) {
    if (path.includes('/') || !isCompose.test(path)) continue;
    const services = knownServices(text);
    const own = services.find(({ folder }) => folder !== undefined && folder !== '' && above.has(folder));
    const others = services.filter(
      (one) => one !== own && one.folder !== undefined && one.folder !== own?.folder,
    );
    if (!own || others.length === 0) continue;
    const reached = new Set([
      ...programsOfStart(facts, start).flatMap((one) => hosts(one.text)),
      ...own.values.flatMap(hosts),
    ]);
    const other = others.find(({ name }) => reached.has(name));
    if (other)
      return `${file} is the service ${own.name} of ${path}, which is built of ${own.folder} and finds ${other.name} by that name: start both with "docker compose up --build", or open ${own.folder} as a project of its own.`;
  }
  return undefined;
}

/** Names of servers that Compose files start beside a program, and by which it knows them. */
export function composedNames(facts: ProjectFacts, start: Start): string[] {
  const reached = new Set(programsOfStart(facts, start).flatMap(({ text }) => hosts(text)));
  return [...facts.texts].flatMap(([path, text]) =>
    isCompose.test(nameOf(path))
      ? knownServices(text).flatMap(({ name }) => (reached.has(name) ? name : []))
      : [],
  );
}
