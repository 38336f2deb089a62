// How the containers of the view can stand.
import { t } from '@vscode/l10n';
import type { Usage } from '../engine/stats.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { byDate, byText, type Facets, type Group, type Sum } from '../ui/arrange.ts';
import { code, facts, joined, plain } from '../ui/plain-text.ts';
import type { Node } from '../ui/tree.ts';
import { formatMemory } from '../ui/words.ts';
import { byState, composeProject, hasFailed, isActive, stateWords } from './model.ts';

/** What commands on a Compose project work with, as its containers tell: its files and its folder may be of another machine. */
export type ComposeProjectValue = {
  readonly composeProject: string;
  readonly files?: string;
  readonly folder?: string;
};

/** Orders that rest on figures, which come only after the rows. */
export const figureSorts: readonly string[] = ['memory', 'cpu'];

type Latest = (id: string) => Usage | undefined;

/** Projects that are not up, beside those that are. */
export type Waiting = (up: readonly { readonly name: string; readonly folder?: string }[]) => readonly Node[];

export function containerFacets(
  latest: Latest = () => undefined,
  waiting: Waiting = () => [],
): Facets<ContainerDetails> {
  const most = (of: (usage: Usage) => number | undefined) => {
    const figure = ({ id }: ContainerDetails) => {
      const usage = latest(id);
      return (usage && of(usage)) ?? -1;
    };
    return (a: ContainerDetails, b: ContainerDetails) => figure(b) - figure(a);
  };
  return {
    things: t('containers'),
    sorts: {
      state: { title: t('Sort by State'), said: t('by state'), compare: byState },
      name: { title: t('Sort by Name'), said: t('by name'), compare: (a, b) => byText(a.name, b.name) },
      newest: {
        title: t('Sort by Age, Newest First'),
        said: t('newest first'),
        compare: (a, b) => byDate(a.created, b.created),
      },
      memory: {
        title: t('Sort by Memory'),
        said: t('by memory'),
        compare: most(({ memory }) => memory),
      },
      cpu: { title: t('Sort by CPU'), said: t('by CPU'), compare: most(({ cpu }) => cpu) },
    },
    groups: {
      compose: {
        title: t('Group by Compose Project'),
        said: t('by project'),
        of: projectGroup,
        more: (all) => waiting(all.flatMap((one) => composeProject(one) ?? [])),
      },
      image: {
        title: t('Group by Image'),
        said: t('by image'),
        of: ({ image }) => ({ id: `group:image:${image}`, label: image, icon: 'layers', longest: 26 }),
      },
      state: { title: t('Group by State'), said: t('by state'), of: stateGroup },
      none: { title: t('Do Not Group'), said: t('not grouped'), of: () => undefined },
    },
    sum: (containers, group) => sumOf(containers, group, latest),
    // Figures come and go while a container runs.
    words: (container) => stateWords(container),
  };
}

function projectGroup(container: ContainerDetails): Group | undefined {
  const project = composeProject(container);
  if (!project) return undefined;
  const { name, files, folder } = project;
  return {
    id: `group:compose:${name}`,
    label: name,
    icon: 'server-environment',
    longest: 26,
    flags: 'composeproject;',
    value: { composeProject: name, files, folder } satisfies ComposeProjectValue,
  };
}

function stateGroup(container: ContainerDetails): Group {
  const [id, label, rank] = stateOf(container);
  return { id: `group:state:${id}`, label, icon: 'pulse', rank };
}

function stateOf(container: ContainerDetails): readonly [id: string, label: string, rank: number] {
  if (hasFailed(container)) return ['failed', t('Failed'), 1];
  if (container.status === 'running') return ['running', t('Running'), 2];
  if (isActive(container)) return ['paused', t('Paused or Restarting'), 3];
  return container.finished ? ['ended', t('Ended'), 4] : ['created', t('Never Started'), 5];
}

/** `3 containers, 2 running, 1 failed`. */
function sumOf(containers: readonly ContainerDetails[], { label }: Group, latest: Latest): Sum {
  const running = containers.filter(isActive).length;
  const failed = containers.filter(hasFailed).length;
  const state = [
    running ? t('{0} running', running) : undefined,
    failed ? t('{0} failed', failed) : undefined,
  ].filter(Boolean);
  const counted = containers.length === 1 ? t('1 container') : t('{0} containers', containers.length);
  const told = async () => {
    const memory = containers.reduce((sum, { id }) => sum + (latest(id)?.memory ?? 0), 0);
    const lines = facts([
      [t('Containers'), plain([containers.length, ...state].join(', '))],
      [t('Images'), plain(String(new Set(containers.map(({ image }) => image)).size))],
      [t('Memory'), memory ? plain(t('{0} together', formatMemory(memory))) : undefined],
    ]);
    return joined([code(label), lines], '\n\n');
  };
  return {
    description: [counted, ...state].join(', '),
    // Figures are those of when somebody points at it.
    details: told,
    color: failed ? 'charts.red' : running ? 'charts.green' : 'disabledForeground',
    flags: [running ? 'somerunning;' : '', running < containers.length ? 'somestopped;' : ''].join(''),
  };
}
