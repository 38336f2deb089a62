import { newestUv } from '../../data/uv.ts';
import type { ScaffoldKind } from '../../protocol/requests.ts';
import { type Entry, entryOf } from './entry.ts';
import { cudaTag, type ProjectFacts, systemPackages, torchTags } from './project.ts';
import { type Server, serverOf } from './server.ts';
import { sourcesOf } from './sources.ts';

/** The stages and instructions of a Dockerfile, parted by empty lines. */
type Blocks = readonly (string | undefined)[];

/** The Dockerfile of a kind of image for a project. */
export function dockerfileOf(facts: ProjectFacts, kind: ScaffoldKind): string {
  const blocks = kind === 'wheel' ? wheelImage(facts) : stagedImage(facts, kind);
  return `${blocks.filter((block) => block !== undefined && block !== '').join('\n\n')}\n`;
}

const cache = '--mount=type=cache,target=/root/.cache/uv';
const bind = (file: string) => `--mount=type=bind,source=${file},target=${file}`;
const run = (...parts: readonly string[]) => `RUN ${parts.join(' \\\n    ')}`;
const env = (variables: Readonly<Record<string, string>>) => {
  const pairs = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return pairs.length > 0 ? `ENV ${pairs.join(' \\\n    ')}` : undefined;
};
const lines = (...parts: Blocks) => parts.filter((part) => part !== undefined && part !== '').join('\n');
const comment = (text: string | undefined) => text && `# ${text}`;
const json = (words: readonly string[]) => `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;

/** Home and working folder are one, so that what a program writes beside itself can be written. */
const user = 'RUN useradd --uid 10001 --create-home --home-dir /app app';
const installing = { UV_COMPILE_BYTECODE: '1', UV_LINK_MODE: 'copy' };

function wheelImage(facts: ProjectFacts): Blocks {
  const [torch, second] = torchTags(facts.context);
  // A wheel does not say from which index its dependencies come.
  const backend: Record<string, string> = torch && !second ? { UV_TORCH_BACKEND: torch } : {};
  const { words, help, note } = entryOf(facts, 'wheel');
  return [
    `FROM ghcr.io/astral-sh/uv:${newestUv}-python${facts.python}-bookworm${facts.compiles ? '' : '-slim'}`,
    env({ PYTHONUNBUFFERED: '1', ...installing, ...backend, ...nvidia(facts) }),
    lines(libraries(facts, 'bookworm'), user, 'WORKDIR /app'),
    lines(
      '# Built before by `uv build --wheel`; dist must hold one version only.',
      'COPY dist/*.whl /tmp/',
      run(cache, 'uv pip install --system /tmp/*.whl'),
    ),
    lines('USER 10001', comment(note), `CMD ${json([...words, ...(help ? [help] : [])])}`),
  ];
}

function stagedImage(facts: ProjectFacts, kind: Exclude<ScaffoldKind, 'wheel'>): Blocks {
  const onCuda = kind === 'training' && !facts.gpu.isCpu;
  const server = kind === 'serving' ? serverOf(facts) : undefined;
  const entry: Entry = server ?? entryOf(facts, kind);
  const bases = onCuda ? cudaBases(facts) : pythonBases(facts);
  const needsSources = !facts.isPackage || entry.needsSources === true;
  return [
    lines(
      ...bases.notes.map(comment),
      `FROM ${bases.build} AS build`,
      `COPY --from=ghcr.io/astral-sh/uv:${newestUv} /uv /bin/`,
    ),
    env({
      ...installing,
      ...(onCuda
        ? {
            UV_PYTHON: facts.python,
            UV_PYTHON_INSTALL_DIR: '/opt/python',
            UV_PYTHON_PREFERENCE: 'only-managed',
          }
        : { ...(facts.tellsPython ? { UV_PYTHON: facts.python } : {}), UV_PYTHON_DOWNLOADS: '0' }),
    }),
    onCuda ? 'RUN uv python install' : undefined,
    ...installs(facts),
    `FROM ${bases.final}`,
    env({
      PATH: '"/app/.venv/bin:$PATH"',
      PYTHONUNBUFFERED: '1',
      ...server?.variables,
      ...(onCuda ? {} : nvidia(facts)),
    }),
    lines(
      libraries(facts, onCuda ? 'noble' : 'bookworm'),
      user,
      'WORKDIR /app',
      onCuda
        ? '# The environment links to this Python by its path: both are copied to where they were.'
        : undefined,
      onCuda ? 'COPY --from=build /opt/python /opt/python' : undefined,
      'COPY --from=build /app/.venv /app/.venv',
      ...(needsSources ? sourcesOf(facts).map((source) => `COPY ${source}`) : []),
    ),
    lines('USER 10001', ...(server ? listen(server) : start(entry, kind))),
  ];
}

function pythonBases({ python, compiles }: ProjectFacts) {
  const slim = `python:${python}-slim-bookworm`;
  return { build: compiles ? `python:${python}-bookworm` : slim, final: slim, notes: [] };
}

function cudaBases({ gpu, compiles }: ProjectFacts) {
  const { version, cudnn, ubuntu } = cudaTag(gpu);
  const flavour = gpu.needsSystemCuda ? `${cudnn}-runtime` : 'base';
  const tag = (name: string) => `nvidia/cuda:${version}-${name}-ubuntu${ubuntu}`;
  const why =
    gpu.needsSystemCuda || gpu.framework === undefined
      ? undefined
      : 'The wheels bring their own CUDA libraries: the base holds only what goes with the driver.';
  return {
    build: compiles ? tag(gpu.needsSystemCuda ? `${cudnn}-devel` : 'devel') : tag(flavour),
    final: tag(flavour),
    notes: why === undefined ? [] : [why],
  };
}

/** The layers that bring the environment into /app/.venv. */
function installs({ source, context, isPackage, requirementFile }: ProjectFacts): Blocks {
  const isDynamic = context.project?.isDynamic === true;
  const version = isPackage
    ? scmVersion(context.project?.version, context.project?.buildRequires ?? [])
    : undefined;
  const first = 'Dependencies change less often than the source, so they get a layer of their own.';
  if (source === 'lock') {
    const members = (context.lock?.packages ?? []).filter(({ isLocal }) => isLocal).length;
    // uv cannot compare the lock file with manifests that are not there yet (uv documentation, "Using uv in Docker").
    const flags = isDynamic || members > 1 ? '--frozen' : '--locked';
    const scope = members > 1 ? '--no-install-workspace' : '--no-install-project';
    const sync = run(cache, bind('uv.lock'), bind('pyproject.toml'), `uv sync ${flags} --no-dev ${scope}`);
    return [
      lines('WORKDIR /app', comment(isPackage ? first : undefined), sync),
      isPackage || members > 1
        ? lines('COPY . .', version, run(cache, 'uv sync --locked --no-dev --no-editable'))
        : undefined,
    ];
  }
  const file = source === 'requirements' ? requirementFile : 'pyproject.toml';
  const noLock =
    source === 'requirements'
      ? undefined
      : 'Without uv.lock these are the newest versions of the day: `uv lock` pins them, then `uv sync --locked` installs them.';
  if (isDynamic)
    return [
      lines('WORKDIR /app', 'COPY . .', version, comment(noLock), run(cache, 'uv venv && uv pip install .')),
    ];
  const install = run(cache, bind(file), `uv venv && uv pip install -r ${file}`);
  return [
    lines('WORKDIR /app', comment(noLock ?? first), install),
    isPackage ? lines('COPY . .', version, run(cache, 'uv pip install --no-deps .')) : undefined,
  ];
}

/** Variables by which a build backend is told the version that it would take from Git (documentation of each). */
const versionVariables: Readonly<Record<string, string>> = {
  'hatch-vcs': 'SETUPTOOLS_SCM_PRETEND_VERSION',
  'setuptools-scm': 'SETUPTOOLS_SCM_PRETEND_VERSION',
  'uv-dynamic-versioning': 'UV_DYNAMIC_VERSIONING_BYPASS',
  'poetry-dynamic-versioning': 'POETRY_DYNAMIC_VERSIONING_BYPASS',
};

function scmVersion(version: string | undefined, requires: readonly string[]): string | undefined {
  const name = requires.find((one) => Object.hasOwn(versionVariables, one));
  if (version !== undefined || name === undefined) return undefined;
  return lines(
    '# The version is taken from Git, which stays out of the build: give it as a build argument.',
    `ARG ${versionVariables[name]}=0.0.0`,
  );
}

function libraries(facts: ProjectFacts, release: 'bookworm' | 'noble'): string | undefined {
  const packages = systemPackages(facts, release);
  if (packages.length === 0) return undefined;
  return `RUN apt-get update \\\n    && apt-get install -y --no-install-recommends \\\n        ${packages.join(' \\\n        ')} \\\n    && rm -rf /var/lib/apt/lists/*`;
}

/** What NVIDIA's runtime looks at; its own images set it. */
function nvidia({ gpu }: ProjectFacts): Readonly<Record<string, string>> {
  if (gpu.isCpu || (!gpu.cuda && !gpu.framework)) return {};
  return { NVIDIA_VISIBLE_DEVICES: 'all', NVIDIA_DRIVER_CAPABILITIES: 'compute,utility' };
}

function start({ words, help, note }: Entry, kind: ScaffoldKind): Blocks {
  if (kind === 'training' && !help) return [comment(note), `CMD ${json(words)}`];
  return [comment(note), `ENTRYPOINT ${json(words)}`, help && `CMD ${json([help])}`];
}

function listen(server: Server): Blocks {
  const { port, words, note } = server;
  return [`EXPOSE ${port}`, healthcheck(server), comment(note), `CMD ${json(words)}`];
}

function healthcheck({ port, health }: Server): string {
  const url = `http://127.0.0.1:${port}${health ?? '/'}`;
  // An answer with an error code is an answer.
  const ask =
    health === undefined
      ? `import urllib.error as e, urllib.request as u\ntry: u.urlopen('${url}', timeout=4)\nexcept e.HTTPError: pass`
      : `import urllib.request as u; u.urlopen('${url}', timeout=4)`;
  return lines(
    comment(
      health === undefined
        ? 'Any answer counts, as no route for its health was found in the sources.'
        : undefined,
    ),
    `HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \\\n    CMD ${json(['python', '-c', ask])}`,
  );
}
