import { nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { besideProgram } from '../sources/applications.ts';
import { literalsOf } from '../sources/literals.ts';
import type { Program } from '../sources/program.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { homeState, keptStateNotes } from './kept-state.ts';
import {
  isBelowOutput,
  type OutputOption,
  outputFolder,
  outputOptions,
  patternFiles,
  resultFiles,
} from './output-places.ts';

/** So many names stand in a line. */
const most = 6;
/** Folders that programs write what they were started for into, by their names. */
const isWork =
  /^(?:saved_?models?|models?|checkpoints?|weights|results?|outputs?|reports?|predictions?|exports?|artifacts|figures|plots|backups?|downloads?)$/i;
const makes = /\b(?:mkdir|makedirs)\b/;

const listed = (names: readonly string[]) => [...new Set(names)].slice(0, most).join(', ');

/** What a program needs of this machine to find and to keep its files, a line for each. */
export function keptWorkNotes(facts: ProjectFacts, start: Start): string[] {
  const programs = programsOfStart(facts, start);
  const isTool = start.service === undefined;
  const work = isTool ? workFolders(programs) : [];
  const told = isTool ? outputOptions(programs).find((one) => isOpen(one, work)) : undefined;
  const files = isTool
    ? [...new Set([...resultFiles(literalsOf(programs), programs), ...patternFiles(programs)])]
    : [];
  const kept = homeState(facts, start);
  const home = homeFolders(programs).filter(
    (path) => !kept.some((other) => path === other || path.startsWith(`${other}/`)),
  );
  const looking = programs.find(
    ({ text }) =>
      /\bos\.getcwd\(\)|\bPath\.cwd\(\)/.test(text) &&
      /\bos\.(?:walk|listdir|scandir)\(|\.(?:rglob|iterdir)\(/.test(text) &&
      !/\bchdir\(/.test(text),
  );
  return [
    work.length > 0
      ? `${listed(work)} ${work.length === 1 ? 'is' : 'are'} mounted below /app and user 10001 may write there, as what the program keeps there is lost with its container.`
      : undefined,
    ...keptStateNotes(facts, start),
    told === undefined
      ? undefined
      : `What ${told.name} tells lies in a folder that is mounted and that user 10001 may write, as anything else is lost with the container.`,
    files.length > 0
      ? `${listed(files)}, which the program writes, ${files.length === 1 ? 'is' : 'are'} taken out of the container by "docker cp", as nothing else holds ${files.length === 1 ? 'it' : 'them'}.`
      : undefined,
    ...home.map(
      (path) => `~/${path} of a person is mounted as /app/${path}, as /app is the home folder of the image.`,
    ),
    looking === undefined
      ? undefined
      : `What ${looking.path} looks through is mounted below /app, the working folder that it begins in.`,
  ].filter((line) => line !== undefined);
}

/** A person has to say where, as nothing is taken instead, or a file at the top. */
const isOpen = ({ isRequired, value }: OutputOption, work: readonly string[]) =>
  isRequired || (work.length === 0 && (value === undefined || isFile(value)));
const isFile = (path: string) => /^(?:\.\/)?[\w-]+\.\w+$/.test(path);

/** Folders of results that a program makes or writes files into. */
function workFolders(programs: readonly Program[]): string[] {
  const lines = programs.flatMap(({ text }) => text.split('\n'));
  const made = lines.filter((line) => makes.test(line)).join('\n');
  const found = literalsOf(programs).flatMap((one) => {
    const { path, line, isWritten } = one;
    if (isBelowOutput(one)) return [];
    const folder = made === '' ? undefined : outputFolder(one);
    if (folder !== undefined) return [folder];
    const [top = ''] = path.split('/');
    const name = /^\s*([A-Za-z_]\w*) *(?::[^=]*)?=(?!=)/.exec(line)?.[1];
    const isKept = isWritten || (name !== undefined && made.split(/\W+/).includes(name));
    return isWork.test(top) && isKept ? [top] : [];
  });
  const defaults = outputOptions(programs).flatMap(({ value }) => {
    const path = (value ?? '').replace(/^(?:\.\/)+/, '');
    const isFolder = /^[\w-]+(?:\/[\w./-]*)?$/.test(path);
    return isFolder ? path.split('/', 1) : [];
  });
  return [...new Set([...found, ...defaults])].sort();
}

/** Hidden files and folders of a person's home that a program reads, and does not make. */
function homeFolders(programs: readonly Program[]): string[] {
  const found = programs.flatMap(({ text }) =>
    text.split('\n').flatMap((line) => {
      const path =
        /["']~\/(\.[\w-][\w./-]*)["']/.exec(line)?.[1] ??
        /\bPath\.home\(\) *\/ *["'](\.[\w-][\w./-]*)["']/.exec(line)?.[1];
      return path === undefined || /^\.(?:cache|local|config)\b/.test(path) || makes.test(line) ? [] : [path];
    }),
  );
  return [...new Set(found)].slice(0, most);
}

/** Which program makes a database that is a file and that neither the start nor the image has, in a sentence. */
export function seedNote(facts: ProjectFacts, start: Start): string | undefined {
  const programs = programsOfStart(facts, start);
  const makesTables = /\bcreate_all\(|\bexecutescript\(|\bcreate\s+table\b/i;
  const own = programs.map(({ text }) => text).join('\n');
  const file = /\bsqlite(?:\+\w+)?:\/\/\/([\w./-]+)/.exec(own)?.[1];
  if (file === undefined || makesTables.test(own)) return undefined;
  if ((facts.context.files?.files ?? []).some(({ path }) => nameOf(path) === nameOf(file))) return undefined;
  const reached = new Set(programs.map(({ path }) => path));
  const [only, ...others] = [...facts.texts].filter(
    ([path, text]) =>
      path.endsWith('.py') &&
      !path.includes('/') &&
      !besideProgram.test(path) &&
      !reached.has(path) &&
      makesTables.test(text),
  );
  return only && others.length === 0
    ? `${file} was made by "python ${only[0]}" and is mounted below /app, as the image does not hold it.`
    : undefined;
}
