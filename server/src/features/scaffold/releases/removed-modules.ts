import { loopTakers, pythonRemovals } from '../../../data/python-removals.ts';
import type { KnownProject } from '../known-project.ts';
import { besideProgram } from '../sources/applications.ts';
import { code, withoutComments } from '../sources/modules.ts';
import { callsWith, usedNames } from '../sources/used-names.ts';
import { unhashableDefaults } from './unhashable-defaults.ts';

/** What a program uses that newer Pythons have no more. */
export interface OldUse {
  /** The last minor release of Python 3 that has it. */
  readonly last: number;
  readonly file: string;
  readonly use: string;
}

const flagged = /\(\?[aiLmsux]{1,7}\)/g;
/** So many characters before them are read. */
const longest = 60;

/** Flags for all of a regular expression behind its start: an error from 3.11 on (Python documentation, "re"). Prose has blanks. */
const lateFlags = (program: string) =>
  [...program.matchAll(flagged)].find(({ index }) => {
    const before = program.slice(Math.max(0, index - longest), index);
    const quote = Math.max(before.lastIndexOf('"'), before.lastIndexOf("'"));
    const part = before.slice(quote + 1);
    return quote >= 0 && part !== '' && !/\s/.test(part) && !part.endsWith('\\');
  })?.[0];
/** Whether Python's own `re` reads what a program writes: others let flags stand anywhere. */
const usesRe = /^[ \t]*(?:import|from) re\b|\bpattern *=/m;
/** Without a loop that runs an error from 3.14 on (Python documentation, "What's New In Python 3.14"). */
const bareLoop = /^(?:\w+ *= *)?asyncio\.get_event_loop\(\)/m;

/** What the programs use that is gone from newer Pythons, the oldest first. */
export function oldUses({ texts }: Pick<KnownProject, 'texts'>): OldUse[] {
  const named = [...texts].flatMap(([file, text]) =>
    file.endsWith('.py') && file !== 'setup.py' && !besideProgram.test(file) ? usesIn(file, text) : [],
  );
  const defaults = unhashableDefaults(texts).slice(0, 1);
  return [...named, ...defaults.map((one): OldUse => ({ last: 10, ...one }))].sort((a, b) => a.last - b.last);
}

function usesIn(file: string, text: string): OldUse[] {
  const program = withoutComments(code(text));
  const names = usedNames(text);
  const atMargin = new Set(
    program.split('\n').flatMap((line) => /^(?:import|from) ([A-Za-z]\w*)/.exec(line)?.[1] ?? []),
  );
  const isUsed = (name: string) =>
    name.includes('.')
      ? names.has(name) || [...names].some((one) => one.startsWith(`${name}.`))
      : atMargin.has(name);
  const found = pythonRemovals.flatMap(([last, all]) =>
    all.filter(isUsed).map((use): OldUse => ({ last, file, use })),
  );
  const taker = names.size > 0 && /\basyncio\b/.test(program) ? loopTakers : [];
  const loop = taker.find((name) => callsWith(program, `asyncio.${name}(loop=`));
  if (loop !== undefined) found.push({ last: 9, file, use: `asyncio.${loop}(loop=)` });
  const flags = usesRe.test(program) ? lateFlags(program) : undefined;
  if (flags !== undefined) found.push({ last: 10, file, use: `${flags} within an expression` });
  if (bareLoop.test(program) && !/\b(?:set_event_loop|new_event_loop|set_event_loop_policy)\(/.test(program))
    found.push({ last: 13, file, use: 'asyncio.get_event_loop() without a loop' });
  return found;
}

/** The last minor release of Python that has all that the programs use. */
export const oldModules = (project: KnownProject): number => oldUses(project)[0]?.last ?? 99;

/** What the Python of the image has no more, in a sentence for each. */
export const oldUseNotes = (project: KnownProject, python: string): string[] =>
  oldUses(project)
    .filter(({ last }) => last < Number(python.split('.')[1]))
    .slice(0, 2)
    .map(
      ({ last, file, use }) =>
        `${file} does not come to ${use}, where Python ${python} ends: 3.${last} is the last one with it.`,
    );
