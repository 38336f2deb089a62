// The base of every view: a function that loads nodes, drawn with stable ids.
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { EngineEvent } from '../engine/events.ts';
import { failureOf } from '../runtime/failures.ts';
import type { OfSelection } from './actions.ts';
import { createBadge } from './badge.ts';
import { failedNode } from './failed-node.ts';
import { asText, type Markdown } from './plain-text.ts';
import { tooltip } from './say.ts';
import { settle } from './settle.ts';
import { shortened } from './short.ts';
import { isNodeShaped, isVouched, vouch } from './vouched.ts';

export type Node<V = unknown> = {
  /** Stable across refreshes and free of status text, so that selection and expansion survive. */
  readonly id: string;
  readonly label: string;
  /** As many letters of the label as leave a narrow view room for what stands beside it. */
  readonly longest?: number;
  readonly description?: string;
  readonly tooltip?: Markdown;
  /** A tooltip made when somebody points at the node, for what costs a call. */
  readonly details?: () => Promise<Markdown>;
  readonly icon: string;
  /** A theme colour such as `charts.green`; words carry the meaning, colour supports it. */
  readonly color?: string;
  /** Flags such as `;image;tagged;`, matched by menus with a regular expression. */
  readonly context: string;
  readonly uri?: vscode.Uri;
  /** A function is called when the node is expanded. */
  readonly children?: readonly Node<V>[] | (() => Promise<readonly Node<V>[]>);
  readonly collapsed?: boolean;
  readonly open?: vscode.Command;
  /** Where it is of another room than its view: the command that an action of the view with a key comes to here. */
  readonly keys?: Readonly<Record<string, string>>;
  /** What commands on this node work with. */
  readonly value?: V;
};

const selectCommand = 'wheelhouse.selectRow';

/**
 * For rows that are selected by several and have more below: a click then opens them by their arrow alone, as VS Code does
 * with rows that have a command (treeView.ts, `expandOnlyOnTwistieClick`). Opened by a click, what is below the first would
 * be among the selected ones, and a menu for all of those has nothing.
 */
export const selectOnly: vscode.Command = { command: selectCommand, title: '' };
export const registerSelectOnly = () => vscode.commands.registerCommand(selectCommand, () => {});

/**
 * Loads what stands at the top of a view. With events only what they tell of has changed since the last load, which
 * is nothing but the time where there are none of them. While no rows are drawn it is given `later`, for what comes into
 * the rows that it returns.
 */
export type LoadNodes<V = unknown> = (
  events?: readonly EngineEvent[],
  later?: Later,
) => Promise<readonly Node<V>[]>;

/** Takes the same rows with all that can be told of them. */
export type Later = (rest: Promise<readonly Node[]>) => void;

export type NodeChange = Pick<Node, 'id'> & Partial<Node>;

export type Tree = vscode.Disposable & {
  refresh(events?: readonly EngineEvent[]): void;
  /** Draws some nodes anew, with what has changed of them, and nothing else; those that are not there are left out. */
  patch(changes: readonly NodeChange[]): void;
  /** What a command is for: as given by a menu, or the selection of the view where a key says so. */
  meant(argument?: unknown, selection?: unknown): readonly [argument?: unknown, selection?: unknown];
  /**
   * Waits where a key names the selection alone while VS Code knows none of its rows: it forgets them all when the view is drawn
   * anew, until it has asked for them again.
   */
  settled(argument?: unknown): Promise<void>;
  /** Draws what is below these nodes anew, and nothing else, so that the view keeps its selection meanwhile. */
  redraw(ids: readonly string[]): void;
  /** Shows a node that is drawn without being asked for, opened and with the focus. */
  reveal(id: string): Promise<void>;
  /** Says that something failed, for as long as nobody has looked at the view. */
  flag(id: string, words: string): void;
  /** What the view says beside its title, and above its rows. */
  say(words: { readonly description: string; readonly message: string }): void;
};

