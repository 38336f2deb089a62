import type { Figures } from './measure.ts';
import type { BenchProject } from './projects.ts';
import { packages } from './projects.ts';

export interface Row {
  readonly project: BenchProject;
  readonly before: Figures;
  readonly after: Figures;
  readonly applied: readonly string[];
  readonly text: string;
  readonly ignored: string | undefined;
}

const columns: readonly { readonly key: keyof Figures; readonly title: string; readonly unit: 's' | 'MB' }[] =
  [
    { key: 'size', title: 'image size', unit: 'MB' },
    { key: 'cold', title: 'cold build', unit: 's' },
    { key: 'afterCode', title: 'rebuild after a code change', unit: 's' },
    { key: 'afterDependency', title: 'rebuild after a dependency change', unit: 's' },
    { key: 'pushedAfterCode', title: 'pushed again after a code change', unit: 'MB' },
    { key: 'pushedAfterDependency', title: 'pushed again after a dependency change', unit: 'MB' },
  ];

/** `docs/optimize.md`: the figures, their ratios and the files. */
export function renderOptimize(rows: readonly Row[]): string {
  const medians = columns.map(({ key }) => median(rows.map((row) => ratio(row, key))));
  const table = [
    `| project | ${columns.map(({ title, unit }) => `${title} (${unit})`).join(' | ')} |`,
    `|---|${columns.map(() => '---').join('|')}|`,
    ...rows.map(
      (row) =>
        `| ${row.project.about} | ${columns
          .map(
            ({ key, unit }) =>
              `${print(row.before[key], unit)} → ${print(row.after[key], unit)} (${times(ratio(row, key))})`,
          )
          .join(' | ')} |`,
    ),
    `| **median ratio** | ${medians.map((value) => `**${times(value)}**`).join(' | ')} |`,
  ];
  return [
    '# What Optimize Dockerfile brings',
    'Written by `npm run optimize`, which builds six small projects with a real engine before and after **Optimize Dockerfile**, with all that it proposes. Ratios are before ÷ after: above 1 is better afterwards.',
    table.join('\n'),
    `Times are of one machine with two cores, from the start of \`docker build\` to its end, the builder’s cache emptied before the cold build. What is pushed again are the compressed layers that the registry does not hold yet. ${sayWhetherSlower(rows)}`,
    `**Stand-ins.** Where this is measured no image can be pulled, and packages come from a stand-in, so that nothing hangs on a network. The bases are Debian with a Python, pip and uv under the names of the published images, with 250 MB of noise in place of what the full images hold beyond the slim one and 400 MB in that of PyTorch’s. The packages are wheels of noise, about as large as the real ones with what they bring along, and unpack to three times that (${packages.map((one) => one.replace(/^(\w+)@.*=(.*)$/, '$1 $2 MB')).join(', ')}), from an index on the same machine. From a real index the builds that install anew take longer, and those that do not, do not.`,
    ...rows.flatMap(renderProject),
  ]
    .join('\n\n')
    .concat('\n');
}

/** Two runs of the same build differ by some percent. */
const noise = 0.95;

function sayWhetherSlower(rows: readonly Row[]): string {
  const keys = ['cold', 'afterDependency'] as const;
  const slower = rows.filter((row) => keys.some((key) => ratio(row, key) < noise));
  return slower.length === 0
    ? 'No cold build and none after a change of the dependencies takes longer.'
    : `A cold build or one after a change of the dependencies takes longer in ${slower.length} of ${rows.length}: where there are two stages, pip’s wheels are written once more before they are installed.`;
}

function renderProject({ project, applied, text, ignored }: Row): string[] {
  return [
    `## ${project.about}`,
    `Applied: ${applied.join('; ')}.`,
    `Before:\n\n\`\`\`dockerfile\n${project.files.Dockerfile?.trimEnd()}\n\`\`\``,
    `After:\n\n\`\`\`dockerfile\n${text.trimEnd()}\n\`\`\``,
    ...(ignored
      ? [
          `\`.dockerignore\`: ${ignored
            .trimEnd()
            .split('\n')
            .map((line) => `\`${line}\``)
            .join(' ')}`,
        ]
      : []),
  ];
}

const ratio = ({ before, after }: Row, key: keyof Figures) => before[key] / Math.max(after[key], 1e-9);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

function print(value: number, unit: 's' | 'MB'): string {
  if (unit === 's') return value.toFixed(1);
  const megabytes = value / 1e6;
  return megabytes < 10 ? megabytes.toFixed(megabytes < 0.1 ? 3 : 1) : megabytes.toFixed(0);
}

const times = (value: number) => (value >= 100 ? `${value.toFixed(0)}×` : `${value.toFixed(1)}×`);
