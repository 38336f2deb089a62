import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runOrThrow } from '../../parts/processes.ts';
import type { World } from './world.ts';

/** A project as it lies in a folder. */
export interface Project {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Files of noise by path, in megabytes. */
  readonly noise?: Readonly<Record<string, number>>;
  /** uv locks it. */
  readonly lock?: true;
  /** uv builds its wheel. */
  readonly wheel?: true;
  /** It lies in a Git repository with one commit. */
  readonly repository?: true;
}

/** Writes a project into a folder of the world. */
export async function writeProject(world: World, project: Project, variant: string): Promise<string> {
  const folder = path.join(world.folder, `${project.name}-${variant}`);
  const write = (name: string, content: string | Uint8Array) => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: name.endsWith('.sh') ? 0o755 : 0o644 });
  };
  for (const [name, text] of Object.entries(project.files)) write(name, text);
  for (const [name, megabytes] of Object.entries(project.noise ?? {}))
    write(name, randomBytes(megabytes * 1e6));
  await refresh(world, project, folder);
  if (project.repository) await commit(folder);
  return folder;
}

/** The lock file and the wheel of what the folder holds now. */
export async function refresh(world: World, { lock, wheel }: Project, folder: string): Promise<void> {
  if (lock) await world.uv(['lock', '--quiet'], folder);
  if (wheel) await world.uv(['build', '--quiet', '--wheel', '--offline', folder], folder);
}

async function commit(folder: string): Promise<void> {
  const git = ['-C', folder, '-c', 'user.name=bench', '-c', 'user.email=bench@example.org'];
  await runOrThrow('git', [...git, 'init', '--quiet']);
  await runOrThrow('git', [...git, 'add', '--all']);
  await runOrThrow('git', [...git, 'commit', '--quiet', '--message=one']);
}
