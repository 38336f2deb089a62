import { t } from '@vscode/l10n';
import { type BuildRecord, hasHistory, listBuilds } from '../runtime/build-history-commands.ts';
import { type BuilderNode, listBuilders } from '../runtime/builder-commands.ts';
import type { Engine } from '../runtime/engine.ts';
import { failed, failureOf } from '../runtime/failures.ts';
import { machineContext } from '../runtime/sockets.ts';
import { chosenBuilder } from '../ui/chosen-builder.ts';
import { joined, plain } from '../ui/plain-text.ts';
import type { LoadNodes, Node } from '../ui/tree.ts';
import type { Workbench } from '../ui/workbench.ts';
import { buildxMissing, podmanBuildsAlone, podmanHasNone } from './failures.ts';
import {
  type Builder,
  builderFlags,
  buildersOf,
  builderWords,
  buildWords,
  describeBuilder,
  describeNode,
  isRunning,
  isUp,
  nodeWords,
} from './model.ts';
import { builderPatterns, listingBuilders } from './patterns.ts';

/** What commands on builders and on builds work with. */
export type BuilderValue = { readonly builder: string } | { readonly build: string };

/** So that what is built while somebody looks leaves the view readable. */
const mostBuilds = 50;

export async function loadBuilders(workbench: Workbench): Promise<readonly Builder[]> {
  const engine = await workbench.engine.get();
  if (engine.kind === 'podman') throw failed(podmanBuildsAlone());
  if (engine.buildx === undefined) throw failed(buildxMissing());
  const records = await workbench.run(listBuilders(engine), listingBuilders());
  const environment = process.env.BUILDX_BUILDER;
  return buildersOf(records, { chosen: chosenBuilder(workbench, engine), own: ownOf(engine), environment });
}

/** buildx calls that of an engine like its context, and that of one by address `default`. */
function ownOf({ place }: Engine): string {
  if (place) return 'name' in place ? place.name : 'default';
  return process.env.DOCKER_HOST ? 'default' : machineContext();
}

export async function loadBuilds(workbench: Workbench, builder: string): Promise<readonly BuildRecord[]> {
  const engine = await workbench.engine.get();
  const facts = {
    step: t('Listing the builds of {0}', builder),
    tool: 'engine',
    patterns: builderPatterns,
  } as const;
  const builds = await workbench.run(listBuilds(engine, builder), facts);
  return builds.toSorted((a, b) => b.created.getTime() - a.created.getTime()).slice(0, mostBuilds);
}

export function builderNodes(workbench: Workbench): LoadNodes<BuilderValue> {
  return async () => {
    try {
      const builders = await loadBuilders(workbench);
      const history = hasHistory(await workbench.engine.get());
      return builders.map((builder) => builderNode(workbench, builder, history));
    } catch (error) {
      if (failureOf(error)?.id !== podmanHasNone) throw error;
      return [noneOfPodman()];
    }
  };
}

function builderNode(workbench: Workbench, builder: Builder, history: boolean): Node<BuilderValue> {
  const { name, nodes, inUse } = builder;
  const up = isRunning(builder);
  return {
    id: `builder:${name}`,
    label: name,
    description: builderWords(builder),
    tooltip: describeBuilder(builder),
    icon: builder.error ? 'warning' : inUse ? 'pass-filled' : up ? 'vm-running' : 'vm-outline',
    color: inUse && !builder.error ? 'charts.green' : undefined,
    context: builderFlags(builder),
    children: [
      ...nodes.map((node) => nodeNode(name, node)),
      ...(up && history ? [buildsNode(workbench, name)] : []),
    ],
    collapsed: true,
    value: { builder: name },
  };
}

function nodeNode(builder: string, node: BuilderNode): Node<BuilderValue> {
  return {
    id: `builder-node:${builder}/${node.name}`,
    label: node.name,
    description: nodeWords(node),
    tooltip: describeNode(node),
    icon: node.error ? 'warning' : isUp(node) ? 'vm-running' : 'vm-outline',
    context: ';builder-node;',
  };
}

function buildsNode(workbench: Workbench, builder: string): Node<BuilderValue> {
  return {
    id: `builds:${builder}`,
    label: t('Builds'),
    icon: 'history',
    context: ';builds;',
    children: async () => {
      const builds = await workbench.engine.bind(() => loadBuilds(workbench, builder));
      return builds.length ? builds.map(buildNode) : [noBuilds(builder)];
    },
  };
}

function buildNode(build: BuildRecord): Node<BuilderValue> {
  const isFailed = build.status === 'Error';
  const steps = build.steps
    ? plain(t('{0} steps, {1} of them cached', build.steps, build.cached))
    : undefined;
  return {
    id: `build:${build.ref}`,
    label: build.name || build.ref,
    description: buildWords(build),
    tooltip: joined([plain(build.name), plain(buildWords(build)), steps, plain(build.ref)], '\n\n'),
    icon: isFailed ? 'error' : build.completed ? 'pass' : 'sync',
    color: isFailed ? 'errorForeground' : undefined,
    context: build.completed ? ';build;ended;' : ';build;',
    // Enter means what one looks at first.
    keys: { inspect: 'wheelhouse.builders.openLog' },
    value: { build: build.ref },
  };
}

const noBuilds = (builder: string): Node<BuilderValue> => ({
  id: `builds:${builder}:none`,
  label: t('It remembers no build yet.'),
  icon: 'info',
  context: ';none;',
});

function noneOfPodman(): Node<BuilderValue> {
  const { message, remedy } = podmanBuildsAlone();
  return {
    id: 'builders:none',
    label: message,
    description: remedy,
    tooltip: joined([plain(message), plain(remedy)], '\n\n'),
    icon: 'info',
    context: ';none;',
  };
}

export const choiceOf = (builder: Builder) => ({
  label: builder.name,
  description: builderWords(builder),
});
