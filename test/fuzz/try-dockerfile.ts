import { type Configuration, defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { BuildContext } from '../../server/src/facts/build-context.ts';
import type { Finding } from '../../server/src/lint/finding.ts';
import { formats } from '../../server/src/lint/report/formats.ts';
import { toReported } from '../../server/src/lint/report/report.ts';
import { rules } from '../../server/src/rules/index.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { createLineIndex } from '../../server/src/text/line-index.ts';
import { loadTestShellParser } from '../server/linter.ts';
import { createPlainLinter } from '../server/plain-path.ts';
import { createDice, numberOf } from './dice.ts';
import { areSound, isWithin, type Probe } from './probe.ts';
import { tryEditor } from './try-editor.ts';
import type { Workbench } from './workbench.ts';

const lintPlainly = createPlainLinter(await loadTestShellParser(), rules);
/** So long, in characters, a text may be for work that costs much: the plain path parses it for each rule. */
const short = 500;
/** So many fixes of a text are tried one by one. */
const mostFixes = 30;

/** So long, in characters, a text may be for what an editor asks: the language's library reads it anew each time. */
const ofEditors = 16_000;

/** All that is done with a Dockerfile, and what holds of every one. */
export async function tryDockerfile(text: string, probe: Probe, bench: Workbench): Promise<void> {
  const { service } = bench;
  const configuration = defaultConfiguration;
  const findings = await tryRules(text, probe, bench);
  if (!findings) return;
  if (text.length <= short) {
    await probe.step('plain path', () => {
      const plain = describe(lintPlainly(text, configuration));
      const fast = describe(service.lint(text, configuration));
      probe.holds(plain === fast, `The plain path finds something else.\nplain: ${plain}\nfast: ${fast}`);
    });
  }
  await probe.step('unpinned images', () => service.unpinnedImages(text));
  const checked = await probe.step('shellcheck', () => service.shellcheck(text, configuration));
  await probe.step('findings of ShellCheck', () => checkFindings(text, checked ?? [], probe));
  await probe.step('ignore', () => {
    for (const finding of pickSome(findings, text)) {
      const edits = [service.ignoreHere(text, finding), service.ignoreInFile(text, finding)];
      for (const edit of edits)
        probe.holds(!edit || isWithin(text, edit.span), 'An ignore comment lies outside.');
    }
  });
  const starts = service.instructionStarts(text, configuration);
  await report(text, findings, probe, starts);
  if (text.length > ofEditors) return;
  const judged = { service, configuration, context: undefined, shellcheck: true, asksDockerHub: false };
  await tryEditor(text, probe, judged);
}

/** What the rules and refactorings make of a Dockerfile. */
export async function tryRules(
  text: string,
  probe: Probe,
  { service }: Workbench,
  context?: BuildContext,
  configuration: Configuration = defaultConfiguration,
): Promise<readonly Finding[] | undefined> {
  const findings = await probe.step('lint', () => service.lint(text, configuration, context));
  if (!findings) return undefined;
  await probe.step('findings', () => checkFindings(text, findings, probe));
  await probe.step('fix all', () => {
    const fixed = service.fixAll(text, configuration, context);
    probe.holds(service.fixAll(fixed, configuration, context) === fixed, 'What was fixed is fixed anew.');
  });
  await probe.step('refactorings', () => {
    for (const { id, proposal } of service.refactorings(text, configuration, context)) {
      probe.shows(`refactoring ${id}`);
      probe.holds(areSound(text, proposal.edits), `The edits of ${id} are not sound.`);
      probe.holds(
        proposal.spans.every((span) => isWithin(text, span)),
        `${id} is offered outside of the text.`,
      );
    }
  });
  await probe.step('optimize', () => service.optimize(text, configuration, context));
  return findings;
}

const describe = (findings: readonly Finding[]) =>
  JSON.stringify(findings.map(({ code, span, message }) => [code, span.start, span.end, message]));

function pickSome<T>(from: readonly T[], text: string): T[] {
  const dice = createDice(numberOf(text));
  return from.length <= 10 ? [...from] : Array.from({ length: 10 }, () => dice.pick(from));
}

function checkFindings(text: string, findings: readonly Finding[], probe: Probe): void {
  const counts = new Map<string, number>();
  let tried = 0;
  for (const finding of findings) {
    const { code, span, message, related = [] } = finding;
    counts.set(code, (counts.get(code) ?? 0) + 1);
    probe.holds(
      isWithin(text, span),
      `${code} lies outside of the text, at ${span.start}-${span.end} of ${text.length}.`,
    );
    probe.holds(
      message !== '' && !/\bundefined\b|\bNaN\b|\[object /.test(message.replaceAll(/`[^`]*`/g, '')),
      `${code} says: ${message}`,
    );
    probe.holds(
      related.every((one) => isWithin(text, one.span)),
      `${code} points outside of the text.`,
    );
    for (const fault of finding.elsewhere?.() ?? []) {
      probe.holds(isWithin(fault.text, fault.span), `${code} points outside of ${fault.uri}.`);
    }
    if (tried++ > mostFixes) continue;
    for (const fix of finding.fixes()) {
      probe.shows(`fix ${code}`);
      probe.holds(areSound(text, fix.edits), `A fix of ${code} is not sound: ${JSON.stringify(fix.edits)}`);
      probe.holds(
        fix.edits.length === 0 || applyEdits(text, fix.edits) !== text,
        `A fix of ${code} changes nothing.`,
      );
    }
  }
  for (const [code, count] of counts) probe.shows(`${code} ${Math.floor(Math.log2(count))}`);
}

async function report(
  text: string,
  findings: readonly Finding[],
  probe: Probe,
  instructions: readonly number[],
): Promise<void> {
  const places = { lines: createLineIndex(text), instructions, likeHadolint: false };
  const reported = await probe.step('reported', () => toReported(findings, places));
  const files = [{ file: 'Dockerfile', findings: reported ?? [] }];
  for (const [name, format] of Object.entries(formats)) {
    await probe.step(`report ${name}`, () => {
      const rest = { likeHadolint: false, version: '0', rules, pathInReport: undefined, color: false };
      const printed = format({ files, ...rest }, (part) => part.slice(0, 9));
      probe.holds(printed.isWellFormed() || !text.isWellFormed(), `The report ${name} is not well-formed.`);
    });
  }
}
