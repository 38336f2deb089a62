// What a run of the UI suite has: a host, a browser, an engine, and a Docker configuration of its own.
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Parts, toolEnvironment } from '../../parts/environment.ts';
import { run, temporaryFolder } from '../../parts/processes.ts';
import type { Artifact } from '../artifacts.ts';
import { type Host, type HostOptions, openWorkbench, startHost } from '../host.ts';
import { withoutTestSecrets } from '../processes.ts';
import type { Results } from '../results.ts';

export type ReadyParts = Parts & {
  readonly [K in 'engine' | 'registry' | 'protectedRegistry' | 'uv' | 'browser']-?: NonNullable<Parts[K]>;
};

export type World = {
  readonly parts: ReadyParts;
  readonly artifact: Artifact;
  readonly browser: Browser;
  readonly results: Results;
  readonly host: Host;
  /** Where logins of this run are kept by the engine's CLI. */
  readonly dockerConfig: string;
  /** Argument vectors and environments of every `docker` that was started. */
  readonly dockerCalls: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Opens a folder, or an empty window, in a window of its own. */
  open(folder: string | undefined): Promise<Page>;
  /** The real engine's CLI, to see what is really there. */
  docker(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
};

const settings = {
  // Otherwise the terminal is a picture, which nobody can read here.
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.scrollback': 5000,
  'editor.minimap.enabled': false,
  // In a browser the light one is the default.
  'workbench.colorTheme': 'Dark 2026',
};

export async function makeWorld(
  parts: Parts,
  artifact: Artifact,
  browser: Browser,
  results: Results,
  options: HostOptions = {},
): Promise<World> {
  const { engine, registry, protectedRegistry, uv, browser: browserParts } = parts;
  if (!engine || !registry || !protectedRegistry || !uv || !browserParts) {
    throw new Error(`Missing: ${parts.missing.map(({ missing }) => missing).join(', ')}`);
  }
  const ready: ReadyParts = { ...parts, engine, registry, protectedRegistry, uv, browser: browserParts };
  const root = temporaryFolder('ui');
  const dockerConfig = path.join(root, 'docker-config');
  cpSync(engine.config, dockerConfig, { recursive: true, verbatimSymlinks: true });
  const base = withoutTestSecrets(toolEnvironment(parts));
  const calls = path.join(root, 'docker-calls');
  const environment = {
    ...base,
    DOCKER_CONFIG: dockerConfig,
    PATH: `${recordingDocker(root, calls, base.PATH ?? '')}${path.delimiter}${base.PATH}`,
  };
  const host = await startHost(browserParts, {
    env: environment,
    vsix: artifact.vsix,
    // With the package installed nothing is in development.
    unpacked: artifact.vsix.length ? [] : [artifact.development],
    logLevel: 'debug',
    ...options,
    settings: { ...settings, ...options.settings },
  });
  return {
    ...{ parts: ready, artifact, browser, results, host, dockerConfig, dockerCalls: calls, environment },
    open: (folder) => openWorkbench(browser, host, folder),
    docker: (...args) => run('docker', args, { env: { ...base, DOCKER_CONFIG: dockerConfig } }),
  };
}

/** A `docker` for PATH that notes how it was called, as the system has it, and becomes the real one. */
function recordingDocker(root: string, calls: string, searchPath: string): string {
  const folder = path.join(root, 'bin');
  mkdirSync(folder);
  const file = path.join(folder, 'docker');
  const script = [
    '#!/bin/sh',
    `cat /proc/$$/cmdline /proc/$$/environ | tr '\\0' '\\n' >> '${calls}'`,
    `PATH='${searchPath}' exec docker "$@"`,
  ];
  writeFileSync(file, `${script.join('\n')}\n`);
  chmodSync(file, 0o755);
  return folder;
}
