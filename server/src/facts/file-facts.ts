import type { ShellCommand } from '../syntax/shell.ts';
import type { Dockerfile, Instruction } from '../syntax/tree.ts';
import { readOptions } from './option-table.ts';
import { type FactOptions, factOptions } from './options.ts';
import type { ScriptReader, ShellText } from './scripts.ts';
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
  const shellText = ({ node }: Instruction) => readScript(node, !options.formsOfRun);
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
    shellText,
    commands(instruction) {
      const script = shellText(instruction)?.script;
      if (!script || (script.hasErrors && !options.brokenScripts)) return [];
      if (options.seeThrough) return script.commands;
      // A variable in the place of the name hides the command from hadolint.
      return script.literalCommands.filter(({ name }) => !/[$`]/.test(name));
    },
  };
}
