import { actingBuilds, boundBuilds, buildFlags, buildVariables } from '../../../data/unkept-builds.ts';
import { readDependencyInstall } from '../../../facts/dependency-installs.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { requiredPackages } from '../../../facts/required-packages.ts';
import { lineage, type Stage } from '../../../facts/stages.ts';
import { fillsEnvironment, uvCommands } from '../../../facts/uv.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { environmentForPip } from './conda-pip.ts';

/**
 * Whether a wheel that a RUN compiles may not serve a later build: something else is done when it is made, or it depends on
 * what neither its source nor its Python tells.
 */
export function makesUnkeptBuilds(facts: FileFacts, stage: Stage, run: Instruction): boolean {
  const { text } = run.node;
  if (buildFlags.test(text) || buildVariables.test(text)) return true;
  const isTold = lineage(stage)
    .flatMap(({ byKeyword }) => [...(byKeyword.get('ENV') ?? []), ...(byKeyword.get('ARG') ?? [])])
    .some(({ index, node }) => index < run.index && buildVariables.test(node.text));
  return isTold || namesIn(facts, run).some((name) => actingBuilds.test(name) || boundBuilds.test(name));
}

/** The packages that a RUN installs by name, a file of the context or its lock file. */
export function namesIn(facts: FileFacts, run: Instruction): string[] {
  const { context } = facts;
  const named = requiredPackages(facts, run).map(({ name }) => name);
  const isLocked = uvCommands(facts, run).some((uv) => uv.verb === 'sync' && fillsEnvironment(uv));
  const locked = isLocked ? (context?.lock?.packages ?? []).map(({ name }) => name) : [];
  const isPoetry = facts.commands(run).some((one) => readDependencyInstall(one)?.tool === 'poetry');
  const asked = isPoetry ? (context?.project?.poetry?.dependencies ?? []).map(({ name }) => name) : [];
  const ofConda = facts
    .commands(run)
    .flatMap((one) => environmentForPip(facts, one)?.requirements.map(({ name }) => name) ?? []);
  return [...named, ...locked, ...asked, ...ofConda];
}
