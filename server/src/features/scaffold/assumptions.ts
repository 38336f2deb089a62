import { besideProgram } from './applications.ts';
import { ignoredPaths, isMounted } from './copied.ts';
import type { Plan } from './dockerfile.ts';

/** So many names stand in a line. */
const most = 6;
/** So many files are looked for in the programs. */
const mostPaths = 2_000;

/** What an image takes for granted, a line for each, as no file of the project tells it. */
export function assumptionsOf({ facts, kind, start }: Plan): string[] {
  const { texts, context, files, dependencies } = facts;
  const programs = [...texts].filter(([path]) => path.endsWith('.py') && !besideProgram.test(path));
  const variables = requiredVariables(programs.map(([, text]) => text).join('\n'));
  const all = (context.files?.files ?? []).map(({ path }) => path);
  const topsOf = (paths: readonly string[]) => paths.flatMap((path) => path.split('/', 1));
  const mounted = topsOf(all.filter((path) => isMounted(path, kind))).filter((top) =>
    files.isNamed(`${top}/`),
  );
  const ignored = ignoredPaths(facts, files).filter((path) => !path.startsWith('.') && files.isNamed(path));
  const keptOut = all
    .slice(0, mostPaths)
    .filter(
      (path) =>
        !files.secret.includes(path) &&
        context.ignoreFile?.keepsOut(path) &&
        !/^\.|\.(?:py|md)$|(?:^|\/)__pycache__\//.test(path) &&
        files.isNamed(path),
    );
  const outside = new Set([...mounted, ...ignored, ...keptOut, ...files.secret]);
  const letIn = kind === 'wheel' ? [] : files.letIn;
  const browsing = ['playwright', 'selenium', 'pyppeteer'].filter((name) => facts.direct.has(name));
  return [
    browsing.length > 0
      ? `${listed(browsing)} finds its browsers elsewhere, as the image holds none.`
      : undefined,
    dependencies.source === 'pyproject' || kind === 'wheel'
      ? 'The newest releases of the dependencies fit the project, as nothing that the image gets locks them.'
      : undefined,
    variables.length > 0
      ? `${listed(variables)} ${variables.length === 1 ? 'is' : 'are'} given when the container is started.`
      : undefined,
    outside.size > 0
      ? `${listed([...outside])} ${outside.size === 1 ? 'is' : 'are'} mounted below /app, as the image holds no such files.`
      : undefined,
    letIn.length > 0
      ? `${listed(letIn)} ${letIn.length === 1 ? 'is' : 'are'} in the folder wherever the image is built, though Git ignores ${letIn.length === 1 ? 'it' : 'them'}.`
      : undefined,
    start.service && start.service.health === undefined
      ? 'Any answer of the service on its port means that it is well.'
      : undefined,
  ].filter((line) => line !== undefined);
}

/** The variables that a program fails without: it looks them up, and asks nowhere whether they are there. */
function requiredVariables(program: string): string[] {
  const names = [...program.matchAll(/\benviron\[\s*["']([A-Z][A-Z0-9_]*)["']\s*\](?!\s*=[^=])/g)];
  const isAskedFor = (name: string) =>
    ['environ.get(', 'getenv(', 'setdefault('].some(
      (call) => program.includes(`${call}"${name}"`) || program.includes(`${call}'${name}'`),
    ) ||
    [
      `"${name}" in `,
      `'${name}' in `,
      `"${name}" not in `,
      `'${name}' not in `,
      `environ["${name}"] =`,
      `environ['${name}'] =`,
    ].some((one) => program.includes(one));
  return [...new Set(names.map(([, name = '']) => name))].filter((name) => !isAskedFor(name));
}

const listed = (names: readonly string[]) =>
  names.length > most
    ? `${names.slice(0, most).join(', ')} and ${names.length - most} more`
    : names.join(', ');
