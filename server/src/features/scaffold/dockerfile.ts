import { newestUv } from '../../data/uv.ts';
import type { ScaffoldKind } from '../../protocol/requests.ts';
import { parseIgnoreFile } from '../../syntax/ignore-file.ts';
import type { Django } from './django/django.ts';
import { isMounted, sourcesOf } from './files/copied.ts';
import { cacheFolders } from './files/downloads.ts';
import { givenPaths, takesGiven } from './files/given-paths.ts';
import { outerFolders } from './files/outer-folders.ts';
import { translationCommands } from './files/translations.ts';
import { foldersToMake } from './files/used-files.ts';
import { ignoreFileOf } from './ignore-file.ts';
import { apt, type Blocks, blocks, cache, comment, env, json, lines, run } from './layers.ts';
import { heldWords, installs } from './packages/installs.ts';
import { buildPackages, systemPackages } from './packages/needed-packages.ts';
import type { ImageFacts, ProjectFacts } from './project.ts';
import { type CudaTag, torchTags } from './releases/gpu.ts';
import { limitFlags } from './releases/releases.ts';
import { programsOfStart } from './starts/program-file.ts';
import { isOnRailway, withoutCaches } from './starts/railway.ts';
import { lineOf, type Service, type Start } from './starts/start.ts';
import { needsMachineName } from './surroundings/machine-name.ts';
import { browsersOf, browsersPath } from './surroundings/playwright.ts';

/** What is decided of an image. */
export interface Plan {
  readonly facts: ImageFacts;
  readonly kind: ScaffoldKind;
  readonly start: Start;
  /** The image of CUDA that it is made on; null where it is that of Python. */
  readonly cuda: CudaTag | null;
  /** What it needs of Django. */
  readonly django: Django | undefined;
}

/** The Dockerfile of an image. */
export function dockerfileOf(plan: Plan): string {
  const text = blocks(plan.kind === 'wheel' ? wheelImage(plan) : stagedImage(plan));
  return isOnRailway(plan.facts) ? withoutCaches(text) : text;
}

/** Home and working folder are one, so that what a program writes beside itself can be written. */
const user = 'RUN useradd --uid 10001 --create-home --home-dir /app app';
const takeUv = `COPY --from=ghcr.io/astral-sh/uv:${newestUv} /uv /bin/`;
const installing = { UV_COMPILE_BYTECODE: '1', UV_LINK_MODE: 'copy' };

function wheelImage({ facts, start: { words, help } }: Plan): Blocks {
  const [torch, second] = torchTags(facts.context);
  // A wheel does not say from which index its dependencies come.
  const backend: Record<string, string> = torch && !second ? { UV_TORCH_BACKEND: torch } : {};
  return [
    // uv's own images of Debian 12 ended with 0.9 (uv 0.10.0, release notes).
    lines(`FROM python:${facts.pythonTag}-${facts.builds === 'certain' ? '' : 'slim-'}bookworm`, takeUv),
    env({ PYTHONUNBUFFERED: '1', ...installing, ...backend, ...nvidia(facts) }),
    apt([...new Set([...systemPackages(facts, 'bookworm'), ...buildPackages(facts, 'bookworm')])].sort()),
    lines(user, 'WORKDIR /app'),
    lines(
      '# Built before by `uv build --wheel`; dist must hold one version only.',
      'COPY dist/*.whl /tmp/',
      run(
        cache,
        [
          `uv pip install --system${limitFlags(facts.limit)}`,
          '/tmp/*.whl',
          ...heldWords(facts.dependencies),
        ].join(' '),
      ),
    ),
    lines('USER 10001', `CMD ${json([...words, ...(help ? [help] : [])])}`),
  ];
}

