import type { Difference, OptionTable } from '../src/facts/option-table.ts';
import { factOptions } from '../src/facts/options.ts';
import type { Rule } from '../src/lint/rule.ts';
import { renderRulesLeftOut } from './rules-left-out.ts';

/** One deliberate difference from hadolint, and the option that turns it back. */
export interface Entry extends Difference {
  /** `DL3002.everyStage`, or `facts.argDefaults` for one that concerns many rules. */
  readonly id: string;
  /** The rule that it concerns; undefined for one of the facts. */
  readonly code: string | undefined;
  readonly option: string;
}

/** Every difference, those of the facts first. */
export function listDifferences(rules: readonly Rule[]): Entry[] {
  const entriesOf = (table: OptionTable, code: string | undefined): Entry[] =>
    Object.entries(table).flatMap(([option, { hadolint }]) =>
      hadolint ? [{ ...hadolint, id: `${code ?? 'facts'}.${option}`, code, option }] : [],
    );
  return [
    ...entriesOf(factOptions, undefined),
    ...rules.flatMap((rule) => entriesOf(rule.options, rule.code)).sort((a, b) => (a.id < b.id ? -1 : 1)),
  ];
}

/** docs/differences.md: what Wheelhouse judges otherwise than hadolint, and why. */
export function renderDifferences(rules: readonly Rule[]): string {
  const parts = listDifferences(rules).map((entry) =>
    [
      `## ${entry.id}`,
      entry.reason,
      ...(entry.issue ? [`Asked for in ${link(entry.issue)}.`] : []),
      `\`\`\`dockerfile\n${entry.example.trimEnd()}\n\`\`\``,
      `The preset sets \`${entry.option}\` to \`${JSON.stringify(entry.value)}\`.`,
    ].join('\n\n'),
  );
  return `${[intro, ...parts, renderRulesLeftOut()].join('\n\n')}\n`;
}

const intro = `# Where Wheelhouse differs from hadolint

Findings of Wheelhouse agree with those of hadolint 2.15.1 save for the differences below; each has a Dockerfile on
which the two disagree. The preset \`hadolint\` turns all of them back: \`--preset hadolint\` on the command line,
\`preset: hadolint\` in \`.hadolint.yaml\`, \`"wheelhouse.lint.preset": "hadolint"\` in the settings. [parity.md](parity.md)
counts how often each one shows on public Dockerfiles.

Four differences have no option: a file with a syntax error keeps the findings of its
sound instructions (hadolint reports the error alone), a finding has its exact place (the preset reports the
instruction's line, column 1), every finding of ShellCheck is kept (hadolint keeps one for each RUN), and a SHELL whose
program has no folder, as in \`SHELL ["conda", "run", …]\`, is no finding (hadolint reports SC2239).`;

/** `hadolint#405` as a link to the issue. */
function link(issue: string): string {
  const known: Readonly<Record<string, string>> = {
    hadolint: 'hadolint/hadolint',
    buildkit: 'moby/buildkit',
  };
  return issue.replace(/([\w/.-]+)#(\d+)/g, (whole, name: string, number: string) => {
    const repository = known[name] ?? (name.includes('/') ? name : undefined);
    return repository ? `[${whole}](https://github.com/${repository}/issues/${number})` : whole;
  });
}
