// Finds the container engine: which program, whether it answers, and what it can do.
import { existsSync } from 'node:fs';
import type { IContainersClient } from '@microsoft/vscode-container-client';
import * as z from 'zod';
import type { Command, Exec } from './exec.ts';
import { engineAbsent, engineUnreachable, type Failure, failed } from './failures.ts';
import { locate } from './locate.ts';

export type EngineKind = 'docker' | 'podman';

export type Engine = {
  readonly kind: EngineKind;
  readonly file: string;
  readonly version: string;
  /** Of the machine that runs the containers, as `linux/amd64`. */
  readonly platform: string;
  /** The version of buildx, where the CLI has it. */
  readonly buildx?: string;
  /** Can hand NVIDIA GPUs to a container. */
  readonly gpu: boolean;
  /** Builds the command lines; see the *-commands.ts files beside this one. */
  readonly client: IContainersClient;
};

export type EngineChoice = {
  readonly engine: 'auto' | EngineKind;
  readonly dockerPath: string;
  readonly podmanPath: string;
};

export type EngineState = 'unknown' | 'ready' | 'absent' | 'unreachable';

export type EngineAccess = {
  /** The engine, looked for when it is not known; throws the failure that says why there is none. */
  get(): Promise<Engine>;
  /** Forgets what was found, because the settings changed or the engine stopped answering. */
  forget(): void;
  /** Asks the engine anew, after a step failed for no known reason. */
  stillAnswers(): Promise<boolean>;
  onDidChange(listener: (state: EngineState, failure?: Failure) => void): void;
};

const probeTimeoutMs = 10_000;

export function createEngineAccess(exec: Exec, choose: () => EngineChoice): EngineAccess {
  const listeners: ((state: EngineState, failure?: Failure) => void)[] = [];
  let search: Promise<Engine> | undefined;
  const tell = (state: EngineState, failure?: Failure) => {
    for (const listener of listeners) listener(state, failure);
  };
  return {
    get() {
      if (search) return search;
      const mine: Promise<Engine> = findEngine(exec, choose()).then(
        (found) => {
          if (search === mine) tell('ready');
          return found;
        },
        (error) => {
          // The next caller looks again: the person may have started the engine meanwhile.
          if (search === mine) {
            search = undefined;
            const failure: Failure | undefined = error.failure;
            tell(failure?.id === 'engine-absent' ? 'absent' : 'unreachable', failure);
          }
          throw error;
        },
      );
      search = mine;
      return mine;
    },
    forget() {
      search = undefined;
      tell('unknown');
    },
    async stillAnswers() {
      try {
        await findEngine(exec, choose());
        return true;
      } catch {
        search = undefined;
        tell('unreachable');
        return false;
      }
    },
    onDidChange: (listener) => void listeners.push(listener),
  };
}

/** With `auto`, the first that answers, Docker before Podman. */
export async function findEngine(exec: Exec, choice: EngineChoice): Promise<Engine> {
  const kinds: readonly EngineKind[] = choice.engine === 'auto' ? ['docker', 'podman'] : [choice.engine];
  const silent: { file: string; detail: string }[] = [];
  for (const kind of kinds) {
    const file = locate(kind, kind === 'docker' ? choice.dockerPath : choice.podmanPath);
    const answer = await probe(exec, kind, file);
    if ('engine' in answer) return answer.engine;
    if (answer.detail !== undefined) silent.push({ file, detail: answer.detail });
  }
  const [first] = silent;
  if (!first) throw failed(engineAbsent(kinds.join(', ')));
  throw failed(engineUnreachable(silent.map(({ file }) => file).join(', '), first.detail));
}

const dockerInfo = z.object({
  ServerVersion: z.string().optional(),
  ServerErrors: z.array(z.string()).nullish(),
  OSType: z.string().optional(),
  Architecture: z.string().optional(),
  Runtimes: z.record(z.string(), z.unknown()).nullish(),
  DiscoveredDevices: z.array(z.object({ ID: z.string().optional() })).nullish(),
});
const podmanInfo = z.object({
  host: z.object({ os: z.string(), arch: z.string() }),
  version: z.object({ Version: z.string() }),
});

type Answer = { readonly engine: Engine } | { readonly detail: string | undefined };

async function probe(exec: Exec, kind: EngineKind, file: string): Promise<Answer> {
  const { DockerClient, PodmanClient } = await import('@microsoft/vscode-container-client');
  const client = kind === 'docker' ? new DockerClient(file) : new PodmanClient(file);
  const exit = await exec(plain(await client.info({})), { timeoutMs: probeTimeoutMs });
  if (exit.kind === 'not-found') return { detail: undefined };
  if (exit.kind !== 'exited') return { detail: exit.kind };
  try {
    const json: unknown = JSON.parse(exit.stdout);
    if (kind === 'podman') {
      const { host, version } = podmanInfo.parse(json);
      const gpu = existsSync('/etc/cdi/nvidia.yaml') || existsSync('/var/run/cdi/nvidia.yaml');
      return {
        engine: { kind, file, version: version.Version, platform: `${host.os}/${host.arch}`, gpu, client },
      };
    }
    const info = dockerInfo.parse(json);
    // Older CLIs exit with 0 and name the trouble in ServerErrors.
    if (!info.ServerVersion || info.ServerErrors?.length) {
      return { detail: info.ServerErrors?.join(' ') || exit.stderr };
    }
    const gpu =
      Object.keys(info.Runtimes ?? {}).includes('nvidia') ||
      (info.DiscoveredDevices ?? []).some(({ ID }) => ID?.startsWith('nvidia.com/gpu'));
    const platform = `${info.OSType ?? 'linux'}/${architecture(info.Architecture ?? '')}`;
    const buildx = await probeBuildx(exec, file);
    return { engine: { kind, file, version: info.ServerVersion, platform, buildx, gpu, client } };
  } catch {
    return { detail: exit.stderr };
  }
}

async function probeBuildx(exec: Exec, file: string): Promise<string | undefined> {
  const exit = await exec({ file, args: ['buildx', 'version'] }, { timeoutMs: probeTimeoutMs });
  // Without the plugin some CLIs print their general help and exit with 0.
  return exit.kind === 'exited' && exit.code === 0 ? /buildx\s+v?(\d\S*)/.exec(exit.stdout)?.[1] : undefined;
}

/** The engine names machines as the kernel does; images and `--platform` as Go does. */
function architecture(machine: string): string {
  return { x86_64: 'amd64', aarch64: 'arm64', armv7l: 'arm/v7' }[machine] ?? machine;
}

type Argument = string | { readonly value: string };

/** A command of the library as plain argv: its quoting is for shells, and none is used here. */
export function plain<T = void>(response: {
  readonly command: string;
  readonly args: readonly Argument[];
  readonly parse?: (output: string, strict: boolean) => Promise<T>;
}): Command<T> {
  const { command, args, parse } = response;
  return {
    file: command,
    args: args.map((arg) => (typeof arg === 'string' ? arg : arg.value)),
    parse: parse ? (stdout) => parse(stdout, false) : undefined,
  };
}
