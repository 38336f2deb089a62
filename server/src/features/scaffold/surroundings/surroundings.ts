import { impliedCalls } from '../../../data/implied-calls.ts';
import { impliedVariables } from '../../../data/implied-variables.ts';
import { writableMounts } from '../../../project/compose.ts';
import { mountsShown } from '../files/shown-mounts.ts';
import { needsPostgres, sqliteNote } from '../files/sqlite-notes.ts';
import { folderOf, foldersAbove, nameOf, posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { argumentsIn } from '../sources/calls.ts';
import { optionalModules } from '../sources/optional-modules.ts';
import type { Program } from '../sources/program.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { homeServiceNotes } from './home-services.ts';

/** So many commands stand in a line. */
const most = 3;

/** What a program finds around it on the machine of who wrote it, and not in a container: a line for each. */
export function surroundings(facts: ProjectFacts, start: Start): string[] {
  const programs = programsOfStart(facts, start);
  const reached = new Set(programs.map(({ path }) => path));
  const fetched = fetchedFiles(facts, (path) => reached.has(path));
  const examples = copiedExamples(facts);
  const keys = impliedKeys(programs);
  const database = sqliteNote(facts, start);
  return [
    ...homeServiceNotes(facts, programs),
    ...(keys.length > 0
      ? [
          `${keys.join(', ')} ${keys.length === 1 ? 'is' : 'are'} given when the container is started, or in the program.`,
        ]
      : []),
    ...optionalModules(facts, programs).map(
      ({ path, by, readme }) =>
        `${path}, which ${readme} names and ${by} imports where it is there, is mounted below /app, or the program does without it.`,
    ),
    ...(facts.direct.has('celery') && start.words[0] !== 'celery' && usesCelery(facts)
      ? ['The workers of Celery run in containers of their own.']
      : []),
    ...(fetched.length > 0
      ? [
          `${fetched.map((line) => `"${line}"`).join(', ')} of README was run before, or what it fetches is mounted below /app.`,
        ]
      : []),
    ...examples.map(([path, example]) => `${path} is made of ${example} and mounted below /app.`),
    ...(database === undefined ? [] : [database]),
    ...(needsPostgres(facts)
      ? ['The database is one of PostgreSQL, as the models have fields that no other has.']
      : []),
  ];
}

/** A list may name it for nothing. */
const usesCelery = ({ texts }: ProjectFacts) =>
  [...texts].some(([path, text]) => path.endsWith('.py') && /\b(?:celery|shared_task)\b/i.test(text));

/** What files of settings and keys end with, which are mounted to be read. */
const isRead = /\.(?:ya?ml|toml|ini|cfg|conf|env|pem|crt|key)$|(?:^|\/)\.env$/;

/** What Compose files and README mount of the machine, where another user than its own has to be let write, a line for each. */
export function mountNotes({ texts, tree }: ProjectFacts, { file }: Start): string[] {
  const above = file === undefined ? [] : foldersAbove(file);
  // A service that is built of another folder is another program.
  const isOwn = (folder: string) => above.length === 0 || !tree.folders.has(folder) || above.includes(folder);
  return [...texts].flatMap(([file, text]) => {
    const isReadme = /^readme/i.test(file);
    if (!isReadme && !/^(?:docker-)?compose[\w.-]*\.ya?ml$/.test(file)) return [];
    const found = (isReadme ? mountsShown(text) : writableMounts(text, isOwn)).filter((source) => {
      const folder = posixJoin('', source);
      return folder !== '' && !isRead.test(source) && !tree.folders.has(folder) && !tree.paths.has(folder);
    });
    return [...new Set(found)].map(
      (source) => `User 10001 may write ${source} (chown -R 10001), which ${file} mounts.`,
    );
  });
}

/** Keys that packages look for by themselves, where no line of the programs gives one. */
function impliedKeys(programs: readonly Program[]): string[] {
  const all = programs.map(({ text }) => text).join('\n');
  const found = programs.flatMap(({ text }) =>
    [...impliedVariables].flatMap(([module, name]) =>
      text.split('\n').some((line) => /^(?:from|import) /.test(line) && line.split(/\W+/)[1] === module) &&
      !all.includes(name)
        ? [name]
        : [],
    ),
  );
  const ofLangchain = /\bfrom langchain[\w.]* import\b/.test(all) && /\bOpenAI\(/.test(all);
  if (ofLangchain && !all.includes('OPENAI_API_KEY')) found.push('OPENAI_API_KEY');
  // What the program goes on without is told nowhere else.
  const said = all.replace(/\b(?:getenv|environ\.get)\([ \t]*["']\w+["'][ \t]*\)[ \t]*or\b/g, '');
  const called = [...impliedCalls].flatMap(([name, variable]) =>
    !said.includes(variable) &&
    !['(', ':'].some((end) => all.includes(`class ${name}${end}`)) &&
    all
      .split(`${name}(`)
      .slice(1)
      .some((rest, at) => {
        const before = all.split(`${name}(`)[at]?.at(-1) ?? '';
        return !/\w/.test(before) && !/key|token|\*\*/i.test(argumentsIn(rest));
      })
      ? [variable]
      : [],
  );
  const modules = /\bapi_(?:key|token)\s*=|\bst\.secrets\b/.test(all) ? [] : found;
  return [...new Set([...modules, ...called])];
}

const tools =
  /^(?:gdown|git lfs pull|dvc pull|huggingface-cli download|hf download|git submodule update|make (?:download|data|models?|weights))\b/;
const webFile =
  /^(?:wget|curl)\b.*\.(?:pth?|ckpt|h5|onnx|pkl|joblib|bin|safetensors|gguf|zip|tar|gz|csv|json|txt|npy|npz|parquet|weights)\b/i;

/** An example of how the server itself is asked, or what is sent to one. */
const asksServer =
  /\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0)\b|\bexample\.(?:com|org|net)\b|\byour[_-]|<\w|[ \t](?:-[XFdT]|--(?:data|form|request|upload-file))\b/i;

/** Whether a command brings what a clone does not hold, and the program itself does not call. */
function isFetch(command: string, isReached: (path: string) => boolean): boolean {
  if (tools.test(command) || webFile.test(command)) return !asksServer.test(command);
  const [first = '', second = ''] = command.split(/\s+/);
  // A path alone is how README speaks of a file.
  const isCommand = first.startsWith('./') || (first.includes('/') && first.endsWith('.sh'));
  const program = /^(?:python3?|bash|sh|source)$/.test(first) ? second : isCommand ? first : '';
  return !isReached(posixJoin('', program)) && /^(?:download|fetch|get)(?:[_-]|\.|$)/.test(nameOf(program));
}

/** Commands of README that bring what a clone does not hold. */
function fetchedFiles({ texts }: ProjectFacts, isReached: (path: string) => boolean): string[] {
  const readme = [...texts].find(([path]) => folderOf(path) === '' && /^readme/i.test(path))?.[1] ?? '';
  const lines = readme.split(/[\n`]/).flatMap((line) => {
    const command = line.trim().replace(/^[$>%#] */, '');
    return isFetch(command, isReached) && !command.includes('|') ? [shortened(command)] : [];
  });
  return [...new Set(lines)].slice(0, most);
}

const longest = 60;
const shortened = (line: string) => (line.length > longest ? `${line.slice(0, longest)}…` : line);

const markers = /[._-]?(?:example|sample|template|dist)(?=[._-]|$)|^(?:example|sample)[._-]/i;

/** Files of settings that are copied from one with another name, which programs name and a clone does not hold. */
export function copiedExamples({ context, texts, files }: ProjectFacts): [path: string, example: string][] {
  const all = new Set((context.files?.files ?? []).map(({ path }) => path));
  const programs = [...texts].flatMap(([path, text]) => (path.endsWith('.py') ? text : [])).join('\n');
  return [...all].flatMap((example): [string, string][] => {
    const name = nameOf(example);
    const made = name.replace(markers, '');
    const folder = folderOf(example);
    const path = folder === '' ? made : `${folder}/${made}`;
    const isSetting = made !== name && /^[^.].*\.(?:json|ya?ml|toml|ini|cfg|conf)$/i.test(made);
    const isNamed = ['"', "'", '/'].some((before) => programs.includes(`${before}${made}`));
    return isSetting && isNamed && (!all.has(path) || files.isIgnored(path)) ? [[path, example]] : [];
  });
}

/** Whether a module is made of an example of it: `config.example.py`, `config_sample.py` or `config.py.dist`. */
export function hasExample({ context }: ProjectFacts, module: string): boolean {
  return (context.files?.files ?? []).some(
    ({ path }) =>
      path !== module &&
      folderOf(path) === folderOf(module) &&
      nameOf(path).replace(markers, '') === nameOf(module),
  );
}
