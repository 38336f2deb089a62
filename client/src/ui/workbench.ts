// What a capability is given: the engine, jobs, views, commands, tasks, and one way to fail.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EngineUser } from '../engine/connection.ts';
import type { EngineEvent, EventKind } from '../engine/events.ts';
import { createWatch } from '../engine/watch.ts';
import { followedBy, type ResourceKind } from '../resources/kind.ts';
import { createResources, type Resources } from '../resources/store.ts';
import { createEngineAccess, type EngineAccess, type MovableEngine } from '../runtime/engine.ts';
import { type Command, type ExecOptions, exec, untilEnd } from '../runtime/exec.ts';
import {
  actionsOfFailure,
  cancelledId,
  explainFailure,
  type Failure,
  failed,
  failureOf,
  noWorkspace,
  untrusted,
  virtualWorkspace,
} from '../runtime/failures.ts';
import { locate } from '../runtime/locate.ts';
import { isSamePlace, type Place, readPlace } from '../runtime/place.ts';
import { ran } from '../runtime/ran.ts';
import { type RunFacts, readExit, secretsOf } from '../runtime/read-exit.ts';
import { redact } from '../runtime/redact.ts';
import { isInContainer } from '../runtime/sockets.ts';
import { engineChoice, onEngineSettings, uvPath } from '../settings/settings.ts';
import { createJobs, type JobResult, logged, logLine, offer, type RunJob, unexpected } from './jobs.ts';
import { openLogTerminal, registerShowLog } from './log-terminal.ts';
import { createRecentWork } from './recent-work.ts';
import { registerRetry } from './retry.ts';
import { createScope } from './scope.ts';
import { registerTasks, type TaskKind } from './tasks.ts';
import { inTitle, titleOnly } from './title-commands.ts';
import {
  createTree,
  isNode,
  type LoadNodes,
  registerSelectOnly,
  type Tree,
  type TreeOptions,
} from './tree.ts';
import { vouch } from './vouched.ts';

/**
 * What changed, so that the views that show it load again: a kind of the engine's things, `engine` for all of them, or one
 * of ours, as `wheel` and `registry` are.
 */
export type Topic = EventKind;

/** With events, only what they tell of has changed. */
type Change = { readonly topics: readonly Topic[]; readonly events?: readonly EngineEvent[] };

/** A kind of the engine's things, or a topic of ours. */
type Shown = Topic | ResourceKind<unknown, EngineUser>;
const placeKey = 'engine.place';

export type CommandNeeds = {
  /** Works in untrusted folders too. */
  readonly untrusted?: boolean;
  /** Needs an open folder. */
  readonly folder?: boolean;
};

export type Workbench = {
  readonly engine: MovableEngine;
  /** Where the engine is that was chosen for this workspace, if one was. */
  place(): Place | undefined;
  /** Uses another one from now on, or again the one that the command line takes. */
  usePlace(place: Place | undefined): Promise<void>;
  /** What is known of the things of the engine of now, once for all views and commands. */
  readonly resources: Resources<EngineUser>;
  /** Of this workspace. */
  readonly memory: vscode.Memento;
  /** Of this person, in every workspace. */
  readonly globalMemory: vscode.Memento;
  readonly secrets: vscode.SecretStorage;
  /** Where the files of the extension lie. */
  readonly home: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly job: RunJob;
  uv(): string;
  /** Runs a short command quietly; throws the failure when its exit code is not 0. */
  run<T>(command: Command<T>, facts: RunFacts): Promise<T>;
  /** Runs a command whose output is read as it comes, until it ends by itself or by the signal. */
  stream(
    command: Command<unknown>,
    facts: RunFacts,
    signal: AbortSignal,
    onOutput: NonNullable<ExecOptions['onOutput']>,
  ): Promise<void>;
  /** Tells what happens in the engine, until what it returns is called; without events, all may have changed. */
  watch(kinds: readonly EventKind[], listener: (events?: readonly EngineEvent[]) => void): () => void;
  /** Registers a command: what it throws is shown as a failure, what it returns is the command's result. */
  command(
    id: string,
    handler: (argument?: unknown, selection?: unknown) => unknown,
    needs?: CommandNeeds,
  ): void;
  /** A view that loads again when what it shows changes; things of the engine are kept and followed while it is visible. */
  tree(viewId: string, shows: readonly Shown[], load: LoadNodes, options?: TreeOptions): Tree;
  task(kind: TaskKind): void;
  /** Fires with the id of a view whenever it is drawn anew. */
  readonly onDidLoad: vscode.Event<string>;
  changed(...topics: readonly Topic[]): void;
  fail(failure: Failure, showLog?: () => void): void;
  own(...disposables: vscode.Disposable[]): void;
};

