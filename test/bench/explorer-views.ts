// What the views of the explorer cost beside the command line.
import type { EngineUser } from '../../client/src/engine/connection.ts';
import type { ResourceKind } from '../../client/src/resources/kind.ts';
import { createResources } from '../../client/src/resources/store.ts';
import type { NodeOf } from '../../client/src/ui/arrange.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import type { Workbench } from '../../client/src/ui/workbench.ts';
import '../client/register-vscode.ts';
import { elapsed } from './cost.ts';
import { median } from './figures.ts';

const { containerNodes } = await import('../../client/src/containers/tree.ts');
const { containers, loadContainers } = await import('../../client/src/engine/containers.ts');
const { imageNodes } = await import('../../client/src/images/tree.ts');
const { networkNodes } = await import('../../client/src/networks/tree.ts');
const { volumeNodes } = await import('../../client/src/volumes/tree.ts');
const { images, loadImages } = await import('../../client/src/engine/images.ts');
const { loadNetworks, networks } = await import('../../client/src/engine/networks.ts');
const { loadUses, uses, volumeUses } = await import('../../client/src/engine/uses.ts');
const { loadVolumes, volumes } = await import('../../client/src/engine/volumes.ts');

const rounds = 9;

export type Docker = (...args: string[]) => Promise<void>;
type EngineResources = ReturnType<typeof createResources<EngineUser>>;

/** Neither filtered, nor sorted, nor grouped. */
function oneByOne<T>(things: readonly T[], node: NodeOf<T>) {
  return things.map((thing) => node(thing, false));
}

/** First paint, then a burst of events about as many things as there are, with what is asked of the engine for each. */
export async function allViews(user: Pick<Workbench, 'engine'> & EngineUser, docker: Docker): Promise<void> {
  const views = {
    containers: [
      ['ps', '--all'],
      [containers],
      (all: EngineResources) => containerNodes({ ...user, resources: all }),
    ],
    images: [
      ['images'],
      [images, uses],
      (all: EngineResources) => imageNodes({ ...user, resources: all }, oneByOne),
    ],
    volumes: [
      ['volume', 'ls'],
      [volumes, volumeUses],
      (all: EngineResources) => volumeNodes({ resources: all }, async () => new Map(), oneByOne),
    ],
    networks: [
      ['network', 'ls'],
      [networks, uses],
      (all: EngineResources) => networkNodes({ resources: all }, oneByOne),
    ],
  } as const;
  console.log(
    '\nThe command line, all of each at once, first paint and its share of the first, all of each after it, rows that say more then, rows that move then, a burst of 500 events, and its loads of each kind',
  );
  const whole: Readonly<Record<string, () => Promise<unknown>>> = {
    containers: () => loadContainers(user),
    images: () => loadImages(user),
    volumes: () => Promise.all([loadVolumes(user), loadUses(user)]),
    networks: () => Promise.all([loadNetworks(user), loadUses(user)]),
  };
  for (const [name, [command, kinds, nodesOf]] of Object.entries(views)) {
    const anew: number[] = [];
    const plain: number[] = [];
    const paint: number[] = [];
    const complete: number[] = [];
    let later: readonly [more: number, moved: number] = [0, 0];
    const burst: number[] = [];
    let loads: string[] = [];
    for (let round = 0; round < rounds; round++) {
      plain.push(await elapsed(() => docker(...command)));
      anew.push(await elapsed(async () => whole[name]?.()));
      loads = [];
      const noted = new Map(kinds.map((kind) => [kind.name, kind as ResourceKind<unknown, EngineUser>]));
      const resources = createResources(user, { limitMs: 120_000, tooLate: () => new Error('too late') });
      for (const kind of noted.values()) {
        resources.retain(kind);
        resources.onDidChange(kind, (change) =>
          loads.push(`${kind.name} ${change === 'all' ? 'all' : 'some'}`),
        );
      }
      const load = nodesOf(resources);
      let rest: Promise<readonly Node[]> | undefined;
      let rows: readonly Node[] = [];
      const start = performance.now();
      rows = await load(undefined, (promised) => {
        rest = promised;
      });
      paint.push(performance.now() - start);
      later = differences(rows, (await rest) ?? rows);
      complete.push(performance.now() - start);
      loads = [];
      const [first] = kinds;
      const own = (await resources.all(first as ResourceKind<unknown, EngineUser>)).map((thing) =>
        (first as ResourceKind<unknown, EngineUser>).idOf(thing),
      );
      const used = (await loadUses(user)).map(({ id }) => id);
      const kind = name.slice(0, -1);
      const events = Array.from({ length: 500 }, (_, index) =>
        index % 2
          ? { kind, action: 'update', id: own[index % own.length] ?? '' }
          : { kind: 'container', action: 'die', id: used[index % used.length] ?? '' },
      );
      burst.push(
        await elapsed(() => {
          resources.changed([], events);
          return Promise.all([load(), load()]);
        }),
      );
    }
    const ms = (taken: readonly number[]) => `${Math.round(median(taken))} ms`;
    const share = `${(median(paint) / median(plain)).toFixed(2)}×`;
    const words = [ms(plain), ms(anew), ms(paint), share, ms(complete), ...later.map(String), ms(burst)]
      .map((word) => word.padStart(10))
      .join('');
    console.log(`${name.padEnd(12)}${words}  ${loads.join(', ')}`);
  }
}

/** Between the first rows and those with all that is told of them. */
function differences(rows: readonly Node[], whole: readonly Node[]): readonly [more: number, moved: number] {
  const byId = new Map(whole.map((node) => [node.id, node]));
  return [
    rows.filter(({ id, description, color }) => {
      const now = byId.get(id);
      return now?.description !== description || now?.color !== color;
    }).length,
    rows.filter(({ id }, index) => whole[index]?.id !== id).length,
  ];
}
