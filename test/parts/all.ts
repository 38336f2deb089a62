import { existsSync } from 'node:fs';
import path from 'node:path';
import { baseImageIsCached, baseImages, ensureBaseImage } from './base-image.ts';
import { startBuilder } from './builder.ts';
import { buildxIsCached, ensureBuildctl, ensureBuildkitd, ensureBuildx } from './buildx.ts';
import { repository } from './cache.ts';
import { codeServerIsCached, ensureChromium, ensureCodeServer } from './code-server.ts';
import { ensureCompose } from './compose.ts';
import { ensurePackages, type Need, program } from './debian.ts';
import { makeDockerConfig, systemBuildx } from './docker-cli.ts';
import { type Engine, ensureEngine } from './engine.ts';
import type { Parts } from './environment.ts';
import { dropGoCaches } from './go.ts';
import { onExit, run, sweepTemporaryFolders, temporaryFolder } from './processes.ts';
import { isMissing, type Log, type Missing } from './progress.ts';
import { ensurePython, hasVenv, type Python } from './python.ts';
import { newAccount, startRegistry } from './registry.ts';

export type Wanted = {
  /** VS Code in the browser. */
  readonly codeServer: boolean;
  /** A browser that tests drive. */
  readonly chromium: boolean;
  /** Builds buildx and BuildKit if need be, which takes minutes. */
  readonly builder: boolean;
  /** Builds other Go programs, with what was fetched and compiled for the builder: that is dropped afterwards. */
  readonly besides?: () => Promise<unknown>;
  /** Registries without, and with, a password. */
  readonly registries: readonly ('open' | 'protected')[];
  /** Podman's program; a test that needs one starts it. */
  readonly podman: boolean;
  /** What a Docker needs that is not run as root; a test starts it. */
  readonly rootless: boolean;
  /** OpenSSH, which a test starts. */
  readonly sshServer: boolean;
  /** Imports a stand-in for the example's base image, where the engine has no such image. */
  readonly baseStandIn: boolean;
};

export const everything: Wanted = {
  codeServer: true,
  chromium: true,
  builder: true,
  registries: ['open', 'protected'],
  podman: true,
  rootless: true,
  sshServer: true,
  baseStandIn: true,
};

/** Sets up all that is wanted; what cannot be had is listed in `missing`, never thrown. */
export async function setUpParts(log: Log, wanted: Wanted): Promise<Parts> {
  await sweepTemporaryFolders();
  const missing: Missing[] = [];
  const had = <T>(part: T | Missing): T | undefined => {
    if (!isMissing(part)) return part;
    missing.push(part);
    log(part.missing, `missing: ${part.why}`);
    return undefined;
  };
  const packages = await ensurePackages(await needs(wanted), log);
  if (packages) had(packages);

  const python = had(await ensurePython(log));
  const codeServer = wanted.codeServer ? had(await ensureCodeServer(log)) : undefined;
  const chromium = wanted.chromium ? had(ensureChromium()) : undefined;
  const buildx = wanted.builder || buildxIsCached() ? had(await ensureBuildx(log)) : undefined;
  const buildkitd = wanted.builder ? had(await ensureBuildkitd(log)) : undefined;
  if (wanted.builder) had(await ensureBuildctl(log));
  await wanted.besides?.();
  if (buildx && buildkitd) dropGoCaches();
  const compose = had(await ensureCompose(log));

  const account = newAccount();
  const [open, guarded, engine] = await Promise.all([
    wanted.registries.includes('open') ? startRegistry(log, undefined) : undefined,
    wanted.registries.includes('protected') ? startRegistry(log, python?.python, account) : undefined,
    ensureEngine(log),
  ]);
  const registry = open && had(open)?.address;
  const protectedRegistry = guarded && had(guarded)?.address;
  const running = had(engine);
  return {
    engine:
      running &&
      (await outfit(running, {
        buildx,
        buildkitd,
        compose,
        python,
        standIn: wanted.baseStandIn,
        log,
        had,
        registries: [registry, protectedRegistry],
      })),
    registry,
    protectedRegistry: protectedRegistry ? { address: protectedRegistry, ...account } : undefined,
    uv: python && { file: python.uv, cache: python.uvCache, tools: python.tools },
    hadolint: python?.hadolint,
    shellcheck: python?.shellcheck,
    browser:
      codeServer && (chromium || !wanted.chromium)
        ? { node: codeServer.node, codeServer: codeServer.entry, chromium: chromium ?? '' }
        : undefined,
    corpus: findCorpus(),
    missing,
  };
}