export type TreeOptions = {
  /** Called while the view is visible; what it returns is called when the view hides. */
  readonly whileVisible?: () => (() => void) | undefined;
  /** Commands get the whole selection as their second argument. */
  readonly selectMany?: boolean;
  /** Takes files of this machine that are dropped onto a node. */
  readonly drop?: (node: Node, files: readonly string[]) => unknown;
  /** Called with what happened in the engine, also while the view is hidden and somebody else follows it. */
  readonly heard?: (events: readonly EngineEvent[]) => void;
  /** Called where a node that is to be shown is none of those that the view shows. */
  readonly showAll?: () => Promise<void>;
  /** The view says how long ago something was, and draws that anew while it is visible. */
  readonly tellsAges?: boolean;
};

const agesMs = 60_000;
const lookMs = 10_000;
const longestLabel = 300;
/** So long after it was drawn anew VS Code may still ask for rows of a view, one closed group after the other. */
const forgottenMs = 1_500;
const waitMs = 20;

export function createTree(viewId: string, load: LoadNodes, options: TreeOptions = {}): Tree {
  const changed = new vscode.EventEmitter<Node[] | undefined>();
  /** The very objects that VS Code knows the nodes by. */
  const drawn = new Map<string, Node>();
  let looked: { readonly node: Node; readonly until: number } | undefined;
  let release: (() => void) | undefined;
  let clock: NodeJS.Timeout | undefined;
  let next: 'all' | readonly EngineEvent[] | undefined;
  /** One load after the other, as each goes on from the last. */
  let loading: Promise<unknown> = Promise.resolve();
  let turns = 0;
  /** Loads that VS Code has not asked for: one that goes on, and the last one that is not taken yet. */
  let running: Promise<readonly Node[]> | undefined;
  let ready: Promise<readonly Node[]> | undefined;
  /** Rows with all that is told of them stay until all is known of the next ones. */
  let hasRows = false;
  let redrawnAt = Number.NEGATIVE_INFINITY;
  const redrawAll = () => {
    redrawnAt = performance.now();
    changed.fire(undefined);
  };
  const loadNext = () => {
    const events = next === 'all' ? undefined : next;
    next = undefined;
    const turn = ++turns;
    let rest: Promise<readonly Node[]> | undefined;
    const later: Later = (promised) => {
      rest = promised;
    };
    const nodes = loading.then(() => load(events, hasRows ? undefined : later));
    loading = nodes.then(
      (rows) => {
        if (rest) void complete(turn, rows, rest);
        else hasRows = rows.length > 0;
      },
      () => undefined,
    );
    return nodes;
  };
  const complete = async (turn: number, rows: readonly Node[], rest: Promise<readonly Node[]>) => {
    const told = await rest.catch(() => undefined);
    // A later load has rows of its own.
    if (turn !== turns) return;
    hasRows = true;
    const changes = told && settle(rows, told);
    // Where not all could be told, the load that is made now says why.
    if (!changes) return refresh([]);
    know(rows, undefined);
    const shown = changes.filter((node) => drawn.get(node.id) === node);
    if (shown.length) changed.fire(shown);
  };
  const refresh = (told?: readonly EngineEvent[]) => {
    // While it is hidden it is told of some only, which somebody else follows.
    const events = view.visible ? told : undefined;
    next = !events || next === 'all' ? 'all' : [...(next ?? []), ...events];
    if (!drawn.size || !view.visible) redrawAll();
    else if (!running) void readAhead();
  };
  /**
   * Told that all has changed, VS Code forgets every row until it is given the next ones, and an action of a menu that is
   * open meanwhile is for no row. So the next ones are read before.
   */
  const readAhead = async () => {
    while (next !== undefined) {
      const nodes = loadNext();
      running = nodes;
      await nodes.catch(() => undefined);
      // Where it was asked for meanwhile, it is drawn by now.
      if (running !== nodes) continue;
      running = undefined;
      ready = nodes;
      redrawAll();
    }
  };
  const takeNext = () => {
    const nodes = running ?? ready ?? loadNext();
    running = undefined;
    ready = undefined;
    return nodes;
  };

  /**
   * What was read below a node. VS Code asks for it again with each change of the row, which says nothing of what is below;
   * while it waits, it knows none of those rows, and a key that comes then would mean nothing.
   */
  let below = new WeakMap<Node, Promise<Node[]>>();
  const parents = new WeakMap<Node, Node>();
  /** Those that may be drawn at any time without being asked for, as what is in a group that is closed. */
  const known = new Map<string, Node>();
  const know = (nodes: readonly Node[], parent: Node | undefined) => {
    for (const node of nodes) {
      known.set(node.id, vouch(node));
      if (parent) parents.set(node, parent);
      if (Array.isArray(node.children)) know(node.children, node);
    }
  };
  const placed = (nodes: readonly Node[], parent: Node | undefined) => {
    if (!parent) {
      redrawnAt = performance.now();
      drawn.clear();
      known.clear();
      below = new WeakMap();
    }
    know(nodes, parent);
    for (const node of nodes) drawn.set(node.id, node);
    return [...nodes];
  };

  const readAnew = (node: Node) => {
    below.delete(node);
    if (Array.isArray(node.children)) node.children.forEach(readAnew);
  };

  const readBelow = async (node: Node | undefined, children: () => Promise<readonly Node[]>) => {
    try {
      return placed(await children(), node);
    } catch (error) {
      if (node) below.delete(node);
      // Where the engine is the trouble, the welcome content of an empty view says so, with its buttons.
      const isWelcome = !node && failureOf(error)?.id.startsWith('engine-');
      return placed(isWelcome ? [] : [failedNode(viewId, error, node?.id)], node);
    }
  };

  const view = vscode.window.createTreeView<Node>(viewId, {
    showCollapseAll: true,
    canSelectMany: options.selectMany,
    dragAndDropController: options.drop && dropping(options.drop),
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: treeItem,
      getParent: (node) => parents.get(node),
      async resolveTreeItem(item, node) {
        looked = { node, until: Date.now() + lookMs };
        const details = await node.details?.().catch(() => undefined);
        if (details) item.tooltip = tooltip(details);
        return item;
      },
      async getChildren(node) {
        const children = node ? (node.children ?? []) : takeNext;
        if (typeof children !== 'function') return placed(children, node);
        const before = node && below.get(node);
        if (before) return before;
        const read = readBelow(node, children);
        if (node) below.set(node, read);
        return read;
      },
    },
  });
  // VS Code forgets the rows that are selected while it reads what is above them anew.
  let chosen: readonly string[] = view.selection.map(({ id }) => id);
  view.onDidChangeSelection(({ selection }) => {
    chosen = selection.map(({ id }) => id);
  });
  const badge = createBadge(view);
  const follow = (visible: boolean) => {
    if (visible) {
      release ??= options.whileVisible?.();
      if (options.tellsAges) clock ??= setInterval(() => refresh([]), agesMs);
      return;
    }
    release?.();
    release = undefined;
    clearInterval(clock);
    clock = undefined;
  };
  view.onDidChangeVisibility(({ visible }) => {
    follow(visible);
    // While hidden nothing was followed, so what is drawn may be old.
    if (visible) refresh();
  });
  follow(view.visible);

  return {
    redraw(ids) {
      const nodes = ids.flatMap((id) => drawn.get(id) ?? []);
      nodes.forEach(readAnew);
      if (nodes.length) changed.fire(nodes);
    },
    async reveal(id) {
      if (!known.size) placed(await loadNext(), undefined);
      if (!known.has(id) && options.showAll) {
        await options.showAll();
        placed(await loadNext(), undefined);
      }
      const node = known.get(id);
      if (node) await view.reveal(node, { select: true, focus: true, expand: true });
    },
    flag: badge.flag,
    say({ description, message }) {
      view.description = description && asText(description, longestLabel);
      view.message = message && asText(message, longestLabel);
    },
    refresh(events) {
      // A folder trusted meanwhile may be followed now.
      follow(view.visible);
      if (events?.length) options.heard?.(events);
      refresh(events);
    },
    patch(changes) {
      const patched = changes.flatMap(({ id, ...change }) => {
        const node = known.get(id) ?? drawn.get(id);
        if (node) Object.assign(node, change);
        return node && drawn.get(id) === node ? [node] : [];
      });
      // Drawn anew, a row loses the tooltip that somebody reads; it is drawn with what changes later.
      const shown = patched.filter((node) => node !== looked?.node || Date.now() > looked.until);
      if (shown.length) changed.fire(shown);
    },
    async settled(argument) {
      const isForgotten = () => chosen.length + view.selection.length === 0;
      while (isKeyAlone(argument) && isForgotten() && performance.now() - redrawnAt < forgottenMs)
        await sleep(waitMs);
    },
    meant(argument, selection) {
      const [focused, ofKey] = keyOf(argument);
      if (isKeyAlone(argument)) {
        const before = chosen.flatMap((id) => drawn.get(id) ?? known.get(id) ?? []);
        const nodes = before.length > view.selection.length ? before : view.selection;
        return [nodes[0], nodes];
      }
      const node = isOfSelection(ofKey) ? focused : argument;
      // A key names the row with the focus alone: among the selected ones it stands for all of them.
      const isOne = selection === undefined && isNode(node) && view.selection.includes(node);
      return [node, isOne ? view.selection : selection];
    },
    dispose() {
      follow(false);
      badge.dispose();
      view.dispose();
      changed.dispose();
    },
  };
}

