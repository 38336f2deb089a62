// What can be done with the things of a view, as data: package.json's commands, menus and keys are made from it
// (server/tools/actions-manifest.ts), so that what a menu offers and what the code does cannot differ.

export type Action = {
  /** A codicon. */
  readonly icon: string;
  /** The flag of a node that it is for, or a pattern of several; see `Node.context`. */
  readonly on: string;
  /** The flag of nodes that have something of their own for it. */
  readonly but?: string;
  /** Its group in the context menu, and its place there. */
  readonly menu: `${string}@${number}`;
  /** The submenu that it is in, where `menu` is its place then; one of `submenus` of a table of the same view. */
  readonly under?: string;
  /** Nodes that have it in their menu itself: it is what they are for, or a submenu would be all that they have. */
  readonly direct?: string;
  /** Where it has a button in the row: its place there, and the flag of the nodes whose row has it, if not all. */
  readonly inline?: { readonly at: number; readonly on?: string };
  /**
   * Does something with one thing only: the row that was clicked, also where several are selected. VS Code tells menus how many
   * are, and not whether the row is one of them (`listMultiSelection`), so that hidden it would miss at another row as well.
   */
  readonly one?: true;
  /** Means nothing without a node, so the command palette does not have it. */
  readonly needsNode?: true;
  /** A key while the view has the focus, and the one of a Mac where that differs. */
  readonly key?: { readonly key: string; readonly mac?: string };
};

export type ActionTable<Id extends string = string> = {
  /** As in its ids: the action `start` of `containers` is the command `wheelhouse.containers.start`. */
  readonly room: string;
  /** The room in whose view they are, where that is another. */
  readonly view?: string;
  /** Further rooms in whose views they are. */
  readonly alsoIn?: readonly string[];
  /** By their names: the nodes that have it in their menu, and its place there. It is called `submenu.NAME`. */
  readonly submenus?: Readonly<Record<string, Pick<Action, 'on' | 'menu'>>>;
  readonly actions: Readonly<Record<Id, Action>>;
};

export const viewOf = ({ room, view = room }: Pick<ActionTable, 'room' | 'view'>) => `wheelhouse.${view}`;

/**
 * What a key hands to its command, behind the row with the focus: VS Code puts that in the place of what the titles of views
 * hand over, and keys are given the same (extHostTreeViews.ts, `$focusedTreeItem`), or nothing while it reads the rows anew.
 */
export type OfSelection = { readonly selection: true };