type Outfit = {
  readonly buildx?: string;
  readonly buildkitd?: string;
  readonly compose?: string;
  readonly python?: Python;
  readonly standIn: boolean;
  readonly log: Log;
  readonly had: <T>(part: T | Missing) => T | undefined;
  readonly registries: readonly (string | undefined)[];
};

async function outfit(engine: Engine, kit: Outfit): Promise<NonNullable<Parts['engine']>> {
  const config = makeDockerConfig(path.join(temporaryFolder('docker'), 'config'), kit.buildx, kit.compose);
  const plain = kit.registries.filter((address) => address !== undefined);
  const [base, builder] = await Promise.all([
    provideBaseImage(engine, kit),
    kit.buildx && kit.buildkitd ? startBuilder(kit.log, kit.buildkitd, config, plain) : undefined,
  ]);
  return {
    host: engine.host,
    own: engine.own,
    config,
    buildx: kit.buildx !== undefined || (await systemBuildx(config)),
    builder: builder && kit.had(builder),
    baseImage: base && baseImages[0],
    baseStandIn: base === 'stand-in',
  };
}

/** The base image of the example: the published one where it can be had, else the stand-in under its name. */
async function provideBaseImage(engine: Engine, kit: Outfit): Promise<'published' | 'stand-in' | undefined> {
  const env = engine.host ? { DOCKER_HOST: engine.host } : {};
  const isPresent = async (name: string) =>
    (await run('docker', ['image', 'inspect', name], { env })).code === 0;
  const [first = '', ...others] = baseImages;
  if (await isPresent(first)) return 'published';
  // An engine of our own starts empty each time: a pull of some 400 MB a run would be rude.
  if (!engine.own && kit.standIn) {
    kit.log('base image', `pulling ${first}`);
    if ((await run('docker', ['pull', first], { env, timeout: 300_000 })).code === 0) return 'published';
  }
  if (!kit.standIn) return undefined;
  const tar = kit.python && kit.had(await ensureBaseImage(kit.python, kit.log));
  if (!tar) return undefined;
  const imported = await run('docker', ['import', tar, first], { env });
  if (imported.code !== 0) {
    kit.had({
      missing: 'base image',
      why: `import failed: ${imported.stderr.trim()}`,
      install: `docker pull ${first}`,
    });
    return undefined;
  }
  const given = [first];
  for (const name of others) {
    // In an engine that people use, a name may mean the published image already.
    if (await isPresent(name)) continue;
    await run('docker', ['tag', first, name], { env });
    given.push(name);
  }
  if (!engine.own) {
    // And a stand-in must not outlive the tests there.
    onExit(async () => {
      await run('docker', ['image', 'rm', '--force', ...given], { env });
    });
  }
  kit.log('base image', `stand-in imported as ${given.join(', ')}`);
  return 'stand-in';
}

async function needs(wanted: Wanted): Promise<Need[]> {
  const engineAnswers = (await run('docker', ['version'], { timeout: 10_000 })).code === 0;
  return [
    ...(engineAnswers
      ? [program('docker', 'docker.io')]
      : [program('dockerd', 'docker.io'), program('iptables'), program('ip', 'iproute2')]),
    ...(wanted.podman ? [program('podman')] : []),
    ...(wanted.rootless
      ? [program('rootlesskit'), program('slirp4netns'), program('newuidmap', 'uidmap')]
      : []),
    ...(wanted.sshServer ? [program('sshd', 'openssh-server'), program('ssh', 'openssh-client')] : []),
    ...(wanted.registries.length ? [program('docker-registry')] : []),
    ...(wanted.chromium ? [chromium] : []),
    ...(wanted.codeServer && !codeServerIsCached() ? [program('g++'), program('make')] : []),
    ...(wanted.builder ? [program('runc')] : []),
    ...(wanted.baseStandIn && !baseImageIsCached() ? [program('debootstrap')] : []),
    program('git'),
    program('python3'),
    { package: 'python3-venv', present: hasVenv },
  ];
}

const chromium: Need = { package: 'chromium', present: () => !isMissing(ensureChromium()) };

function findCorpus(): string | undefined {
  const folder = process.env.WHEELHOUSE_CORPUS ?? path.resolve(repository, '../shared/corpus');
  return existsSync(folder) ? folder : undefined;
}
