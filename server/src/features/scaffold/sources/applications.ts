import { asgiClasses, wsgiClasses } from '../../../data/web-frameworks.ts';
import { folderOf, nameOf } from '../paths.ts';
import { code, importedName, importRootOf, type SourceTree } from './modules.ts';
import { toldApplications, toldFactories } from './told-applications.ts';

/** An object that a server of ASGI or WSGI is given, or a function that makes one. */
export interface Application {
  /** Below the project, such as `src/bikes/api.py`. */
  readonly path: string;
  readonly variable: string;
  readonly isFactory: boolean;
  readonly kind: 'asgi' | 'wsgi';
}

/** Folders and files of which none is what an image serves. */
export const besideProgram =
  /(?:^|\/)(?:tests?(?:[_-][^/]*)?|testing|docs?|examples?|samples?|demos?|notebooks?|benchmarks?|migrations|alembic|versions|scripts?|tools|hack|dev|ci|\.[^/]*)\/|(?:^|\/)(?:test_[^/]*|[^/]*_tests?|conftest)\.py$/i;

/** Whether a file is none to be served. */
export type IsBeside = (path: string) => boolean;
export const isBesideByPath: IsBeside = (path) => besideProgram.test(path);

const tests =
  /^[ \t]*(?:import|from) +(?:pytest|unittest|nose|doctest|hypothesis|locust)\b|^[ \t]*(?:async )?def test_|\bTestClient\(|\.test_client\(|\bAppTest\b/m;

/** The same where a file that is called one of tests (`ui_test.py`) has to be one as well: it defines or runs some. */
export const isBesideByText =
  ({ texts }: SourceTree): IsBeside =>
  (path) =>
    besideProgram.test(path) &&
    (besideProgram.test(`${folderOf(path)}/`) || tests.test(texts.get(path) ?? ''));

/** What stands for something else while a project is worked on. */
export const isStandIn = /(?:^|[/_])(?:mock|stub|fake|dummy|fixture)s?(?=[_./])/i;

/** A script that Alembic runs may make the application to know its tables (Alembic documentation, "env.py"). */
const ofAlembic = /^[ \t]*from alembic import\b/m;
/** A bot shows a page from a thread, so that a host which wants an answer lets it go on: the bot is what is started. */
const besideBot = (text: string) =>
  /\bThread\(\s*target\b/.test(text) && (/\bdef keep_?alive\b/i.test(text) || ofBots.test(text));
const ofBots = /^(?:import|from) +(?:discord|nextcord|disnake|telegram|telebot|aiogram|pyrogram|telethon)\b/m;

interface Function {
  readonly name: string;
  readonly isCallable: boolean;
  readonly body: string;
}

/** The applications of a project: those at the top of a module, and functions that give one where there are none. */
export function applicationsOf(tree: SourceTree, isBeside = isBesideByPath): Application[] {
  const files = [...tree.texts].flatMap(([path, text]) =>
    path.endsWith('.py') &&
    !isBeside(path) &&
    !isStandIn.test(path) &&
    !ofAlembic.test(text) &&
    !besideBot(text)
      ? [{ path, text: code(text) }]
      : [],
  );
  const made = files.flatMap(({ path, text }) =>
    functionsOf(text).flatMap((one) => {
      const kind = /\breturn\b/.test(one.body) ? kindOf(one.body) : undefined;
      return kind ? [{ path, kind, ...one }] : [];
    }),
  );
  const factories = new Map(made.map(({ name, kind }) => [name, kind]));
  const own = files.flatMap(({ path, text }) =>
    variablesOf(text, factories).map((one) => ({ path, isFactory: false, ...one })),
  );
  const variables =
    own.length > 0
      ? own
      : [
          ...new Map(
            toldApplications(tree)
              .filter(({ path }) => files.some((file) => file.path === path))
              .map((one) => [`${one.path}:${one.variable}`, one]),
          ).values(),
        ];
  const functions = made
    .filter(({ isCallable }) => isCallable)
    .map(({ path, name, kind }) => ({ path, variable: name, isFactory: true, kind }));
  // A worker makes one for itself.
  const ofWorkers = ({ path }: Application) => /\bcelery\b/i.test(tree.texts.get(path) ?? '');
  const told = toldFactories(tree);
  const [chosen] = functions.filter((one) =>
    told.some(({ path, name }) => path === one.path && name === one.variable),
  );
  if (chosen && variables.every((one) => one.path !== chosen.path && ofWorkers(one))) return [chosen];
  return variables.length > 0 ? withoutParts(variables, tree) : functions;
}

function kindOf(text: string): Application['kind'] | undefined {
  if (asgiClasses.test(text)) return 'asgi';
  return wsgiClasses.test(text) ? 'wsgi' : undefined;
}

/** What is assigned at the left margin. */
function variablesOf(text: string, factories: ReadonlyMap<string, Application['kind']>) {
  return text.split('\n').flatMap((line) => {
    const [, variable, value = ''] = /^([A-Za-z_]\w*)[ \t]*(?::[^=\n]*)?=(?!=)(.*)/.exec(line) ?? [];
    const called = /(?:^|\.)\s*(\w+)\(/.exec(value.trim())?.[1] ?? '';
    const kind =
      kindOf(value) ??
      factories.get(called) ??
      (/^\s*\w+\.server\s*$/.test(value) && /\bDash\(/.test(text) ? 'wsgi' : undefined);
    return variable !== undefined && kind ? [{ variable, kind }] : [];
  });
}

/** The functions at the left margin. */
function functionsOf(text: string): Function[] {
  return text.split(/^(?=(?:async[ \t]+)?def[ \t])/m).flatMap((part) => {
    const name = /^def[ \t]+(\w+)[ \t]*\(/.exec(part)?.[1];
    if (name === undefined) return [];
    const end = part.search(/\n(?=[^\s)#])/);
    const body = end < 0 ? part : part.slice(0, end);
    const head = inParentheses(body);
    // A value in brackets may hold commas of its own.
    const parameters = head
      .replace(/\[[^[\]]*\]|#.*/g, '')
      .split(',')
      .map((one) => one.trim());
    const isCallable = parameters.every((one) => one === '' || one.includes('=') || one.startsWith('*'));
    return [{ name, isCallable, body }];
  });
}

/** What stands in the first parentheses of a text. */
function inParentheses(text: string): string {
  const start = text.indexOf('(') + 1;
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return text.slice(start, at);
  }
  return text.slice(start);
}

/** Without applications that another one imports to be a part of it, where one is left then. */
function withoutParts(all: readonly Application[], { imports }: SourceTree): Application[] {
  const importedBy = (one: Application) =>
    all.some(
      (other) =>
        other.path !== one.path &&
        imports(other.path).some(
          ({ module }) => module.split('.').at(-1) === nameOf(one.path).replace(/\.py$/, ''),
        ),
    );
  const whole = all.filter((one) => !importedBy(one));
  return whole.length === 1 ? whole : [...all];
}

/** As a server is told it: `shop.web:app`; with the folders in which Python must look for it. */
export function targetOf({ path, variable }: Application, tree: SourceTree) {
  const { root: own, others, isFree } = importRootOf(path, tree);
  const root = !isFree ? own : path.startsWith('src/') ? 'src' : '';
  return {
    target: `${importedName(path, root)}:${variable}`,
    roots: [root, ...others].filter((folder) => folder !== ''),
  };
}
