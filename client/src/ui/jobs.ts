// Long work: seen in a notification with Cancel or in a task's terminal, its full output kept, ended with
// what was made or with a failure that names its remedy.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { History } from '../operations/history.ts';
import {
  type About,
  type Made,
  type Outcome,
  type Progress,
  startOperation,
} from '../operations/operation.ts';
import { createPace } from '../operations/pace.ts';
import { commandLine } from '../runtime/command-line.ts';
import type { EngineAccess } from '../runtime/engine.ts';
import type { Command, Exec, ExecOptions, Exit, OutputStream } from '../runtime/exec.ts';
import { type Action, type Failure, failureOf } from '../runtime/failures.ts';
import { createOutputFilter, longestLine } from '../runtime/output-filter.ts';
import { endOf, lineOf } from '../runtime/ran.ts';
import { type RunFacts, readExit, type Step, secretsOf } from '../runtime/read-exit.ts';
import { redact } from '../runtime/redact.ts';
import { kindIcons } from './kind-icons.ts';
import { openLogTerminal, showLogCommand } from './log-terminal.ts';
import { createNotice } from './notice.ts';
import { asText } from './plain-text.ts';
import { hideMessages, type Kind, tell, withNotification } from './say.ts';
import { vouch } from './vouched.ts';

export type { Made, RunFacts };

const longestStep = 200;

export type JobSpec<T> = About & {
  /** Makes the thing and looks that it is there; throws `failed(…)` otherwise. */
  readonly work: (job: Job) => Promise<Made<T>>;
  /** It makes something from what is there, so that somebody may do it once more without being asked again. */
  readonly repeats?: boolean;
  /** It only reads what a view shows: kept with the recent work while it goes on, and where it fails. */
  readonly isLook?: boolean;
};

export type Job = Progress & {
  /** Runs a command with its output in the log; throws the failure when its exit code is not 0. */
  run<T>(command: Command<T>, facts: RunFacts): Promise<T>;
};

/** Where a job is seen. Without one it is a notification and a log terminal. */
export type JobHost = Progress & { readonly showLog?: () => void };

export type JobResult = { readonly kind: string; readonly message: string; readonly value: unknown };

export type JobEvents = {
  finished(result: JobResult): void;
  /** @returns fulfilled when nobody sees the message any more */
  failed(failure: Failure, showLog?: () => void): Promise<unknown>;
};

export type RunJob = <T>(spec: JobSpec<T>, host?: JobHost) => Promise<T | undefined>;

export function createJobs(
  exec: Exec,
  engine: EngineAccess,
  log: vscode.LogOutputChannel,
  events: JobEvents,
  history?: Pick<History, 'add'>,
): RunJob {
  /** By title, what was told of work that failed and is still to be seen. */
  const failures = new Map<string, Promise<unknown>>();
  const perform = async <T>(spec: JobSpec<T>, host: JobHost): Promise<T | undefined> => {
    const operation = startOperation(
      spec,
      (progress) => told(progress, spec.work(createJob(exec, engine, log, progress))),
      (error) => failureOf(error) ?? unexpected(error),
      host.signal,
    );
    operation.attach({
      step: ({ text, share }) => host.report(text, share),
      print: host.print,
      end: (outcome) => host.print(`\n${wordsOf(outcome)}\n`),
    });
    history?.add(operation, spec.repeats ? () => void start(spec) : undefined, spec.isLook);
    const outcome = await operation.done;
    if ('failure' in outcome) {
      const shown = events.failed(outcome.failure, host.showLog).finally(() => {
        if (failures.get(spec.title) === shown) failures.delete(spec.title);
      });
      failures.set(spec.title, shown);
      return undefined;
    }
    const { value, message, next = [], withLog } = outcome.made;
    log.info(logLine(message));
    events.finished({ kind: spec.kind, message, value });
    // A task's terminal shows the result already.
    if (host.showLog) void offer('info', message, next, withLog ? host.showLog : undefined);
    return value;
  };
  let running = 0;
  const start: RunJob = async (spec, host) => {
    // What was wrong before says nothing of what is begun anew; what still goes on beside it is not hidden.
    if (failures.delete(spec.title) && !running) await hideMessages();
    running++;
    try {
      return await (host ? perform(spec, host) : inNotification(spec, (own) => perform(spec, own)));
    } finally {
      running--;
    }
  };
  return start;
}

/** What ran quietly is in no log otherwise. */
async function told<T>({ print }: Progress, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const ran = failureOf(error)?.ran;
    if (ran) print(`${ran}\n`);
    throw error;
  }
}

