// Commands in the title of a view. VS Code gives them the row that has the focus (extHostTreeViews.ts, `$focusedTreeItem`), of
// which nobody thinks who presses a button above all rows.

type Manifest = {
  readonly contributes?: {
    readonly menus?: Readonly<
      Record<string, readonly { readonly command?: string; readonly submenu?: string }[]>
    >;
  };
};

/** A command that stands at rows as well has an id of its own in titles. */
export const inTitle = (id: string) => `${id}.title`;

/** The commands that are in titles and at no row. */
export function titleOnly(manifest: Manifest | undefined): ReadonlySet<string> {
  const { menus = {} } = manifest?.contributes ?? {};
  const of = (menu: string) => (menus[menu] ?? []).flatMap(({ command }) => command ?? []);
  const rows = 'view/item/context';
  const atRows = new Set([rows, ...(menus[rows] ?? []).flatMap(({ submenu }) => submenu ?? [])].flatMap(of));
  return new Set(of('view/title').filter((id) => !atRows.has(id)));
}
