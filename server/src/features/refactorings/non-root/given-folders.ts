import type { FileFacts } from '../../../facts/file-facts.ts';
import { lineage, type Stage } from '../../../facts/stages.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import { runningPrograms } from '../project-programs.ts';
import { writesOf } from './program-writes.ts';

/** How a program reads the words behind its name, one of which may say where its results go. */
const takesArguments =
  /\bsys\.argv\b|^[ \t]*(?:import|from)[ \t]+(?:argparse|optparse|click|typer|fire|docopt|hydra|tyro|absl|jsonargparse)\b/m;

/**
 * Whether people may well mount a folder to write to, though no file tells of it: where the program leaves files, or may be
 * told to, and where nothing is known of it.
 */
export function mayBeGivenFolders(facts: FileFacts, stage: Stage, sources: SourceTexts | undefined): boolean {
  const has = (keyword: 'VOLUME' | 'EXPOSE') => lineage(stage).some((one) => one.byKeyword.has(keyword));
  const programs = runningPrograms(facts, sources);
  if (has('VOLUME') || programs.size === 0) return true;
  const { isRelative, isBesideCode, paths } = writesOf(programs);
  if (isRelative || isBesideCode || paths.length > 0) return true;
  return !has('EXPOSE') && [...programs.values()].some((text) => takesArguments.test(text));
}
