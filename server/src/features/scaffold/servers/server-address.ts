import { type ServerAddress, serverAddresses } from '../../../data/server-addresses.ts';
import { usualPort } from '../../../data/web-frameworks.ts';
import { nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { saidPort } from '../starts/said-starts.ts';

interface Addressed {
  readonly line: string;
  /** Where its server listens; undefined where it starts none that is known. */
  readonly port?: number;
}
type Known = Pick<ProjectFacts, 'present' | 'texts'>;

/** What may stand before a server, in a line that starts it. */
const before =
  /^(?:exec|env|python(?:3(?:\.\d+)?)?|-[mu]|uv|poetry|pipenv|pdm|hatch|run|[A-Z_]+=\S*|opentelemetry-instrument|ddtrace-run)$/;

/** A line that starts a server with what it lacks to be reached from outside of its container: most listen on 127.0.0.1 unless they are told. */
export function addressed(facts: Known, line: string): Addressed {
  const parts = line.split(/(&&|[;|])/).map((part) => addressedPart(facts, part));
  const port = parts.find((part) => part.port !== undefined)?.port;
  return { line: parts.map((part) => part.line).join(''), ...(port === undefined ? {} : { port }) };
}

function addressedPart(facts: Known, line: string): Addressed {
  const words = line.split(' ');
  const at = words.findIndex((word) => word !== '' && !before.test(word));
  const name = nameOf(words[at] ?? '');
  const server = serverAddresses.get(name);
  const behind = server?.command === undefined ? at : words.indexOf(server.command, at);
  if (!server || behind < 0) return { line };
  const given = words
    .slice(behind + 1)
    .map((word, i, all) => withoutLoopback(word, all[i - 1] ?? '', server));
  const hasHost = hasOption(given, server.hosts) || (name === 'gunicorn' && bindsByFile(facts, given));
  const hasPort = server.ports.length === 0 ? hasHost : hasOption(given, server.ports);
  const said = saidPort(facts) ?? server.port ?? usualPort;
  const more = [
    ...(hasHost || server.everywhere === null
      ? []
      : `${server.everywhere}${server.ports.length === 0 ? said : ''}`.split(' ')),
    ...(hasPort || server.ports.length === 0 ? [] : portWords(server, said)),
  ];
  const all = [...more, ...given];
  return { line: [...words.slice(0, behind + 1), ...all].join(' '), port: portOf(all, server) ?? said };
}

const portWords = ({ ports: [option = ''] }: ServerAddress, port: number) =>
  option.includes('.') ? [`${option}=${port}`] : [option, `${port}`];

const hasOption = (words: readonly string[], options: readonly string[]) =>
  words.some((word) =>
    options.some(
      (one) => word === one || word.startsWith(`${one}=`) || (/^-\w$/.test(one) && word.startsWith(one)),
    ),
  );

/** gunicorn.conf.py is read where no other file is named (Gunicorn documentation, "Settings", config). */
function bindsByFile({ texts }: Known, given: readonly string[]): boolean {
  const at = given.findIndex((word) => word === '-c' || word === '--config');
  const told = at < 0 ? given.find((word) => word.startsWith('--config='))?.slice(9) : given[at + 1];
  const path = (told ?? 'gunicorn.conf.py').replace(/^(?:file:|python:)?(?:\.\/)?/, '');
  const value = /^[ \t]*bind[ \t]*=(.*)/m.exec(texts.get(path) ?? '')?.[1];
  return value !== undefined && !/127\.0\.0\.1|localhost/.test(value);
}

/** `--host 127.0.0.1`, `-b localhost:8000`, `--bind=127.0.0.1:8000`. */
function withoutLoopback(word: string, previous: string, { hosts }: ServerAddress): string {
  const isTold = hosts.some((one) => previous === one || word.startsWith(`${one}=`));
  return isTold ? word.replace(/(^|=)(?:127\.0\.0\.1|localhost)(?=:|$)/, '$10.0.0.0') : word;
}

function portOf(words: readonly string[], { hosts, ports }: ServerAddress): number | undefined {
  const options = ports.length === 0 ? hosts : ports;
  const found = words.flatMap((word, i) => {
    const one = options.find((option) => word === option || word.startsWith(`${option}=`));
    const value = one === undefined ? undefined : word === one ? words[i + 1] : word.slice(one.length + 1);
    const number = /(?:^|:)(\d{2,5})$/.exec(value ?? '')?.[1];
    return number === undefined ? [] : Number(number);
  });
  return found[0];
}
