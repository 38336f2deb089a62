import { type ListeningCall, listeningCalls } from '../../../data/listening-calls.ts';
import type { ProjectFacts } from '../project.ts';
import { argumentsIn, parts } from '../sources/calls.ts';
import type { Program } from '../sources/program.ts';
import { programsOfStart, readsArguments } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** Where a program listens that starts its own server. */
export interface Listening {
  readonly path: string;
  readonly port: number;
  readonly isHttp: boolean;
  /** Whether other machines reach it, with what its start is given besides; undefined where no file tells. */
  readonly isOpen: boolean | undefined;
  readonly words: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly remedy: string;
}

const everywhere = '0.0.0.0';

/** What a start is given so that its program listens on all addresses. */
export function reachable(facts: ProjectFacts, start: Start): Start {
  const found = listeningOf(facts, start);
  if (!found) return start;
  const { service } = start;
  return {
    ...start,
    words: [...start.words, ...found.words],
    variables: { ...start.variables, ...found.variables },
    port: found.port,
    ...(service ? { service: found.isHttp ? { ...service, port: found.port } : undefined } : {}),
  };
}

/** Why nothing reaches a program in its container, in a sentence. */
export function listeningFault(facts: ProjectFacts, start: Start): string | undefined {
  const found = listeningOf(facts, start);
  return found?.isOpen === false
    ? `${found.path} listens on 127.0.0.1, which nothing outside of its container reaches: write ${found.remedy} there, then add the files again.`
    : undefined;
}

/** What is not known of it, in a line. */
export function listeningNote(facts: ProjectFacts, start: Start): string | undefined {
  // What its arguments make it do is not known.
  if (start.help !== undefined) {
    const inside = listeningOf(facts, { ...start, help: undefined });
    return inside?.isOpen === false
      ? `${inside.path} listens on 127.0.0.1, which nothing outside of its container reaches, unless ${inside.remedy} is written there.`
      : undefined;
  }
  const found = listeningOf(facts, start);
  return found && found.isOpen === undefined
    ? `${found.path} is told to listen on ${everywhere}, port ${found.port}.`
    : undefined;
}

/** The first call of the program, or of what it imports. */
export function listeningOf(facts: ProjectFacts, start: Start): Listening | undefined {
  const isProgram = /^python3?$/.test(start.words[0] ?? '') || start.words.length === 1;
  if (!isProgram || start.help !== undefined) return undefined;
  const programs = programsOfStart(facts, start);
  const all = programs.map(({ text }) => text).join('\n');
  // A program that reads no arguments does not do what it is told by them.
  if (start.words.includes(everywhere) && (all === '' || readsArguments.test(all))) return undefined;
  for (const program of programs)
    for (const one of listeningCalls) {
      const text = one.isElsewhere ? all : program.text;
      const found = one.of === undefined || one.of.test(text) ? one.call.exec(program.text) : null;
      if (found) return read(program, one, found.index + found[0].length, all);
    }
  return undefined;
}

function read({ path, text }: Program, call: ListeningCall, at: number, all: string): Listening {
  const given = parts(argumentsIn(text.slice(at)));
  const [pairHost, pairPort] =
    call.places === 'pair' ? pairOf(given[0] ?? '', all) : addressOf(given[0] ?? '');
  const [setHost, setPort] = call.settings ? settingsOf(call.settings, all) : [];
  const [hostAt, portAt] = Array.isArray(call.places) ? call.places : [undefined, undefined];
  const host = named(given, /^(?:host|server_name|address)$/) ?? placed(given, hostAt) ?? pairHost ?? setHost;
  const port = named(given, /^(?:port|server_port)$/) ?? placed(given, portAt) ?? pairPort ?? setPort;
  const starred = given.some((one) => one.startsWith('**'));
  const listen = /^["']([^"']*):\d+["']$/.exec(named(given, /^(?:listen|bind)$/) ?? '')?.[1];
  const none = { words: [], variables: {} };
  const way =
    host !== undefined
      ? wayOf(host, all)
      : listen !== undefined
        ? { ...none, isOpen: !isLoopback(listen) }
        : { ...none, isOpen: starred ? undefined : call.isOpen };
  const isTold = host === undefined && call.variable !== undefined && !starred;
  return {
    path,
    port: portOf(port, all) ?? call.port,
    isHttp: call.isOther !== true,
    remedy: call.remedy ?? `host="${everywhere}"`,
    ...way,
    ...(isTold ? { isOpen: true, variables: { [call.variable ?? '']: everywhere } } : {}),
  };
}

const named = (given: readonly string[], name: RegExp): string | undefined =>
  given.flatMap((one) => {
    const at = one.indexOf('=');
    return at > 0 && name.test(one.slice(0, at).trim()) ? [one.slice(at + 1).trim()] : [];
  })[0];

function placed(given: readonly string[], place: number | undefined): string | undefined {
  const value = place === undefined ? undefined : given[place];
  return value === undefined || value === '' || /^\w+\s*=|^\*/.test(value) ? undefined : value;
}

