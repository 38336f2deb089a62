import type { ShellCommand } from '../syntax/shell.ts';
import type { Dockerfile, Instruction } from '../syntax/tree.ts';
import type { ShellText } from './scripts.ts';
import { buildStages, type Stage } from './stages.ts';

/** What is true of one file, found when first asked for and then kept. */
export interface FileFacts {
  readonly file: Dockerfile;
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

export function createFacts(file: Dockerfile, readScript: ScriptReader): FileFacts {
  let stages: readonly Stage[] | undefined;
  const getStages = () => {
    stages ??= buildStages(file);
    return stages;
  };
  return {
    file,
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
    commands: (instruction) => readScript(instruction.node)?.script.commands ?? [],
  };
}
