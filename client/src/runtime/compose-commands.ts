// Commands of Compose, as values: `docker compose` or `podman compose`, a docker-compose of its own, or podman-compose.
import * as z from 'zod';
import { projectLabel } from './compose-labels.ts';
import type { Engine } from './engine.ts';
import type { Command, Program } from './exec.ts';

export type Compose = {
  readonly file: Program;
  readonly args: readonly string[];
  /** Docker Compose 2, which tells what files come to as JSON, and knows a project by its containers alone. */
  readonly full: boolean;
};

/** What is tried in this order to find it; its answer to `version` tells which it is. */
export function composeCandidates({ kind, nerdctl, file }: Engine): readonly Omit<Compose, 'full'>[] {
  const plugin = { file, args: ['compose'] };
  const alone = { file: kind === 'docker' ? 'docker-compose' : 'podman-compose', args: [] };
  // One of its own takes no flags that choose an engine, and knows no containerd.
  return typeof file === 'string' && !nerdctl ? [plugin, alone] : [plugin];
}

export function composeVersion({ file, args }: Omit<Compose, 'full'>): Command<boolean | undefined> {
  return {
    file,
    args: [...args, 'version'],
    // A CLI without the plugin may print its help and end with 0; Compose 1 says "docker-compose version".
    parse: (stdout) =>
      /Docker Compose version/i.test(stdout)
        ? true
        : /(?:podman-compose|nerdctl compose) version/i.test(stdout)
          ? false
          : undefined,
  };
}

/** Which project: by files, by its name alone, or the one that Compose finds in a folder. */
export type ComposeProject = {
  readonly name?: string;
  /** Absolute. Without one Compose looks in the folder, and takes the override beside it. */
  readonly files?: readonly string[];
  readonly folder?: string;
  readonly envFiles?: readonly string[];
};

export type Verb = 'up' | 'stop' | 'restart' | 'down' | 'pull' | 'build';

type What = {
  readonly profiles?: readonly string[];
  readonly services?: readonly string[];
  readonly volumes?: boolean;
};

export function composeDo(
  compose: Compose,
  project: ComposeProject,
  verb: Verb,
  { profiles = [], services = [], volumes }: What,
): Command {
  const flags: Readonly<Record<Verb, readonly string[]>> = {
    up: ['--detach'],
    stop: [],
    restart: [],
    down: volumes ? ['--volumes'] : [],
    // What is built here is in no registry.
    pull: compose.full ? ['--ignore-buildable'] : [],
    build: [],
  };
  // A service may be called like a flag.
  const named = services.length ? ['--', ...services] : [];
  return on(compose, project, profiles, [verb, ...flags[verb], ...named]);
}

export function listProfiles(compose: Compose, project: ComposeProject): Command<readonly string[]> {
  return { ...on(compose, project, [], ['config', '--profiles']), parse: lines };
}

export type Service = {
  readonly name: string;
  readonly image?: string;
  readonly built: boolean;
  readonly profiles: readonly string[];
};
export type ComposeConfig = { readonly name?: string; readonly services: readonly Service[] };

const config = z.object({
  name: z.string().optional(),
  services: z.record(
    z.string(),
    z.object({
      image: z.string().nullish(),
      build: z.unknown().optional(),
      profiles: z.array(z.string()).nullish(),
    }),
  ),
});

/** What the files come to with these profiles. Values of variables are in the answer too, and are left there. */
export function readConfig(
  compose: Compose,
  project: ComposeProject,
  profiles: readonly string[],
): Command<ComposeConfig> {
  if (!compose.full)
    return {
      ...on(compose, project, profiles, ['config', '--services']),
      parse: (stdout) => ({ services: lines(stdout).map((name) => ({ name, built: false, profiles: [] })) }),
    };
  return {
    ...on(compose, project, profiles, ['config', '--format', 'json']),
    parse(stdout) {
      const { name, services } = config.parse(JSON.parse(stdout));
      return {
        name,
        services: Object.entries(services).map(([service, { image, build, profiles }]) => ({
          name: service,
          image: image || undefined,
          built: build !== undefined && build !== null,
          profiles: profiles ?? [],
        })),
      };
    },
  };
}

/** The names of the networks or volumes that a project made. */
export function listMade(
  { file }: Engine,
  kind: 'network' | 'volume',
  project: string,
): Command<readonly string[]> {
  const filter = `label=${projectLabel}=${project}`;
  return { file, args: [kind, 'ls', '--filter', filter, '--format', '{{.Name}}'], parse: lines };
}

/** The ids of the containers of a project, or of all projects. */
export function listMembers({ file }: Engine, project?: string): Command<readonly string[]> {
  const label = project === undefined ? projectLabel : `${projectLabel}=${project}`;
  const args = ['container', 'ls', '--all', '--quiet', '--no-trunc', '--filter', `label=${label}`];
  return { file, args, parse: lines };
}

function on(
  { file, args, full }: Compose,
  { name, files = [], folder, envFiles = [] }: ComposeProject,
  profiles: readonly string[],
  rest: readonly string[],
): Command {
  return {
    file,
    args: [
      ...args,
      ...(name === undefined ? [] : [`--project-name=${name}`]),
      // podman-compose takes the folder in which it is started.
      ...(full && files.length && folder !== undefined ? [`--project-directory=${folder}`] : []),
      ...envFiles.map((env) => `--env-file=${env}`),
      ...files.flatMap((each) => ['--file', each]),
      ...profiles.map((profile) => `--profile=${profile}`),
      ...rest,
    ],
  };
}

function lines(stdout: string): readonly string[] {
  return stdout.split(/\r?\n/).filter(Boolean);
}