function stagedImage(plan: Plan): Blocks {
  const { facts, kind, start, cuda, django } = plan;
  const onCuda = cuda !== null;
  const browsers = browsersOf(plan);
  const release = onCuda ? 'noble' : 'bookworm';
  const bases = onCuda ? cudaBases(facts, cuda) : pythonBases(facts);
  const needsSources = !facts.isPackage || start.needsSources || facts.staysInPlace;
  const folders = foldersToMake(facts, start, kind);
  const compiles = translationCommands(facts, start);
  const outer = [
    ...new Set([
      ...outerFolders(facts),
      ...cacheFolders(facts, start).filter((folder) => folder.startsWith('/')),
    ]),
  ];
  const isUnnamed = needsMachineName(facts);
  // A page that its own command is given by its path is read where it lies, though its package is installed; so is what no install brings.
  const isRead =
    start.file !== undefined &&
    (start.words.includes(start.file) || (start.needsSources && facts.isInPackage(start.file)));
  const ignored = parseIgnoreFile(ignoreFileOf(facts, kind) ?? '');
  const isElsewhere = (path: string) =>
    ignored.keepsOut(path) ||
    isMounted(path, kind) ||
    (!facts.staysInPlace && !isRead && facts.isInPackage(path));
  return [
    lines(...bases.notes.map(comment), `FROM ${bases.build} AS build`, takeUv),
    env({
      ...installing,
      ...(onCuda
        ? {
            UV_PYTHON: facts.pythonTag,
            UV_PYTHON_INSTALL_DIR: '/opt/python',
            UV_PYTHON_PREFERENCE: 'only-managed',
          }
        : { ...(facts.tellsPython ? { UV_PYTHON: facts.python } : {}), UV_PYTHON_DOWNLOADS: '0' }),
    }),
    onCuda ? 'RUN uv python install' : undefined,
    apt(buildPackages(facts, release)),
    ...installs(facts, start),
    `FROM ${bases.final}`,
    env({
      PATH: '"/app/.venv/bin:$PATH"',
      PYTHONUNBUFFERED: '1',
      ...pathVariable(start, facts),
      ...takenVariables(facts),
      ...givenVariables(plan),
      ...start.service?.variables,
      ...start.variables,
      ...(onCuda ? {} : nvidia(facts)),
      ...facts.browser?.variables,
      ...(browsers === undefined ? {} : { PLAYWRIGHT_BROWSERS_PATH: browsersPath }),
    }),
    lines(
      apt(systemPackages(facts, release)),
      isUnnamed ? '# Streamlit calls sudo where no file names the machine.' : undefined,
      [
        user,
        ...(outer.length > 0 ? [`install --directory --owner app --group app ${outer.join(' ')}`] : []),
        ...(isUnnamed ? ['touch /etc/machine-id'] : []),
        ...(facts.browser?.commands ?? []),
      ].join(' \\\n    && '),
      'WORKDIR /app',
      onCuda
        ? '# The environment links to this Python by its path: both are copied to where they were.'
        : undefined,
      onCuda ? 'COPY --from=build /opt/python /opt/python' : undefined,
      'COPY --from=build /app/.venv /app/.venv',
      browsers === undefined ? undefined : `RUN playwright install --with-deps ${browsers}`,
      ...(needsSources
        ? sourcesOf(facts, facts.files, isElsewhere).map((source) => `COPY --chown=app:app ${source}`)
        : []),
    ),
    lines(
      start.folder === undefined ? undefined : `WORKDIR /app/${start.folder}`,
      'USER 10001',
      folders.length > 0 ? `RUN mkdir -p ${folders.join(' ')}` : undefined,
      needsSources && compiles.length > 0 ? `RUN ${compiles.join(' \\\n    && ')}` : undefined,
      django?.collect !== undefined && django.collectsEarly ? `RUN ${django.collect}` : undefined,
      ...(start.service ? listen(started(start, django), start.service) : begin(start, kind)),
    ),
  ];
}

function pythonBases({ pythonTag, builds }: ImageFacts) {
  const slim = `python:${pythonTag}-slim-bookworm`;
  return {
    build: builds === 'none' ? slim : `python:${pythonTag}-bookworm`,
    final: slim,
    notes:
      builds === 'possible'
        ? ['The full image has compilers, as no lock file tells that all of it comes as wheels.']
        : [],
  };
}

