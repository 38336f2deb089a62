// Contexts without VS Code: which one is used and who said so, and where it leads, in words.
import { t } from '@vscode/l10n';
import type { ContextRecord } from '../runtime/context-commands.ts';
import { isSamePlace, type Place } from '../runtime/place.ts';
import { code, facts, joined, type Markdown, plain } from '../ui/plain-text.ts';

export type Context = {
  readonly place: Place;
  readonly label: string;
  /** Empty where the engine is one without an address. */
  readonly address: string;
  readonly description: string;
  /** Why it cannot be read. */
  readonly error?: string;
  /** A context of Docker or a connection of Podman: no socket that was found, and not Podman by itself. */
  readonly isKept: boolean;
  /** What this workspace does goes there. */
  readonly inUse: boolean;
  readonly chosen: boolean;
  /** Its command line takes it by itself. */
  readonly machines: boolean;
  /** What of the environment makes the command line take it. */
  readonly variable?: string;
};

export type Found = {
  readonly docker: readonly ContextRecord[];
  /** Undefined where there is no Podman. */
  readonly podman: readonly ContextRecord[] | undefined;
  readonly sockets: readonly Place[];
};

/** What is known of the engine: where it was chosen to be, where it was found, and of which kind it is, if it has contexts. */
export type Used = { readonly chosen?: Place; readonly found?: Place; readonly kind?: Place['kind'] };

type Environment = Readonly<Record<string, string | undefined>>;
type Entry = Pick<Context, 'place' | 'isKept'> & ContextRecord;

export function contextsOf(found: Found, used: Used, environment: Environment): readonly Context[] {
  const place = used.chosen ?? used.found;
  return entriesOf(found).map(({ name, current, place: mine, ...entry }) => ({
    ...entry,
    place: mine,
    label: name,
    machines: current,
    chosen: isSamePlace(used.chosen, mine),
    inUse: place ? isSamePlace(place, mine) : current && mine.kind === used.kind,
    variable: current && entry.isKept && mine.kind === 'docker' ? dockerVariable(environment) : undefined,
  }));
}

function entriesOf({ docker, podman, sockets }: Found): readonly Entry[] {
  const kept = (kind: Place['kind'], records: readonly ContextRecord[]) =>
    records.map((record): Entry => ({ ...record, place: { kind, name: record.name }, isKept: true }));
  const all = [...kept('docker', docker), ...kept('podman', podman ?? [])];
  const known = new Set(all.map(({ address }) => address));
  const other = { address: '', description: '', current: false, isKept: false };
  // With a default connection its command line goes there, and there is no way to itself.
  const itself: readonly Entry[] =
    podman && !podman.some(({ current }) => current)
      ? [{ ...other, place: { kind: 'podman' }, name: 'Podman', current: true }]
      : [];
  const loose = sockets.flatMap((place): readonly Entry[] =>
    'address' in place && !known.has(place.address)
      ? [{ ...other, place, name: place.address.slice('unix://'.length), address: place.address }]
      : [],
  );
  return [...all, ...itself, ...loose];
}

/** In the order in which the command line obeys them. */
function dockerVariable(environment: Environment): string | undefined {
  return ['DOCKER_HOST', 'DOCKER_CONTEXT'].find((name) => environment[name]);
}

/** `in use, chosen here · by ssh, user@host`: what matters first, as a narrow view cuts the rest. */
export function contextWords(context: Context): string {
  return [useWords(context), context.error ? t('cannot be read') : whereWords(context)]
    .filter(Boolean)
    .join(' · ');
}

function useWords({ inUse, chosen, machines, variable, isKept, label }: Context): string {
  if (inUse && chosen) return t('in use, chosen here');
  if (inUse && variable) return t('in use, by {0} of the environment', variable);
  if (inUse) return machines ? t('in use') : t('in use, as no other answers');
  // Beside Docker's own choice there would be two of the machine.
  if (machines && !isKept) return t('what {0} takes by itself, not used here', label);
  if (machines && variable) return t('by {0} of the environment, not used here', variable);
  return machines ? t('the choice of the machine, not used here') : '';
}

export function whereWords({ address, place }: Pick<Context, 'address' | 'place'>): string {
  if (!address) return place.kind === 'podman' ? t('without a service') : '';
  const [, scheme = '', rest = ''] = /^([a-z]+):\/\/(.*)$/s.exec(address) ?? [];
  switch (scheme) {
    case 'unix':
    case 'npipe':
      return t('this machine, {0}', rest.replace(/^\/\/\.\/pipe\//, ''));
    case 'ssh':
      return t('by ssh, {0}', rest);
    case 'tcp':
    case 'http':
    case 'https':
      return t('over the network, {0}', rest);
    default:
      return address;
  }
}

/** Menus match these flags. */
export function contextFlags(context: Context): string {
  const { chosen, isKept, place } = context;
  const more = [
    chosen ? 'chosen;' : 'other;',
    isKept && place.kind === 'docker' ? 'readable;' : '',
    isKept ? 'kept;' : '',
    isRemovable(context) ? 'removable;' : '',
  ];
  return `;context;${more.join('')}`;
}

export function isRemovable({ isKept, inUse, machines, label, place }: Context): boolean {
  return isKept && !inUse && !machines && !(place.kind === 'docker' && label === 'default');
}

export function describeContext(context: Context): Markdown {
  const { label, address, description, error } = context;
  return joined(
    [
      joined([code(label), plain(contextWords(context))]),
      facts([
        [t('Address'), address ? code(address) : undefined],
        [t('Description'), description ? plain(description) : undefined],
        [t('Error'), error ? plain(error) : undefined],
      ]),
    ],
    '\n\n',
  );
}

/** Says what is wrong with a name for a context, if anything; Docker names them so. */
export function checkContextName(name: string): string | undefined {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/.test(name) && name !== 'default') return undefined;
  return name === 'default'
    ? t('The name default is taken by Docker itself.')
    : t('A name of a context has two or more letters, digits, and _ . + - after the first.');
}

/** Says what is wrong with an address of an engine, if anything. */
export function checkAddress(address: string): string | undefined {
  const example = t(
    'An address is like ssh://user@host, tcp://host:2376 or unix:///run/user/1000/docker.sock.',
  );
  const [, scheme, rest = ''] = /^(unix|npipe|ssh|tcp):\/\/(\S+)$/.exec(address) ?? [];
  if (!scheme || rest.startsWith('-') || rest.includes('"')) return example;
  if (scheme === 'unix' || scheme === 'npipe') return rest.startsWith('/') ? undefined : example;
  const at = rest.indexOf('@');
  if (at > 0 && rest.slice(0, at).includes(':'))
    return t('A password has no place in an address; ssh takes keys.');
  return /^[^/:@]|^[^/:@]+@[^/:@]/.test(rest) ? undefined : example;
}

/** A proposal for the name of a context at an address. */
export function nameOf(address: string): string {
  const [, rest = ''] = /^[a-z]+:\/\/(.*)$/s.exec(address) ?? [];
  const host = rest.startsWith('/')
    ? (rest.split('/').at(-1) ?? '')
    : (rest.split('@').at(-1) ?? '').split(/[:/]/)[0];
  const name = (host ?? '').replace(/[^a-zA-Z0-9_.+-]/g, '-').replace(/^[^a-zA-Z0-9]+/, '');
  return name.length > 1 ? name : '';
}
