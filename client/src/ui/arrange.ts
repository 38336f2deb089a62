// How the rows of a view stand: which of them, in which order, and under which heads. Without VS Code.
import type { Node } from './tree.ts';

/** A head that things stand under. */
export type Group = Pick<Node, 'id' | 'label' | 'icon'> &
  Pick<Partial<Node>, 'collapsed' | 'value' | 'longest'> & {
    /** Flags for menus, such as `repository;`. */
    readonly flags?: string;
    /** Where it stands below what has no head; those without one stand above it. */
    readonly rank?: number;
  };

/** What a head says of all under it. */
export type Sum = Pick<Partial<Node>, 'description' | 'color' | 'tooltip' | 'details'> & {
  readonly flags?: string;
};

/** As a choice, and in few letters beside the title of the view. */
type Named = { readonly title: string; readonly said: string };

export type Facets<T> = {
  /** What they are called, many of them: `containers`. */
  readonly things: string;
  /** The first one is the usual one, as with `groups`. */
  readonly sorts: Readonly<Record<string, Named & { compare(a: T, b: T): number }>>;
  readonly groups: Readonly<
    Record<
      string,
      Named & {
        of(thing: T): Group | undefined;
        /** Heads that nothing stands under yet, below all else. */
        more?(things: readonly T[]): readonly Node[];
      }
    >
  >;
  sum(things: readonly T[], group: Group, all: readonly T[]): Sum;
  /** What a filter looks at beside the label, where that is not the description. */
  words?(thing: T): string;
};

export type Arrangement = { readonly sort: string; readonly group: string; readonly filter: string };

export type NodeOf<T> = (thing: T, isGrouped: boolean) => Node;
/** Makes the nodes of a view out of what it shows. */
export type ArrangeNodes<T> = (things: readonly T[], node: NodeOf<T>) => readonly Node[];

const toggle = 'list.toggleExpand';
const names = new Intl.Collator(undefined, { numeric: true });
export const byText = names.compare;
/** By seconds, which is what all lists tell. */
export const byDate = (a: Date | undefined, b: Date | undefined) => seconds(b) - seconds(a);
const seconds = (date: Date | undefined) => Math.floor((date?.getTime() ?? 0) / 1000);

/** What is kept of an arrangement, or the usual one where it names what there is not. */
export function arrangementOf(facets: Facets<never>, kept: unknown): Arrangement {
  const { sort, group, filter } = (kept ?? {}) as Readonly<Record<string, unknown>>;
  return {
    sort: known(facets.sorts, sort),
    group: known(facets.groups, group),
    filter: typeof filter === 'string' ? filter.trim() : '',
  };
}

function known(of: Readonly<Record<string, unknown>>, name: unknown): string {
  return typeof name === 'string' && Object.hasOwn(of, name) ? name : (Object.keys(of)[0] ?? '');
}

/** Whether each word of a filter is somewhere in a text. */
export function matches(filter: string, text: string): boolean {
  const within = text.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => within.includes(word));
}

export function arrange<T>(
  things: readonly T[],
  nodeOf: NodeOf<T>,
  facets: Facets<T>,
  { sort, group, filter }: Arrangement,
): { readonly nodes: readonly Node[]; readonly shown: number } {
  const headOf = facets.groups[group]?.of;
  const placed = things
    .map((thing) => {
      const head = headOf?.(thing);
      return { thing, head, node: nodeOf(thing, head !== undefined) };
    })
    .filter(({ thing, head, node }) => {
      const words = facets.words?.(thing) ?? node.description;
      return matches(filter, `${node.label} ${words ?? ''} ${head?.label ?? ''}`);
    })
    .sort((a, b) => facets.sorts[sort]?.compare(a.thing, b.thing) ?? 0);
  const alone: Node[] = [];
  const heads = new Map<string, { readonly head: Group; readonly things: T[]; readonly nodes: Node[] }>();
  for (const { thing, head, node } of placed) {
    if (!head) {
      alone.push(node);
      continue;
    }
    const under = heads.get(head.id) ?? { head, things: [], nodes: [] };
    heads.set(head.id, under);
    under.things.push(thing);
    under.nodes.push(node);
  }
  const groups = [...heads.values()].map(({ head, things: under, nodes }) => ({
    rank: head.rank ?? 0,
    node: headNode(head, nodes, facets.sum(under, head, things)),
  }));
  if (sort === 'name') groups.sort((a, b) => byText(a.node.label, b.node.label));
  groups.sort((a, b) => a.rank - b.rank);
  const above = groups.filter(({ rank }) => !rank).map(({ node }) => node);
  const below = groups.filter(({ rank }) => rank).map(({ node }) => node);
  const more = (facets.groups[group]?.more?.(things) ?? []).filter((node) => matches(filter, wordsOf(node)));
  return { nodes: [...above, ...alone, ...below, ...more], shown: placed.length };
}

const wordsOf = ({ label, description = '', children = [] }: Node): string =>
  [label, description, ...(Array.isArray(children) ? children.map(wordsOf) : [])].join(' ');

function headNode({ flags, rank, ...head }: Group, children: readonly Node[], sum: Sum): Node {
  const { flags: more, ...said } = sum;
  const context = `;group;${flags ?? ''}${more ?? ''}`;
  return { ...head, ...said, context, keys: { logs: toggle, inspect: toggle }, children };
}
