import { folderOf, nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { listeningOf } from '../servers/listening.ts';
import { besideProgram } from '../sources/applications.ts';
import { statements } from '../sources/effects.ts';
import { mainOf, withoutMain } from '../sources/main-block.ts';
import { code, importRootOf } from '../sources/modules.ts';
import { targetsOf } from '../sources/reach.ts';
import { program } from '../starts/programs.ts';
import { saidStarts } from '../starts/said-starts.ts';
import type { Candidate, Start } from '../starts/start.ts';

/** What a file does where it is started itself, before it serves, and not where a server imports it. */
interface LostWork {
  readonly by: string;
  /** As it stands there, shortened. */
  readonly what: string;
  /** What does it by itself, in a terminal. */
  readonly command?: string | undefined;
  /** Requests fail without it. */
  readonly isNeeded: boolean;
}

const serves =
  /(?:^|[\s=(])(?:run|serve)\(|(?<!asyncio|anyio|trio|subprocess)\.(?:run|run_server|run_app|serve|launch)\(|\b(?:run_app|run_simple|serve_forever|start_server)\(|Server\(/;
/** What no request would miss. */
const isNothing =
  /^(?:if|elif|else|try|except|finally|with|for|while|import|from|pass|return|raise|global|break|continue|await asyncio\.sleep)\b|^["')\]}]|^(?:p?print|logger|log|logging|click\.echo|sys\.std\w+|sys\.exit|exit|quit|time\.sleep|warnings|webbrowser|signal|multiprocessing|mp|unittest|doctest|parser|args|load_dotenv|dotenv\.load_dotenv|colorama|app\.logger|os\.(?:system|environ|putenv|chdir)|app\.(?:debug|jinja_env|env)|toolbar|DebugToolbarExtension|Timer|threading\.Timer|ngrok|run_with_ngrok|nest_asyncio|uvloop|locale|gc)\b/;
const tells =
  /^(?:\w+\.)*(?:print|show|open|display|check|test|parse|welcome|log|setup_log|init_log|configure_log)\w*\(/i;
const sets = /^app\.config\[""\] *= *(?:True|False)$/;
const prepares =
  /\b(?:init|setup|connect|seed|bootstrap|migrate|register|create_all|create_tables|create_db)\w*\(/i;
const isNeeded =
  /\b(?:load|start|include|mount|Thread|add)\w*\(|\bconfig\b|\bsecret_key\b|^\w+\s*(?::[^=]*)?=(?!=)/i;
/** Where a server is told, and what it is told. */
const isSetting = /^(?:host|port|debug|address|server|reload|workers|ip)$/i;

/** What a program lacks where a server imports its application; undefined where it is started by itself, or lacks nothing. */
export function lostWork(facts: ProjectFacts, { words, file }: Start): LostWork | undefined {
  const isImported = /^(?:gunicorn|uvicorn|hypercorn|waitress-serve|daphne|uwsgi|flask)$/.test(
    words.find((word) => word !== 'env' && !word.startsWith('FLASK_APP=')) ?? '',
  );
  const [module = '', variable = ''] =
    words
      .map((word) => /^(?:FLASK_APP=)?([A-Za-z_][\w.]*):(\w+)/.exec(word)?.slice(1) ?? [])
      .find((one) => one.length > 0) ?? [];
  return isImported && module !== '' && file !== undefined ? lostBy(facts, file, variable) : undefined;
}

function lostBy(facts: ProjectFacts, file: string, variable: string): LostWork | undefined {
  const { tree } = facts;
  const starters = [...tree.texts.keys()].filter((path) => {
    if (path === file) return true;
    if (!path.endsWith('.py') || besideProgram.test(path) || folderOf(path).split('/').length > 2)
      return false;
    const { root, others } = importRootOf(path, tree);
    return tree
      .imports(path)
      .some(
        (one) => one.names.includes(variable) && targetsOf(path, one, [root, ...others], tree).includes(file),
      );
  });
  const all = starters.flatMap((by) => {
    const work = workOf(withoutMade(facts, code(tree.texts.get(by) ?? '')), variable);
    return work === undefined ? [] : [{ by, work }];
  });
  // Of several ways to start it none is the one that is meant.
  const [only, second] = all;
  const what = only?.work.find((line) => needed(line)) ?? only?.work[0];
  return only === undefined || second !== undefined || what === undefined
    ? undefined
    : {
        by: only.by,
        what: shortened(what),
        command: commandOf(what, only.by, tree.texts.get(only.by) ?? ''),
        isNeeded: needed(what),
      };
}

/** A function of a file at the top that is called without more. */
function commandOf(line: string, by: string, text: string): string | undefined {
  const name = /^(\w+)\(\)$/.exec(line)?.[1];
  return name !== undefined && prepares.test(line) && /^\w+\.py$/.test(by) && text.includes(`\ndef ${name}(`)
    ? `python -c "from ${by.slice(0, -3)} import ${name}; ${name}()"`
    : undefined;
}

const needed = (line: string) => prepares.test(line) || isNeeded.test(line);

/** `db.create_all()`, `app.config[…]`, `model`. */
const shortened = (line: string) =>
  (/^(?:await )?[\w.]+/.exec(line)?.[0] ?? line).concat(
    /^(?:await )?[\w.]+\(/.test(line) ? '()' : /^[\w.]+\[/.test(line) ? '[…]' : '',
  );

/** Without what is done only where a file is not there, of files that the image gets. */
function withoutMade({ context, files }: ProjectFacts, text: string): string {
  const here = new Set(
    (context.files?.files ?? []).flatMap((file) => (files.belongs(file) ? file.path : [])),
  );
  const kept: string[] = [];
  let inside: number | undefined;
  for (const line of text.split('\n')) {
    const indent = line.length - line.trimStart().length;
    if (inside !== undefined && (indent > inside || line.trim() === '')) continue;
    const looked = looksFor.exec(line)?.[1];
    inside = looked !== undefined && here.has(looked.replace(/^\.\//, '')) ? indent : undefined;
    if (inside === undefined) kept.push(line);
  }
  return kept.join('\n');
}
const looksFor =
  /^\s*if not (?:os\.path\.(?:exists|isfile)\(|(?:pathlib\.)?Path\()["']([^"'\n]+)["']\)(?:\.(?:exists|is_file)\(\))?:\s*$/;

/** The statements below the start of a file that those miss who import it; undefined where it starts no server there. */
function workOf(text: string, variable: string): string[] | undefined {
  const rest = withoutMain(text);
  const own = flat(mainOf(text)).flatMap((line) => inside(line, rest));
  const at = own.findIndex((line) => serves.test(line));
  return at < 0 ? undefined : own.slice(0, at).filter((line) => isWork(line, rest, variable));
}

/** Statements without the indents and heads that they stand behind. */
const flat = (text: string): string[] =>
  statements(text.replace(/^[ \t]+/gm, '')).map((line) =>
    line.replace(/^(?:with|if|try|else)\b[^:]*:\s*(?=\S)/, ''),
  );

/** The statements of a function that a start calls, where that starts the server. */
function inside(line: string, rest: string): readonly string[] {
  const name = /^(?:(?:sys\.)?exit\(|asyncio\.run\(|anyio\.run\()?(\w+)\(?/.exec(line)?.[1] ?? '';
  const lines = rest.split('\n');
  const at = lines.findIndex((one) => one.replace(/^async /, '').startsWith(`def ${name}(`));
  if (at < 0) return [line];
  const body = lines.slice(at + 1);
  const end = body.findIndex((one) => /^[^\s#)]/.test(one));
  const found = flat((end < 0 ? body : body.slice(0, end)).join('\n'));
  return found.some((one) => serves.test(one)) ? found : [line];
}

function isWork(line: string, rest: string, variable: string): boolean {
  if (isNothing.test(line) || tells.test(line) || sets.test(line)) return false;
  const name = /^\w+/.exec(line)?.[0] ?? '';
  if (!isGiven(name, line)) return true;
  const value = line.slice(line.indexOf('=') + 1);
  if (isSetting.test(name) || name === variable || value.includes(`${variable}(`)) return false;
  return prepares.test(value) || isMissed(name, rest);
}

const isGiven = (name: string, line: string) =>
  line.startsWith(name) && /^\s*(?::[^=]*)?=(?!=)/.test(line.slice(name.length));

/** Whether functions use a name that nothing but the start gives a value. */
function isMissed(name: string, rest: string): boolean {
  const lines = rest.split('\n').filter((line) => (line.split('#', 1)[0] ?? '').split(/\W+/).includes(name));
  const gives = (line: string) =>
    /^\s*(?:async )?def\b|\bimport\b|\bfor\b|\bas\b|\blambda\b/.test(line) || isGiven(name, line.trimStart());
  const isGlobal = lines.some((line) => /^\s*global\b/.test(line) || (line.startsWith(name) && gives(line)));
  return lines.length > 0 && (isGlobal || !lines.some(gives));
}

/** Whether the project's own words have the server import it: its makers do without what is lost. */
function isSaid({ texts, ...facts }: ProjectFacts, { words }: Start): boolean {
  const targets = words.flatMap((word) => /^(?:FLASK_APP=)?(\w[\w.]*:\w+)/.exec(word)?.[1] ?? []);
  const readers = [...texts].flatMap(([path, text]) => (/^(?:readme|makefile)/i.test(path) ? text : []));
  return (
    saidStarts({ texts, ...facts }).some((line) => targets.some((target) => line.includes(target))) ||
    readers.some(
      (text) =>
        targets.some((target) => text.includes(target)) ||
        (words.includes('flask') && /\bflask(?: --?\S+(?: [\w.:]+)?)? run\b/.test(text)),
    )
  );
}

/** A candidate that is started by its own file, where that prepares something and every machine reaches it then. */
export function withItsWork(facts: ProjectFacts, candidate: Candidate): Candidate {
  const lost = lostWork(facts, candidate.start);
  if (lost === undefined || isSaid(facts, candidate.start) || !candidate.start.service) return candidate;
  const { start, names } = program(facts, lost.by);
  const found = start.asks === undefined ? listeningOf(facts, start) : undefined;
  if (found?.isOpen !== true || /\bssl\w*\s*=/.test(facts.texts.get(lost.by) ?? '')) return candidate;
  return {
    ...candidate,
    start: { ...start, service: { ...candidate.start.service, port: found.port } },
    names: [...candidate.names, ...names],
    isUnusual: false,
  };
}

const itself = `"if __name__ == '__main__':"`;

/** Why a server would serve a program that is not prepared, in a sentence. */
export function lostWorkFault(facts: ProjectFacts, start: Start): string | undefined {
  const lost = lostWork(facts, start);
  return lost?.isNeeded && !isSaid(facts, start)
    ? `${lost.by} does ${lost.what} only where it is started itself, which ${serverOf(start)} does not do: put that in front of ${itself}, or let it listen on 0.0.0.0 there, then add the files again.`
    : undefined;
}

/** The same, where the project itself has it so, or little is missed. */
export function lostWorkNote(facts: ProjectFacts, start: Start): string | undefined {
  const lost = lostWork(facts, start);
  return (
    lost &&
    `The program does without ${lost.what} of ${lost.by}, or it was done before${lost.command === undefined ? '' : ` (${lost.command}, in the container or on what is mounted)`}, as ${serverOf(start)} does not do what stands behind ${itself}.`
  );
}

const serverOf = ({ words }: Start) =>
  nameOf(words.find((word) => word !== 'env' && !word.includes('=')) ?? 'the server');
