import type { ShellCommand } from '../syntax/shell.ts';
import type { Dockerfile, Instruction } from '../syntax/tree.ts';
import { readOptions } from './option-table.ts';
import { type FactOptions, factOptions } from './options.ts';
import type { ShellText } from './scripts.ts';
import { buildStages, type Stage } from './stages.ts';

/** What is true of one file, found when first asked for and then kept. */
export interface FileFacts {
  readonly file: Dockerfile;
  readonly options: FactOptions;
  readonly stages: readonly Stage[];
  readonly finalStage: Stage | undefined;
  /** The stage an instruction belongs to; undefined before the first FROM. */
  stageOf(instruction: Instruction): Stage | undefined;
  /** The shell text of a RUN. */
  shellText(instruction: Instruction): ShellText | undefined;
  /** The commands of a RUN, none for other instructions. */
  commands(instruction: Instruction): readonly ShellCommand[];
}

export type ScriptReader = (node: Instruction['node']) => ShellText | undefined;

/** @param options defaults where left out */
export function createFacts(
  file: Dockerfile,
  readScript: ScriptReader,
  options: FactOptions = readOptions(factOptions, {}),
): FileFacts {
  let stages: readonly Stage[] | undefined;
  const getStages = () => {
    stages ??= buildStages(file, options);
    return stages;
  };
  return {
    file,
    options,
    get stages() {
      return getStages();
    },
    get finalStage() {
      return getStages().at(-1);
    },
    stageOf(instruction) {
      return getStages().findLast((stage) => stage.from.index <= instruction.index);
    },
    shellText: (instruction) => readScript(instruction.node),
    commands(instruction) {
      const script = readScript(instruction.node)?.script;
      if (!script || (script.hasErrors && !options.brokenScripts)) return [];
      return options.seeThrough ? script.commands : script.literalCommands;
    },
  };
}
