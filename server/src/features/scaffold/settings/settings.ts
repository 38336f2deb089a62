import type { Plan } from '../dockerfile.ts';
import { nameOf } from '../paths.ts';
import { besideProgram } from '../sources/applications.ts';
import { mainOf } from '../sources/main-block.ts';
import { code, withoutComments } from '../sources/modules.ts';
import { withWholeCalls } from '../sources/whole-calls.ts';
import { programsOfStart } from '../starts/program-file.ts';
import { lookedUpSettings } from './looked-up.ts';
import { isSet, requiredSettings } from './required-settings.ts';

type Programs = readonly (readonly [path: string, text: string])[];

/**
 * The programs of the project whose settings count: those that the start reaches, and none beside that is a tool, a test, or one
 * that the start names nowhere.
 */
export function readPrograms({ facts, start }: Plan): Programs {
  const programs = programsOfStart(facts, start);
  const reached = new Set(programs.map(({ path }) => path));
  const words = new Set(programs.flatMap(({ text }) => text.split(/\W+/)));
  // What loads modules by names that it makes or finds may read any of them.
  const isSure = !facts.direct.has('django') && !programs.some(({ text }) => loads.test(text));
  const isUnused = (path: string) =>
    isSure && !isFound.test(path) && !words.has(nameOf(path.replace(/(?:\/__init__)?\.py$/, '')));
  const isOther = (path: string, text: string) =>
    start.file !== undefined &&
    reached.has(start.file) &&
    ((mainOf(code(text)) !== '' && !words.has(nameOf(path).replace(/\.py$/, ''))) || isUnused(path));
  return [...facts.texts].filter(
    ([path, text]) =>
      path.endsWith('.py') && (reached.has(path) || !(besideProgram.test(path) || isOther(path, text))),
  );
}

const loads =
  /\b(?:load_extensions?|import_module|__import__|iter_modules|walk_packages|autodiscover\w*|exec|runpy|run_path|glob|listdir|iterdir|scandir|find_modules|import_string)\b/;
/** A folder of pages that a package of its own finds (Streamlit documentation, "pages/ directory"; Dash documentation, "Multi-Page Apps"). */
const isFound = /(?:^|\/)pages\//;

/** The variables that they end without. */
export const requiredIn = (programs: Programs, { facts, start }: Plan): string[] =>
  requiredSettings(
    programs.map(([path]) => path),
    facts,
    programsOfStart(facts, start).map(({ path }) => path),
  );

/** Others that they name no value for. */
export const lookedUpIn = (programs: Programs, required: readonly string[]): string[] =>
  [
    ...new Set(programs.flatMap(([, text]) => lookedUpSettings(withWholeCalls(withoutComments(code(text)))))),
  ].filter((name) => !required.includes(name) && !programs.some(([, text]) => isSet(name, text)));

/** Both of them. */
export function settingsOf(plan: Plan): string[] {
  const programs = readPrograms(plan);
  const required = requiredIn(programs, plan);
  return [...required, ...lookedUpIn(programs, required)];
}
