import type { FileFacts } from '../../server/src/facts/file-facts.ts';

/** Facts that tell of an instruction what rests on its text, and refuse to tell more. */
export function onlyOfInstructions({ options, shellText, startText, commands }: FileFacts): FileFacts {
  const refuse = (): never => {
    throw new Error('it asks for more than the instruction');
  };
  return {
    options,
    shellText,
    startText,
    commands,
    stageOf: refuse,
    alike: refuse,
    get file() {
      return refuse();
    },
    get context() {
      return refuse();
    },
    get stages() {
      return refuse();
    },
    get finalStage() {
      return refuse();
    },
  };
}
