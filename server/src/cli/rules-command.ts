import { defaultConfiguration, recommendedLevel } from '../config/configuration.ts';
import { withoutMarkers } from '../lint/markers.ts';
import { type Rule, rulePage } from '../lint/rule.ts';
import { contextOfTexts } from '../project/context-of-texts.ts';
import { rules } from '../rules/index.ts';
import type { Service } from '../service.ts';
import { parse, UsageError } from './flags.ts';
import { startService } from './start-service.ts';
import { print } from './terminal.ts';
import { rulesUsage } from './usage.ts';

/** `wheelhouse rules`: every rule there is, those that are off by default too. */
export async function rulesCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, {
    format: { type: 'string', short: 'f', default: 'tty' },
    help: { type: 'boolean', short: 'h' },
  });
  const { format } = values;
  if (values.help) {
    print(rulesUsage);
    return 0;
  }
  if (positionals.length > 0)
    throw new UsageError('Name no rule here; wheelhouse explain ID shows a single one.');
  if (format !== 'tty' && format !== 'json') {
    throw new UsageError(`There is no format ${format}. Choose tty or json.`);
  }
  const service = await startService();
  const sorted = [...rules].sort((a, b) => (a.code < b.code ? -1 : 1));
  const list = await Promise.all(sorted.map((rule) => describe(rule, service)));
  print(format === 'json' ? `${JSON.stringify(list, null, 2)}\n` : table(list));
  return 0;
}

type Description = Awaited<ReturnType<typeof describe>>;

async function describe(rule: Rule, service: Service) {
  const { code, name, aliases, severity, family, since, summary } = rule;
  return {
    code,
    name,
    aliases,
    severity,
    offByDefault: rule.offByDefault ?? false,
    recommended: recommendedLevel(rule),
    because: rule.recommended?.because ?? null,
    family,
    since,
    fix: await fixOf(rule, service),
    summary,
    page: rulePage(code),
  };
}

/** The best fix that the rule has for one of its own examples. */
async function fixOf(rule: Rule, service: Service): Promise<'safe' | 'unsafe' | null> {
  const made = rule.examples.bad.map(async ({ code, options = {}, context }) => {
    const configuration = {
      ...defaultConfiguration,
      levels: new Map([[rule.code, rule.severity]]),
      options: new Map([[rule.code, options]]),
    };
    const findings = service.lint(
      withoutMarkers(code).text,
      configuration,
      context && (await contextOfTexts(context)),
    );
    return findings.filter((finding) => finding.code === rule.code).flatMap((finding) => finding.fixes());
  });
  const fixes = (await Promise.all(made)).flat();
  if (fixes.some(({ safety }) => safety === 'safe')) return 'safe';
  return fixes.length > 0 ? 'unsafe' : null;
}

function table(list: readonly Description[]): string {
  const rows = list.map((rule) => [
    rule.code,
    rule.recommended,
    rule.offByDefault ? 'off' : rule.severity,
    rule.fix ? `${rule.fix} fix` : '',
    rule.family,
    rule.summary,
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}\n`).join('');
}
