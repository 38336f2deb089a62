// What is asked before something is done with builders.
import { t } from '@vscode/l10n';
import {
  type BuildCache,
  builderCache,
  createBuilder,
  type NewBuilder,
} from '../runtime/builder-commands.ts';
import { commandLine } from '../runtime/command-line.ts';
import { failed } from '../runtime/failures.ts';
import { offer } from '../ui/jobs.ts';
import { ask } from '../ui/pickers.ts';
import { confirm } from '../ui/say.ts';
import { agreed, isVouched } from '../ui/vouched.ts';
import { formatBytes, listNames } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { create, use } from './changes.ts';
import { badBuilder, cacheEmpty } from './failures.ts';
import { type Builder, builderWords, checkBuilderName, freeName, isRunning } from './model.ts';
import { builderPatterns } from './patterns.ts';
import { loadBuilders } from './tree.ts';

/** What is built goes there, with its context, so nothing but a person leads there. */
export async function useAsked(workbench: Workbench, builder: Builder, argument: unknown): Promise<unknown> {
  const { name, chosen } = builder;
  if (chosen) return { builder: name };
  const question = t('Build with {0} in this workspace?', name);
  return (await agreed(argument, question, builderWords(builder), t('Use')))
    ? use(workbench, builder)
    : undefined;
}

async function cacheOf(workbench: Workbench, { name }: Builder): Promise<BuildCache> {
  const step = t('Measuring the build cache of {0}', name);
  return workbench.run(builderCache(await workbench.engine.get(), name), {
    step,
    tool: 'engine',
    patterns: builderPatterns,
  });
}

export async function confirmPruning(workbench: Workbench, builder: Builder): Promise<boolean> {
  const { reclaimable, freed, own, shared } = await cacheOf(workbench, builder);
  if (!reclaimable) throw failed(cacheEmpty(builder.name));
  const detail = [
    t('{0} of {1} are freed.', formatBytes(freed), formatBytes(own)),
    ...(shared ? [t('Another {0} belong to images as well, and stay with them.', formatBytes(shared))] : []),
    t('The next builds take as long as the first ones did. Images stay.'),
  ];
  return confirm(t('Prune the build cache of {0}?', builder.name), detail.join('\n\n'), t('Prune'));
}

export async function confirmRemoval(workbench: Workbench, builders: readonly Builder[]): Promise<boolean> {
  const [only, ...others] = builders;
  const question = others.length
    ? t('Remove {0} builders?', builders.length)
    : t('Remove the builder {0}?', only?.name ?? '');
  const lost = await Promise.all(builders.map((builder) => lossOf(workbench, builder)));
  const detail = [
    ...(others.length ? [listNames(builders.map(({ name }) => name))] : []),
    ...new Set(lost),
    ...(builders.some(({ current }) => current)
      ? [t('The machine builds with it by itself, and with its engine afterwards.')]
      : []),
  ];
  return confirm(question, detail.join('\n\n'), t('Remove'));
}

async function lossOf(workbench: Workbench, builder: Builder): Promise<string> {
  const { name, driver } = builder;
  if (driver === 'remote') return t('What {0} has cached stays where its BuildKit runs.', name);
  const cache = isRunning(builder) ? await cacheOf(workbench, builder).catch(() => undefined) : undefined;
  return cache
    ? t('The build cache of {0} goes with it: {1}.', name, formatBytes(cache.own))
    : t('The build cache of {0} goes with it; how much that is can be told while it runs.', name);
}

export async function createCommand(workbench: Workbench, argument: unknown): Promise<unknown> {
  const { name, network: asked } = (argument ?? {}) as { name?: unknown; network?: unknown };
  const network = asked === 'host' ? ('host' as const) : undefined;
  const wanted: NewBuilder | undefined =
    typeof name === 'string' ? { name, network } : await askBuilder(workbench, network);
  if (wanted === undefined) return undefined;
  const complaint = checkBuilderName(wanted.name);
  if (complaint) throw failed(badBuilder(complaint));
  if (typeof name === 'string' && !isVouched(argument)) {
    const line = commandLine(createBuilder(await workbench.engine.get(), wanted));
    if (!(await confirm(t('Create the builder {0}?', name), line, t('Create')))) return undefined;
  }
  const made = await create(workbench, wanted);
  if (!made) return undefined;
  const { builder } = made;
  void offer('info', t('The builder {0} was created. It starts with its first build.', builder), [
    { label: t('Use in This Workspace'), command: 'wheelhouse.builders.use', arguments: [{ builder }] },
    { label: t('Start'), command: 'wheelhouse.builders.start', arguments: [{ builder }] },
  ]);
  return made;
}

/** With the command line before it runs. */
async function askBuilder(
  workbench: Workbench,
  network: 'host' | undefined,
): Promise<NewBuilder | undefined> {
  const names = (await loadBuilders(workbench)).map(({ name }) => name);
  const engine = await workbench.engine.get();
  const made = ({ name, network }: Readonly<Record<string, unknown>>): NewBuilder => ({
    name: String(name),
    network: network === 'host' ? network : undefined,
  });
  const answers = await ask(t('Create Builder'), [
    () => ({
      key: 'name',
      kind: 'input',
      title: t('Name'),
      prompt: t('A BuildKit in a container of its own, which builds for several platforms.'),
      value: freeName(names),
      check: (text) =>
        checkBuilderName(text) ??
        (names.includes(text.toLowerCase()) ? t('A builder named {0} exists already.', text) : undefined),
    }),
    () => ({
      key: 'network',
      kind: 'pick',
      title: t('Network'),
      choices: [
        { label: t('Of its own'), value: 'own' },
        {
          label: t('That of its machine'),
          description: t('reaches registries at localhost'),
          value: 'host',
        },
      ],
      value: network ?? 'own',
    }),
    (answers) => ({
      key: 'run',
      kind: 'confirm',
      title: t('Create'),
      icon: 'add',
      label: t('Create the builder {0}', String(answers.name)),
      commandLine: commandLine(createBuilder(engine, made(answers))),
    }),
  ]);
  return answers && made(answers);
}
