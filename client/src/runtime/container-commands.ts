// Commands on containers, as values.
import type { ListContainersItem } from '@microsoft/vscode-container-client';
import { type ContainerDetails, containerDetails } from './container-details.ts';
import { type Engine, plain } from './engine.ts';
import type { Command } from './exec.ts';
import { parseRecords } from './records.ts';

export type Mount = {
  /** A whole path of the machine, or the name of a volume. */
  readonly source: string;
  readonly destination: string;
  readonly readOnly?: boolean;
};

export type Published = {
  /** Of an IPv6 address with its brackets; all interfaces where there is none. */
  readonly address?: string;
  readonly host: number;
  readonly container: number;
};

export type RunOptions = {
  readonly image: string;
  readonly name?: string;
  readonly remove?: boolean;
  readonly ports?: readonly Published[];
  readonly env?: Readonly<Record<string, string>>;
  readonly envFile?: string;
  /** Holds `env` in place of the command line, where every user of the machine could read it. */
  readonly privateEnvFile?: string;
  readonly mounts?: readonly Mount[];
  readonly gpu?: boolean;
  readonly shmSize?: string;
  /** With a terminal of its own, where nothing else is said. */
  readonly terminal?: boolean;
  /** Whatever else `run` takes before the image. */
  readonly options?: readonly string[];
  readonly command?: readonly string[];
};

/** Starts a container that goes on by itself, or leaves it unstarted; answers with its id. */
export async function runContainer(
  engine: Engine,
  options: RunOptions,
  verb: 'run' | 'create' = 'run',
): Promise<Command<string>> {
  const run = plain(
    await engine.client.runContainer({
      imageRef: options.image,
      detached: true,
      name: options.name,
      removeOnExit: options.remove,
      ports: options.ports?.map(({ address, host, container }) => ({
        hostIp: address,
        hostPort: host,
        containerPort: container,
      })),
      environmentVariables: options.privateEnvFile ? undefined : { ...options.env },
      environmentFiles: [options.envFile, options.privateEnvFile].filter((file) => file !== undefined),
      command: [...(options.command ?? [])],
    }),
  );
  const gpu = !options.gpu
    ? []
    : engine.kind === 'docker'
      ? ['--gpus', 'all']
      : ['--device', 'nvidia.com/gpu=all'];
  const shm = options.shmSize ? ['--shm-size', options.shmSize] : [];
  const mounts = (options.mounts ?? []).flatMap((mount) => ['--mount', mountFlag(mount)]);
  const extra = [...gpu, ...shm, ...mounts, ...(options.options ?? [])];
  const { terminal = true } = options;
  const theirs = run.args
    .slice(2)
    .filter((arg, at) => at > 1 || (arg === '--tty' ? terminal : arg !== '--detach' || verb === 'run'));
  return {
    file: run.file,
    args: [...run.args.slice(0, 1), verb, ...extra, ...theirs],
    parse: (stdout) => /^[0-9a-f]{12,64}$/m.exec(stdout)?.[0] ?? '',
  };
}

