import { type Action, type ActionTable, viewOf } from '../../client/src/ui/actions.ts';

type Entry = { readonly command: string; readonly [key: string]: unknown };
type Manifest = {
  contributes: {
    commands: Entry[];
    menus: Record<string, Entry[]>;
    keybindings?: Entry[];
  };
};

/** package.json with the commands, menus and keys of the tables made anew; those of others stay as they are. */
export function renderActions(manifest: string, tables: readonly ActionTable[]): string {
  const parsed = JSON.parse(manifest) as Manifest;
  const { contributes } = parsed;
  for (const table of tables) {
    const actions = Object.entries<Action>(table.actions);
    const ids = new Set(actions.map(([name]) => idOf(table, name)));
    const replaced = (entries: readonly Entry[], made: readonly Entry[]) => {
      const at = entries.findIndex(({ command }) => ids.has(command));
      const others = entries.filter(({ command }) => !ids.has(command));
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
      ...actions.flatMap(([name, { inline, on }]) =>
        inline ? [item(table, name, inline.on ?? on, `inline@${inline.at}`)] : [],
      ),
      ...actions.map(([name, { menu: group, on, one }]) => item(table, name, on, group, one)),
    ]);
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
        const args = { $treeViewId: viewOf(table), $focusedTreeItem: true, selection: true };
        return key ? [{ command: idOf(table, name), ...key, when, args }] : [];
      }),
    );
  }
  return `${JSON.stringify(parsed, null, 2)}\n`;
}

function idOf(table: ActionTable, name: string): string {
  return `wheelhouse.${table.room}.${name}`;
}

function item(table: ActionTable, name: string, flag: string, group: string, one?: true): Entry {
  const { room, view = room, alsoIn } = table;
  const where = alsoIn
    ? `view =~ /^wheelhouse\\.(${[view, ...alsoIn].join('|')})$/`
    : `view == ${viewOf(table)}`;
  const only = one ? ' && !listMultiSelection' : '';
  const when = `${where} && viewItem =~ /;${flag};/${only}`;
  return { command: idOf(table, name), when, group };
}
