import { type Action, type ActionTable, viewOf } from '../../client/src/ui/actions.ts';

type Entry = { readonly command?: string; readonly submenu?: string; readonly [key: string]: unknown };
type Manifest = {
  contributes: {
    commands: Entry[];
    menus: Record<string, Entry[]>;
    keybindings?: Entry[];
    submenus?: { readonly id: string; readonly label: string }[];
  };
};

/** package.json with the commands, menus and keys of the tables made anew; those of others stay as they are. */
export function renderActions(manifest: string, tables: readonly ActionTable[]): string {
  const parsed = JSON.parse(manifest) as Manifest;
  const { contributes } = parsed;
  for (const table of tables) {
    const actions = Object.entries<Action>(table.actions);
    const submenus = Object.entries(table.submenus ?? {});
    const ids = new Set([
      ...actions.map(([name]) => idOf(table, name)),
      ...submenus.map(([name]) => submenuOf(table, name)),
    ]);
    const isOurs = ({ command, submenu }: Entry) => ids.has(command ?? submenu ?? '');
    const replaced = (entries: readonly Entry[], made: readonly Entry[]) => {
      const at = entries.findIndex(isOurs);
      const others = entries.filter((entry) => !isOurs(entry));
      return at < 0 ? [...others, ...made] : [...others.slice(0, at), ...made, ...others.slice(at)];
    };
    contributes.commands = replaced(
      contributes.commands,
      actions.map(([name, { icon }]) => ({
        command: idOf(table, name),
        title: `%command.${table.room}.${name}%`,
        category: 'Wheelhouse',
        icon: `$(${icon})`,
        enablement: 'isWorkspaceTrusted',
      })),
    );
    const menu = 'view/item/context';
    contributes.menus[menu] = replaced(contributes.menus[menu] ?? [], [
      ...actions.flatMap(([name, { inline, on, but }]) =>
        inline ? [item(table, name, inline.on ?? on, `inline@${inline.at}`, but)] : [],
      ),
      ...actions.flatMap(([name, { menu: group, on, under, direct, but }]) => {
        const inMenu = under ? direct : on;
        return inMenu ? [item(table, name, inMenu, group, but)] : [];
      }),
      ...submenus.map(([name, { on, menu: group }]) => ({
        submenu: submenuOf(table, name),
        when: whenOf(table, on),
        group,
      })),
    ]);
    for (const id of new Set([
      ...submenus.map(([name]) => submenuOf(table, name)),
      ...actions.flatMap(([, { under }]) => (under ? [submenuOf(table, under)] : [])),
    ])) {
      const inside = actions.filter(([, { under }]) => under && submenuOf(table, under) === id);
      contributes.menus[id] = replaced(
        contributes.menus[id] ?? [],
        // What stands in the menu itself is not in the submenu as well.
        inside.map(([name, { menu: group, on, direct }]) => item(table, name, on, group, direct)),
      );
    }
    contributes.submenus = [
      ...(contributes.submenus ?? []).filter(({ id }) => !ids.has(id)),
      ...submenus.map(([name]) => ({ id: submenuOf(table, name), label: `%submenu.${name}%` })),
    ];
    contributes.menus.commandPalette = replaced(
      contributes.menus.commandPalette ?? [],
      actions.flatMap(([name, { needsNode }]) =>
        needsNode ? [{ command: idOf(table, name), when: 'false' }] : [],
      ),
    );
    contributes.keybindings = replaced(
      contributes.keybindings ?? [],
      actions.flatMap(([name, { key }]) => {
        const when = `focusedView == ${viewOf(table)} && listFocus && !inputFocus`;
        const args = [{ $treeViewId: viewOf(table), $focusedTreeItem: true }, { selection: true }];
        return key ? [{ command: idOf(table, name), ...key, when, args }] : [];
      }),
    );
  }
  return `${JSON.stringify(parsed, null, 2)}\n`;
}

function idOf(table: ActionTable, name: string): string {
  return `wheelhouse.${table.room}.${name}`;
}

/** Of a view, as tables of several rooms can be in one. */
function submenuOf(table: ActionTable, name: string): string {
  return `${viewOf(table)}.${name}Menu`;
}

function item(table: ActionTable, name: string, flag: string, group: string, but?: string): Entry {
  return {
    command: idOf(table, name),
    when: `${whenOf(table, flag)}${but ? ` && !(viewItem =~ /;${but};/)` : ''}`,
    group,
  };
}

function whenOf(table: ActionTable, flag: string): string {
  const { room, view = room, alsoIn } = table;
  const where = alsoIn
    ? `view =~ /^wheelhouse\\.(${[view, ...alsoIn].join('|')})$/`
    : `view == ${viewOf(table)}`;
  return `${where} && viewItem =~ /;${flag};/`;
}
