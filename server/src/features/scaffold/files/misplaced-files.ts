import { folderOf, nameOf, posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import type { Program } from '../sources/program.ts';
import { neededFiles, programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** A file that a program opens where it does not lie. */
interface Misplaced {
  readonly by: string;
  readonly line: number;
  readonly path: string;
  /** Where it lies in the project. */
  readonly at: string;
  /** Nothing goes on without it. */
  readonly isNeeded: boolean;
}

/** Calls that read what their first argument names. */
const opens =
  /(?<![\w.])(?:(?:pd|pandas|np|numpy|cv2|joblib|pickle|torch|json|yaml|Image)\.)?(?:open|read_csv|read_excel|read_json|read_parquet|read_pickle|load_model|load|imread|loadtxt|genfromtxt)\((?:open\()?(?:["']([\w. -]{1,80}(?:\/[\w. -]{1,80}){0,5}\.\w{1,8})["']|([A-Za-z_]\w{0,60}))[ ,)]/;
const constant =
  /^[ \t]*([A-Za-z_]\w{0,60}) {0,4}= {0,4}["']([\w. -]{1,80}(?:\/[\w. -]{1,80}){0,5}\.\w{1,8})["'][ \t]*$/;
const writes = /["'](?:[wax][bt+]{0,2}|rb?\+b?)["']|\bsave\b|\.to_/;

/** What a program opens by a path at which it does not lie, though the project has a file of that name. */
function misplaced(facts: ProjectFacts, start: Start): Misplaced[] {
  const programs = programsOfStart(facts, start);
  if (programs.some(({ text }) => /\bchdir\(/.test(text))) return [];
  const all = (facts.context.files?.files ?? []).map(({ path }) => path);
  const there = new Set(all);
  const needed = neededFiles(facts, start);
  const [first] = programs;
  const isMade = (path: string) =>
    programs.some(({ text }) =>
      text.split('\n').some((line) => line.includes(nameOf(path)) && writes.test(line)),
    );
  return programs.flatMap((program) =>
    program.text.split('\n').flatMap((line): Misplaced[] => {
      const [, said, name] = opens.exec(line) ?? [];
      if (writes.test(line) || /\bexists\(|\bis_file\(/.test(line)) return [];
      const path = said ?? (name === undefined ? undefined : valueOf(name, program));
      if (path === undefined || there.has(posixJoin(start.folder ?? '', path)) || isMade(path)) return [];
      const named = all.filter(
        (one) => one === path || one.endsWith(`/${nameOf(path)}`) || one.toLowerCase() === path.toLowerCase(),
      );
      const [at, ...others] = named.filter((one) => !/(?:^|\/)(?:tests?|node_modules)\//.test(one));
      // What lies beside the program is told where its folder is chosen.
      if (at === undefined || others.length > 0 || at === posixJoin(folderOf(program.path), path)) return [];
      const isNeeded =
        /^\w/.test(line) && needed.has(program.path) && (program === first || !isServed(start));
      return [{ by: program.path, line: lineOf(facts, program, line), path, at, isNeeded }];
    }),
  );
}

const isServed = (start: Start) => start.service !== undefined;

/** Comments were taken out of the text of a program. */
const lineOf = ({ texts }: ProjectFacts, { path }: Program, line: string) =>
  (texts.get(path) ?? '').split('\n').indexOf(line) + 1;

/** What a name is given in a file, if it is given one path alone and nothing asks whether that is there. */
function valueOf(name: string, { text }: Program): string | undefined {
  const lines = text.split('\n');
  const values = lines.flatMap((line) => {
    const [, one, value] = constant.exec(line) ?? [];
    return one === name && value !== undefined ? [value] : [];
  });
  const isAsked = lines.some((line) => /\bexists\(|\bis_file\(|\bisfile\(/.test(line) && line.includes(name));
  const others = lines.filter(
    (line) => new Set(line.split(/\W+/)).has(name) && /^[ \t]*\w+ *=[^=]/.test(line),
  );
  const isSetElsewhere = others.some((line) => line.trim().startsWith(`${name} `) && !constant.test(line));
  return values.length === 1 && !isAsked && !isSetElsewhere ? values[0] : undefined;
}

const folderOfStart = ({ folder }: Start) => (folder === undefined ? '/app' : `/app/${folder}`);

/** Why a start ends at once, in a sentence: it opens a file where that does not lie. */
export function misplacedFault(facts: ProjectFacts, start: Start): string | undefined {
  const found = misplaced(facts, start).find(({ isNeeded }) => isNeeded);
  return (
    found &&
    `${found.by} opens ${found.path} (line ${found.line}), which is not in ${start.folder ?? 'the folder that it is started in'} but is ${found.at}: name it by that path, then add the files again.`
  );
}

/** What is opened where it does not lie, a line for each. */
export const misplacedNotes = (facts: ProjectFacts, start: Start): string[] => {
  const lines = misplaced(facts, start).map(
    ({ by, path, at }) =>
      `${by} opens ${folderOfStart(start)}/${path.replace(/^\.\//, '')}, which is not there, as the project has it as ${at}.`,
  );
  return [...new Set(lines)].slice(0, 6);
};
