import type { ProjectFacts } from '../project.ts';
import { code, withoutComments } from '../sources/modules.ts';
import { withWholeCalls } from '../sources/whole-calls.ts';
import { checkedSettings, isCaught } from './checked-settings.ts';

/** Names that a class of settings is made of: those of the classes that it is derived from. */
const classLine = /^class[ \t]+(\w+)[ \t]*\(([^)\n]*)\)[ \t]*:/;

/**
 * The variables that some files of a project look up in the environment and fail without: `os.environ["X"]`, fields of
 * pydantic's settings without a default (documentation, "Settings Management"), `config("X")` of decouple and Starlette, and `env("X")` of
 * environs and django-environ.
 * @param setters the files that run before and may set them
 */
export function requiredSettings(
  paths: readonly string[],
  { texts }: Pick<ProjectFacts, 'texts'>,
  setters = paths,
): string[] {
  const read = (path: string) => withWholeCalls(withoutComments(code(texts.get(path) ?? '')));
  const programs = paths.map(read);
  const all = programs.join('\n');
  const before = setters.map(read).join('\n');
  const names = [
    ...programs
      .filter((text) => /\b(?:decouple|environs?|starlette\.config)\b/.test(text))
      .flatMap(calledSettings),
    ...settingsClasses(programs, (module) => isOwn(module, texts)).flatMap(fieldsOf),
  ];
  const demanded = settingsClasses(programs, (module) => isOwn(module, texts)).flatMap(demandedFields);
  const checked = [...programs.flatMap(checkedSettings), ...demanded].filter((name) => !isSet(name, before));
  const indexed = programs.flatMap((text) =>
    [...text.matchAll(/\benviron\[\s{0,20}["']([A-Za-z]\w*)["']\s{0,20}\](?! ?=[^=])/g)]
      .filter(({ index }) => !isCaught(text.split('\n'), text.slice(0, index).split('\n').length - 1))
      .map(([, name = '']) => name)
      .filter((name) => !isAskedFor(name, text)),
  );
  return [...new Set([...indexed, ...names.filter((name) => !isAskedFor(name, all)), ...checked])];
}

/** It asks somewhere whether a variable is there, or sets it. */
const isAskedFor = (name: string, program: string) =>
  isSet(name, program) ||
  ['environ.get(', 'getenv('].some(
    (call) => program.includes(`${call}"${name}"`) || program.includes(`${call}'${name}'`),
  ) ||
  [`"${name}" in `, `'${name}' in `, `"${name}" not in `, `'${name}' not in `].some((one) =>
    program.includes(one),
  );

/** A program sets it itself. */
export const isSet = (name: string, program: string) =>
  [`environ["${name}"] =`, `environ['${name}'] =`, `setdefault("${name}"`, `setdefault('${name}'`].some(
    (one) => program.includes(one),
  );

/** So many characters of a call are looked at. */
const longestCall = 160;
/** What django-environ reads where no name stands (its documentation, "Supported types"). */
const addressNames: Readonly<Record<string, string>> = {
  db: 'DATABASE_URL',
  cache: 'CACHE_URL',
  email: 'EMAIL_URL',
};

/** `config("X")` and `env.bool("X")`, where no default stands behind the name or in the scheme. */
function calledSettings(text: string): string[] {
  const addresses = [...text.matchAll(/\benv\.(db|cache|email)(?:_url)?\(([^()\n]{0,160})\)/g)].flatMap(
    ([, kind = '', args = '']) =>
      /^\s*["']|\bdefault\b|\bvar\b/.test(args) ? [] : (addressNames[kind] ?? []),
  );
  const ofDecouple = sourceOf('config', text) === 'decouple';
  const calls = [
    ...text.matchAll(/\b(?:config|env(?:\.\w+)?)\(\s*["']([A-Z][A-Z0-9_]*)["']\s*([,)])/g),
    // It looks for a name as it is written (python-decouple, README, "Usage").
    ...(ofDecouple ? text.matchAll(/\bconfig\(\s*["']([A-Za-z]\w*)["']\s*([,)])/g) : []),
  ];
  const named = calls.flatMap(({ 0: call, 1: name = '', 2: end, index }) => {
    const rest = text.slice(index + call.length, index + call.length + longestCall).split(')', 1)[0] ?? '';
    const isRequired = end === ')' || (/^\s*cast\s*=/.test(rest) && !rest.includes('default'));
    return isRequired && !text.includes(`${name}=(`) ? [name] : [];
  });
  return [...addresses, ...named];
}

/** The module that a name is taken from by `from … import`, in one line or in parentheses. */
const sourceOf = (name: string, text: string): string | undefined =>
  text
    .split(/^from[ \t]+/m)
    .slice(1)
    .find((part) => {
      const line = part.split('\n', 1)[0] ?? '';
      const names = line.includes('(') ? part.split(')', 1)[0] : line;
      return (names ?? '').split(/\W+/).includes(name);
    })
    ?.split(/\s/, 1)[0];

/** Whether a module is one of the project: others keep what they call settings where they like. */
function isOwn(module: string, texts: Pick<ProjectFacts, 'texts'>['texts']): boolean {
  const [top = ''] = module.split('.', 1);
  return [...texts.keys()].some((path) =>
    path.split('/').some((part) => part === top || part === `${top}.py`),
  );
}

/** The lines of each class of settings. */
function settingsClasses(
  programs: readonly string[],
  isOfProject: (module: string) => boolean,
): (readonly string[])[] {
  const classes = programs.flatMap((text) => {
    const from = sourceOf('BaseSettings', text);
    const isForeign = from !== undefined && !/^pydantic\b|^pydantic_|^\./.test(from) && !isOfProject(from);
    return text.split(/^(?=class[ \t])/m).flatMap((part) => {
      const [, name = '', bases = ''] = classLine.exec(part) ?? [];
      const all = bases.split(/[,\s]+/).map((base) => base.split('.').at(-1) ?? '');
      return name === ''
        ? []
        : [{ name, bases: all.filter((one) => one !== 'BaseSettings' || !isForeign), body: bodyOf(part) }];
    });
  });
  const known = new Set(['BaseSettings']);
  for (const name of known) for (const one of classes) if (one.bases.includes(name)) known.add(one.name);
  return classes.filter(({ name }) => known.has(name)).map(({ body }) => body);
}

/** The lines of a class, without those that stand deeper or behind it. */
export function bodyOf(part: string): readonly string[] {
  const lines = part.split('\n').slice(1);
  const end = lines.findIndex((line) => /^[^\s#)\]}]/.test(line));
  const all = end < 0 ? lines : lines.slice(0, end);
  const depth = /^[ \t]+/.exec(all.find((line) => line.trim() !== '') ?? '')?.[0] ?? '';
  const own = all.filter((line) => line.startsWith(depth) && /\S/.test(line.charAt(depth.length)));
  return own.map((line) => line.trim());
}

function fieldsOf(body: readonly string[]): string[] {
  const prefix = body.map((line) => /env_prefix\s*=\s*["'](\w+)["']/.exec(line)?.[1]).find(Boolean) ?? '';
  return body.flatMap((line) => {
    const [, field = '', type = '', value] =
      /^([A-Za-z]\w*)[ \t]*:[ \t]*([^=#]+)(?:=[ \t]*(.*))?/.exec(line) ?? [];
    if (field === '' || field === 'model_config' || type.includes('ClassVar')) return [];
    const isRequired = value === undefined || /^(?:Field\(\s*)?\.\.\./.test(value) || isBareField(value);
    const alias = /\b(?:alias|validation_alias|env)\s*=\s*["'](\w+)["']/.exec(value ?? '')?.[1];
    return isRequired ? [(alias ?? `${prefix}${field}`).toUpperCase()] : [];
  });
}

/** `X: str = os.environ.get("X")`: what is not there is no text (pydantic documentation, "Settings Management", Validation of default values). */
const demandedFields = (body: readonly string[]): string[] =>
  body.flatMap((line) => {
    const [, type = '', name] = lookedUpField.exec(line) ?? [];
    return name === undefined || /\b(?:None|Optional|Any)\b/.test(type) ? [] : [name];
  });
const lookedUpField =
  /^\w+[ \t]*:([^=#]+)=[ \t]*(?:os\.)?(?:environ\.get|getenv)\([ \t]*["'](\w+)["'][ \t]*(?:,[ \t]*None[ \t]*)?\)[ \t]*(?:#.*)?$/;

/** `Field(description="…")` has no default, and `Field(3)` has one. */
const isBareField = (value: string) =>
  /^Field\(\s*(?:\)|\w+\s*=)/.test(value) && value.trimEnd().endsWith(')') && !/\bdefault/.test(value);