/** A key tells the row with the focus, where VS Code knows it, and that the selection is meant. */
const keyOf = (argument: unknown): readonly unknown[] =>
  Array.isArray(argument) ? argument : [undefined, argument];

const isKeyAlone = (argument: unknown) => {
  const [focused, ofKey] = keyOf(argument);
  return isOfSelection(ofKey) && !isNode(focused);
};

const isOfSelection = (argument: unknown) =>
  (argument as Partial<OfSelection> | undefined)?.selection === true;

const uriList = 'text/uri-list';

function dropping(drop: NonNullable<TreeOptions['drop']>): vscode.TreeDragAndDropController<Node> {
  return {
    dragMimeTypes: [],
    dropMimeTypes: [uriList, 'files'],
    async handleDrop(node, data) {
      const listed = (await data.get(uriList)?.asString()) ?? '';
      const uris = listed.split(/\r?\n/).flatMap((line) => (line ? [vscode.Uri.parse(line)] : []));
      for (const [, item] of uris.length ? [] : data)
        uris.push(...(item.asFile()?.uri ? [item.asFile()?.uri as vscode.Uri] : []));
      const files = uris.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
      if (node) await drop(node, files);
    },
  };
}

function treeItem(node: Node): vscode.TreeItem {
  const lazy = typeof node.children === 'function';
  const state =
    !node.children?.length && !lazy
      ? vscode.TreeItemCollapsibleState.None
      : node.collapsed || lazy
        ? vscode.TreeItemCollapsibleState.Collapsed
        : vscode.TreeItemCollapsibleState.Expanded;
  const name = asText(node.label, longestLabel);
  const label = node.longest === undefined ? name : shortened(name, node.longest);
  const description = node.description === undefined ? undefined : asText(node.description, longestLabel);
  const item = new vscode.TreeItem(label, state);
  item.id = node.id;
  item.description = description;
  item.tooltip = node.tooltip && tooltip(node.tooltip);
  item.iconPath = new vscode.ThemeIcon(node.icon, node.color ? new vscode.ThemeColor(node.color) : undefined);
  item.contextValue = node.context;
  item.command = node.open;
  item.accessibilityInformation = { label: [name, description].filter(Boolean).join(', ') };
  return item;
}

/** Whether a command's argument is a node of ours, and not only like one; menus pass those, keybindings cannot. */
export function isNode(argument: unknown): argument is Node {
  return isVouched(argument) && typeof argument === 'object' && argument !== null && isNodeShaped(argument);
}