/** `--mount` is a line of CSV: a path with a comma is quoted, which the library does not do. */
function mountFlag({ source, destination, readOnly }: Mount): string {
  const field = (key: string, value: string) =>
    /[",]/.test(value) ? `"${key}=${value.replaceAll('"', '""')}"` : `${key}=${value}`;
  const type = /^(?:[A-Za-z]:)?[\\/]/.test(source) ? 'bind' : 'volume';
  const parts = [`type=${type}`, field('source', source), field('destination', destination)];
  return [...parts, ...(readOnly ? ['readonly'] : [])].join(',');
}

export async function listContainers(engine: Engine): Promise<Command<readonly ListContainersItem[]>> {
  const list = plain(await engine.client.listContainers({ all: true }));
  if (!engine.nerdctl) return list;
  // Without networks in it, the library takes none of its lines for a container.
  const whole = async (stdout: string) =>
    (await parseRecords(stdout))
      .map((record) => JSON.stringify({ Networks: '', ...(record as object) }))
      .join('\n');
  return { ...list, parse: async (stdout) => (await list.parse?.(await whole(stdout), '')) ?? [] };
}

/** The library's own reading leaves out how a container ended; its arguments are used, and the answer read here. */
export async function inspectContainers(
  engine: Engine,
  containers: readonly string[],
): Promise<Command<readonly ContainerDetails[]>> {
  const { file, args } = plain(await engine.client.inspectContainers({ containers: [...containers] }));
  return { file, args, parse: async (stdout) => (await parseRecords(stdout)).map(containerDetails) };
}

export async function startContainers(
  engine: Engine,
  container: readonly string[],
): Promise<Command<unknown>> {
  return plain(await engine.client.startContainers({ container: [...container] }));
}

export async function stopContainers(
  engine: Engine,
  container: readonly string[],
): Promise<Command<unknown>> {
  return plain(await engine.client.stopContainers({ container: [...container] }));
}

export async function restartContainers(
  engine: Engine,
  container: readonly string[],
): Promise<Command<unknown>> {
  return plain(await engine.client.restartContainers({ container: [...container] }));
}

/** What the library has no words for; Docker and Podman share these. */
export async function signalContainers(
  { file }: Engine,
  verb: 'pause' | 'unpause' | 'kill',
  containers: readonly string[],
): Promise<Command<unknown>> {
  return { file, args: ['container', verb, ...containers] };
}

export async function renameContainer(
  { file }: Engine,
  container: string,
  name: string,
): Promise<Command<unknown>> {
  return { file, args: ['container', 'rename', container, name] };
}

export async function removeContainers(
  engine: Engine,
  containers: readonly string[],
  force: boolean,
): Promise<Command<unknown>> {
  return plain(await engine.client.removeContainers({ containers: [...containers], force }));
}

export async function containerLogs(
  engine: Engine,
  container: string,
  options: {
    readonly follow?: boolean;
    readonly tail?: number;
    readonly since?: string;
    readonly timestamps?: boolean;
  } = {},
): Promise<Command<string>> {
  const { file, args } = plain(await engine.client.logsForContainer({ container, ...options }));
  return { file, args, parse: (stdout, stderr) => stdout + stderr };
}

/** Ends with 0 where the container runs and its image has a shell. */
export async function tryShell(engine: Engine, container: string): Promise<Command> {
  const { file, args } = plain(
    await engine.client.execContainer({ container, command: ['sh', '-c', 'exit 0'] }),
  );
  return { file, args };
}

/** The file and arguments for a terminal: attaching needs a real one, so VS Code starts it and not exec.ts. */
export async function containerShell(engine: Engine, container: string): Promise<Command> {
  const { file, args } = plain(
    await engine.client.execContainer({
      container,
      interactive: true,
      tty: true,
      // The best shell the image has. `exec` inside `sh -c` runs in the container, not on this machine.
      command: ['sh', '-c', 'command -v bash >/dev/null && exec bash || exec sh'],
    }),
  );
  return { file, args };
}

/**
 * As one line for the shell inside; what it says stays until Enter. `ended` has a place for the exit code, which is told in
 * the terminal alone: ended with another one than 0, VS Code would tell of it again, with the whole command line.
 */
export async function execInContainer(
  engine: Engine,
  container: string,
  line: string,
  ended: string,
): Promise<Command> {
  const script = 'eval "$1"; code=$?; printf "\\n$2\\n" "$code"; read -r _; exit 0';
  const { file, args } = plain(
    await engine.client.execContainer({
      container,
      interactive: true,
      tty: true,
      command: ['sh', '-c', script, 'sh', line, ended],
    }),
  );
  return { file, args };
}

/** The tables of the sockets in a container (Linux, proc_net_tcp(5)); that of IPv6 may be missing. */
export async function socketTables(engine: Engine, container: string): Promise<Command<string>> {
  const script = 'cat /proc/net/tcp /proc/net/tcp6 2>/dev/null; exit 0';
  const { file, args } = plain(
    await engine.client.execContainer({ container, command: ['sh', '-c', script] }),
  );
  return { file, args, parse: (stdout) => stdout };
}

/** Docker Desktop has a plugin that brings tools of its own into a container. */
export function hasDebug({ file }: Engine): Command<boolean> {
  return {
    file,
    args: ['info', '--format', '{{range .ClientInfo.Plugins}}{{.Name}} {{end}}'],
    parse: (stdout) => stdout.split(/\s+/).includes('debug'),
  };
}

export function debugShell({ file }: Engine, container: string): Command {
  return { file, args: ['debug', container] };
}

/** Its processes, its network, and at /proc/1/root its files. */
export function sidecarShell({ kind, nerdctl }: Engine, container: string): Command {
  const shared = [`--pid=container:${container}`, `--network=container:${container}`];
  return {
    file: nerdctl ?? kind,
    args: ['run', '--rm', '-it', ...shared, '--cap-add=SYS_PTRACE', 'docker.io/library/busybox', 'sh'],
  };
}

/** With the memory of each, in columns that Docker hands on to `ps` of its machine and Podman reads itself. */
export function topProcesses({ file, kind }: Engine, container: string, isWide = false): Command<string> {
  const columns = 'pid,user,rss,pcpu,etime,args';
  const wide = kind === 'podman' ? columns.split(',') : ['-eo', columns];
  // nerdctl has it by this name alone.
  return { file, args: ['top', container, ...(isWide ? wide : [])], parse: (stdout) => stdout };
}

/** Podman pauses only where it is told to, Docker unless it is told not to. */
export function commitContainer({ file }: Engine, container: string, image: string, pause: boolean): Command {
  return { file, args: ['container', 'commit', `--pause=${pause}`, container, image] };
}
