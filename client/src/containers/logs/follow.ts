// Follows what one container writes for as long as somebody looks: over its end and its next start, and over an engine
// that was away.
import { t } from '@vscode/l10n';
import { overHttp } from '../../engine/connection.ts';
import type { EngineEvent } from '../../engine/events.ts';
import { type LogPortion, readLogs } from '../../engine/logs.ts';
import { readContainers } from '../../engine/reads.ts';
import { containerLogs, inspectContainers } from '../../runtime/container-commands.ts';
import type { ContainerDetails } from '../../runtime/container-details.ts';
import { failureOf } from '../../runtime/failures.ts';
import type { Workbench } from '../../ui/workbench.ts';
import { containerPatterns } from '../failures.ts';
import { isActive, lastingWords } from '../model.ts';

export type LogUser = Pick<Workbench, 'engine' | 'run' | 'stream' | 'watch'>;

export type LogSource = Pick<ContainerDetails, 'id' | 'name' | 'hasTerminal' | 'started'> & {
  /** From before the window was reloaded: whether it is there, and when it was started, is to be seen. */
  readonly isKept?: true;
};

export type LogStart = { readonly since?: string; readonly tail?: number };

/** Where it goes. */
export type LogSink = {
  portion(portion: LogPortion): void;
  /** The whole lines that came are put down, and what comes next begins with the last of them; answers with its time. */
  goOn(): string | undefined;
  /** All that came is put down, for nothing follows it. */
  settle(): void;
  /** A word of ours between the lines. */
  note(text: string): void;
};

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/** What it wrote up to now. */
export async function readSoFar(
  user: LogUser,
  container: LogSource,
  start: LogStart,
  signal: AbortSignal,
  told: (portion: LogPortion) => void,
): Promise<void> {
  await read(user, container, { ...start, follow: false }, signal, told);
}

/**
 * Goes on from the last line that came until the signal ends it: over the end of the container and its next start, and with
 * the one that is made anew under its name.
 */
export async function follow(
  user: LogUser,
  container: LogSource,
  start: LogStart,
  signal: AbortSignal,
  sink: LogSink,
): Promise<void> {
  const { name } = container;
  let { id } = container;
  let isGone = false;
  const changes = createChanges(user, (event) => isGone || event.id === id, signal);
  let pause = firstPauseMs;
  let known: LogSource = container;
  let told = '';
  const say = (what: string, words: string) => {
    if (what !== told) sink.note(words);
    told = what;
  };
  const rest = async (changed: Promise<void>) => {
    await Promise.race([changed, new Promise((resolve) => setTimeout(resolve, pause).unref())]);
    pause = Math.min(2 * pause, longestPauseMs);
  };
  try {
    while (!signal.aborted) {
      // Asked for before looking, so that nothing that happens meanwhile is missed.
      const changed = changes.next();
      try {
        // A name may stand for an id that begins alike, and for another container after a renaming.
        const found = await inspect(user, isGone ? name : id);
        const now = isGone && found?.name !== name ? undefined : found;
        if (!now) {
          if (!isGone) {
            isGone = true;
            say(
              'removed',
              known.isKept
                ? t('The engine has no {0} any more; one that is made under its name is followed.', name)
                : t('{0} was removed; one that is made anew under its name is followed.', name),
            );
            continue;
          }
          await changed;
          continue;
        }
        if (isGone) {
          isGone = false;
          id = now.id;
          say(`anew ${id}`, t('{0} was made anew; its log goes on here.', name));
        } else if (!known.isKept && startOf(now) !== startOf(known))
          say(`started ${startOf(now)}`, t('{0} was started again; its log goes on here.', name));
        else if (told === 'trouble') say('answers', t('The engine answers again.'));
        known = now;
        const goOn = async (follow: boolean) => {
          const last = sink.goOn();
          const from = last === undefined ? start : { since: last };
          await read(user, now, { ...from, follow }, signal, sink.portion);
        };
        await goOn(isActive(now));
        if (signal.aborted) return;
        // Podman ends what follows before the last line is told.
        if (isActive(now)) await goOn(false);
        sink.settle();
        const after = await inspect(user, id);
        if (!after || startOf(after) !== startOf(now)) continue;
        // Its output ended, and it goes on: the connection was lost, or it is about to end.
        if (isActive(after)) await rest(changed);
        else {
          say(`ended ${after.finished?.getTime()}`, t('{0}: {1}.', name, lastingWords(after)));
          pause = firstPauseMs;
          await changed;
        }
      } catch (error) {
        sink.goOn();
        if (signal.aborted) return;
        const failure = failureOf(error);
        // That it was removed is told when it is looked for.
        if (failure?.id !== 'container-gone')
          say('trouble', failure ? `${failure.message} ${failure.remedy}` : String(error));
        if (failure?.id === 'logs-unreadable') return;
        await rest(changed);
      }
    }
  } finally {
    changes.end();
  }
}

const startOf = ({ started }: LogSource) => started?.getTime();

async function read(
  user: LogUser,
  { id, name, hasTerminal }: LogSource,
  query: LogStart & { readonly follow: boolean },
  signal: AbortSignal,
  told: (portion: LogPortion) => void,
): Promise<void> {
  if (await overHttp(user, (http) => readLogs(http, { id, hasTerminal, ...query }, signal, told))) return;
  if (signal.aborted) return;
  const engine = await user.engine.get();
  const step = t('Reading the logs of {0}', name);
  const command = await containerLogs(engine, id, { ...query, timestamps: true });
  await user.stream(command, { step, tool: 'engine', patterns: containerPatterns }, signal, (text, stream) =>
    told({ stream, bytes: Buffer.from(text), isFrame: false }),
  );
}

async function inspect(user: LogUser, id: string): Promise<ContainerDetails | undefined> {
  const found = await overHttp(user, (http) => readContainers(http, [id]));
  if (found) return found[0];
  const engine = await user.engine.get();
  const facts = { step: t('Looking at a container'), tool: 'engine', patterns: containerPatterns } as const;
  try {
    return (await user.run(await inspectContainers(engine, [id]), facts))[0];
  } catch (error) {
    if (failureOf(error)?.id === 'container-gone') return undefined;
    throw error;
  }
}

/** Tells when something happened to the container that is meant. */
function createChanges(user: LogUser, isMeant: (event: EngineEvent) => boolean, signal: AbortSignal) {
  let wake = () => {};
  const release = user.watch(['container'], (events) => {
    if (!events || events.some(isMeant)) wake();
  });
  signal.addEventListener('abort', () => wake(), { once: true });
  return {
    next: () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      }),
    end: release,
  };
}