export type Api = {
  readonly onDidFinish: vscode.Event<JobResult>;
  readonly onDidFail: vscode.Event<Failure>;
  /** Marks the argument of a command as one that the person has agreed to already; see ui/vouched.ts. */
  vouch<T>(argument: T): T;
};

const longestLoadMs = 120_000;
function tooLate() {
  const exit = { kind: 'timed-out', file: '', stdout: '', stderr: '' } as const;
  return failed(explainFailure(exit, { step: l10n.t('Reading what the engine has'), tool: 'engine' }));
}

export function createWorkbench(
  context: vscode.ExtensionContext,
): Workbench & { readonly api: Api; registerTasks(): void } {
  const log = vscode.window.createOutputChannel('Wheelhouse', { log: true });
  const finished = new vscode.EventEmitter<JobResult>();
  const failures = new vscode.EventEmitter<Failure>();
  const topics = new vscode.EventEmitter<Change>();
  const loads = new vscode.EventEmitter<string>();
  const taskKinds: TaskKind[] = [];
  const inTitles = titleOnly(context.extension?.packageJSON);
  const scope = createScope((error) => log.error(logLine(String(error))));
  context.subscriptions.push(log, scope);
  const own = (...disposables: vscode.Disposable[]) => disposables.forEach(scope.own);
  own(finished, failures, topics, loads);

  // A build whose window has gone would go on with nobody to see or stop it.
  const ending = untilEnd(exec, scope.signal);
  const run = logged(ending, log);
  const place = () => readPlace(context.workspaceState.get(placeKey));
  const engine = createEngineAccess(run, () => ({ ...engineChoice(), place: place() }));
  const user = {
    engine,
    async run<T>(command: Command<T>, facts: RunFacts): Promise<T> {
      const { cwd, stdin, env, tail, timeoutMs = 60_000 } = facts;
      const started = new Date();
      const exit = await run(command, { cwd, stdin, env, tail, timeoutMs });
      try {
        return await readExit(exit, command, facts, engine);
      } catch (error) {
        const failure = failureOf(error);
        throw failure ? failed({ ...failure, ran: ran(command, exit, started, secretsOf(facts)) }) : error;
      }
    },
  };
  // Of the engine of now, also where it is work of before that asks or begins to follow.
  const now = { ...engine, get: () => engine.bind(engine.get), forget: () => engine.bind(engine.forget) };
  const resources = createResources<EngineUser>(
    { ...user, engine: now },
    { limitMs: longestLoadMs, tooLate },
  );
  const tell = (change: Change) => {
    resources.changed(change.topics, change.events);
    topics.fire(change);
  };
  const changed = (...changes: readonly Topic[]) => tell({ topics: changes });
  engine.onDidChange((state) => state !== 'ready' && resources.forget());
  followEngine(engine, () => topics.fire({ topics: ['engine'] }));
  own(onEngineSettings(engine.move));
  const watch = createWatch(run, now, (events) => tell({ topics: events.map(({ kind }) => kind), events }));
  engine.onDidMove(() => {
    resources.forget();
    watch.restart();
    changed('engine', 'registry', 'context');
  });

  const fail = (failure: Failure, showLog?: () => void) => {
    log.warn(logLine(`${failure.id}: ${failure.message} ${failure.remedy}`));
    failures.fire(failure);
    const kind = failure.id === cancelledId ? 'info' : 'error';
    // Whose remedy says that the log has more.
    const { ran } = failure.id === 'unknown' ? failure : {};
    const show = showLog ?? (ran ? () => showText(l10n.t('Log'), ran) : undefined);
    return offer(kind, `${failure.message} ${failure.remedy}`, actionsOfFailure(failure), show);
  };
  const failWith = (error: unknown) => {
    const failure = failureOf(error);
    if (!failure) log.error(redact(error instanceof Error ? (error.stack ?? error.message) : String(error)));
    void fail(failure ?? unexpected(error));
  };

  const trees = new Map<string, Tree>();
  own(registerRetry(trees), registerSelectOnly(), registerShowLog());

  return {
    ...user,
    resources,
    place,
    async usePlace(next) {
      if (isSamePlace(place(), next)) return;
      await context.workspaceState.update(placeKey, next);
      engine.move();
    },
    memory: context.workspaceState,
    globalMemory: context.globalState,
    secrets: context.secrets,
    home: context.extensionUri,
    log,
    own,
    changed,
    onDidLoad: loads.event,
    fail,
    uv: () => locate('uv', uvPath()),
    job: createJobs(
      ending,
      engine,
      log,
      { finished: (result) => finished.fire(result), failed: fail },
      createRecentWork(own),
    ),
    async stream(command, facts, signal, onOutput) {
      const exit = await run(command, { cwd: facts.cwd, signal, onOutput });
      if (exit.kind !== 'cancelled') await readExit(exit, { ...command, parse: undefined }, facts, engine);
    },
    watch(kinds, listener) {
      const release = watch.retain(kinds);
      const heard = topics.event(
        ({ topics, events }) =>
          topics.some((topic) => topic === 'engine' || kinds.includes(topic)) && listener(events),
      );
      return () => {
        release();
        heard.dispose();
      };
    },
    command(id, handler, needs = {}) {
      const guarded = async (...given: unknown[]) => {
        const [argument, selection] = inTitles.has(id) && isNode(given[0]) ? [] : given;
        try {
          if (!needs.untrusted && !vscode.workspace.isTrusted) throw failed(untrusted());
          const folders = vscode.workspace.workspaceFolders ?? [];
          if (needs.folder && !folders.length) throw failed(noWorkspace());
          if (needs.folder && !folders.some(({ uri }) => uri.scheme === 'file'))
            throw failed(virtualWorkspace());
          return await engine.bind(() => handler(argument, selection));
        } catch (error) {
          failWith(error);
          return undefined;
        }
      };
      own(vscode.commands.registerCommand(id, guarded));
      if (inTitles.has(inTitle(id))) own(vscode.commands.registerCommand(inTitle(id), () => guarded()));
    },
    tree(viewId, shows, load, options) {
      const kinds = shows.filter((each) => typeof each !== 'string');
      const followed = kinds.flatMap(followedBy);
      const watched = [...shows.filter((each) => typeof each === 'string'), ...followed];
      if (kinds.length) watched.push('engine');
      const trusted: LoadNodes = async (events, later) => {
        loads.fire(viewId);
        return vscode.workspace.isTrusted ? engine.bind(() => load(events, later)) : [];
      };
      const tree = createTree(viewId, trusted, {
        ...options,
        whileVisible() {
          if (!vscode.workspace.isTrusted) return undefined;
          // Not all is told, as of a stopped container that is connected: who opens a view sees what is so.
          for (const kind of kinds) resources.invalidate(kind);
          const ends = [
            resources.retain(...kinds),
            kinds.length ? watch.retain(followed) : undefined,
            options?.whileVisible?.(),
          ];
          return () => ends.forEach((end) => void end?.());
        },
      });
      trees.set(viewId, tree);
      own(
        tree,
        topics.event(
          ({ topics, events }) => topics.some((topic) => watched.includes(topic)) && tree.refresh(events),
        ),
        vscode.workspace.onDidGrantWorkspaceTrust(() => tree.refresh()),
      );
      return tree;
    },
    task: (kind) => void taskKinds.push(kind),
    api: { onDidFinish: finished.event, onDidFail: failures.event, vouch },
    registerTasks: () =>
      own(
        registerTasks(
          taskKinds.map((kind) => ({ ...kind, run: (...given) => engine.bind(() => kind.run(...given)) })),
          (error, host) => {
            const failure = failureOf(error) ?? unexpected(error);
            host.print(`${failure.message} ${failure.remedy}\n`);
            failWith(error);
          },
        ),
      ),
  };
}

function showText(title: string, text: string): void {
  const terminal = openLogTerminal({ title });
  terminal.print(`${text}\n`);
  terminal.show();
}

/** The welcome contents of the views depend on this context key. */
function followEngine(engine: EngineAccess, changed: () => void): void {
  let known: string | undefined;
  engine.onDidChange((state) => {
    if (state === 'unknown' || state === known) return;
    const before = known;
    known = state;
    void vscode.commands.executeCommand('setContext', 'wheelhouse.engineState', state);
    void vscode.commands.executeCommand('setContext', 'wheelhouse.inContainer', isInContainer());
    // A view that found no engine has to look again once there is one, and the other way round.
    if (before) changed();
  });
}