function cudaBases({ gpu, builds }: ImageFacts, { version, cudnn, ubuntu }: CudaTag) {
  const flavour = gpu.needsSystemCuda ? `${cudnn}-runtime` : 'base';
  const tag = (name: string) => `nvidia/cuda:${version}-${name}-ubuntu${ubuntu}`;
  const why =
    gpu.needsSystemCuda || gpu.framework === undefined
      ? undefined
      : 'The wheels bring their own CUDA libraries: the base holds only what goes with the driver.';
  return {
    build: builds === 'certain' ? tag(gpu.needsSystemCuda ? `${cudnn}-devel` : 'devel') : tag(flavour),
    final: tag(flavour),
    notes: why === undefined ? [] : [why],
  };
}

/** What the present Dockerfile sets and a program of the project reads. */
export const takenVariables = ({ present, texts }: ImageFacts): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...(present?.values ?? [])].filter(([name]) =>
      [...texts].some(
        ([path, text]) =>
          path.endsWith('.py') && [`"${name}"`, `'${name}'`].some((one) => text.includes(one)),
      ),
    ),
  );

/** Where Python looks for modules beside the working folder. */
function pathVariable({ roots }: Start, { rootBefore }: ProjectFacts): Readonly<Record<string, string>> {
  const all = [...new Set([...(rootBefore === undefined ? [] : [rootBefore]), ...roots])];
  return all.length === 0
    ? {}
    : { PYTHONPATH: all.map((folder) => (folder === '' ? '/app' : `/app/${folder}`)).join(':') };
}

/** What NVIDIA's runtime looks at; its own images set it. */
function nvidia({ gpu }: ImageFacts): Readonly<Record<string, string>> {
  if (gpu.isCpu || (!gpu.cuda && !gpu.framework)) return {};
  return { NVIDIA_VISIBLE_DEVICES: 'all', NVIDIA_DRIVER_CAPABILITIES: 'compute,utility' };
}

/** Settings that need the environment are there only when the container starts, and so is a database that is a file. */
function started(start: Start, django: Django | undefined): Start {
  const before = [
    django?.migratesAtStart ? `${django.migrate} --noinput` : undefined,
    django?.collectsEarly ? undefined : django?.collect,
  ].filter((command) => command !== undefined);
  if (before.length === 0) return start;
  return { ...start, words: ['sh', '-c', [...before, `exec ${lineOf(start.words)}`].join(' && ')] };
}

function begin({ words, help, port, asks }: Start, kind: ScaffoldKind): Blocks {
  const exposed = port === undefined ? undefined : `EXPOSE ${port}`;
  // What stands behind the name of the image takes the place of CMD.
  if (kind === 'training' && !help && asks === undefined) return [exposed, `CMD ${json(words)}`];
  return [exposed, `ENTRYPOINT ${json(words)}`, help && `CMD ${json([help])}`];
}

function listen({ words }: Start, service: Service): Blocks {
  return [`EXPOSE ${service.port}`, healthcheck(service), `CMD ${json(words)}`];
}

function healthcheck({ port, health }: Service): string {
  const url = `http://127.0.0.1:${port}${health ?? '/'}`;
  // An answer with an error code is an answer, unless the service itself has failed.
  const ask =
    health === undefined
      ? `import urllib.error as e, urllib.request as u\ntry: u.urlopen('${url}', timeout=4)\nexcept e.HTTPError as r: raise SystemExit(r.code >= 500)`
      : `import urllib.request as u; u.urlopen('${url}', timeout=4)`;
  return lines(
    comment(
      health === undefined
        ? 'Any answer but an error of its own counts, as no route for its health is known.'
        : undefined,
    ),
    `HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \\\n    CMD ${json(['python', '-c', ask])}`,
  );
}

/** Paths that the project's containers are given, where they are found from where this one is started. */
function givenVariables({ facts, start }: Plan): Readonly<Record<string, string>> {
  const text = programsOfStart(facts, start)
    .map((one) => one.text)
    .join('\n');
  return start.folder === undefined
    ? Object.fromEntries([...givenPaths(facts)].filter(([name]) => takesGiven(text, new Map([[name, '']]))))
    : {};
}
