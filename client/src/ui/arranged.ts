// The arrangement of a view as a person chooses it: by one question, remembered for the workspace, and said by the view.
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { failed } from '../runtime/failures.ts';
import { type Arrangement, type ArrangeNodes, arrange, arrangementOf, type Facets } from './arrange.ts';
import { ask, type Choice } from './pickers.ts';
import type { Node, Tree } from './tree.ts';
import type { Workbench } from './workbench.ts';

export type Arranged<T> = {
  readonly nodes: ArrangeNodes<T>;
  /** The name of the order that is chosen. */
  sort(): string;
  /** The view that shows them. */
  shownIn(tree: Tree): void;
  /** Shows what a filter hides. */
  showAll(): Promise<void>;
};

type Request = { readonly sort?: unknown; readonly group?: unknown; readonly filter?: unknown };

/** Registers the commands `arrange`, `filter` and `clearFilter` of a room. */
export function createArranged<T>(
  workbench: Pick<Workbench, 'memory' | 'command'>,
  room: string,
  title: string,
  facets: Facets<T>,
): Arranged<T> {
  const key = `arrangement.${room}`;
  let tree: Tree | undefined;
  let now = arrangementOf(facets, workbench.memory.get(key));
  const say = (shown = 0, all?: number) => {
    void vscode.commands.executeCommand('setContext', `wheelhouse.filtered.${room}`, now.filter !== '');
    const usual = arrangementOf(facets, {});
    const words = [
      now.group === usual.group ? undefined : facets.groups[now.group]?.said,
      now.sort === usual.sort ? undefined : facets.sorts[now.sort]?.said,
    ];
    tree?.say({
      description: words.filter(Boolean).join(' · '),
      message: now.filter && all !== undefined ? t('{0} of {1} match “{2}”.', shown, all, now.filter) : '',
    });
  };
  const change = async (changes: Partial<Arrangement>) => {
    now = arrangementOf(facets, { ...now, ...changes });
    await workbench.memory.update(key, now);
    say();
    // Nothing happened in the engine.
    tree?.refresh([]);
    return now;
  };
  const askFilter = async () => {
    const answers = await ask(title, [
      () => ({
        key: 'filter',
        kind: 'input',
        title: t('Filter'),
        prompt: t('Shows the rows that hold each of these words. With nothing it shows all.'),
        value: now.filter,
      }),
    ]);
    return typeof answers?.filter === 'string' ? change({ filter: answers.filter }) : undefined;
  };

  workbench.command(`wheelhouse.${room}.arrange`, async (argument) => {
    const changes = requested(facets, (argument ?? {}) as Request);
    if (Object.keys(changes).length) return change(changes);
    const answers = await ask(title, [
      () => ({ key: 'what', kind: 'pick', title: t('Arrange'), choices: choicesOf(facets, now) }),
    ]);
    if (answers?.what === 'filter') return askFilter();
    const [what, name] = String(answers?.what ?? '').split(' ');
    return what ? change({ [what]: name ?? '' }) : undefined;
  });
  workbench.command(`wheelhouse.${room}.filter`, async (argument) => {
    const { filter } = (argument ?? {}) as Request;
    return typeof filter === 'string' ? change({ filter }) : askFilter();
  });
  workbench.command(`wheelhouse.${room}.clearFilter`, () => change({ filter: '' }));

  return {
    nodes(things, node) {
      const { nodes, shown } = arrange(things, node, facets, now);
      say(shown, things.length);
      return things.length && !nodes.length ? [noMatch(room, facets, now.filter)] : nodes;
    },
    sort: () => now.sort,
    shownIn(view) {
      tree = view;
    },
    async showAll() {
      if (now.filter) await change({ filter: '' });
    },
  };
}

function choicesOf<T>({ sorts, groups }: Facets<T>, now: Arrangement): readonly Choice[] {
  const offered = (what: 'group' | 'sort', of: Facets<T>['groups'] | Facets<T>['sorts']) =>
    Object.entries(of).map(([name, { title }]) => ({
      label: title,
      description: now[what] === name ? t('as now') : undefined,
      value: `${what} ${name}`,
    }));
  const filter = {
    label: t('Filter…'),
    description: now.filter ? `“${now.filter}”` : undefined,
    value: 'filter',
  };
  return [
    ...offered('group', groups),
    ...offered('sort', sorts),
    filter,
    ...(now.filter ? [{ label: t('Clear Filter'), value: 'filter ' }] : []),
  ];
}

/** What an options object asks for. */
function requested<T>({ sorts, groups }: Facets<T>, { sort, group, filter }: Request): Partial<Arrangement> {
  const pick = (of: Readonly<Record<string, unknown>>, name: unknown) => {
    if (name === undefined) return undefined;
    if (typeof name === 'string' && Object.hasOwn(of, name)) return name;
    throw failed({
      id: 'unknown-arrangement',
      message: t('This view cannot be arranged by {0}.', String(name)),
      remedy: t('Name one of these: {0}.', Object.keys(of).join(', ')),
    });
  };
  const changes = {
    sort: pick(sorts, sort),
    group: pick(groups, group),
    filter: typeof filter === 'string' ? filter : undefined,
  };
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

/** In place of the rows, so that the view does not say that there is nothing. */
function noMatch<T>(room: string, { things }: Facets<T>, filter: string): Node {
  const command = `wheelhouse.${room}.clearFilter`;
  return {
    id: 'no-match',
    label: t('None of the {0} matches “{1}”', things, filter),
    description: t('Clear Filter'),
    icon: 'filter',
    context: ';nomatch;',
    keys: { logs: command, inspect: command },
    open: { command, title: t('Clear Filter') },
  };
}
