import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureGoProgram, type GoProgram, isBuilt } from './go.ts';
import type { Log, Missing } from './progress.ts';

const buildx: GoProgram = {
  name: 'docker-buildx',
  version: '0.38.2',
  build: async (go, folder) => {
    const flags = `-s -w -X github.com/docker/buildx/version.Version=v${buildx.version}`;
    await go(['install', '-ldflags', flags, `github.com/docker/buildx/cmd/buildx@v${buildx.version}`]);
    renameSync(path.join(folder, 'buildx'), path.join(folder, 'docker-buildx'));
  },
};

const buildkitd = ofBuildkit('buildkitd');
const buildctl = ofBuildkit('buildctl');

function ofBuildkit(name: string): GoProgram {
  const version = '0.34.2';
  const program = `github.com/moby/buildkit/cmd/${name}`;
  return {
    name,
    version,
    build: async (go, folder) => {
      // `go install` refuses BuildKit for its exclude directives; as a dependency of a module of one file it builds.
      writeFileSync(path.join(folder, 'go.mod'), 'module parts\n\ngo 1.26\n');
      writeFileSync(
        path.join(folder, 'tools.go'),
        `//go:build tools\n\npackage parts\n\nimport _ "${program}"\n`,
      );
      await go(['get', `${program}@v${version}`]);
      await go(['build', '-ldflags', '-s -w', '-o', name, program]);
    },
  };
}

/** The path of the CLI plugin. */
export function ensureBuildx(log: Log): Promise<string | Missing> {
  return built(buildx, log, 'docker-buildx-plugin of Docker’s own package repository');
}

/** The path of the daemon that builds for several platforms. */
export function ensureBuildkitd(log: Log): Promise<string | Missing> {
  return built(buildkitd, log, 'Go 1.26 or newer, so that it can be built');
}

/** The path of its client, by which buildx reaches the daemon in a container. */
export function ensureBuildctl(log: Log): Promise<string | Missing> {
  return built(buildctl, log, 'Go 1.26 or newer, so that it can be built');
}

export function buildxIsCached(): boolean {
  return isBuilt(buildx);
}

async function built(program: GoProgram, log: Log, install: string): Promise<string | Missing> {
  try {
    return await ensureGoProgram(program, log);
  } catch (error) {
    return { missing: program.name, why: error instanceof Error ? error.message : String(error), install };
  }
}
