// What a container that failed wrote last, and the line of it that says why.
import { t } from '@vscode/l10n';
import { overHttp } from '../engine/connection.ts';
import { readLogs } from '../engine/logs.ts';
import { containerLogs } from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { tellsWhy } from '../runtime/telling-line.ts';
import type { Workbench } from '../ui/workbench.ts';
import { withoutColours, withoutOverwritten } from './logs/ansi.ts';
import { createLevelReader } from './logs/levels.ts';
import { createLineReader, type LogStream, type TimedLine } from './logs/lines.ts';
import { hasFailed } from './model.ts';

export type LogReader = Pick<Workbench, 'engine' | 'run'>;

export type LastWords = { readonly reason?: string; readonly lines: readonly string[] };

/** Of both streams together: one may be much louder than the other. */
const asked = 200;
/** What stands further from the end was survived. */
const looked = 20;
/** A tooltip shows no more of them without a scroll bar. */
const shown = 5;
const longest = 300;
const limitMs = 10_000;
const keptLetters = 100_000;

export async function lastWords(user: LogReader, container: ContainerDetails): Promise<LastWords> {
  if (!hasFailed(container)) return { lines: [] };
  const { id, name, hasTerminal } = container;
  let reader = createLineReader();
  let lines: readonly TimedLine[] = [];
  const take = (more: readonly TimedLine[]) => {
    lines = [...lines, ...more].slice(-asked);
  };
  const query = { id, hasTerminal, follow: false, tail: asked };
  try {
    const isRead = await overHttp(user, (http) =>
      readLogs(http, query, AbortSignal.timeout(limitMs), ({ stream, bytes, isFrame }) =>
        take(reader.push(stream, bytes, isFrame)),
      ),
    );
    if (isRead === undefined) {
      [reader, lines] = [createLineReader(), []];
      const logs = await containerLogs(await user.engine.get(), id, { tail: asked, timestamps: true });
      const parse = async (stdout: string, stderr: string) => {
        take(reader.push('stdout', Buffer.from(stdout), false));
        take(reader.push('stderr', Buffer.from(stderr), false));
      };
      const step = t('Reading the logs of {0}', name);
      await user.run({ ...logs, parse }, { step, tool: 'engine', tail: keptLetters });
    }
  } catch {
    // Its row says that it failed; what is wrong with its log is said where one asks for that.
  }
  take(reader.end());
  return wordsOf(lines);
}

/** Each stream by itself, as a program that keeps one back writes it after what it wrote into the other one at its end. */
export function wordsOf(lines: readonly Pick<TimedLine, 'stream' | 'text'>[]): LastWords {
  const of = (wanted: LogStream) =>
    lines
      .filter(({ stream }) => stream === wanted)
      .map(({ text }) => withoutColours(withoutOverwritten(text)).trimEnd().slice(0, longest))
      .filter(Boolean);
  const streams = [of('stderr'), of('stdout')] as const;
  for (const find of [exceptionAt, errorAt]) {
    for (const said of streams) {
      const at = find(said);
      if (at >= 0)
        return { reason: said[at]?.trim(), lines: said.slice(Math.max(0, at - shown + 1), at + 1) };
    }
  }
  const [stderr, stdout] = streams;
  const both = stderr.length && stdout.length ? [...stdout.slice(-2), ...stderr] : [...stdout, ...stderr];
  return { lines: both.slice(-shown) };
}

const exceptionAt = (said: readonly string[]) =>
  said.findLastIndex((line, at) => at >= said.length - looked && tellsWhy(line));

function errorAt(said: readonly string[]): number {
  const read = createLevelReader();
  const levels = said.map(read);
  return said.findLastIndex(
    (line, at) =>
      at >= said.length - looked &&
      levels[at] === 'error' &&
      !/^\s/.test(line) &&
      !line.includes('Traceback (most recent call last)'),
  );
}
