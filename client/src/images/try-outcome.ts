// What came of trying an image, in a sentence: without VS Code and without an engine.
import { stripVTControlCharacters } from 'node:util';
import { t } from '@vscode/l10n';
import type { Made } from '../operations/operation.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import type { Failure } from '../runtime/failures.ts';
import { redact } from '../runtime/redact.ts';
import { exitReason } from '../ui/words.ts';

/** How a container was when it was last looked at. */
export type Seen = Pick<ContainerDetails, 'running' | 'exitCode' | 'outOfMemory' | 'error' | 'health'> & {
  /** Where its programs listen; undefined where that cannot be told. */
  readonly sockets: readonly Socket[] | undefined;
  /** What its image exposes. */
  readonly exposed: readonly number[];
};
export type Tried = {
  readonly state: 'ended' | 'healthy' | 'listens' | 'runs';
  /** Where it is reached. */
  readonly ports: readonly number[];
};
export type Socket = { readonly port: number; readonly isInside: boolean };

/** TCP_LISTEN of the kernel's tcp_states.h. */
const listening = '0A';

/** Reads proc_net_tcp(5): an address is in hexadecimal, IPv4 and each group of IPv6 with the last byte first. */
export function readSockets(tables: string): readonly Socket[] {
  const found = tables.split('\n').flatMap((line) => {
    const [, local = '', , state] = line.trim().split(/\s+/, 4);
    const [address = '', port = ''] = local.split(':', 2);
    if (state !== listening) return [];
    return { port: Number.parseInt(port, 16), isInside: isLoopback(address) };
  });
  const isOpen = (port: number) => found.some((one) => one.port === port && !one.isInside);
  return [...new Set(found.map(({ port }) => port))]
    .sort((a, b) => a - b)
    .map((port) => ({ port, isInside: !isOpen(port) }));
}

const isLoopback = (address: string) =>
  address.length === 8
    ? address.endsWith('7F')
    : /^0{24}01000000$/.test(address) || /^0{16}F{4}0{4}.{6}7F$/.test(address);

/** Where it is reached from outside: of what its image exposes, where it exposes something. */
export function openPorts({ sockets = [], exposed }: Pick<Seen, 'sockets' | 'exposed'>): readonly number[] {
  const open = sockets.filter(({ isInside }) => !isInside).map(({ port }) => port);
  return exposed.length > 0 ? open.filter((port) => exposed.includes(port)) : open;
}

/** @param said all that it printed */
export function outcomeOf(what: string, seen: Seen, said: string): Made<Tried> | Failure {
  if (!seen.running) return endOf(what, seen, said);
  const ports = openPorts(seen);
  const fault = ports.length > 0 || seen.health === 'healthy' ? undefined : unreachable(what, seen);
  if (fault) return fault;
  const made = (state: Tried['state'], message: string) =>
    ({ value: { state, ports }, message, withLog: true }) as const;
  const list = ports.join(', ');
  if (seen.health === 'healthy')
    return made('healthy', t('{0} works: its container started and answers its health check.', what));
  if (ports.length > 0)
    return made(
      'listens',
      seen.health === undefined
        ? t('{0} works: its container started and listens on port {1}.', what, list)
        : t(
            'The container of {0} started and listens on port {1}; its health check has not answered yet.',
            what,
            list,
          ),
    );
  return made(
    'runs',
    seen.exposed.length > 0 && seen.sockets
      ? t('The container of {0} started and runs, but listens on no port yet.', what)
      : t('The container of {0} started and still runs.', what),
  );
}

/** It listens where nobody reaches it. */
function unreachable(what: string, { sockets = [], exposed }: Seen): Failure | undefined {
  const inside = sockets.find(({ port, isInside }) => isInside && exposed.includes(port));
  if (inside)
    return {
      id: 'try-inside',
      message: t(
        'The container of {0} listens on port {1} of 127.0.0.1, which is the container itself: nothing from outside reaches it.',
        what,
        inside.port,
      ),
      remedy: t('Let the program listen on 0.0.0.0.'),
    };
  const elsewhere = sockets.find(({ isInside }) => !isInside);
  if (exposed.length === 0 || !elsewhere) return undefined;
  return {
    id: 'try-other-port',
    message: t(
      'The container of {0} listens on port {1}, while the Dockerfile exposes {2}.',
      what,
      elsewhere.port,
      exposed.join(', '),
    ),
    remedy: t('Correct EXPOSE, or the port that the program is told.'),
  };
}

function endOf(what: string, seen: Seen, said: string): Made<Tried> | Failure {
  const words = redact(seen.error || lastWords(said));
  if (seen.exitCode === 0 && !seen.outOfMemory && !seen.error)
    return {
      value: { state: 'ended', ports: [] },
      message: words
        ? t('The container of {0} ran to its end, and said at last: {1}', what, words)
        : t('The container of {0} ran to its end and said nothing.', what),
      withLog: true,
    };
  const reason = exitReason(seen);
  const code = reason ? t('{0}, {1}', seen.exitCode, reason) : String(seen.exitCode);
  return {
    id: 'try-ended',
    message: words
      ? t('The container of {0} ended with exit code {1}: {2}', what, code, words)
      : t('The container of {0} ended with exit code {1} and said nothing.', what, code),
    remedy: remedyFor(words),
  };
}

function remedyFor(words: string): string {
  if (/^(?:ModuleNotFoundError|ImportError)\b/.test(words))
    return t('Add the package that has it to the dependencies, in a release that has this name.');
  if (/^KeyError: '[A-Z][A-Z0-9_]+'|Field required|environment variable/i.test(words))
    return t('Where it asks for a variable, give it a default, or run the image with "-e".');
  return t('Mend that, then try again.');
}

const longestWords = 400;
const aside = /^(?:\[|\d|Traceback\b|(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\b)/;

/** What a program said at its end: the last error of Python with its place in the project, or its last lines. */
export function lastWords(said: string): string {
  const lines = stripVTControlCharacters(said)
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  const at = lines.findLastIndex((line) => /^[A-Za-z_][\w.]{0,200}(?:Error|Exception)(?::|$)/.test(line));
  if (at < 0) return clip(lines.slice(-2).join(' '));
  const after = lines.slice(at + 1, at + 3);
  const end = after.findIndex((line) => aside.test(line));
  const error = [lines[at], ...after.slice(0, end < 0 ? after.length : end)].join(' ');
  const place = placeOf(lines.slice(0, at));
  return clip(error.replace(/\s+/g, ' ')) + (place ? ` (${place})` : '');
}

/** The last frame of a traceback that is none of Python's own and of no package. */
function placeOf(lines: readonly string[]): string | undefined {
  const start = lines.findLastIndex((line) => line.startsWith('Traceback '));
  const frames = lines.slice(Math.max(start, 0)).flatMap((line) => {
    const [, file = '', number] = /^ {1,8}File "([^"]{1,300})", line (\d{1,7})/.exec(line) ?? [];
    return number && !/site-packages|\/lib\/python|^</.test(file) ? t('{0}, line {1}', file, number) : [];
  });
  return frames.at(-1);
}

const clip = (text: string) => (text.length > longestWords ? `${text.slice(0, longestWords)}…` : text);
