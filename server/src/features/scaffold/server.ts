import {
  applicationClasses,
  asgiFrameworks,
  ownServers,
  usualPort,
  wsgiFrameworks,
} from '../../data/web-frameworks.ts';
import { type Entry, entryOf } from './entry.ts';
import type { ProjectFacts } from './project.ts';

/** How the service of a project is started, and how it is asked for its health. */
export interface Server extends Entry {
  readonly port: number;
  /** Path that answers where the service is well; undefined where none is known. */
  readonly health: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

export function webFramework({ direct }: Pick<ProjectFacts, 'direct'>): string | undefined {
  return [...asgiFrameworks, ...wsgiFrameworks, ...ownServers.keys()].find((name) => direct.has(name));
}

export function serverOf(facts: ProjectFacts): Server {
  const framework = webFramework(facts);
  const own = ownServers.get(framework ?? '');
  const entry = entryOf(facts, 'serving');
  if (framework === 'streamlit' && own) {
    const file = entry.needsSources ? entry.words[1] : scriptWith(facts, /\bstreamlit\b/);
    const flags = ['--server.address=0.0.0.0', `--server.port=${own.port}`, '--server.headless=true'];
    const note =
      file === undefined ? 'No file that imports streamlit was found: name the one to run.' : undefined;
    const words = ['streamlit', 'run', file ?? 'app.py', ...flags];
    return { words, note, needsSources: file !== undefined, ...own, variables: {} };
  }
  if (own) {
    const variables: Record<string, string> = framework === 'gradio' ? { GRADIO_SERVER_NAME: '0.0.0.0' } : {};
    return { ...entry, help: undefined, ...own, variables };
  }
  const application = findApplication(facts);
  const port = usualPort;
  const health = healthRoute(facts) ?? (framework === 'fastapi' ? '/openapi.json' : undefined);
  const rest = { port, health, variables: {} };
  const started = framework && startApplication(facts, framework, application);
  if (!started) return { ...entry, ...rest, note: framework ? noServer(framework) : entry.note };
  const isInPackage =
    facts.isPackage && (!application || application.path.startsWith(`${facts.module?.folder}/`));
  const note = application
    ? undefined
    : 'The application was not found in the sources: write its module and name.';
  return { ...started, note, needsSources: !isInPackage, ...rest };
}

const noServer = (framework: string) =>
  `${framework} needs a server for other machines to reach it: add ${asgiFrameworks.includes(framework) ? 'uvicorn' : 'gunicorn'} to the dependencies.`;

interface Application {
  /** Below the project, such as `src/bikes/api.py`. */
  readonly path: string;
  readonly variable: string;
}

/** By the server that the project asks for. */
function startApplication(
  facts: ProjectFacts,
  framework: string,
  application: Application | undefined,
): Entry | undefined {
  const { packages, isPackage, module } = facts;
  const place = (application?.path ?? `${module?.folder ?? '.'}/app.py`).replace(/^\.\//, '');
  const below = place.startsWith('src/') ? 'src' : '';
  const dotted = place
    .replace(/^src\//, '')
    .replace(/(?:\/__init__)?\.py$/, '')
    .replaceAll('/', '.');
  const target = `${dotted}:${application?.variable ?? 'app'}`;
  // An installed package is found from everywhere.
  const folder = (option: string) => (isPackage || below === '' ? [] : [option, below]);
  const isAsgi = asgiFrameworks.includes(framework);
  if (isAsgi && (packages.has('uvicorn') || bringsUvicorn(facts)))
    return {
      words: ['uvicorn', target, '--host', '0.0.0.0', '--port', `${usualPort}`, ...folder('--app-dir')],
    };
  if (!isAsgi && packages.has('gunicorn'))
    return { words: ['gunicorn', '--bind', `0.0.0.0:${usualPort}`, ...folder('--chdir'), target] };
  if (!isAsgi && packages.has('waitress') && (isPackage || below === ''))
    return { words: ['waitress-serve', `--listen=*:${usualPort}`, target] };
  return undefined;
}

/** As `fastapi[standard]` does, where no lock file says so. */
function bringsUvicorn({ context }: ProjectFacts): boolean {
  const listed = [
    ...(context.project?.dependencies ?? []),
    ...(context.requirementFiles ?? []).flatMap((file) => file.requirements),
  ];
  return (
    !context.lock &&
    listed.some(
      ({ name, extras }) => name === 'fastapi' && extras.some((extra) => /^(?:standard|all)$/.test(extra)),
    )
  );
}

function findApplication({ texts }: ProjectFacts): Application | undefined {
  for (const [path, text] of texts) {
    const line = text
      .split('\n')
      .find((one) => /^\w+\s*(?::[^=]+)?=[^=]/.test(one) && applicationClasses.test(one));
    const variable = line && /^\w+/.exec(line)?.[0];
    if (variable) return { path, variable };
  }
  return undefined;
}

/** A route that tells whether the service is well, by the names that are usual for it. */
function healthRoute({ texts }: ProjectFacts): string | undefined {
  const route =
    /\.(?:get|route|api_route)\(\s*(?:path\s*=\s*)?["'](\/(?:health|healthz|livez?|readyz?|ready|ping|status))\/?["']/;
  for (const text of texts.values()) {
    const found = route.exec(text)?.[1];
    if (found) return found;
  }
  return undefined;
}

function scriptWith({ texts }: ProjectFacts, pattern: RegExp): string | undefined {
  for (const [path, text] of texts) if (path.endsWith('.py') && pattern.test(text)) return path;
  return undefined;
}