/** Host and port as the program sets them; what a file of its own may say is not known. */
function settingsOf(settings: NonNullable<ListeningCall['settings']>, all: string): (string | undefined)[] {
  if ('made' in settings) {
    const made = settings.made.exec(all);
    const given = made ? parts(argumentsIn(all.slice(made.index + made[0].length))) : [];
    return [named(given, /^host$/), named(given, /^port$/)];
  }
  if ('address' in settings) {
    const value = settings.address.exec(all)?.[1]?.split(/[,\]]\s*$/, 1)[0];
    return value === undefined ? [] : [addressOf(value)[0] ?? '?', addressOf(value)[1]];
  }
  const [host, port] = [settings.host, settings.port].map((one) => one.exec(all)?.[1]?.trim());
  return [host ?? (readsFile.test(all) ? '?' : undefined), port];
}
/** Of CherryPy: `update(CONFIG)`, `"site.conf"`. */
const readsFile = /\bcherrypy\.config\.update\(\s*[^{\s]|\.(?:conf|cfg|ini)["']/;

function pairOf(value: string, all: string): string[] {
  const pair = value.startsWith('(') ? value : (assigned(value, all) ?? '');
  return pair.startsWith('(') ? parts(argumentsIn(pair.slice(1))) : ['?', '?'];
}

/** `"localhost:50051"`. */
function addressOf(value: string): string[] {
  const [, host, port] = /^f?["']([\w.[\]:]*):(\d{2,5})["']$/.exec(value) ?? [];
  return host === undefined || port === undefined ? [] : [`"${host}"`, port];
}

type Way = Pick<Listening, 'isOpen' | 'words' | 'variables'>;
const isLoopback = (host: string) => /^(?:127\.|localhost$|::1$)/.test(host);

/** How an address that is written in a program becomes one that other machines reach. */
function wayOf(value: string, all: string, depth = 0): Way {
  const chosen = chosenOf(value, all);
  if (chosen !== value && depth <= 2) return wayOf(chosen, all, depth + 1);
  const way = (isOpen: boolean | undefined, more: Partial<Way> = {}): Way => ({
    isOpen,
    words: [],
    variables: {},
    ...more,
  });
  const literal = /^["']([^"']*)["']$/.exec(value)?.[1];
  if (literal !== undefined) return way(!isLoopback(literal));
  const variable = /\b(?:environ\.get|getenv|environ\[|config|env(?:\.str)?)[([]?\s*["']([A-Z]\w*)["']/.exec(
    value,
  )?.[1];
  if (variable !== undefined) return way(true, { variables: { [variable]: everywhere } });
  const name = /^(?:\w+\.)*(\w+)$/.exec(value)?.[1];
  if (name === undefined || depth > 2) return way(undefined);
  if (isOption(name, all)) return way(true, { words: [`--${name}`, everywhere] });
  const said = assigned(name, all);
  if (said === undefined) return way(undefined);
  const inner = wayOf(said, all, depth + 1);
  // Fields of settings are read from the environment by their names (pydantic documentation, "Settings Management").
  const isField = value.includes('.') && /\bBaseSettings\b/.test(all) && !/\benv_prefix\b/.test(all);
  return inner.isOpen === false && isField
    ? way(true, { variables: { [name.toUpperCase()]: everywhere } })
    : inner;
}

/** Whether a command line has it, as argparse, Click or Typer are told. */
const isOption = (name: string, all: string) =>
  [`"--${name}"`, `'--${name}'`].some((one) => all.includes(one)) ||
  all
    .split('\n')
    .some(
      (line) =>
        /\bOption\(/.test(line) && line.split(/[(,]/).some((part) => part.trim().startsWith(`${name}:`)),
    );

/** What stands for a setting that may be there: `s.HOST if hasattr(s, "HOST") else "0.0.0.0"`, `getattr(s, "HOST", "0.0.0.0")`. */
function chosenOf(value: string, all: string): string {
  const [, own = '', asked = '', other = ''] =
    /^([\w.]{1,80}) if hasattr\([\w.]{1,80}, *["'](\w{1,60})["']\) else ([^\n]+)$/.exec(value) ?? [];
  if (own !== '') return assigned(asked, all) === undefined ? other : own;
  const [head = '', holder = '', name = ''] =
    /^getattr\(([\w.]{1,80}), ?["'](\w{1,60})["'],/.exec(value) ?? [];
  if (head === '' || !value.endsWith(')')) return value;
  return assigned(name, all) === undefined ? value.slice(head.length, -1).trim() : `${holder}.${name}`;
}

/** What a name is set to in a line of its own. */
function assigned(name: string, all: string): string | undefined {
  for (const line of all.split('\n')) {
    const text = line.trim();
    if (!text.startsWith(name)) continue;
    const rest = text.slice(name.length);
    const equals = rest.indexOf('=');
    const kind = rest.slice(0, Math.max(equals, 0)).trim();
    if (equals >= 0 && rest[equals + 1] !== '=' && /^(?::|$)/.test(kind))
      return rest
        .slice(equals + 1)
        .split(' #', 1)[0]
        ?.trim();
  }
  return undefined;
}

function portOf(value: string | undefined, all: string, depth = 0): number | undefined {
  if (value === undefined || depth > 2) return undefined;
  // The last number is the default of what the environment says.
  const number = /(\d{2,5})\D*$/.exec(value)?.[1];
  if (number !== undefined) return Number(number);
  const name = /^(?:int\()?(?:\w+\.)*(\w+)\)?$/.exec(value)?.[1];
  if (name === undefined) return undefined;
  const option = all.split(`--${name}`)[1];
  const said =
    option === undefined
      ? assigned(name, all)
      : named(parts(argumentsIn(option.replace(/^["'\s]*,/, ''))), /^default$/);
  return portOf(said, all, depth + 1);
}
