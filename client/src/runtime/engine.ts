// Finds the container engine: which program, whether it answers, and what it can do.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Exec } from './exec.ts';
import { engineAbsent, engineUnreachable, type Failure, failed } from './failures.ts';
import { locate } from './locate.ts';
import type { Place } from './place.ts';
import { engineOutside, placeUnreachable } from './place-failures.ts';
import { type Engine, type EngineName, probe } from './probe.ts';
import { isInContainer, isMachinesOwn, machineContext, socketPlaces } from './sockets.ts';

export { plain } from './plain.ts';
export type { Engine, EngineKind } from './probe.ts';
export { engineNames, hasArchives } from './probe.ts';

export type EngineChoice = {
  readonly engine: 'auto' | EngineName;
  readonly dockerPath: string;
  readonly podmanPath: string;
  readonly nerdctlPath?: string;
  readonly finchPath?: string;
  /** Goes before `engine`. */
  readonly place?: Place;
};

export type EngineState = 'unknown' | 'ready' | 'absent' | 'unreachable';

export type EngineAccess = {
  /** The engine, looked for when it is not known; throws the failure that says why there is none. */
  get(): Promise<Engine>;
  /** Forgets what was found, because the settings changed or the engine stopped answering. */
  forget(): void;
  /** Asks the engine anew, after a step failed for no known reason. */
  stillAnswers(): Promise<boolean>;
  onDidChange(listener: (state: EngineState, failure?: Failure) => void): void;
};

/** The same where another engine can take the place of the one that is used. */
export type MovableEngine = EngineAccess & {
  /** From now on the engine that is chosen now. What was begun with another goes on with that. */
  move(): void;
  onDidMove(listener: () => void): void;
  /** The engine at another place; throws the failure that says why none answers there. */
  at(place: Place): Promise<Engine>;
  /** All that this work asks goes to the engine of now, whatever is chosen meanwhile. */
  bind<T>(work: () => T): T;
};

type Search = {
  choice?: EngineChoice;
  /** Tells the one that the command line takes by itself, which somebody may change meanwhile. */
  context?: () => string;
  began?: string;
  found?: Promise<Engine>;
};

export function createEngineAccess(exec: Exec, choose: () => EngineChoice): MovableEngine {
  const listeners: ((state: EngineState, failure?: Failure) => void)[] = [];
  const movers: (() => void)[] = [];
  const bound = new AsyncLocalStorage<Search>();
  let current: Search = {};
  const tell = (search: Search, state: EngineState, failure?: Failure) => {
    if (search === current) for (const listener of listeners) listener(state, failure);
  };
  const move = () => {
    current = {};
    tell(current, 'unknown');
    for (const mover of movers) mover();
  };
  const mine = () => bound.getStore() ?? current;
  const choiceOf = (search: Search) => {
    search.choice ??= choose();
    if (!search.context) {
      const { DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CONFIG } = process.env;
      const environment = { DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CONFIG };
      search.context = () => (search.choice?.place ? '' : machineContext(environment));
      search.began = search.context();
    }
    return search.choice;
  };
  /** Commands without a context go where the command line's own choice leads, and so has all else that is asked. */
  const noticeMove = () => {
    const { context, began, found } = current;
    if (found && context && context() !== began) move();
  };
  return {
    get() {
      if (!bound.getStore()) noticeMove();
      const search = mine();
      if (search.found) return search.found;
      const found: Promise<Engine> = findEngine(exec, choiceOf(search)).then(
        (engine) => {
          if (search.found === found) tell(search, 'ready');
          return engine;
        },
        (error) => {
          // The next caller looks again: the person may have started the engine meanwhile.
          if (search.found === found) {
            search.found = undefined;
            const failure: Failure | undefined = error.failure;
            tell(search, failure?.id === 'engine-absent' ? 'absent' : 'unreachable', failure);
          }
          throw error;
        },
      );
      search.found = found;
      return found;
    },
    forget() {
      const search = mine();
      search.found = undefined;
      if (search === current) current.choice = current.context = undefined;
      tell(search, 'unknown');
    },
    async stillAnswers() {
      const search = mine();
      try {
        await findEngine(exec, choiceOf(search));
        return true;
      } catch {
        search.found = undefined;
        tell(search, 'unreachable');
        return false;
      }
    },
    onDidChange: (listener) => void listeners.push(listener),
    move,
    onDidMove: (listener) => void movers.push(listener),
    at: (place) => findEngine(exec, { ...choose(), place }),
    bind(work) {
      noticeMove();
      choiceOf(current);
      return bound.run(current, work);
    },
  };
}

const ofContainerd = ['nerdctl', 'finch'] as const;

/**
 * With `auto`, the first that answers, Docker before Podman; where none does, one that is found elsewhere on this machine, and
 * then one of containerd.
 */
export async function findEngine(
  exec: Exec,
  choice: EngineChoice,
  elsewhere: () => readonly Place[] = socketPlaces,
  inContainer: () => boolean = isInContainer,
): Promise<Engine> {
  const { place } = choice;
  const auto = !place && choice.engine === 'auto';
  const names: readonly EngineName[] = place
    ? [place.kind]
    : choice.engine === 'auto'
      ? ['docker', 'podman']
      : [choice.engine];
  const silent: { name: EngineName; file: string; detail: string }[] = [];
  const firstOf = async (wanted: readonly EngineName[]) => {
    for (const name of wanted) {
      const file = locate(name, choice[`${name}Path`] ?? '');
      const answer = await probe(exec, name, file, place);
      if ('engine' in answer) return answer.engine;
      if (answer.detail !== undefined) silent.push({ name, file, detail: answer.detail });
    }
    return undefined;
  };
  const answering = await firstOf(names);
  if (answering) return answering;
  if (place && silent[0]) throw failed(placeUnreachable(place, silent[0].detail));
  for (const found of place ? [] : elsewhere()) {
    const { file } = silent.find(({ name }) => name === found.kind && isMachinesOwn(name)) ?? {};
    const answer = file === undefined ? undefined : await probe(exec, found.kind, file, found);
    if (answer && 'engine' in answer) return answer.engine;
  }
  // Beside a Docker that does not run, as Rancher Desktop leaves it; not in place of one that somebody named.
  const isUnnamed = names.every((name) => isMachinesOwn(name));
  const last = auto && isUnnamed ? await firstOf(ofContainerd) : undefined;
  if (last) return last;
  const [first] = silent;
  const all = auto ? [...names, ...ofContainerd] : names;
  const isOutside = !place && isUnnamed && inContainer();
  if (!first) throw failed(isOutside ? engineOutside('engine-absent') : engineAbsent(all.join(', ')));
  const unreachable = engineUnreachable(silent.map(({ file }) => file).join(', '), first.detail);
  throw failed(
    isOutside && unreachable.id === 'engine-unreachable' ? engineOutside(unreachable.id) : unreachable,
  );
}
