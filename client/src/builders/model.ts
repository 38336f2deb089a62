// Builders without VS Code: which one is used and who said so, and what state they are in, in words.
import { t } from '@vscode/l10n';
import type { BuildRecord } from '../runtime/build-history-commands.ts';
import type { BuilderNode, BuilderRecord } from '../runtime/builder-commands.ts';
import { code, facts, joined, type Markdown, plain } from '../ui/plain-text.ts';
import { formatAge, formatDuration } from '../ui/words.ts';

export type Builder = BuilderRecord & {
  /** The builds of this workspace go there. */
  readonly inUse: boolean;
  readonly chosen: boolean;
  /** The engine that is used here, as a builder. */
  readonly own: boolean;
  /** What of the environment makes the command line take it. */
  readonly variable?: 'BUILDX_BUILDER';
};

export type Used = {
  readonly chosen?: string;
  /** The name of the engine's own builder, which is that of its context. */
  readonly own: string;
  /** What the environment names, which `ls` says nothing of. */
  readonly environment?: string;
};

/** One that was chosen and is gone stands among them, so that it can be let go. */
export function buildersOf(records: readonly BuilderRecord[], { chosen, own, environment }: Used) {
  const isGone = chosen !== undefined && !records.some(({ name }) => name === chosen);
  const gone = isGone
    ? [{ name: chosen, driver: '', current: false, error: t('It was removed.'), nodes: [] }]
    : [];
  return [...gone, ...records].map((record): Builder => {
    const current = environment ? record.name === environment : record.current;
    return {
      ...record,
      current,
      chosen: record.name === chosen,
      inUse: chosen === undefined ? current : record.name === chosen,
      own: record.driver === 'docker' && record.name === own,
      variable: environment && current ? 'BUILDX_BUILDER' : undefined,
    };
  });
}

/** `in use, chosen here · running · docker-container`: what matters first, as a narrow view cuts the rest. */
export function builderWords(builder: Builder): string {
  return [useWords(builder), stateWords(builder), builder.driver].filter(Boolean).join(' · ');
}

function useWords({ inUse, chosen, current, variable }: Builder): string {
  if (inUse && chosen) return t('in use, chosen here');
  if (inUse) return variable ? t('in use, by {0} of the environment', variable) : t('in use');
  return current ? t('the choice of the machine, not used here') : '';
}

export function stateWords({ error, nodes }: Pick<BuilderRecord, 'error' | 'nodes'>): string {
  if (error) return t('error: {0}', error);
  const states = new Set(nodes.map(nodeState));
  if (states.size <= 1) return [...states][0] ?? '';
  const running = nodes.filter(isUp).length;
  return t('{0} of {1} nodes running', running, nodes.length);
}

export const isUp = ({ status }: Pick<BuilderNode, 'status'>) => status === 'running';
export const isRunning = ({ nodes }: Pick<BuilderRecord, 'nodes'>) => nodes.some(isUp);

function nodeState({ status, error }: BuilderNode): string {
  if (error) return t('error: {0}', error);
  switch (status) {
    case 'running':
      return t('running');
    case 'inactive':
      return t('inactive');
    case 'stopped':
      return t('stopped');
    case 'starting':
      return t('starting');
    case 'stopping':
      return t('stopping');
    default:
      return status;
  }
}

export function nodeWords(node: BuilderNode): string {
  const kit = node.version ? t('BuildKit {0}', node.version) : '';
  return [nodeState(node), platformWords(node.platforms), kit].filter(Boolean).join(' · ');
}

/** Without the variants of amd64, which whoever has it has. */
export function platformWords(platforms: readonly string[]): string {
  return platforms.filter((platform) => !/^linux\/amd64\/v\d$/.test(platform)).join(', ');
}

export function describeBuilder(builder: Builder): Markdown {
  const { name, driver, error, nodes } = builder;
  const kinds = [...new Set(nodes.map(({ version }) => version))].filter(Boolean).join(', ');
  const platforms = platformWords([...new Set(nodes.flatMap((node) => node.platforms))]);
  return joined(
    [
      joined([code(name), plain(builderWords({ ...builder, error: undefined }))]),
      facts([
        [t('Driver'), driver ? code(driver) : undefined],
        [t('Platforms'), platforms ? plain(platforms) : undefined],
        [t('BuildKit'), kinds ? plain(kinds) : undefined],
        [t('Error'), error ? plain(error) : undefined],
      ]),
    ],
    '\n\n',
  );
}

export function describeNode(node: BuilderNode): Markdown {
  const { name, endpoint, platforms } = node;
  return joined(
    [
      joined([code(name), plain(nodeWords({ ...node, platforms: [] }))]),
      facts([
        [t('Address'), endpoint ? code(endpoint) : undefined],
        [t('Platforms'), platforms.length ? plain(platforms.join(', ')) : undefined],
      ]),
    ],
    '\n\n',
  );
}

/** Those of the engine are the engine, and one by address runs without us. */
export const isStoppable = ({ driver, nodes }: Builder) =>
  driver !== 'docker' && driver !== 'remote' && isRunning({ nodes });
export const isStartable = ({ driver, nodes, error }: Builder) =>
  driver !== '' && driver !== 'docker' && !error && nodes.some((node) => !isUp(node));
/** Another engine's own leaves there what it builds. */
export const isUsable = ({ driver, own, error }: Builder) => !error && (driver !== 'docker' || own);
export const isRemovable = ({ driver }: Builder) => driver !== '' && driver !== 'docker';

/** Menus match these flags. */
export function builderFlags(builder: Builder): string {
  const flags = [
    builder.chosen ? 'chosen;' : isUsable(builder) ? 'usable;' : '',
    isStartable(builder) ? 'startable;' : '',
    isStoppable(builder) ? 'stoppable;' : '',
    isRunning(builder) ? 'running;' : '',
    isRemovable(builder) ? 'removable;' : '',
  ];
  return `;builder;${flags.join('')}`;
}

/** `failed · 12 s · 3 min ago` */
export function buildWords({ status, created, completed }: BuildRecord, now = new Date()): string {
  const took = formatDuration((completed ?? now).getTime() - created.getTime());
  return [buildState(status), took, formatAge(created, now)].join(' · ');
}

function buildState(status: string): string {
  switch (status) {
    case 'Completed':
      return t('succeeded');
    case 'Error':
      return t('failed');
    case 'Running':
      return t('running');
    default:
      return status;
  }
}

/** Says what is wrong with a name for a builder, if anything; buildx names them so (store/util.go). */
export function checkBuilderName(name: string): string | undefined {
  return /^[a-zA-Z][a-zA-Z0-9._-]*$/.test(name)
    ? undefined
    : t('A name of a builder begins with a letter and goes on with letters, digits, and . _ -.');
}

/** One that is not taken yet. */
export function freeName(names: readonly string[]): string {
  const base = 'wheelhouse';
  if (!names.includes(base)) return base;
  for (let count = 2; ; count++) if (!names.includes(`${base}-${count}`)) return `${base}-${count}`;
}
