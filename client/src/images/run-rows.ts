// Rows of the form of a run that stand for an option which `run` has no field for: they are read from its options, and written
// back there, so that a container that is made anew shows its own.
import * as l10n from '@vscode/l10n';
import { networks } from '../engine/networks.ts';
import type { Mount, RunOptions } from '../runtime/container-commands.ts';
import { ask, type Choice } from '../ui/pickers.ts';
import type { Workbench } from '../ui/workbench.ts';
import { grouped, readMounts, readPairs, splitPairs } from './run-options.ts';

type Options = readonly string[];
type Plan = Pick<RunOptions, 'options' | 'mounts' | 'remove'>;

const flags = {
  memory: ['--memory', '-m'],
  network: ['--network', '--net'],
  restart: ['--restart'],
  mounts: ['--volume', '-v', '--mount', '--tmpfs', '--volumes-from'],
} as const;
export type OwnRow = Exclude<keyof typeof flags, 'mounts'>;

const nameOf = ([option = '']: Options) => option.split('=', 1)[0] ?? '';
const valueOf = ([option = '', value = '']: Options) =>
  option.includes('=') ? option.slice(option.indexOf('=') + 1) : value;
const isOf = (row: keyof typeof flags) => (group: Options) =>
  (flags[row] as readonly string[]).includes(nameOf(group));

const isOwn = (group: Options) =>
  (Object.keys(flags) as (keyof typeof flags)[]).some((row) => isOf(row)(group));

/** Options that no row of the form stands for, each with its value. */
export const otherOptions = (options: Options = []): readonly Options[] =>
  grouped(options).filter((group) => !isOwn(group));

export const withOthers = (options: Options = [], others: Options): Options => [
  ...grouped(options).filter(isOwn).flat(),
  ...others,
];

/** A container may be in several networks. */
export function ownValue(row: OwnRow, options: Options = []): string {
  const values = grouped(options).filter(isOf(row)).map(valueOf);
  return row === 'network' ? values.join(', ') : (values.at(-1) ?? '');
}

export function withOwn(row: OwnRow, value: string, options: Options = []): Options {
  const others = grouped(options).filter((group) => !isOf(row)(group));
  return [...others.flat(), ...(value ? [flags[row][0], value] : [])];
}

/** Asks for the value of such a row. */
export async function changeOwn<P extends Plan>(
  workbench: Pick<Workbench, 'resources'>,
  title: string,
  plan: P,
  row: OwnRow,
): Promise<P | undefined> {
  const value = ownValue(row, plan.options);
  const names = row === 'network' ? await networkNames(workbench) : [];
  const answers = await ask(title, [
    () =>
      row === 'memory'
        ? {
            key: 'value',
            kind: 'input',
            title: l10n.t('Memory Limit'),
            prompt: l10n.t('Such as 8g; it is ended when it needs more. Empty for no limit'),
            value,
            check: (text) =>
              /^(?:\d+[bkmg]?)?$/i.test(text.trim()) ? undefined : l10n.t('A size is written as 512m or 2g.'),
          }
        : row === 'restart'
          ? { key: 'value', kind: 'pick', title: l10n.t('Restart'), choices: restarts(), value }
          : {
              key: 'value',
              kind: 'pick',
              title: l10n.t('Network'),
              choices: networkChoices(names),
              value,
              typed: (text) =>
                /^\w[\w.:=,-]*$/.test(text.trim()) && !names.includes(text.trim())
                  ? { label: text.trim(), value: text.trim() }
                  : undefined,
            },
  ]);
  if (!answers) return undefined;
  const chosen = String(answers.value).trim();
  const options = withOwn(row, chosen, plan.options);
  // Engines take one of the two alone.
  return { ...plan, options, remove: row === 'restart' && chosen ? false : plan.remove };
}

