// Whether an engine answers, and what it can do.
import { existsSync } from 'node:fs';
import type { IContainersClient } from '@microsoft/vscode-container-client';
import * as z from 'zod';
import type { Exec, Program } from './exec.ts';
import { locate } from './locate.ts';
import { flagsOf, type Place } from './place.ts';
import { plain } from './plain.ts';

/** Whose words its command line understands. */
export type EngineKind = 'docker' | 'podman';
/** Of containerd, which has no API like Docker's: Finch hands on to the nerdctl in its virtual machine. */
export type NerdctlName = 'nerdctl' | 'finch';
export type EngineName = EngineKind | NerdctlName;

export type Engine = {
  readonly kind: EngineKind;
  /** Where it is one that understands most of Docker's words. */
  readonly nerdctl?: NerdctlName;
  /** With the flags of its place. */
  readonly file: Program;
  /** Where it was chosen or found, if not where its command line looks by itself. */
  readonly place?: Place;
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

const probeTimeoutMs = 10_000;

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

/** Makes archives of a container that does not run, with its volumes and with owners. */
export const hasArchives = ({ kind, nerdctl }: Pick<Engine, 'kind' | 'nerdctl'>) =>
  kind === 'docker' && !nerdctl;

/** As people know them. */
export const engineNames: Readonly<Record<EngineName, string>> = {
  docker: 'Docker',
  podman: 'Podman',
  nerdctl: 'nerdctl',
  finch: 'Finch',
};

type Answer = { readonly engine: Engine } | { readonly detail: string | undefined };

/** The engine, or what was said in its place; nothing was said where its program is not there. */
export async function probe(exec: Exec, name: EngineName, path: string, place?: Place): Promise<Answer> {
  const { DockerClient, PodmanClient } = await import('@microsoft/vscode-container-client');
  const file: Program = place ? { path, flags: flagsOf(place) } : path;
  const kind = name === 'podman' ? name : 'docker';
  const nerdctl = name === 'nerdctl' || name === 'finch' ? name : undefined;
  // The library hands on what it is given as the name of the program.
  const client = kind === 'docker' ? new DockerClient(file as string) : new PodmanClient(file as string);
  const exit = await exec(plain(await client.info({})), { timeoutMs: probeTimeoutMs });
  if (exit.kind === 'not-found') return { detail: undefined };
  if (exit.kind !== 'exited') return { detail: exit.kind };
  try {
    const json: unknown = JSON.parse(exit.stdout);
    if (kind === 'podman') {
      const { host, version } = podmanInfo.parse(json);
      return {
        engine: {
          kind,
          file,
          place,
          version: version.Version,
          platform: `${host.os}/${host.arch}`,
          gpu: isDescribed(),
          client,
        },
      };
    }
    const info = dockerInfo.parse(json);
    // Older CLIs exit with 0 and name the trouble in ServerErrors.
    if (!info.ServerVersion || info.ServerErrors?.length) {
      return { detail: info.ServerErrors?.join(' ') || exit.stderr };
    }
    const gpu = nerdctl
      ? isDescribed() || locate(nvidiaHook, '') !== nvidiaHook
      : Object.keys(info.Runtimes ?? {}).includes('nvidia') ||
        (info.DiscoveredDevices ?? []).some(({ ID }) => ID?.startsWith('nvidia.com/gpu'));
    const platform = `${info.OSType ?? 'linux'}/${architecture(info.Architecture ?? '')}`;
    const buildx = nerdctl ? undefined : await probeBuildx(exec, file);
    const version = info.ServerVersion;
    return { engine: { kind, nerdctl, file, place, version, platform, buildx, gpu, client } };
  } catch {
    return { detail: exit.stderr };
  }
}

/** By the Container Device Interface. */
const isDescribed = () => existsSync('/etc/cdi/nvidia.yaml') || existsSync('/var/run/cdi/nvidia.yaml');
/** What nerdctl calls for a GPU where none is described (its docs/gpu.md). */
const nvidiaHook = 'nvidia-container-cli';

async function probeBuildx(exec: Exec, file: Program): Promise<string | undefined> {
  const exit = await exec({ file, args: ['buildx', 'version'] }, { timeoutMs: probeTimeoutMs });
  // Without the plugin some CLIs print their general help and exit with 0.
  return exit.kind === 'exited' && exit.code === 0 ? /buildx\s+v?(\d\S*)/.exec(exit.stdout)?.[1] : undefined;
}

/** The engine names machines as the kernel does; images and `--platform` as Go does. */
function architecture(machine: string): string {
  return { x86_64: 'amd64', aarch64: 'arm64', armv7l: 'arm/v7' }[machine] ?? machine;
}
