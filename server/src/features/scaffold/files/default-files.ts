import { weightsFile } from '../../../data/ml-artifacts.ts';
import { nameOf, posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { placeIn } from '../sources/path-values.ts';
import type { Program } from '../sources/program.ts';
import { neededFiles, programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { isFetchedByName } from './downloads.ts';
import { givenPaths } from './given-paths.ts';

/** A file that a program reads where a variable of the environment says nothing, and that the image does not hold. */
interface DefaultFile {
  readonly by: string;
  readonly line: number;
  readonly variable: string;
  /** As the program names it. */
  readonly said: string;
  /** Where the container looks for it. */
  readonly path: string;
  /** Where the project has files of that name. */
  readonly at: readonly string[];
  /** Nothing goes on without it. */
  readonly isNeeded: boolean;
}

/** `getenv("X", "a")`, `environ.get("X") or "a"`, and what environs, django-environ and decouple call the same. */
const takesDefault =
  /\b(?:getenv|environ\.get|environ\.setdefault|env|env\.str|env\.path|config)\(\s{0,40}["']([A-Za-z]\w{1,60})["'](?:\s{0,40},\s{0,40}(?:default ?= ?)?|\) or )["']([^"'\s]{1,120}\.\w{1,12})["']/g;
const isData =
  /\.(?:csv|tsv|parquet|feather|npy|npz|pickle|h5|hdf5|jsonl|xlsx?|caffemodel|weights|bin|prototxt|names|index|faiss)$/i;
const isOther = /\.(?:json|ya?ml|toml|ini|cfg|conf|txt|xml)$/i;
const reads =
  /\b(?:open|load|loads|loadtxt|load_\w+|read|read_\w+|safe_load|imread|InferenceSession|YOLO)\($/;
const writes =
  /["'][wax]b?\+?["']|\b(?:dump|save|save_\w+|to_(?:csv|json|excel|parquet|pickle)|savetxt|makedirs|mkdir|touch|write_\w+|urlretrieve|copy|copyfile|move)\(|download/;
/** So many are told. */
const most = 6;

function defaultFiles(facts: ProjectFacts, start: Start): DefaultFile[] {
  const programs = programsOfStart(facts, start);
  if (programs.some(({ text }) => /\bchdir\(/.test(text))) return [];
  const all = (facts.context.files?.files ?? []).map(({ path }) => path);
  const needed = neededFiles(facts, start);
  return programs.flatMap((program, place) =>
    [...program.text.matchAll(takesDefault)].flatMap(
      ({ 0: whole, 1: variable = '', 2: said = '', index }) => {
        const begin = program.text.lastIndexOf('\n', index) + 1;
        const before = program.text.slice(begin, index);
        const line = `${before}${whole.replace(/\s+/g, ' ')})`;
        const path = placeOf({ said, before, line }, program, programs, start);
        if (path === undefined || said.includes('://') || isFetchedByName(said)) return [];
        const uses = usesOf(before, programs);
        if (!isRead(said, before, uses) || all.includes(path.replace(/^\/app\//, ''))) return [];
        const isNeeded =
          needed.has(program.path) &&
          (place === 0 || start.service === undefined) &&
          (/^\w/.test(before) && reads.test(before.trimEnd())
            ? true
            : uses.some(({ by, head, text }) => needed.has(by) && /^\w/.test(text) && reads.test(head)));
        const at = all.filter(
          (one) => nameOf(one) === nameOf(said) && !/(?:^|\/)(?:tests?|node_modules)\//.test(one),
        );
        return {
          by: program.path,
          line: lineOf(facts, program, variable),
          variable,
          said,
          path,
          at,
          isNeeded,
        };
      },
    ),
  );
}

interface Asked {
  readonly said: string;
  readonly before: string;
  readonly line: string;
}

/** Where a default leads in a container; undefined where it is put behind what is not known. */
function placeOf(
  { said, before, line }: Asked,
  { path: by }: Program,
  programs: readonly Program[],
  start: Start,
) {
  const top = start.folder === undefined ? '/app' : `/app/${start.folder}`;
  const isJoined = /\bjoin\w*\(|[/+,] ?(?:os\.)?$/.test(before);
  const place = isJoined ? placeIn(line, said, by, programs) : { path: said, isBesideFile: false };
  if (place === undefined) return undefined;
  const path = place.path.replace(/^~\//, '/app/');
  return path.startsWith('/') ? path : `/${posixJoin((place.isBesideFile ? '/app' : top).slice(1), path)}`;
}

interface Use {
  readonly by: string;
  readonly text: string;
  /** What stands before the name. */
  readonly head: string;
}

/** The lines that use the name which a value is given. */
function usesOf(before: string, programs: readonly Program[]): Use[] {
  const name = /^\s*(?:self\.)?([A-Za-z_]\w*) *(?::[^=]*)?=/.exec(before)?.[1];
  if (name === undefined) return [];
  return programs.flatMap(({ path: by, text }) =>
    text.split('\n').flatMap((one): Use[] => {
      const at = one.split(/(?<!\w)(?=\w)|(?<=\w)(?!\w)/);
      const found = at.indexOf(name);
      const head = at.slice(0, Math.max(found, 0)).join('');
      return found < 0 || one.startsWith(before)
        ? []
        : [{ by, text: one, head: head.replace(/(?<![\w.])[\w.]*\.$/, '') }];
    }),
  );
}

/** Whether what lies there is read and never made, as far as the lines tell. */
function isRead(said: string, before: string, uses: readonly Use[]): boolean {
  // What is put behind the name, or before it, leads elsewhere.
  const isPart = uses.some(({ head }) => /\bjoin\w*\((?:[^()]*, *)?$|[/+] *$|\{$/.test(head));
  if (isPart || uses.some(({ text }) => writes.test(text)) || writes.test(before)) return false;
  if (weightsFile.test(said) || isData.test(said)) return true;
  return isOther.test(said) && (reads.test(before.trimEnd()) || uses.some(({ head }) => reads.test(head)));
}

/** Comments were taken out of the text of a program. */
const lineOf = ({ texts }: ProjectFacts, { path }: Program, variable: string) =>
  (texts.get(path) ?? '')
    .split('\n')
    .findIndex((line) => line.includes(`"${variable}"`) || line.includes(`'${variable}'`)) + 1;

/** Why a start ends at once, in a sentence: what it opens by default lies elsewhere. */
export function defaultFault(facts: ProjectFacts, start: Start): string | undefined {
  const given = givenPaths(facts);
  const found = defaultFiles(facts, start).find(
    ({ isNeeded, at, variable }) => isNeeded && at.length === 1 && !given.has(variable),
  );
  return (
    found &&
    `${found.by} opens ${found.said} (line ${found.line}) unless ${found.variable} names another file, which is not there but is ${found.at[0]}: make that the default, then add the files again.`
  );
}

/** What is read by default and is not there, a line for each program, with the names of the variables. */
export function defaultNotes(facts: ProjectFacts, start: Start) {
  const found = defaultFiles(facts, start).slice(0, most);
  const elsewhere = found.flatMap(({ by, variable, path, at }) =>
    at.length === 0
      ? []
      : `${at.slice(0, 2).join(' or ')} is mounted at ${path}, or ${variable} is given when the container is started, as ${by} opens that file by default, where it is not.`,
  );
  const nowhere = [...new Set(found.map(({ by }) => by))].flatMap((program) => {
    const own = found.filter(({ by, at }) => by === program && at.length === 0);
    const paths = [...new Set(own.map(({ path }) => path))];
    const variables = [...new Set(own.map(({ variable }) => variable))];
    const are = (names: readonly string[]) => `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'}`;
    return own.length === 0
      ? []
      : `${are(paths)} mounted, or ${are(variables)} given when the container is started, as ${program} opens ${paths.length === 1 ? 'that file' : 'those files'} by default and the project has none of ${paths.length === 1 ? 'that name' : 'their names'}.`;
  });
  return {
    lines: [...new Set([...elsewhere, ...nowhere])],
    variables: found.map(({ variable }) => variable),
    /** As they are written, and where they lead. */
    paths: found.flatMap(({ said, path }) => [said.replace(/^(?:\.\/)+/, ''), path.replace(/^\/app\//, '')]),
  };
}
