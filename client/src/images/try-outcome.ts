// What came of trying an image, in a sentence: without VS Code and without an engine.
import { t } from '@vscode/l10n';
import type { Made } from '../operations/operation.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import type { Failure } from '../runtime/failures.ts';
import { redact } from '../runtime/redact.ts';
import { exitReason } from '../ui/words.ts';
import { readEnd, type Want, wordsOf } from './try-end.ts';

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

/** What is known beside how it ended. */
export type Known = {
  /** Values that are shown nowhere. */
  readonly secrets?: readonly string[];
  /** Whether the image should hold the file that was not found: the project has it, and nothing leaves it out. */
  readonly isSent?: boolean;
};

/** @param said all that it printed */
export function outcomeOf(what: string, seen: Seen, said: string, known: Known = {}): Made<Tried> | Failure {
  if (!seen.running) return endOf(what, seen, said, known);
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

function endOf(what: string, seen: Seen, said: string, { secrets, isSent }: Known): Made<Tried> | Failure {
  const end = readEnd(seen.error || said, seen.exitCode);
  const words = redact(wordsOf(end), secrets);
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
  const message = words
    ? t('The container of {0} ended with exit code {1}: {2}', what, code, words)
    : t('The container of {0} ended with exit code {1} and said nothing.', what, code);
  if (seen.outOfMemory) return { id: asksId, message, remedy: remedies().memory };
  if (end.lost !== undefined && isSent)
    return {
      id: 'try-ended',
      message,
      remedy: t(
        'The project has this file, and the image has not where the program looks: see that .dockerignore lets it in, and in which folder the program starts.',
      ),
    };
  if (end.cause === 'outside' && end.want) return { id: asksId, message, remedy: remedies()[end.want] };
  if (end.cause === 'program')
    return {
      id: ownId,
      message,
      remedy: t(
        'The image works as far as code of the program itself, which failed there: mend that, then try again.',
      ),
    };
  return { id: 'try-ended', message, remedy: remedyFor(words) };
}

/** What ends a program whose image is as it should be: it lacks what no image holds, or fails in code of its own. */
export const isOfImage = ({ id }: Failure): boolean => id !== asksId && id !== ownId;
const asksId = 'try-asks';
const ownId = 'try-own';

const remedies = (): Readonly<Record<Want, string>> => ({
  variable: t('Where it asks for a variable, give it a default, or run the image with "-e".'),
  login: t('It is not let in: run the image with the variables that hold a valid login.'),
  service: t('Start what it connects to, and tell the program where that is.'),
  argument: t('Write its arguments behind the name of the image when it is run.'),
  input: t('It waits for somebody to type: run the image with "-it".'),
  file: t('The project has no such file, or the image leaves it out: mount it when the image is run.'),
  gpu: t('Run it where there is a GPU.'),
  display: t('It opens a window, for which a container has no display.'),
  memory: t('Give the engine or the container more memory.'),
});

function remedyFor(words: string): string {
  if (/^(?:ModuleNotFoundError|ImportError)\b/.test(words))
    return t('Add the package that has it to the dependencies, in a release that has this name.');
  return t('Mend that, then try again.');
}
