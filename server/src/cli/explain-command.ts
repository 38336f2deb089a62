import { idsOf } from '../config/configuration.ts';
import { syntaxError } from '../lint/report/report.ts';
import { renderRulePage } from '../lint/rule-page.ts';
import { rules } from '../rules/index.ts';
import { nearest } from '../text/nearest.ts';
import { parse, UsageError } from './flags.ts';
import { print } from './terminal.ts';
import { explainUsage } from './usage.ts';

/** `wheelhouse explain`: the pages of rules. */
export async function explainCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, { help: { type: 'boolean', short: 'h' } });
  if (values.help) {
    print(explainUsage);
    return 0;
  }
  if (positionals.length === 0)
    throw new UsageError('Name the id of a rule, such as DL3042. wheelhouse rules lists them.');
  print(positionals.map(explain).join('\n'));
  return 0;
}

function explain(id: string): string {
  const wanted = id.toLowerCase();
  const elsewhere = explainOther(id.toUpperCase());
  if (elsewhere) return elsewhere;
  const rule = rules.find((candidate) => idsOf(candidate).some((known) => known.toLowerCase() === wanted));
  if (rule) return renderRulePage(rule);
  const close = nearest(id, rules.flatMap(idsOf));
  const hint = close ? ` Did you mean ${close}?` : '';
  throw new UsageError(`There is no rule ${id}.${hint} wheelhouse rules lists all of them.`);
}

/** Codes that are no rule’s own. */
function explainOther(code: string): string | undefined {
  if (/^SC\d{4}$/.test(code)) {
    return `# ${code}\n\nA check of ShellCheck, which explains it at https://www.shellcheck.net/wiki/${code}\n`;
  }
  if (code === syntaxError) {
    const names = rules.filter(({ aliases }) => aliases.includes(code)).map((rule) => `- ${rule.code}\n`);
    return `# ${code}\n\nA syntax error: the build cannot read the instruction either. These rules find them:\n\n${names.join('')}`;
  }
  return undefined;
}
