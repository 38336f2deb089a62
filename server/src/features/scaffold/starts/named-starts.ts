import { usualPort } from '../../../data/web-frameworks.ts';
import { hostStarts } from '../../../project/host-starts.ts';
import { taskCommands } from '../../../project/task-commands.ts';
import type { ScaffoldKind } from '../../../protocol/requests.ts';
import { outerFolders } from '../files/outer-folders.ts';
import { folderOf, nameOf, posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { addressed } from '../servers/server-address.ts';
import { besideProgram } from '../sources/applications.ts';
import { custom, fileOfModule } from './custom-start.ts';
import { isTool, isTraining, program } from './programs.ts';
import { saidPort, startLines } from './said-starts.ts';
import { type Candidate, lineOf } from './start.ts';

/** What a program is started with in a terminal. */
const command =
  /^((?:python3?|uvicorn|gunicorn|hypercorn|streamlit|flask|litestar|chainlit|waitress-serve)\s.*)/;
/** A prompt of a shell, `(venv) $`, `C:\bot>`, or the mark of a list. */
const prompt = /^(?:@|(?:[$>%#@*+-]|\d\.|\(\w{1,40}\)(?: ?[$>%#])?|(?:PS )?[A-Z]:[^\s>]{0,200}>)\s+)/;
/** Settings that say nothing of the program. */
const settings = /^(?:PYTHONPATH|PYTHONUNBUFFERED|CUDA_VISIBLE_DEVICES)=[\w.,:/-]*\s+/;
/** What tools of projects put before a command. */
const runs = /^(?:sudo\s+)?(?:(?:uv|poetry|pipenv|pdm|hatch|rye|pixi) run\s+)?/;

/** A command as it is without what stands before it, with the folder in which it is started before its file. */
function bare(text: string): string {
  const told = text.replace(prompt, '');
  const [, folder = '', line = told] = /^cd ([\w./-]+) && (.*)/.exec(told) ?? [];
  const plain = line
    .replace(settings, '')
    .replace(runs, '')
    // uv takes a file or a module in place of a command (uv documentation, "Running scripts").
    .replace(/^(?=-m [\w.]+(?:\s|$)|[\w./-]+\.py(?:\s|$))/, line.startsWith('uv run ') ? 'python ' : '')
    .replace(/^py(?: -3)?\s/, 'python ');
  const [python = '', file = '', ...rest] = plain.split(' ');
  if (!/^python3?$/.test(python) || !file.endsWith('.py')) return plain;
  return [python, posixJoin(folder, file.replaceAll('\\', '/')), ...rest].join(' ');
}
/** The first of these are surer than those behind them. */
const isForReaders = /^(?:readme(?:\.\w+)?|makefile|justfile)$/i;

/**
 * The starts that the words for readers of a project name, README before Makefile, with the file that names them: of those
 * that were found, and programs beside them where the project has no commands of its own.
 */
export function namedStarts(
  facts: ProjectFacts,
  found: readonly Candidate[],
  kind: ScaffoldKind,
  isServed: boolean,
): Candidate[] {
  const isOpen = !isServed && kind !== 'wheel' && found.every(({ start }) => start.file !== undefined);
  const named = new Map<string, Candidate>();
  for (const { path, line, raw } of linesOf(facts)) {
    const meant = found.filter(({ names }) => names.some((name) => line.includes(` ${name} `)));
    const file = meant.length === 0 && isOpen ? programOf(facts, line, path) : undefined;
    const all = file === undefined ? meant : [{ ...program(facts, file), rank: 3 }];
    for (const one of all.flatMap((candidate) => [
      ...withArguments(facts, candidate, raw, isServed),
      candidate,
    ])) {
      const key = lineOf(one.start.words);
      if (!named.has(key)) named.set(key, { ...one, file: path });
    }
  }
  // A training is what its image is for, whatever else README shows before it.
  const isFirst = ({ start }: Candidate) =>
    kind === 'training' && isTraining.test(nameOf(start.file ?? '').replace(/\.py$/, ''));
  const all = [...named.values()];
  return [...all.filter(isFirst), ...all.filter((one) => !isFirst(one))];
}

/** What stands for something else, in a line for readers. */
const isPattern = /[$&|;<>[\]{}*]|\.\.\.|path\/to|\byour/i;

/** A program that needs arguments as readers are told to start it, where all that it is given is in the project. */
function withArguments(
  facts: ProjectFacts,
  { start, names }: Candidate,
  raw: string,
  isServed: boolean,
): Candidate[] {
  const words = raw.split(/\s+/);
  if (start.asks === undefined || isPattern.test(raw) || words.length <= start.words.length) return [];
  const files = (facts.context.files?.files ?? []).filter(facts.files.belongs);
  const isThere = (word: string) => {
    const path = posixJoin('', word.replace(/^--?[\w-]+=/, ''));
    return files.some((file) => file.path === path || file.path.startsWith(`${path}/`));
  };
  const paths = words.slice(1).filter((word) => /\/|\.[a-z]\w{1,4}$/i.test(word));
  return paths.every(isThere) ? [{ start: custom(facts, raw, isServed), file: null, rank: 3, names }] : [];
}

/** What a workflow runs by the clock is the program (GitHub documentation, "Events that trigger workflows"). */
const isTimed = (path: string, text: string) =>
  path.startsWith('.github/workflows/') &&
  !/test|ci\b|lint|docs?\b|release|stale|codeql|depend/i.test(nameOf(path)) &&
  /^ +schedule:/m.test(text);

/** What README starts by a package that runs the programs of others, where nothing else is known. */
export function toldStarts(facts: ProjectFacts, isServed: boolean): Candidate[] {
  const told = linesOf(facts, runners).filter(({ raw }) => !isPattern.test(raw));
  return told.map(({ raw, path }) => ({
    start: custom(facts, raw, isServed),
    file: path,
    rank: 3,
    names: [],
  }));
}
const runners =
  /^((?:celery -A|scrapy crawl|dramatiq|rq worker|arq|huey_consumer|dagster dev|prefect worker|rasa run)\s.*)/;

function linesOf({ texts }: ProjectFacts, pattern = command) {
  const timed = [...texts].flatMap(([path, text]) => (isTimed(path, text) ? path : []));
  const paths = [...texts.keys()].filter((path) => folderOf(path) === '' && isForReaders.test(nameOf(path)));
  const order = paths.sort((a, b) => (/^readme/i.test(a) ? 0 : 1) - (/^readme/i.test(b) ? 0 : 1));
  const lines = [...order, ...timed].flatMap((path) =>
    forReaders(path, (texts.get(path) ?? '').replace(/\\\r?\n/g, ' '))
      .split(/[\n`]/)
      .map((text) => ({ path, text: text.trim().replace(/^(?:- )?run: */, '') })),
  );
  const tasks = taskCommands(texts).flatMap(({ path, name, command: text }) =>
    isStart.test(name) ? { path, text } : [],
  );
  const worked = hostStarts(texts).flatMap(({ path, line, isForWork }) =>
    isForWork ? { path, text: line } : [],
  );
  return [...lines, ...tasks, ...worked].flatMap(({ path, text }) => {
    const raw = pattern.exec(bare(text))?.[1];
    return raw === undefined ? [] : [{ path, raw, line: ` ${raw.split(/[\s"']+/).join(' ')} ` }];
  });
}

/** Names of rules and tasks that start the program. */
const isStart = /^(?:run|start|serve|server|train|app|up|web|bot|worker|main|demo|predict|infer)\b/;

/** Of Makefile and Justfile what starts the program: the rest is for who works on it. */
function forReaders(path: string, text: string): string {
  if (!/^(?:makefile|justfile)$/i.test(path)) return text;
  return text
    .split(/^(?=[@\w])/m)
    .filter((rule) => isStart.test(rule.replace(/^@/, '')))
    .join('');
}

/** Folders of programs for use, where README names them. */
const forUse = /(?:^|\/)(?:scripts?|tools|examples?|samples?|demos?)\//;

/** The file of the project that a line starts, where it is no tool for those who work on it. */
function programOf(facts: ProjectFacts, line: string, by: string): string | undefined {
  const [, , option, module] = line.split(' ');
  const path =
    option === '-m'
      ? fileOfModule(facts, module ?? '')
      : line
          .split(' ')
          .map((word) => word.replace(/^\.\//, ''))
          .flatMap((word) => (word.endsWith('.py') ? (fileCalled(facts, word) ?? []) : []))[0];
  const isBeside =
    besideProgram.test(path ?? '') &&
    !(/^readme/i.test(by) && !besideProgram.test((path ?? '').replace(forUse, '/')));
  const isProgram = path !== undefined && !isBeside && !isTool.test(nameOf(path).replace(/\.py$/, ''));
  return isProgram ? path : undefined;
}

/** By its path, or by the end of it where no other has that: readers are in its folder by then, or an "s" is amiss in its name. */
function fileCalled({ tree }: ProjectFacts, word: string): string | undefined {
  if (tree.paths.has(word)) return word;
  const wanted = withoutPlurals(word);
  const all = [...tree.paths].filter((path) => `/${withoutPlurals(path)}`.endsWith(`/${wanted}`));
  return all.length === 1 ? all[0] : undefined;
}

/** `script/a.py` for `scripts/a.py`. */
const withoutPlurals = (path: string) => path.replaceAll('s/', '/');

/** What comes before a program in a container. */
const wrappers =
  /^(?:(?:exec|tini|dumb-init|\/\S*\/(?:tini|dumb-init)|--|(?:uv|poetry|pipenv) run(?: --(?:no-sync|no-dev|frozen|locked))*)\s+)+/;

/** Servers for those who work on a project (documentation of FastAPI, Uvicorn, Flask and Django). */
export const isDevelopment = (line: string) =>
  /\bfastapi dev\b|--reload\b|\brunserver\b|--debug\b/.test(line) ||
  (/^flask\b/.test(line) && / run\b/.test(line));

/** The start of the present Dockerfile or the Procfile as it stands there, where it needs nothing of that image. */
export function startAsFound(facts: ProjectFacts, isServed: boolean): Candidate | undefined {
  const [first] = startLines(facts);
  if (!first) return undefined;
  const [, , inner] =
    /^(?:\/bin\/)?(?:ba)?sh\s+-c\s+(["'])(.*)\1$/.exec(first.line.replace(wrappers, '')) ?? [];
  const port = saidPort(facts) ?? usualPort;
  const line = (inner ?? first.line)
    .replace(wrappers, '')
    .replace(/\$\{?PORT(?::?-(\d+))?\}?/g, (_, said?: string) => said ?? `${port}`);
  const called = scriptOf(facts, line) ?? line;
  if (called === '' || isDevelopment(called) || /\$|(?:^|\s)\/|[&|;<>`]/.test(called)) return undefined;
  if (/^(?:ba)?sh\b/.test(called) && called === line) return undefined;
  // A server is told a module, and finds none by the name of a file.
  if (/^(?:gunicorn|uvicorn|hypercorn|waitress-serve)\b.* [\w/]+\.py$/.test(called)) return undefined;
  // Written for another folder, or for another state of the project.
  const files = new Set((facts.context.files?.files ?? []).map(({ path }) => path));
  const isGone = (word: string) => word.endsWith('.py') && !files.has(word.replace(/^(?:\.\/)+/, ''));
  if (facts.context.files?.isComplete && called.split(' ').some(isGone)) return undefined;
  const target = called.split(' ').find((word) => /^[A-Za-z_][\w.]*:[A-Za-z_]\w*(?:\(\))?$/.test(word));
  // An image may hold modules elsewhere than the project has them.
  if (target !== undefined && fileOfModule(facts, target.split(':', 1)[0] ?? '') === undefined)
    return undefined;
  const start = custom(facts, called, isServed);
  return { start, file: first.path, rank: 1, names: [], isDoubtful: true };
}

/** Paths that are where they are in any image. */
const everywhere = /^\/(?:app|dev|tmp|bin|usr\/bin)\b/;

/** A script of the project as a shell is told it; empty where it needs the image that it was written for, or runs what it is given. */
function scriptOf(facts: ProjectFacts, line: string): string | undefined {
  const outer = outerFolders(facts);
  const [first = '', ...rest] = line.replace(/^(?:\/bin\/)?(?:ba)?sh\s+(?!-)/, '').split(' ');
  const path = first.replace(/^\.\//, '');
  if (!path.endsWith('.sh')) return undefined;
  const text = facts.texts.get(path);
  const words = (text ?? '').replace(/^#.*$/gm, '').split(/[\s"'=:;()]+/);
  const isWhole =
    text !== undefined &&
    // Nobody reaches a server that it starts without an address.
    startLinesIn(text).every((one) => addressed(facts, one).line === one) &&
    !words.some(
      (word) =>
        /^\$[@*]$|^cd$/.test(word) ||
        (/^\/\w/.test(word) &&
          !everywhere.test(word) &&
          !outer.some((one) => `${word}/`.startsWith(`${one}/`))),
    );
  return isWhole ? [/^#!.*\bbash\b/.test(text) ? 'bash' : 'sh', path, ...rest].join(' ') : '';
}

const startLinesIn = (script: string) =>
  script
    .replace(/\\\r?\n/g, ' ')
    .split('\n')
    .map((one) => one.trim());
