import { t } from '@vscode/l10n';
import { networks as networkKinds } from '../engine/networks.ts';
import { type ContainerUse, uses } from '../engine/uses.ts';
import { failed } from '../runtime/failures.ts';
import { inspectNetwork, type NetworkOptions } from '../runtime/network-commands.ts';
import { createArranged } from '../ui/arranged.ts';
import { choose, type Kind } from '../ui/choose.ts';
import { containerGone } from '../ui/container-failures.ts';
import { copy } from '../ui/copy.ts';
import { type Given, registerHandlers } from '../ui/handlers.ts';
import { ask } from '../ui/pickers.ts';
import { showRawJson } from '../ui/raw-json.ts';
import { refresh } from '../ui/refresh.ts';
import { isNode } from '../ui/tree.ts';
import { isAgreed } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { type NetworkAction, networkActions } from './actions.ts';
import { networkFacets } from './arrange.ts';
import { connect, create, disconnect, remove } from './changes.ts';
import {
  badNetworkName,
  connectedAlready,
  networkBuiltIn,
  networkGone,
  networkInUse,
  networkPatterns,
  noContainerToConnect,
  noMember,
  noNetwork,
  noneUnused,
  notJoinable,
} from './failures.ts';
import {
  checkNetworkName,
  isIn,
  isJoinable,
  isRemovable,
  type Member,
  membersOf,
  memberWords,
  type Network,
  networkWords,
} from './model.ts';
import { confirmDisconnect, confirmRemoval } from './questions.ts';
import { listNetworks, networkNodes, networksNow } from './tree.ts';

export function registerNetworks(workbench: Workbench): void {
  const arranged = createArranged(workbench, 'networks', t('Networks'), networkFacets());
  const tree = workbench.tree(
    'wheelhouse.networks',
    [networkKinds, uses],
    networkNodes(workbench, arranged.nodes),
    { selectMany: true, showAll: arranged.showAll },
  );
  arranged.shownIn(tree);
  const networks = networkKind(workbench);
  const handlers: Readonly<
    Record<Exclude<NetworkAction, 'removeAll'>, (...given: Given) => Promise<unknown>>
  > = {
    async connect(...given) {
      const wanted = {
        title: t('Connect Container'),
        fits: isJoinable,
        unfit: ({ name }: Network) => notJoinable(name),
      };
      const [network] = (await choose(networks, wanted, ...tree.meant(...given))) ?? [];
      if (!network) return undefined;
      const request = isNode(given[0]) ? undefined : given[0];
      const containers = await choose(outsideOf(workbench, network), outside(network), request);
      return containers?.length ? connect(workbench, network, containers) : undefined;
    },
    async disconnect(...given) {
      const [argument, selection] = tree.meant(...given);
      const wanted = { title: t('Disconnect Container'), many: true };
      const members = await choose(memberKind(workbench), wanted, asMember(argument), selection);
      if (!members?.length) return undefined;
      return isAgreed(given[0]) || (await confirmDisconnect(members))
        ? disconnect(workbench, members)
        : undefined;
    },
    async inspect(...given) {
      const named = (await choose(networks, { title: t('Inspect Network') }, ...tree.meant(...given))) ?? [];
      const raws: unknown[] = [];
      for (const network of named) raws.push(await inspect(workbench, network, named.length > 1));
      return raws.length > 1 ? raws : raws[0];
    },
    async copyName(...given) {
      const wanted = { title: t('Copy Name of Network'), many: true };
      return copy((await choose(networks, wanted, ...tree.meant(...given)))?.map(({ name }) => name));
    },
    async remove(...given) {
      const wanted = { title: t('Remove Network'), many: true };
      const named = await choose(networks, wanted, ...tree.meant(...given));
      if (!named?.length) return undefined;
      const going = named.filter(isRemovable);
      const kept = named.filter((network) => !isRemovable(network));
      if (!going.length && kept[0])
        throw failed(kept[0].builtIn ? networkBuiltIn(kept[0].name) : networkInUse(kept[0]));
      return isAgreed(given[0]) || (await confirmRemoval(going, kept)) ? remove(workbench, going) : undefined;
    },
  };
  registerHandlers(workbench, networkActions, tree, { ...handlers, removeAll: handlers.remove });
  workbench.command('wheelhouse.networks.create', (argument) => createCommand(workbench, argument));
  workbench.command('wheelhouse.networks.prune', async (argument) => {
    const unused = (await networksNow(workbench)).filter(isRemovable);
    if (!unused.length) throw failed(noneUnused());
    return isAgreed(argument) || (await confirmRemoval(unused, [])) ? remove(workbench, unused) : undefined;
  });
  workbench.command('wheelhouse.networks.refresh', () => refresh(workbench));
}

