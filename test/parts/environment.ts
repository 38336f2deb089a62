// What the suites get to know of the real parts, handed over in environment variables of the test process.
//
//   WHEELHOUSE_TEST_DOCKER_HOST          the engine's address; empty means the default one
//   WHEELHOUSE_TEST_DOCKER_CONFIG        a DOCKER_CONFIG folder of the tests' own, never ~/.docker
//   WHEELHOUSE_TEST_ENGINE_OWN           1 when the engine was started for the tests
//   WHEELHOUSE_TEST_BUILDX               1 when `docker buildx` works with that DOCKER_CONFIG
//   WHEELHOUSE_TEST_BUILDER              name of a buildx builder for several platforms
//   WHEELHOUSE_TEST_BASE_IMAGE           image of the example's FROM, present in the engine
//   WHEELHOUSE_TEST_BASE_STAND_IN        1 when that image is a stand-in, not the published one
//   WHEELHOUSE_TEST_REGISTRY             host:port of an open registry
//   WHEELHOUSE_TEST_PROTECTED_REGISTRY   host:port of one that asks for …_USER and …_PASSWORD
//   WHEELHOUSE_TEST_UV, …_UV_CACHE       uv, and a cache with which it builds wheels offline
//   WHEELHOUSE_TEST_HADOLINT             hadolint
//   WHEELHOUSE_TEST_SHELLCHECK           shellcheck
//   WHEELHOUSE_TEST_TOOLS                a folder for PATH that holds uv and hadolint only
//   WHEELHOUSE_TEST_NODE, …_CODE_SERVER, …_CHROMIUM   the browser VS Code
//   WHEELHOUSE_TEST_MISSING              JSON: the parts that could not be had
//   WHEELHOUSE_CORPUS                    folder of the shared corpus, where there is one
import path from 'node:path';
import type { Missing } from './progress.ts';

export type Parts = {
  readonly engine?: {
    readonly host: string;
    readonly own: boolean;
    readonly config: string;
    readonly buildx: boolean;
    readonly builder?: string;
    readonly baseImage?: string;
    readonly baseStandIn: boolean;
  };
  readonly registry?: string;
  readonly protectedRegistry?: { readonly address: string; readonly user: string; readonly password: string };
  readonly uv?: { readonly file: string; readonly cache: string; readonly tools: string };
  readonly hadolint?: string;
  readonly shellcheck?: string;
  readonly browser?: { readonly node: string; readonly codeServer: string; readonly chromium: string };
  readonly corpus?: string;
  readonly missing: readonly Missing[];
};

type Environment = Readonly<Record<string, string | undefined>>;
const prefix = 'WHEELHOUSE_TEST_';

export function partsToEnvironment(parts: Parts): Record<string, string> {
  const { engine, protectedRegistry, uv, browser } = parts;
  const values: Record<string, string | undefined> = {
    DOCKER_HOST: engine?.host,
    DOCKER_CONFIG: engine?.config,
    ENGINE_OWN: flag(engine?.own),
    BUILDX: flag(engine?.buildx),
    BUILDER: engine?.builder,
    BASE_IMAGE: engine?.baseImage,
    BASE_STAND_IN: flag(engine?.baseStandIn),
    REGISTRY: parts.registry,
    PROTECTED_REGISTRY: protectedRegistry?.address,
    PROTECTED_REGISTRY_USER: protectedRegistry?.user,
    PROTECTED_REGISTRY_PASSWORD: protectedRegistry?.password,
    UV: uv?.file,
    UV_CACHE: uv?.cache,
    TOOLS: uv?.tools,
    HADOLINT: parts.hadolint,
    SHELLCHECK: parts.shellcheck,
    NODE: browser?.node,
    CODE_SERVER: browser?.codeServer,
    CHROMIUM: browser?.chromium,
    MISSING: JSON.stringify(parts.missing),
  };
  const entries = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [[prefix + key, value] as const],
  );
  return { ...Object.fromEntries(entries), ...(parts.corpus ? { WHEELHOUSE_CORPUS: parts.corpus } : {}) };
}

/** What a suite calls. */
export function readParts(environment: Environment = process.env): Parts {
  const value = (key: string) => environment[prefix + key];
  const all = <K extends string>(...keys: readonly K[]): Record<K, string> | undefined => {
    const found = Object.fromEntries(keys.map((key) => [key, value(key)]));
    return Object.values(found).includes(undefined) ? undefined : (found as Record<K, string>);
  };
  const engine = all('DOCKER_HOST', 'DOCKER_CONFIG');
  const guarded = all('PROTECTED_REGISTRY', 'PROTECTED_REGISTRY_USER', 'PROTECTED_REGISTRY_PASSWORD');
  const uv = all('UV', 'UV_CACHE', 'TOOLS');
  const browser = all('NODE', 'CODE_SERVER', 'CHROMIUM');
  return {
    engine: engine && {
      host: engine.DOCKER_HOST,
      config: engine.DOCKER_CONFIG,
      own: value('ENGINE_OWN') === '1',
      buildx: value('BUILDX') === '1',
      builder: value('BUILDER'),
      baseImage: value('BASE_IMAGE'),
      baseStandIn: value('BASE_STAND_IN') === '1',
    },
    registry: value('REGISTRY'),
    protectedRegistry: guarded && {
      address: guarded.PROTECTED_REGISTRY,
      user: guarded.PROTECTED_REGISTRY_USER,
      password: guarded.PROTECTED_REGISTRY_PASSWORD,
    },
    uv: uv && { file: uv.UV, cache: uv.UV_CACHE, tools: uv.TOOLS },
    hadolint: value('HADOLINT'),
    shellcheck: value('SHELLCHECK'),
    browser: browser && {
      node: browser.NODE,
      codeServer: browser.CODE_SERVER,
      chromium: browser.CHROMIUM,
    },
    corpus: environment.WHEELHOUSE_CORPUS,
    missing: JSON.parse(value('MISSING') ?? '[]') as Missing[],
  };
}

/** The environment in which `docker`, `uv` and `hadolint` mean the parts under test, for any child process. */
export function toolEnvironment(parts: Parts, base: Environment = process.env): Record<string, string> {
  const { engine, uv } = parts;
  const changes: Environment = {
    ...(engine?.host ? { DOCKER_HOST: engine.host } : {}),
    ...(engine ? { DOCKER_CONFIG: engine.config } : {}),
    ...(uv
      ? {
          PATH: [uv.tools, base.PATH].filter(Boolean).join(path.delimiter),
          UV_CACHE_DIR: uv.cache,
          UV_OFFLINE: '1',
          UV_PYTHON_DOWNLOADS: 'never',
        }
      : {}),
  };
  const entries = Object.entries({ ...base, ...changes }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Record<string, string>;
}

function flag(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? '1' : '0';
}
