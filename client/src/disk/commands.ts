import { t } from '@vscode/l10n';
import { readDiskUsage } from '../engine/disk.ts';
import { pruneBuildCache, pruneImages, removeImagesOnly, removeStopped } from '../runtime/disk-commands.ts';
import type { DiskUsage } from '../runtime/disk-usage.ts';
import type { Engine } from '../runtime/engine.ts';
import type { Command } from '../runtime/exec.ts';
import { type Action, cancelledId, failed, failureOf, leaving } from '../runtime/failures.ts';
import { removeVolumes } from '../runtime/volume-commands.ts';
import { type Answers, ask, type Step } from '../ui/pickers.ts';
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
  const chosen = pruning ? [whatGoes(usage, pruning, hours(request))] : await choose(usage);
  if (!chosen) return undefined;
  const goings = chosen.filter(({ ids }) => ids.length);
  if (!goings.length) throw failed(nothingToRemove());
  const agreed = pruning !== undefined && isVouched(request);
  const { question, detail } = questionWords(goings);
  if (!agreed && !(await confirm(question, detail, t('Remove')))) return undefined;
  return prune(workbench, usage, goings);
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

/** Kinds are ticked, then the age of the build cache, then what of each other kind goes; undefined where nothing is ticked. */
async function choose(usage: DiskUsage): Promise<readonly Going[] | undefined> {
  const kinds = prunings.map((pruning) => whatGoes(usage, pruning));
  // Those that have something come first.
  const sorted = [...kinds.filter(({ ids }) => ids.length), ...kinds.filter(({ ids }) => !ids.length)];
  const choices = sorted.map((going) => ({ ...rowWords(usage, going), value: going.pruning }));
  const ages = cacheAges.map((age) => {
    const going = whatGoes(usage, 'cache', age);
    return { label: ageWords(age), description: freesWords(going), value: String(age) };
  });
  const goingsOf = ({ kinds = [], age }: Answers) =>
    prunings
      .filter((pruning) => kinds.includes(pruning))
      .map((pruning) => {
        const going = whatGoes(usage, pruning, Number(age ?? 0));
        // What has no tag goes with its own kind.
        const others = kinds.includes('untagged') ? whatGoes(usage, 'untagged').ids : [];
        return pruning === 'unused'
          ? only(
              going,
              going.ids.filter((id) => !others.includes(id)),
            )
          : going;
      });
  const answers = await ask(
    t('Disk Space'),
    [
      () => ({
        key: 'kinds',
        kind: 'pick-many',
        title: t('What to remove'),
        choices,
        none: t('Tick what is to be removed'),
      }),
      ({ kinds }) =>
        kinds?.includes('cache') && usage.cache.length
          ? { key: 'age', kind: 'pick', title: t('Which build cache'), choices: ages }
          : undefined,
      // What the records of the cache are to each other only the engine knows.
      ...prunings.map(
        (pruning): Step =>
          (answers) => {
            const going = goingsOf(answers).find((one) => one.pruning === pruning);
            if (!going || pruning === 'cache' || going.things.length < 2) return undefined;
            return {
              key: pruning,
              kind: 'pick-many',
              title: t('Which of them: {0}', rowWords(usage, going).label),
              choices: going.things.toSorted((a, b) => b.bytes - a.bytes).map(thingWords),
              values: going.ids,
            };
          },
      ),
    ],
    true,
  );
  if (!answers) return undefined;
  const goings = goingsOf(answers).map((going) => {
    const ticked = answers[going.pruning];
    return ticked === undefined ? going : only(going, [...ticked]);
  });
  // Without a tick nothing of a kind is meant to go.
  const meant = goings.filter(({ pruning, ids }) => ids.length || answers[pruning] === undefined);
  return meant.length ? meant : undefined;
}

const diskSpace = (): Action => ({ label: t('Disk Space'), command: 'wheelhouse.disk.show' });

function prune(
  workbench: Workbench,
  before: DiskUsage,
  goings: readonly Going[],
): Promise<Pruned | undefined> {
  const step = t('Freeing disk space');
  return workbench.job<Pruned>({
    kind: 'disk.prune',
    title: step,
    async work(job) {
      const facts = { step, tool: 'engine', patterns: diskPatterns } as const;
      const engine = await workbench.engine.get();
      let refused: unknown;
      try {
        // Images are held by containers, which go before them.
        for (const pruning of removalOrder)
          for (const going of goings.filter((one) => one.pruning === pruning))
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
      const removed = goings.reduce((sum, { ids }) => sum + ids.length, 0);
      const staying = goings.flatMap(({ ids, pruning }) => {
        const left = new Set(everything(after, pruning));
        return ids.filter((id) => left.has(id));
      }).length;
      if (staying) throw refused ?? failed(stillThere(staying, removed));
      // Images of both kinds take the same space.
      const places = new Map(goings.map(({ pruning }) => [placeOf(pruning), pruning]));
      const freed = [...places.values()].reduce(
        (sum, pruning) => sum + Math.max(0, taken(before, pruning) - taken(after, pruning)),
        0,
      );
      return {
        value: { removed, freed },
        message: doneWords(goings, freed),
        next: [diskSpace()],
      };
    },
  });
}

const removalOrder: readonly Pruning[] = ['containers', 'untagged', 'unused', 'volumes', 'cache'];
const placeOf = (pruning: Pruning) => (pruning === 'unused' ? 'untagged' : pruning);

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