const restarts = (): readonly Choice[] => [
  { label: l10n.t('Never'), value: '' },
  { label: l10n.t('When It Fails'), description: 'on-failure', value: 'on-failure' },
  { label: l10n.t('Until It Is Stopped'), description: 'unless-stopped', value: 'unless-stopped' },
  { label: l10n.t('Always'), description: 'always', value: 'always' },
];

const networkChoices = (names: readonly string[]): readonly Choice[] => [
  { label: l10n.t('That of the Engine'), value: '' },
  ...names.map((name) => ({ label: name, value: name })),
  { label: l10n.t('That of This Machine'), description: 'host', value: 'host' },
  { label: l10n.t('No Network'), description: 'none', value: 'none' },
];

/** Those that somebody made, as far as the engine tells. */
async function networkNames({ resources }: Pick<Workbench, 'resources'>): Promise<readonly string[]> {
  const all = await resources.all(networks).catch(() => []);
  return all
    .map(({ name }) => name)
    .filter((name) => !['bridge', 'podman', 'host', 'none'].includes(name))
    .toSorted((a, b) => a.localeCompare(b));
}

const textOf = ({ source, destination, readOnly }: Mount) => `${source}:${destination}:${readOnly ?? false}`;

/** What `--volume` and its like mount, too: as mounts where the form can write them, else as they stand. */
export function mountsOf({ mounts = [], options }: Plan) {
  const groups = grouped(options ?? []).filter(isOf('mounts'));
  const read = (group: Options) =>
    ['--volume', '-v'].includes(nameOf(group)) ? readMounts(valueOf(group)) : undefined;
  const readable = groups.flatMap((group) => read(group) ?? []);
  const unread = groups.filter((group) => !read(group)?.length).map(valueOf);
  return { mounts: [...mounts, ...readable], unread };
}

/** `--volume` makes a folder that is not there and `--mount` does not: what stays the same stays as it was given. */
export function withMounts<P extends Plan>(plan: P, mounts: readonly Mount[]): P {
  const left = new Set(mounts.map(textOf));
  const kept = grouped(plan.options ?? []).filter((group) => {
    if (!isOf('mounts')(group)) return true;
    const { mounts: own, unread } = mountsOf({ options: group });
    return unread.length ? mounts.length > 0 : own.every((mount) => left.delete(textOf(mount)));
  });
  return {
    ...plan,
    mounts: mounts.filter((mount) => left.has(textOf(mount))),
    ...(plan.options && { options: kept.flat() }),
  };
}

/** A blank before `NAME=` may part two variables, or belong to the value of one: nobody knows but who typed it. */
export async function pairsAsMeant(
  title: string,
  text: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const [together, apart] = [readPairs(text) ?? {}, splitPairs(text) ?? {}];
  const [few, many] = [Object.keys(together), Object.keys(apart)];
  if (few.length === many.length) return together;
  const answers = await ask(title, [
    () => ({
      key: 'how',
      kind: 'pick',
      title: l10n.t('A Blank Stands before Another Name'),
      choices: [
        { label: l10n.t('{0} Variables: {1}', many.length, many.join(', ')), value: 'apart' },
        {
          label: l10n.t('As Typed: {0}', few.join(', ')),
          description: l10n.t('the blank and what follows belong to the value'),
          value: 'together',
        },
      ],
    }),
  ]);
  return answers && (answers.how === 'apart' ? apart : together);
}

/** Of which no value can be a secret; others are for this run alone, as what VS Code keeps lies on the disk in the open. */
const plain = new Set([
  ...flags.memory,
  ...flags.network,
  ...flags.restart,
  ...['--cpus', '--cpuset-cpus', '--gpus', '--init', '--ipc', '--memory-swap', '--pid', '--pids-limit'],
  ...['--platform', '--privileged', '--pull', '--read-only', '--runtime', '--ulimit', '--user', '--workdir'],
]);

export const withoutSecrets = (options: Options): Options =>
  grouped(options)
    .filter((group) => plain.has(nameOf(group)))
    .flat();
