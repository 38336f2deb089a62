import type { ScaffoldKind } from '../../protocol/requests.ts';
import type { ProjectFacts } from './project.ts';

/** What a container runs. */
export interface Entry {
  readonly words: readonly string[];
  /** Follows them where nothing else is said, as `--help`. */
  readonly help?: string;
  /** What is to be said about it in the Dockerfile. */
  readonly note?: string;
  /** It is a file of the project and not of an installed package, so the image needs the sources. */
  readonly needsSources?: boolean;
}

const wantedScript: Readonly<Record<ScaffoldKind, RegExp>> = {
  wheel: /^$/,
  'multi-stage': /^$/,
  training: /train|fit/,
  serving: /serve|server|api|app|web/,
};
const fileNames: Readonly<Record<ScaffoldKind, readonly string[]>> = {
  wheel: ['main', 'app', 'train'],
  'multi-stage': ['main', 'app', 'train'],
  training: ['train', 'main', 'run'],
  serving: ['app', 'main', 'server', 'serve', 'api'],
};

/** The command of the project: its script, its module or its file, whichever it has. */
export function entryOf(facts: ProjectFacts, kind: ScaffoldKind): Entry {
  const { project, files } = facts.context;
  const paths = new Set((files?.files ?? []).map(({ path }) => path));
  const scripts = (facts.isPackage ? (project?.scripts ?? []) : []).filter((name) => isPlain(name));
  const script =
    scripts.find((name) => wantedScript[kind].test(name)) ??
    scripts.find((name) => name === project?.name) ??
    scripts[0];
  if (script !== undefined) return { words: [script], help: '--help' };

  const { module } = facts;
  if (facts.isPackage && module) {
    const part = fileNames[kind].find((name) => paths.has(`${module.folder}/${name}.py`));
    const isMain = paths.has(`${module.folder}/__main__.py`);
    if (part && (kind === 'training' || !isMain))
      return { words: ['python', '-m', `${module.name}.${part}`] };
    if (isMain) return { words: ['python', '-m', module.name] };
    return { words: ['python', '-c', `import ${module.name}`], note: noEntry };
  }
  const tops = [...paths].filter(
    (path) => /^(?:src\/)?[\w-]+\.py$/.test(path) && !/(?:^|\/)(?:setup|conftest|test_\w+)\.py$/.test(path),
  );
  const preferred = fileNames[kind].flatMap((name) => [`${name}.py`, `src/${name}.py`]);
  const file = preferred.find((path) => paths.has(path)) ?? (tops.length === 1 ? tops[0] : undefined);
  if (file) return { words: ['python', file], needsSources: true };
  const inModule = module && fileNames[kind].find((name) => paths.has(`${module.folder}/${name}.py`));
  if (module && inModule) return { words: ['python', `${module.folder}/${inModule}.py`], needsSources: true };
  return { words: ['python', '--version'], note: noEntry };
}

const noEntry =
  'The project names no command, so this one only starts Python: write what the image is to run.';
/** Fit for a Dockerfile's words without quoting. */
const isPlain = (name: string) => /^[\w.-]+$/.test(name);
