import type { ImageFacts } from '../project.ts';
import { literalsOf } from '../sources/literals.ts';
import type { Program } from '../sources/program.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { copiedExamples } from '../surroundings/surroundings.ts';

/** So many names stand in the line. */
const most = 3;
/** What makes a page of a template by its name (documentation of Flask, Starlette, Django, aiohttp-jinja2 and Jinja). */
const renders =
  /\b(?:render_template|TemplateResponse|render_to_string|get_template|aiohttp_jinja2\.template|render(?=\(\s*request\b))\(\s*(?:(?:request\s*=\s*)?(?:self\.)?request\s*,\s*)?(?:(?:name|template_name)\s*=\s*)?["']([\w./-]+\.\w+)["']/g;
/** Templates that lie in a package, in a text, or in a folder that only the program knows. */
const liesElsewhere =
  /\b(?:DictLoader|FunctionLoader|PackageLoader|ChoiceLoader)\(|\btemplate_folder\s*=\s*(?!["'][\w-])|\bdirectory\s*=\s*["'](?:\/|\.\.)/;

/** Templates that the programs render and that lie nowhere in the project, in a line: their pages fail when they are asked for. */
export function renderedNote(facts: ImageFacts, start: Start): string | undefined {
  const { files, isComplete = false } = facts.context.files ?? {};
  const programs = programsOfStart(facts, start);
  if (!files || !isComplete || programs.some(({ text }) => liesElsewhere.test(text))) return undefined;
  const paths = files.map(({ path }) => `/${path}`);
  const isThere = (name: string) => paths.some((path) => path.endsWith(`/${name}`));
  const names = [...new Set(programs.flatMap(namesOf))];
  // Packages bring templates in folders of theirs, such as admin/.
  const isOwn = (name: string) =>
    !name.includes('/') || paths.some((path) => path.includes(`/${name.split('/', 1)[0]}/`));
  const made = [
    ...literalsOf(programs).flatMap(({ path, isWritten }) => (isWritten ? [path] : [])),
    ...copiedExamples(facts).map(([path]) => path),
  ];
  const missing = names.filter(
    (name) => !isThere(name) && isOwn(name) && !made.some((path) => `/${path}`.endsWith(`/${name}`)),
  );
  const [first] = missing;
  if (first === undefined) return undefined;
  const alike = missing.length === 1 ? paths.find((path) => isSameButForCase(path, first)) : undefined;
  if (alike !== undefined)
    return `The page of ${first} fails, as that template lies there as ${alike.slice(1)}, which only Windows and macOS take for the same.`;
  const listed = `${missing.slice(0, most).join(', ')}${missing.length > most ? ` and ${missing.length - most} more` : ''}`;
  return missing.length === 1
    ? `The page of ${listed} fails, as that template lies nowhere in the project.`
    : `The pages of ${listed} fail, as those templates lie nowhere in the project.`;
}

const isSameButForCase = (path: string, name: string) =>
  path.toLowerCase().endsWith(`/${name.toLowerCase()}`);

const namesOf = ({ text }: Program) => [...text.matchAll(renders)].map(([, name = '']) => name);
