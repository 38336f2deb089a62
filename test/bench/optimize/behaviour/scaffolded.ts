// Builds and runs what Add Container Files writes for a project.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Scaffold, ScaffoldKind } from '../../../../server/src/protocol/requests.ts';
import type { Service } from '../../../../server/src/service.ts';
import { writeProject } from '../project-folder.ts';
import type { World } from '../world.ts';
import type { ScaffoldCase } from './case.ts';
import { filesOf, watch } from './observe.ts';
import { build, type Verdict } from './verdict.ts';

/** The one Python of the stand-in bases. */
const standInPython = '3.13';

/** The files after each question was answered with the Python of the stand-ins, else with what was found first. */
async function answered(service: Service, folder: string, kind: ScaffoldKind): Promise<Scaffold | undefined> {
  // The stand-in index tells no days of its files.
  const answers: Record<string, string> = { present: 'new', releases: 'newest' };
  for (;;) {
    const scaffold = await service.scaffold({ folder, kind, answers });
    const question = scaffold?.question;
    if (!question || question.id in answers) return scaffold;
    const found = question.choices.map(({ value }) => value);
    const answer = found.includes(standInPython) ? standInPython : found[0];
    if (answer === undefined) return scaffold;
    answers[question.id] = answer;
  }
}

export async function judgeScaffold(world: World, service: Service, project: ScaffoldCase): Promise<Verdict> {
  const { name, about, says, secret = [] } = project;
  const folder = await writeProject(world, project, 'added');
  service.forgetFiles();
  const { href } = pathToFileURL(folder);
  const kind = project.kind ?? (await service.scaffoldKinds(href))[0]?.kind;
  const scaffold = kind && (await answered(service, href, kind));
  const verdict = (differences: readonly string[], text = '') => ({
    name,
    about,
    applied: kind && scaffold?.files.length ? [kind] : [],
    differences,
    text,
  });
  if (!scaffold?.files.length)
    return verdict(project.mayRefuse ? [] : [scaffold?.refused ?? 'no files are offered']);
  for (const { path: file, text } of scaffold.files) writeFileSync(path.join(folder, file), text);
  const text = scaffold.files.map(({ path: file, text }) => `# ${file}\n${text}`).join('\n');
  const image = path.basename(folder);
  try {
    const failed = await build(world, folder, image);
    if (failed !== undefined) return verdict([`does not build: ${failed}`], text);
    const { code, output, answer, health, errors } = await watch(world, image, project);
    const said = project.asks ? answer : output.trim();
    const files = [...(await filesOf(world, image)).keys()];
    const kept = secret.filter((one) => files.some((file) => file.endsWith(`/${one}`)));
    return verdict(
      [
        ...(said === says ? [] : [`says ${JSON.stringify(said)} (exit code ${code}): ${errors.slice(-300)}`]),
        ...(health === 'unhealthy' ? ['its health check fails'] : []),
        ...kept.map((file) => `holds ${file}`),
      ],
      text,
    );
  } finally {
    await world.tryDocker(['image', 'rm', '--force', image]);
  }
}
