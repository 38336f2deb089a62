import type { FileFacts } from '../../../facts/file-facts.ts';
import { settingAt } from '../../../facts/settings.ts';
import { stageSays } from '../../../facts/stage-text.ts';
import { lineage, type Stage } from '../../../facts/stages.ts';
import { startOf } from '../../../facts/start-command.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { containerRuns } from '../non-root/container-runs.ts';
import { isOfMachine, placesIn } from '../non-root/mounted-places.ts';
import { isOwned } from '../non-root/owned-folders.ts';
import { makesEnvironment, startScripts, startsByUv } from '../non-root/root-needs.ts';
import type { Subject } from '../refactoring.ts';
import { environmentsOf } from './removed-environments.ts';

/**
 * Whether a container hides the environment that a RUN fills, by a folder that it mounts, and makes it anew as it starts: from
 * the cache in the image, without which it would download all of it.
 */
export function isMadeAnew(
  facts: FileFacts,
  stage: Stage,
  run: Instruction,
  { sources, around }: Pick<Subject, 'sources' | 'around'>,
): boolean {
  const folders = facts
    .commands(run)
    .filter(({ name }) => !isElsewhere(facts, stage, run, name))
    .flatMap((command) => environmentsOf(facts, stage, run, command));
  if (folders.length === 0) return false;
  const developed = [...(around ?? [])].flatMap(([path, text]) =>
    /devcontainer\.json$/.test(path) ? text : [],
  );
  const runs = [...containerRuns(facts, around).map(({ text }) => text), ...developed];
  const hiding = runs.filter((text) => hides(text, folders));
  if (hiding.length === 0) return false;
  const isRun = (one: Stage) =>
    one === facts.finalStage ||
    (one.name !== undefined && hiding.some((text) => text.includes(`target: ${one.name}`)));
  const based = facts.stages.filter((one) => isRun(one) && lineage(one).includes(stage));
  if (based.length === 0) return false;
  const started = based.flatMap((one) => {
    const { entrypoint, cmd } = startOf(one);
    const own = [entrypoint, cmd].flatMap((it) => (it ? [it.node.text] : []));
    return [...own, ...(startScripts(one, sources) ?? [])];
  });
  return [...started, ...hiding, ...developed].some(
    (text) => makesEnvironment.test(text) || startsByUv(text),
  );
}

/** Whether Poetry or pipenv makes its environment in a folder of its own, as both do if nothing is said. */
function isElsewhere(facts: FileFacts, stage: Stage, run: Instruction, name: string): boolean {
  if (name !== 'poetry' && name !== 'pipenv') return false;
  const variable = name === 'poetry' ? 'POETRY_VIRTUALENVS_IN_PROJECT' : 'PIPENV_VENV_IN_PROJECT';
  return settingAt(facts, run, variable) === 'unset' && !stageSays(stage, /\bin-project true\b/);
}

/** Whether a folder of the machine lies over one of an image, and no volume lies over that again. */
function hides(text: string, folders: readonly string[]): boolean {
  const places = placesIn(text);
  const over = (folder: string) => places.filter(({ target }) => isOwned(folder, [target]));
  return folders.some((folder) => {
    const nearest = over(folder).toSorted((a, b) => b.target.length - a.target.length)[0];
    return nearest !== undefined && isOfMachine(nearest);
  });
}