function networkKind(workbench: Workbench): Kind<Network> {
  return {
    key: 'network',
    title: t('Network'),
    load: (now) => (now ? networksNow : listNetworks)(workbench),
    refs: ({ id, name }) => [id, name],
    choice: (network) => ({ label: network.name, description: networkWords(network) }),
    none: noNetwork,
    gone: networkGone,
  };
}

function outsideOf(workbench: Workbench, network: Network): Kind<ContainerUse> {
  return {
    key: 'container',
    title: t('Container'),
    async load(now) {
      if (now) workbench.resources.invalidate(uses);
      return workbench.resources.all(uses);
    },
    refs: ({ id, name }) => [id, name],
    choice: ({ name, active, networks }) => ({
      label: name,
      description: [active ? t('running') : t('not running'), ...networks.map((each) => each.name)].join(
        ' · ',
      ),
    }),
    none: () => noContainerToConnect(network.name),
    gone: containerGone,
  };
}

function outside(network: Network) {
  return {
    title: t('Connect to {0}', network.name),
    many: true,
    fits: (use: ContainerUse) => !isIn(network, use),
    unfit: (use: ContainerUse) => connectedAlready(network.name, use.name),
  };
}

function memberKind(workbench: Workbench): Kind<Member> {
  return {
    key: 'member',
    title: t('Container'),
    load: async (now) => membersOf(await (now ? networksNow : listNetworks)(workbench)),
    refs: ({ network, use }) => [
      `${network.id} ${use.id}`,
      `${network.name} ${use.name}`,
      `${network.name} ${use.id}`,
      `${network.id} ${use.name}`,
    ],
    choice: ({ network, use }) => ({
      label: use.name,
      description: `${network.name} · ${memberWords(network, use)}`,
    }),
    none: noMember,
    gone: noMember,
  };
}

/** An options object names a network and a container of it. */
function asMember(argument: unknown): unknown {
  if (isNode(argument)) return argument;
  const { network, container } = (argument ?? {}) as { network?: unknown; container?: unknown };
  return network === undefined ? argument : { member: `${network} ${container}` };
}

async function createCommand(workbench: Workbench, argument: unknown): Promise<unknown> {
  const { name: given, driver, subnet, internal } = (argument ?? {}) as Readonly<Record<string, unknown>>;
  const name = typeof given === 'string' ? given : await askName();
  if (name === undefined) return undefined;
  const complaint = checkNetworkName(name);
  if (complaint) throw failed(badNetworkName(complaint));
  const options: NetworkOptions = {
    name,
    driver: typeof driver === 'string' ? driver : undefined,
    subnet: typeof subnet === 'string' ? subnet : undefined,
    internal: internal === true,
  };
  return create(workbench, options);
}

async function askName(): Promise<string | undefined> {
  const answers = await ask(t('Create Network'), [
    () => ({
      key: 'name',
      kind: 'input',
      title: t('Name'),
      prompt: t('Letters, digits, and . _ - after the first.'),
      check: checkNetworkName,
    }),
  ]);
  return typeof answers?.name === 'string' ? answers.name : undefined;
}

async function inspect(
  workbench: Workbench,
  { id, name }: Network,
  isOneOfSeveral: boolean,
): Promise<unknown> {
  const facts = { step: t('Inspecting {0}', name), tool: 'engine', patterns: networkPatterns } as const;
  const raw = await workbench.run(inspectNetwork(await workbench.engine.get(), id), facts);
  await showRawJson(name, raw, isOneOfSeveral);
  return raw;
}
