import type { ShellCommand } from '../syntax/shell.ts';
import type { CommandLine, Dockerfile, Instruction } from '../syntax/tree.ts';
import { groupBy } from '../text/group-by.ts';
import type { BuildContext } from './build-context.ts';
import { readOptions } from './option-table.ts';
import { type FactOptions, factOptions } from './options.ts';
import type { ScriptReader, ShellText } from './scripts.ts';
import { buildStages, lastWhere, type Stage } from './stages.ts';

/** What is true of one file, found when first asked for and then kept. */
export interface FileFacts {
  readonly file: Dockerfile;
  readonly options: FactOptions;
  /** Undefined where the file has no folder, and while nothing is known of it. */
  readonly context: BuildContext | undefined;
  readonly stages: readonly Stage[];
  readonly finalStage: Stage | undefined;
  /** The stage an instruction belongs to; undefined before the first FROM. */
  stageOf(instruction: Instruction): Stage | undefined;
  /** The instructions with the keyword of this one in its stage, or before the first FROM, itself among them. */
  alike(instruction: Instruction): readonly Instruction[];
  /** The shell text of a RUN. */
  shellText(instruction: Instruction): ShellText | undefined;
  /** The text of a CMD or ENTRYPOINT. */
  startText(instruction: Instruction<CommandLine>): ShellText | undefined;
  /** The commands of a RUN, none for other instructions. */
  commands(instruction: Instruction): readonly ShellCommand[];
}

/** @param options defaults where left out */
export function createFacts(
  file: Dockerfile,
  readScript: ScriptReader,
  options: FactOptions = readOptions(factOptions, {}),
  context?: BuildContext,
): FileFacts {
  let stages: readonly Stage[] | undefined;
  const getStages = () => {
    stages ??= buildStages(file, options);
    return stages;
  };
  const stageOf = (instruction: Instruction) => {
    const all = getStages();
    return all[lastWhere(all, ({ from }) => from.index <= instruction.index)];
  };
  let prologue: Stage['byKeyword'] | undefined;
  const getPrologue = () => {
    const end = getStages()[0]?.from.index;
    prologue ??= groupBy(file.instructions.slice(0, end), ({ node }) => node.keyword);
    return prologue;
  };
  const shellText = ({ node }: Instruction) =>
    node.keyword === 'RUN' ? readScript(node, !options.formsOfRun) : undefined;
  return {
    file,
    options,
    context,
    get stages() {
      return getStages();
    },
    get finalStage() {
      return getStages().at(-1);
    },
    stageOf,
    alike(instruction) {
      const groups = stageOf(instruction)?.byKeyword ?? getPrologue();
      return groups.get(instruction.node.keyword) ?? [];
    },
    shellText,
    startText: ({ node }) => readScript(node),
    commands(instruction) {
      const script = shellText(instruction)?.script;
      if (!script || (script.hasErrors && !options.brokenScripts)) return [];
      if (options.seeThrough) return script.commands;
      // A variable in the place of the name hides the command from hadolint.
      return script.literalCommands.filter(({ name }) => !/[$`]/.test(name));
    },
  };
}
