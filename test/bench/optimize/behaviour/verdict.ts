// Builds and runs a project before and after, and tells what is not the same.
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Service } from '../../../../server/src/service.ts';
import { parseIgnoreFile } from '../../../../server/src/syntax/ignore-file.ts';
import { optimizeFolder } from '../../../server/folder-service.ts';
import { writeProject } from '../project-folder.ts';
import type { World } from '../world.ts';
import type { OptimizeCase } from './case.ts';
import { compareConfigurations, compareFiles, compareRuns } from './compare.ts';
import { configurationOf, filesOf, type Ran, watch } from './observe.ts';

export interface Verdict {
  readonly name: string;
  readonly about: string;
  /** Ids of the refactorings that were applied. */
  readonly applied: readonly string[];
  /** None where it behaves the same. */
  readonly differences: readonly string[];
  /** The Dockerfile that was written. */
  readonly text: string;
}

/** A user that no image knows, of the group that platforms give them. */
const stranger = '--user=12345:0';

export async function judgeOptimized(
  world: World,
  service: Service,
  project: OptimizeCase,
): Promise<Verdict> {
  const { name, about, only, buildArgs } = project;
  const plain = await writeProject(world, project, 'before');
  const folder = plain.replace(/-before$/, '-after');
  cpSync(plain, folder, { recursive: true });
  const { text, applied } = await optimizeFolder(service, folder, only);
  const ids = applied.map(({ id }) => id);
  const verdict = (differences: readonly string[]) => ({ name, about, applied: ids, differences, text });
  const offers = [
    ...(project.offers ?? []).filter((id) => !ids.includes(id)).map((id) => `${id} is not offered`),
    ...(project.never ?? []).filter((id) => ids.includes(id)).map((id) => `${id} is offered`),
  ];
  const images = [plain, folder].map((one) => path.basename(one)) as [string, string];
  try {
    const built = await build(world, plain, images[0], buildArgs);
    if (built !== undefined) return verdict([`the project itself does not build: ${built}`]);
    // What nobody changes need not be built again.
    if (ids.length === 0) return verdict(offers);
    // What a build has left in a cache would hide what this one lacks.
    await world.tryDocker(['builder', 'prune', '--force', '--filter=type=exec.cachemount']);
    const failed = await build(world, folder, images[1], buildArgs);
    if (failed !== undefined) return verdict([...offers, `does not build: ${failed}`]);
    return verdict([...offers, ...(await compareImages(world, project, images, [plain, folder]))]);
  } finally {
    await world.tryDocker(['image', 'rm', '--force', ...images]);
  }
}

async function compareImages(
  world: World,
  project: OptimizeCase,
  [first, second]: readonly [string, string],
  folders: readonly [string, string],
): Promise<string[]> {
  const before = await watch(world, first, project);
  if (!works(project, before))
    return [`the project itself does not run: ${JSON.stringify(before).slice(0, 400)}`];
  const after = await watch(world, second, project);
  const strange = await watch(world, first, project, [stranger]);
  // Who the project has never worked for need not be served.
  const asStranger = works(project, strange)
    ? compareRuns(strange, await watch(world, second, project, [stranger]), 'as another user')
    : [];
  const runs = compareRuns(before, after, 'at the start');
  const said = runs.length > 0 && after.errors ? [`it says: ${after.errors.trim().slice(-300)}`] : [];
  return [
    ...compareConfigurations(await configurationOf(world, first), await configurationOf(world, second)),
    ...compareFiles(await filesOf(world, first), await filesOf(world, second), newlyIgnored(folders)),
    ...runs,
    ...said,
    ...asStranger,
  ];
}

const works = ({ asks }: OptimizeCase, { code, answer, health }: Ran) =>
  asks ? answer?.startsWith('200') === true && health !== 'unhealthy' : code === 0;

/** Builds an image; what was said where it fails. */
export async function build(
  world: World,
  folder: string,
  image: string,
  buildArgs: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  await world.bases.provide(readFileSync(path.join(folder, 'Dockerfile'), 'utf8'), buildArgs);
  const args = Object.entries(buildArgs).map(([name, value]) => `--build-arg=${name}=${value}`);
  // The index is on the loopback address of this machine.
  const { code, stderr } = await world.tryDocker(
    ['build', '--network=host', '--progress=plain', ...args, `--tag=${image}`, folder],
    180_000,
  );
  return code === 0 ? undefined : whyItFailed(stderr);
}

/** The line of a step that names the reason, if any, above the end of what was said. */
function whyItFailed(said: string): string {
  const lines = said.trim().split('\n');
  const reason = lines.findLast((line) => /^#\d+ [\d.]+ .*(?:error|cannot|unable|no such|not )/i.test(line));
  return [reason?.replace(/^#\d+ [\d.]+ /, '') ?? '', ...lines.slice(-12)].join('\n').trim().slice(0, 1_500);
}

/** Files of the context that the ignore file keeps out now. */
function newlyIgnored([plain, folder]: readonly [string, string]): string[] {
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  const [before, after] = [plain, folder].map((one) =>
    parseIgnoreFile(read(path.join(one, '.dockerignore'))),
  );
  return (readdirSync(plain, { recursive: true }) as string[]).filter(
    (file) => statSync(path.join(plain, file)).isFile() && after?.keepsOut(file) && !before?.keepsOut(file),
  );
}