export function wordsOf(outcome: Outcome): string {
  return 'made' in outcome ? outcome.made.message : `${outcome.failure.message} ${outcome.failure.remedy}`;
}

/** A line of the log, which is often shown to others. */
export function logLine(text: string): string {
  return asText(redact(text));
}

export function unexpected(error: unknown): Failure {
  return {
    id: 'unexpected',
    message: l10n.t(
      'Something unforeseen happened: {0}',
      redact(error instanceof Error ? error.message : String(error)),
    ),
    remedy: l10n.t('The Wheelhouse output channel has the details.'),
  };
}

function createJob(exec: Exec, engine: EngineAccess, log: vscode.LogOutputChannel, host: Progress): Job {
  return {
    ...host,
    async run(command, facts) {
      const output = printing(host, facts);
      const started = new Date();
      const exit = await logged(exec, log)(command, {
        cwd: facts.cwd,
        stdin: facts.stdin,
        env: facts.env,
        signal: host.signal,
        onOutput: output.push,
        before: () => host.print(lineOf(command, secretsOf(facts))),
      });
      output.end();
      if (exit.kind !== 'exited' || exit.code !== 0) host.print(`\n${endOf(exit, started)}\n`);
      return readExit(exit, command, facts, engine);
    },
  };
}

type LoggedOptions = ExecOptions & { readonly before?: () => void };

export function logged(exec: Exec, log: vscode.LogOutputChannel) {
  return async (command: Command<unknown>, { before, ...options }: LoggedOptions = {}): Promise<Exit> => {
    const line = commandLine(command);
    log.debug(`> ${asText(line)}`);
    before?.();
    const exit = await exec(command, options);
    const end = exit.kind === 'exited' ? `exit code ${exit.code}` : exit.kind;
    log.debug(`${end}: ${asText(line)}`);
    return exit;
  };
}

function printing(host: Progress, facts: RunFacts) {
  const secrets = secretsOf(facts);
  const streams = { stdout: shown(host, facts, secrets), stderr: shown(host, facts, secrets) };
  return {
    push: (text: string, stream: OutputStream) => streams[stream].push(text),
    end: () => Object.values(streams).forEach((stream) => void stream.end()),
  };
}

function shown(host: Progress, { progress }: RunFacts, secrets: readonly string[]) {
  const filter = createOutputFilter(secrets);
  let rest = '';
  const pace = createPace((text) => {
    host.print(filter.push(text));
    if (!progress) return;
    const lines = (rest + text).split(/\r\n|[\r\n]/);
    // A line of megabytes is no step, and would be looked through again with each portion.
    rest = (lines.pop() ?? '').slice(0, longestLine);
    // The last step of each portion: a program may print thousands of lines in no time.
    let last: string | Step | undefined;
    for (const line of lines) last = progress(line.slice(0, longestLine)) ?? last;
    const step = typeof last === 'string' ? { text: last } : last;
    if (step?.text) host.report(redact(step.text, secrets).slice(0, longestStep), step.share);
  });
  return {
    push: pace.push,
    end() {
      pace.end();
      host.print(filter.end());
    },
  };
}

async function inNotification<T>(about: About, perform: (host: JobHost) => Promise<T>): Promise<T> {
  const { kind, title } = about;
  const log = { label: l10n.t('Show Log'), command: showLogCommand, arguments: [title] };
  return withNotification(
    title,
    async (report, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      const terminal = openLogTerminal(about, kindIcons[kind]);
      const notice = createNotice(report);
      try {
        const made = await perform({
          signal: controller.signal,
          report: (text, share) => notice.step({ text, share }),
          print(text) {
            terminal.print(text);
            notice.print(text);
          },
          showLog: terminal.show,
        });
        if (made !== undefined) terminal.done();
        return made;
      } finally {
        notice.end();
      }
    },
    log,
  );
}

/** Shows a message with buttons, and does what the chosen one says. Not to be waited for. */
export async function offer(
  kind: Kind,
  message: string,
  actions: readonly Action[],
  showLog?: () => void,
): Promise<void> {
  const logLabel = l10n.t('Show Log');
  const chosen = await tell(
    kind,
    message,
    ...actions.map(({ label }) => label),
    ...(showLog ? [logLabel] : []),
  );
  if (chosen === logLabel) showLog?.();
  const action = actions.find(({ label }) => label === chosen);
  if (action) await vscode.commands.executeCommand(action.command, ...(action.arguments ?? []).map(vouch));
}
