import type { ProjectFacts } from '../project.ts';
import { argumentsIn } from '../sources/calls.ts';
import type { Program } from '../sources/program.ts';

/** So many stand in a line. */
const most = 3;

/** Schemes of what is no web page. */
const scheme =
  /\b(rediss?|amqps?|postgres(?:ql)?|mysql|mariadb|mongodb|kafka|mqtt|nats|bolt|neo4j|ldap)(?:\+\w+)?:\/\/(?:[^\s"'/@]{0,60}@)?(?:localhost|127\.0\.0\.1)\b/;
const addressed = /\b(?:localhost|127\.0\.0\.1)\b/;

/** `host="localhost"`, and beside it in a call or a mapping who logs in there. */
const hostAlone = /\bhost["']?\s*[=:]\s*["'](?:localhost|127\.0\.0\.1)["']/i;
const login = /\b(?:user(?:name)?|passw(?:or)?d)["']?\s*[=:]/i;
const near = 4;
const asks =
  /\b(?:set_tracking_uri|base_url|api_base|requests\.\w+|MongoClient|Redis|connect)\b|["']?\burl["']? ?[:=] ?f?["']https?:/;

/** What may tell a program another place: a variable, an argument, a field that settings give a value. */
const isOpen =
  /\b(?:getenv|environ|env|config|conf|settings|secrets|args|Field|Option|Argument|add_argument|option|setdefault|Variable)\b|\bdef\b|\benv\.|^\s+\w+ *:[^=]*=|\bor *["']/;

interface Service {
  /** By its scheme, the name that holds its address, or that address. */
  readonly name: string;
  readonly by: string;
  /** As it is written there. */
  readonly line: string;
  /** Something else than the code may say where it is. */
  readonly isOpen: boolean;
}

/** What programs look for on their own machine, a line for what can be told otherwise and for what cannot. */
export function homeServiceNotes({ texts }: ProjectFacts, programs: readonly Program[]): string[] {
  const all = programs.flatMap((program) => servicesIn(program, programs));
  const hasScheme = all.some(({ name }) => name.endsWith('://'));
  const found = all
    .filter(({ name }) => !hasScheme || !addressed.test(name))
    .map((one) => ({ ...one, name: one.name.replace('://', '') }));
  const open = [...new Set(found.filter((one) => one.isOpen).map(({ name }) => name))].slice(0, most);
  const closed = found.filter((one) => !one.isOpen && !open.includes(one.name));
  const places = [
    ...new Set(
      closed.map(({ by, line }) => {
        const at = (texts.get(by) ?? '').split('\n').indexOf(line);
        return at < 0 ? by : `line ${at + 1} of ${by}`;
      }),
    ),
  ];
  return [
    ...(open.length > 0
      ? [
          `The program is told where ${open.join(', ')} ${open.length === 1 ? 'is' : 'are'}, as localhost is the container itself.`,
        ]
      : []),
    ...(places.length > 0
      ? [
          `Another host is written into ${places.slice(0, most).join(', ')} before the image is built, or the container is started with --network=host, as localhost is the container itself there and no variable says otherwise.`,
        ]
      : []),
  ];
}

function servicesIn({ path: by, text }: Program, programs: readonly Program[]): Service[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    const given = (name: string): Service => ({
      name,
      by,
      line,
      isOpen:
        (isOpen.test(line) && !isNeverGiven(lines, at, programs)) ||
        lines.slice(Math.max(at - 2, 0), at).some(opensAnother) ||
        isReadElsewhere(line, lines),
    });
    const url = scheme.exec(line)?.[1];
    const found = [...(url === undefined ? [] : [given(`${url}://`)]), ...namesIn(line).map(given)];
    const isAsked =
      addressed.test(line) &&
      (asks.test(line) ||
        // A call that begins in the line above.
        (opensCall(lines[at - 1] ?? '') && /^\s*[rf]?["']/.test(line)) ||
        (hostAlone.test(line) &&
          lines.slice(Math.max(at - near, 0), at + near).some((one) => login.test(one))));
    const address = isAsked ? /\b(?:localhost|127\.0\.0\.1)(?::\d{2,5})?/.exec(line)?.[0] : undefined;
    return address === undefined ? found : [...found, given(address)];
  });
}

/** Whether a line gives an argument a default, and all calls do without arguments: `def __init__(self, url="…localhost…")` and `Store()`. */
function isNeverGiven(lines: readonly string[], at: number, programs: readonly Program[]): boolean {
  const defined = /^\s*(?:async )?def (\w+)\(/.exec(lines[at] ?? '')?.[1];
  const made = lines.slice(0, at).findLast((line) => /^class \w/.test(line));
  const name = defined === '__init__' ? /^\w+/.exec(made?.slice('class '.length) ?? '')?.[0] : defined;
  if (name === undefined) return false;
  const calls = programs.flatMap(({ text }) => {
    const before = text.split(`${name}(`);
    return before
      .slice(1)
      .flatMap((rest, index) =>
        /(?:\w|\bdef |\bclass )$/.test((before[index] ?? '').slice(-10)) ? [] : argumentsIn(rest).trim(),
      );
  });
  return calls.length > 0 && calls.every((given) => given === '');
}

/** `url = os.getenv("X")` in another line than `url = "…localhost…"`. */
function isReadElsewhere(line: string, lines: readonly string[]): boolean {
  const name = nameSet(line);
  return (
    name !== undefined &&
    lines.some((one) => one !== line && nameSet(one) === name && readsVariable.test(one))
  );
}
const nameSet = (line: string) => /^\s*([\w.]+)\s*(?::[^=]*)?=(?!=)/.exec(line)?.[1];
const readsVariable = /\b(?:getenv|environ)\b/;

const opensCall = (line: string) => line.trimEnd().endsWith('(') && asks.test(line);

/** A call that reads a variable, and that the next line goes on with. */
const opensAnother = (line: string) => /\($/.test(line.trimEnd()) && isOpen.test(line);

function namesIn(line: string): string[] {
  if (!addressed.test(line) || /origin|cors|allow|hosts\b|callback|redirect|\bprint\(|log/i.test(line))
    return [];
  const place = /\b([A-Z][A-Z0-9]*_(?:HOST|URL|URI|ENDPOINT|SERVER|ADDRESS|API|BASE|BROKER))\b/.exec(
    line,
  )?.[1];
  // The variable that is read, not the name that takes its value.
  const read = /\b(?:getenv|environ(?:\.get)?|env|config)[([] *["']([A-Z][A-Z0-9_]*)["']/.exec(line)?.[1];
  const name = place && (read ?? place);
  return name === undefined || /^(?:SERVER|APP|BIND|LISTEN|FLASK|UVICORN)_/.test(name) ? [] : [name];
}
