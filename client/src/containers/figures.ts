// What a container takes, in words and as a line of small bars.
import { t } from '@vscode/l10n';
import type { Usage } from '../engine/stats.ts';
import { facts, type Markdown, plain } from '../ui/plain-text.ts';
import { formatMemory } from '../ui/words.ts';
import type { Curve } from './process-messages.ts';

/** Older figures are no longer those of now; Docker tells them each second, Podman each five. */
const staleMs = 20_000;
const bars = '▁▂▃▄▅▆▇█';
const shownBars = 30;

/** `340 MiB · GPU 2.1 GiB · CPU 12%`, for the row: what it keeps first, and nothing of one that is at rest. */
export function usageWords(usage: Usage | undefined, now = Date.now()): readonly string[] {
  if (!usage || now - usage.at > staleMs) return [];
  const { cpu, memory, gpuMemory } = usage;
  return [
    ...(memory === undefined ? [] : [formatMemory(memory)]),
    ...(gpuMemory === undefined ? [] : [t('GPU {0}', formatMemory(gpuMemory))]),
    ...(cpu === undefined || isAtRest(cpu) ? [] : [t('CPU {0}', percent(cpu))]),
  ];
}

/** For the tooltip, of the last minutes. */
export function describeUsage(history: readonly Usage[]): Markdown {
  const last = history.at(-1);
  if (!last) return plain('');
  const { memory, memoryLimit } = last;
  const ofLimit =
    memory !== undefined && memoryLimit
      ? t('{0} of {1}', formatMemory(memory), formatMemory(memoryLimit))
      : undefined;
  return facts([
    [
      t('CPU'),
      course(
        history.flatMap(({ cpu }) => cpu ?? []),
        percent,
      ),
    ],
    [
      t('Memory'),
      course(
        history.flatMap(({ memory }) => memory ?? []),
        formatMemory,
        ofLimit,
      ),
    ],
    [
      t('GPU memory'),
      course(
        history.flatMap(({ gpuMemory }) => gpuMemory ?? []),
        formatMemory,
      ),
    ],
  ]);
}

/** The same, for a page that draws it. */
export function curvesOf(history: readonly Usage[]): readonly Curve[] {
  const of = (
    name: string,
    pick: (usage: Usage) => number | undefined,
    format: (value: number) => string,
  ) => {
    const values = history.flatMap((usage) => pick(usage) ?? []);
    const now = values.at(-1);
    if (now === undefined) return [];
    return [{ name, words: [format(now), ...between(values, format)].join(' · '), values }];
  };
  return [
    ...of(t('CPU'), ({ cpu }) => cpu, percent),
    ...of(t('Memory'), ({ memory }) => memory, formatMemory),
    ...of(t('GPU memory'), ({ gpuMemory }) => gpuMemory, formatMemory),
  ];
}

/** What it is now, how it came to be, and between which values it was. */
function course(
  values: readonly number[],
  format: (value: number) => string,
  now = format(values.at(-1) ?? 0),
): Markdown | undefined {
  if (!values.length) return undefined;
  const span = between(values, format);
  // Bars of what stays as it is would all be as high as can be.
  return plain([now, ...(span.length ? [sparkline(values), ...span] : [])].join(' · '));
}

/** Its least and its most, where these read differently. */
function between(values: readonly number[], format: (value: number) => string): readonly string[] {
  const [least, most] = [format(Math.min(...values)), format(Math.max(...values))];
  return least === most ? [] : [t('{0} to {1}', least, most)];
}

/** From nothing to the most that there was; each bar is the most of its part of the time. */
export function sparkline(values: readonly number[], most = shownBars): string {
  const size = Math.max(1, Math.ceil(values.length / most));
  const parts = Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    Math.max(...values.slice(index * size, (index + 1) * size)),
  );
  const top = Math.max(...parts);
  return parts.map((value) => bars[top > 0 ? Math.round((value / top) * (bars.length - 1)) : 0]).join('');
}

const isAtRest = (cpu: number) => cpu < 0.05;

function percent(value: number): string {
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)}%`;
}
