import { t } from '@vscode/l10n';
import { readDiskUsage } from '../engine/disk.ts';
import { pruneBuildCache, pruneImages, removeImagesOnly, removeStopped } from '../runtime/disk-commands.ts';
import type { DiskUsage } from '../runtime/disk-usage.ts';
import type { Engine } from '../runtime/engine.ts';
import type { Command } from '../runtime/exec.ts';
import { type Action, cancelledId, failed, failureOf, leaving } from '../runtime/failures.ts';
import { removeVolumes } from '../runtime/volume-commands.ts';
import { type Answers, ask } from '../ui/pickers.ts';
import { confirm, withLateNotification } from '../ui/say.ts';
import { isVouched } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { diskPatterns, nothingToRemove, stillThere } from './failures.ts';
import {
  ageWords,
  cacheAges,
  doneWords,
  freesWords,
  type Going,
  only,
  type Pruning,
  prunings,
  questionWords,
  rowWords,
  taken,
  thingWords,
  whatGoes,
} from './model.ts';

/** `prune` says what goes; without it the command answers with what takes space, and removes nothing. */
export type DiskRequest = { readonly prune?: Pruning; readonly olderThanHours?: number };
export type DiskReport = Readonly<
  Record<Pruning, { count: number; of: number; bytes: number; atLeast: boolean; taken: number }>
>;
export type Pruned = { readonly removed: number; readonly freed: number };

export function registerDisk(workbench: Workbench): void {
  workbench.command('wheelhouse.disk.show', (argument) => showDisk(workbench, argument));
}

async function showDisk(workbench: Workbench, argument: unknown): Promise<DiskReport | Pruned | undefined> {
  const request = argument as DiskRequest | undefined;
  const reading = readDiskUsage(workbench, diskPatterns);
  const usage = await withLateNotification(t('Looking what takes disk space'), reading);
  if (!usage) return undefined;
  const pruning = prunings.find((known) => known === request?.prune);
  if (request && !pruning) return report(usage);
  const going = pruning ? whatGoes(usage, pruning, hours(request)) : await choose(usage);
  if (!going) return undefined;
  if (!going.ids.length) throw failed(nothingToRemove());
  const agreed = pruning !== undefined && isVouched(request);
  const { question, detail } = questionWords(going);
  if (!agreed && !(await confirm(question, detail, t('Remove')))) return undefined;
  return prune(workbench, usage, going);
}

function hours(request: DiskRequest | undefined): number {
  const given = Number(request?.olderThanHours ?? 0);
  return Number.isSafeInteger(given) && given > 0 ? given : 0;
}

function report(usage: DiskUsage): DiskReport {
  const rows = prunings.map((pruning) => {
    const { ids, of, bytes, atLeast } = whatGoes(usage, pruning);
    return [pruning, { count: ids.length, of, bytes, atLeast, taken: taken(usage, pruning) }] as const;
  });
  return Object.fromEntries(rows) as DiskReport;
}

async function choose(usage: DiskUsage): Promise<Going | undefined> {
  const kinds = prunings.map((pruning) => whatGoes(usage, pruning));
  // Enter takes the first one.
  const some = [...kinds.filter(({ ids }) => ids.length), ...kinds.filter(({ ids }) => !ids.length)];
  const choices = some.map((going) => ({ ...rowWords(usage, going), value: going.pruning }));
  const ages = cacheAges.map((age) => {
    const going = whatGoes(usage, 'cache', age);
    return { label: ageWords(age), description: freesWords(going), value: String(age) };
  });
  const goingOf = ({ pruning, age }: Answers) => whatGoes(usage, pruning as Pruning, Number(age ?? 0));
  const answers = await ask(
    t('Disk Space'),
    [
      () => ({ key: 'pruning', kind: 'pick', title: t('What to remove'), choices }),
      ({ pruning }) =>
        pruning === 'cache' && usage.cache.length
          ? { key: 'age', kind: 'pick', title: t('Which build cache'), choices: ages }
          : undefined,
      (answers) => {
        const { pruning, things, ids } = goingOf(answers);
        // What the records of the cache are to each other only the engine knows.
        if (pruning === 'cache' || things.length < 2) return undefined;
        const choices = things.toSorted((a, b) => b.bytes - a.bytes).map(thingWords);
        return { key: 'ids', kind: 'pick-many', title: t('Which of them'), choices, values: ids };
      },
    ],
    true,
  );
  const going = answers && goingOf(answers);
  if (!going || !answers.ids) return going;
  // Without a tick nothing is meant to go.
  return answers.ids.length ? only(going, [...answers.ids]) : undefined;
}

const diskSpace = (): Action => ({ label: t('Disk Space'), command: 'wheelhouse.disk.show' });

function prune(workbench: Workbench, before: DiskUsage, going: Going): Promise<Pruned | undefined> {
  const step = t('Freeing disk space');
  return workbench.job<Pruned>({
    kind: 'disk.prune',
    title: step,
    async work(job) {
      const facts = { step, tool: 'engine', patterns: diskPatterns } as const;
      const engine = await workbench.engine.get();
      let refused: unknown;
      try {
        for (const command of commandsFor(engine, going)) await job.run(command, facts);
      } catch (error) {
        // Of several, the engine removes those that it can, and some may have gone meanwhile.
        const words = t('What was removed until then is gone, and all else is as it was.');
        if (failureOf(error)?.id === cancelledId) throw leaving(error, words, diskSpace());
        refused = error;
      } finally {
        workbench.changed('image', 'container');
      }
      const after = await readDiskUsage(workbench, diskPatterns);
      const left = new Set(everything(after, going.pruning));
      const staying = going.ids.filter((id) => left.has(id)).length;
      if (staying) throw refused ?? failed(stillThere(staying, going.ids.length));
      const freed = Math.max(0, taken(before, going.pruning) - taken(after, going.pruning));
      return {
        value: { removed: going.ids.length, freed },
        message: doneWords(going, freed),
        next: [diskSpace()],
      };
    },
  });
}

/** A command line holds so many names on every system. */
const atOnce = 200;

function commandsFor(engine: Engine, { pruning, things, olderThanHours, some }: Going): readonly Command[] {
  const named = things.flatMap(({ id, refs }) => (refs?.length ? refs : [id]));
  const portions = Array.from({ length: Math.ceil(named.length / atOnce) }, (_, index) =>
    named.slice(index * atOnce, (index + 1) * atOnce),
  );
  if (pruning === 'containers') return portions.map((some) => removeStopped(engine, some));
  if (pruning === 'volumes') return portions.map((some) => removeVolumes(engine, some));
  if (pruning === 'cache') return [pruneBuildCache(engine, olderThanHours)];
  if (some) return portions.map((refs) => removeImagesOnly(engine, refs));
  return [pruneImages(engine, pruning === 'unused')];
}

function everything(usage: DiskUsage, pruning: Pruning): readonly string[] {
  if (pruning === 'volumes') return usage.volumes.map(({ name }) => name);
  const things =
    pruning === 'containers' ? usage.containers : pruning === 'cache' ? usage.cache : usage.images;
  return things.map(({ id }) => id);
}
