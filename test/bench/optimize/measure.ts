import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runOrThrow } from '../../parts/processes.ts';
import { refresh } from './project-folder.ts';
import type { BenchProject } from './projects.ts';
import type { World } from './world.ts';

/** What one way of building an image costs. Times in seconds, sizes in bytes; blobs are compressed. */
export interface Figures {
  readonly size: number;
  readonly cold: number;
  readonly afterCode: number;
  readonly afterDependency: number;
  readonly pushedAfterCode: number;
  readonly pushedAfterDependency: number;
}

/** Builds a project from nothing, after a change of its code, and after a change of its dependencies. */
export async function measure(
  world: World,
  project: BenchProject,
  folder: string,
  variant: string,
): Promise<Figures> {
  const { registry } = world;
  if (!registry) throw new Error('Needs a registry.');
  const image = `${registry}/bench/${project.name}-${variant}`;
  const build = async (tag: string) => {
    // What was written before would slow it down.
    await runOrThrow('sync', []);
    const began = performance.now();
    await world.docker(['build', '--quiet', '--network=host', `--tag=${image}:${tag}`, folder]);
    return (performance.now() - began) / 1000;
  };
  const push = async (tag: string) => {
    await world.docker(['push', '--quiet', `${image}:${tag}`]);
    return blobsOf(registry, `bench/${project.name}-${variant}`, tag);
  };
  const run = async (tag: string) => {
    const command = project.wheel ? ['python', '-c', 'import bikes; bikes.main()'] : [];
    const said = await world.docker(['run', '--rm', `${image}:${tag}`, ...command]);
    if (!said.includes(project.says)) throw new Error(`${image}:${tag} said: ${said}`);
  };
  const change = (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  };
  await world.docker(['builder', 'prune', '--all', '--force']);
  const cold = await build('1');
  await run('1');
  const size = Number(await world.docker(['image', 'inspect', '--format={{.Size}}', `${image}:1`]));
  const first = await push('1');

  change({ [project.code]: `${readFileSync(path.join(folder, project.code), 'utf8')}\n# changed\n` });
  await refresh(world, project, folder);
  const afterCode = await build('2');
  await run('2');
  const second = await push('2');

  const current = Object.fromEntries(
    Object.keys(project.files).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
  change(project.addDependency(current));
  await refresh(world, project, folder);
  const afterDependency = await build('3');
  await run('3');
  const third = await push('3');
  await world.docker(['image', 'rm', '--force', ...['1', '2', '3'].map((tag) => `${image}:${tag}`)]);
  return {
    size,
    cold,
    afterCode,
    afterDependency,
    pushedAfterCode: fresh(first, second),
    pushedAfterDependency: fresh(second, third),
  };
}

type Blobs = ReadonlyMap<string, number>;

const fresh = (before: Blobs, after: Blobs) =>
  [...after].reduce((sum, [digest, size]) => sum + (before.has(digest) ? 0 : size), 0);

/** The layers of a pushed image with their sizes, as its manifest says. */
async function blobsOf(registry: string, name: string, tag: string): Promise<Blobs> {
  const accept =
    'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json';
  const answer = await fetch(`http://${registry}/v2/${name}/manifests/${tag}`, { headers: { accept } });
  const { layers } = (await answer.json()) as { layers: { digest: string; size: number }[] };
  return new Map(layers.map(({ digest, size }) => [digest, size]));
}
