import { idsOf } from '../config/configuration.ts';
import { validationNames } from '../data/validation-codes.ts';
import { syntaxError } from '../lint/report/report.ts';
import { renderRulePage } from '../lint/rule-page.ts';
import { rules } from '../rules/index.ts';
import { nearest } from '../text/nearest.ts';
import { parse, UsageError } from './flags.ts';

const usage = `Usage: wheelhouse explain ID…

Prints the page of each rule as Markdown. ID is any of a rule's ids, such as DL3042, pip-cache-kept
or buildkit/StageNameCasing.
`;

/** `wheelhouse explain`: the pages of rules. */
export async function explainCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, { help: { type: 'boolean', short: 'h' } });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (positionals.length === 0)
    throw new UsageError('Name the id of a rule, such as DL3042. wheelhouse rules lists them.');
  process.stdout.write(positionals.map(explain).join('\n'));
  return 0;
}

function explain(id: string): string {
  const wanted = id.toLowerCase();
  const rule = rules.find((candidate) => idsOf(candidate).some((known) => known.toLowerCase() === wanted));
  if (rule) return renderRulePage(rule);
  const elsewhere = explainOther(wanted.replace(/^.*\//, '').toUpperCase());
  if (elsewhere) return elsewhere;
  const close = nearest(id, rules.flatMap(idsOf));
  const hint = close ? ` Did you mean ${close}?` : '';
  throw new UsageError(`There is no rule ${id}.${hint} wheelhouse rules lists all of them.`);
}

/** Codes of findings that no rule makes. */
function explainOther(code: string): string | undefined {
  if (/^SC\d{4}$/.test(code)) {
    return `# ${code}\n\nA check of ShellCheck, which explains it at https://www.shellcheck.net/wiki/${code}\n`;
  }
  if (code === syntaxError) {
    return `# ${code}\n\nA syntax error: the build cannot read the instruction either.\n`;
  }
  if (!Object.values(validationNames).includes(code)) return undefined;
  return `# ${code}\n\nA check of the library dockerfile-utils; its message says all that there is to say.\n`;
}
