import { parse } from 'smol-toml';
import type { SourceTexts } from './source-texts.ts';
import { stringOf, type Table, tableOf } from './toml-values.ts';

interface TaskCommand {
  readonly path: string;
  readonly name: string;
  readonly command: string;
}

/**
 * The commands of a project that pipenv, PDM, Poe, taskipy, Rye, Hatch and Pixi run by a name (documentation of each), as far as each
 * is one line.
 */
export function taskCommands(texts: SourceTexts): TaskCommand[] {
  return ['pyproject.toml', 'Pipfile'].flatMap((path) => {
    const all = tableIn(texts.get(path) ?? '');
    const tool = tableOf(all.tool);
    const { pdm, poe, taskipy, rye, hatch, pixi } = tool;
    const ofHatch = Object.values(tableOf(tableOf(hatch).envs)).map((one) => tableOf(one).scripts);
    const tables =
      path === 'Pipfile'
        ? [all.scripts]
        : [
            tableOf(pdm).scripts,
            tableOf(poe).tasks,
            tableOf(taskipy).tasks,
            tableOf(rye).scripts,
            ...ofHatch,
            tableOf(pixi).tasks,
          ];
    return tables.flatMap((table) =>
      Object.entries(tableOf(table)).flatMap(([name, task]) => {
        const { cmd, shell } = tableOf(task);
        const command = stringOf(task) ?? stringOf(cmd) ?? stringOf(shell);
        return command === undefined ? [] : { path, name, command };
      }),
    );
  });
}

function tableIn(text: string): Table {
  try {
    return parse(text.replace(/^\ufeff/, ''));
  } catch {
    return {};
  }
}
