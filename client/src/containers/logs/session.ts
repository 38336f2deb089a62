// The log of one or several containers, line by line: what is kept of it, and what came from where.
import { t } from '@vscode/l10n';
import { failureOf } from '../../runtime/failures.ts';
import { withoutColours, withoutOverwritten } from './ansi.ts';
import { follow, type LogSource, type LogStart, type LogUser, readSoFar } from './follow.ts';
import { createIntake, type Intake, type Taken } from './intake.ts';
import { createLevelReader, type Level } from './levels.ts';
import type { LogStream, TimedLine } from './lines.ts';
import { createRing, type Ring } from './ring.ts';

export type LogLine = {
  /** Of the containers, by number. */
  readonly source: number;
  readonly stream: LogStream;
  readonly at: string;
  /** With its colours. */
  readonly text: string;
  readonly plain: string;
  readonly level?: Level;
  /** A word of ours. */
  readonly isNote?: true;
};

export type LogSession = {
  readonly lines: Ring<LogLine>;
  /** Begins anew, with what the engine has since then. */
  load(start: LogStart): void;
  clear(): void;
  dispose(): void;
};

export const mostLines = 100_000;
const mostLetters = 32_000_000;
/** What is read in one go: five times as many lines in a second as anybody can follow, in a tenth of a processor. */
const flushMs = 100;
const flushBytes = 1_000_000;
const flushPortions = 5_000;

/** `changed` is called once what there was is read, and then when lines have come, ten times in a second at most. */
export function createLogSession(
  user: LogUser,
  containers: readonly LogSource[],
  changed: (what: 'begun' | 'more') => void,
): LogSession {
  const lines = createRing<LogLine>(
    mostLines,
    mostLetters,
    ({ text }) => text.length,
    ({ isNote }) => !isNote,
  );
  let run: AbortController | undefined;
  return {
    lines,
    load(start) {
      run?.abort();
      run = new AbortController();
      lines.clear();
      void begin(user, containers, start, run.signal, lines, changed);
    },
    clear: () => lines.clear(),
    dispose: () => run?.abort(),
  };
}

async function begin(
  user: LogUser,
  containers: readonly LogSource[],
  start: LogStart,
  signal: AbortSignal,
  lines: Ring<LogLine>,
  changed: (what: 'begun' | 'more') => void,
): Promise<void> {
  const sources = containers.map((container, index) => createSource(container, index));
  let timer: NodeJS.Timeout | undefined;
  const put = (taken: readonly LogLine[]) => {
    if (signal.aborted || !taken.length) return;
    for (const line of inTime(taken, sources.length)) lines.push(line);
  };
  const flush = () => {
    timer = undefined;
    put(sources.flatMap((source) => source.take()));
    changed('more');
  };
  const soon = () => {
    timer ??= setTimeout(flush, flushMs);
  };
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });

  await Promise.all(
    sources.map((source) =>
      readSoFar(user, source.container, start, signal, source.push).catch((error) => {
        // What is gone is told by what follows it.
        if (!signal.aborted && failureOf(error)?.id !== 'container-gone') source.note(messageOf(error));
      }),
    ),
  );
  // All of it together, so that what several wrote stands in the order of time.
  put(sources.flatMap((source) => source.cut()));
  if (signal.aborted) return;
  changed('begun');
  await Promise.all(
    sources.map((source) => {
      source.follows(flushBytes / sources.length, Math.ceil(flushPortions / sources.length));
      return follow(user, source.container, start, signal, {
        portion(portion) {
          source.push(portion);
          soon();
        },
        goOn() {
          put(source.cut());
          soon();
          source.skipsRepeated();
          return source.last;
        },
        settle() {
          put(source.settle());
          soon();
        },
        note(text) {
          source.note(text);
          soon();
        },
      });
    }),
  );
}

const messageOf = (error: unknown) => {
  const failure = failureOf(error);
  return failure ? `${failure.message} ${failure.remedy}` : String(error);
};

/** Of what comes together the order is that of time; what has none stays where it is. */
function inTime(lines: readonly LogLine[], sources: number): readonly LogLine[] {
  if (sources < 2) return lines;
  return lines.toSorted((a, b) => (!a.at || !b.at || a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
}

type Portion = { readonly stream: LogStream; readonly bytes: Buffer; readonly isFrame: boolean };

function createSource(container: LogSource, source: number) {
  let intake: Intake = createIntake(mostLetters, mostLines);
  const levels = { stdout: createLevelReader(), stderr: createLevelReader() };
  let notes: LogLine[] = [];
  let last = '';
  /** How many lines of each stream have that time: Podman's API tells no more than the second. */
  let ofLast = { stdout: 0, stderr: 0 };
  let repeated = { at: '', left: ofLast };
  const isRepeated = ({ at, stream }: TimedLine) =>
    at !== '' && (at < repeated.at || (at === repeated.at && repeated.left[stream]-- > 0));
  const noteOf = (text: string): LogLine => ({
    source,
    stream: 'stdout',
    at: new Date().toISOString(),
    text,
    plain: text,
    isNote: true,
  });
  const lineOf = ({ stream, at, text }: TimedLine): LogLine => {
    const shown = withoutOverwritten(text);
    const plain = withoutColours(shown);
    if (at > last) {
      last = at;
      ofLast = { stdout: 0, stderr: 0 };
    }
    if (at === last) ofLast[stream]++;
    return { source, stream, at, text: shown, plain, level: levels[stream](plain) };
  };
  const put = ({ lines, dropped }: Taken): readonly LogLine[] => {
    const missing = dropped
      ? [noteOf(t('{0} lines of {1} came faster than they can be shown.', dropped, container.name))]
      : [];
    const fresh = lines.filter((line) => !isRepeated(line));
    const all = [...missing, ...fresh.map(lineOf), ...notes];
    notes = [];
    return all;
  };
  return {
    container,
    get last() {
      return last || undefined;
    },
    push: ({ stream, bytes, isFrame }: Portion) => intake.push(stream, bytes, isFrame),
    note: (text: string) => void notes.push(noteOf(text)),
    take: () => put(intake.take()),
    cut: () => put(intake.cut()),
    settle: () => put(intake.end()),
    /** What follows begins with the last lines that came, as the engine is asked from their time on. */
    skipsRepeated() {
      repeated = { at: last, left: { ...ofLast } };
    },
    follows(bytes: number, portions: number) {
      intake = createIntake(bytes, portions);
    },
  };
}
